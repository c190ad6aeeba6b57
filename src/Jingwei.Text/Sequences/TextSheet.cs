using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Sequences;

/// <summary>
/// One sentence as the labelling sees it: plain characters, their kinds, the words they lie in. Its arrays are filled again for
/// every sentence, so nothing is allocated once they are long enough. Positions from -Margin to Length + Margin - 1 may be asked.
/// </summary>
internal sealed class TextSheet(WordTable lexicon)
{
    /// <summary>Positions before and behind the sentence that may be asked: they hold the character 0.</summary>
    internal const int Margin = 4;

    private const float UnknownCost = 13;
    private const float UnknownCharacterAfter = 3;

    private char[] plain = new char[512];
    private CharacterKind[] kinds = new CharacterKind[512];
    private WordSlot[] words = new WordSlot[512];
    private float[] costs = new float[512];
    private byte[] back = new byte[512];
    private ushort[] backEntry = new ushort[512];
    private byte[] longestFrom = new byte[512];
    private byte[] longestTo = new byte[512];
    private byte[] places = new byte[512];
    private byte[] times = new byte[512];

    internal int Length { get; private set; }

    internal char Plain(int position) => plain[position + Margin];

    internal CharacterKind Kind(int position) => kinds[position + Margin];

    /// <summary>The word that the position lies in.</summary>
    internal ref readonly WordSlot Word(int position) => ref words[position + Margin];

    /// <summary>Length of the longest word of the lexicon that starts here; 0 where none of two characters or more does.</summary>
    internal int LongestFrom(int position) => longestFrom[position + Margin];

    /// <summary>Length of the longest word of the lexicon that ends here.</summary>
    internal int LongestTo(int position) => longestTo[position + Margin];

    /// <summary>Where the position lies in the longest name of a place: 0 outside, else 1 begin, 2 inside, 3 end, and 4 * (1 + level of the region).</summary>
    internal int Place(int position) => places[position + Margin];

    /// <summary>Where the position lies in a run that may name a time (<see cref="TimeRuns"/>).</summary>
    internal int TimeRun(int position) => times[position + Margin];

    internal void Load(ReadOnlySpan<char> text)
    {
        Length = text.Length;
        Reserve(Length + (2 * Margin));
        plain.AsSpan(0, Margin).Clear();
        PlainCharacters.Of(text, plain.AsSpan(Margin));
        plain.AsSpan(Margin + Length, Margin).Clear();
        for (var i = 0; i < Length + (2 * Margin); i++)
        {
            kinds[i] = CharacterKinds.Of(plain[i]);
        }

        Array.Clear(longestFrom, 0, Length + (2 * Margin));
        Array.Clear(longestTo, 0, Length + (2 * Margin));
        Array.Clear(places, 0, Length + (2 * Margin));
        Array.Clear(words, 0, Length + (2 * Margin));
        Array.Clear(times, 0, Length + (2 * Margin));
        FindWords();
        TraceWords();
        TimeRuns.Mark(this, times.AsSpan(Margin, Length));
    }

    private void Reserve(int length)
    {
        if (plain.Length >= length)
        {
            return;
        }

        var size = Math.Max(length, plain.Length * 2);
        plain = new char[size];
        kinds = new CharacterKind[size];
        words = new WordSlot[size];
        costs = new float[size];
        back = new byte[size];
        backEntry = new ushort[size];
        longestFrom = new byte[size];
        longestTo = new byte[size];
        places = new byte[size];
        times = new byte[size];
    }

    // Shortest path over the words of the lexicon (unigram segmentation); a run of digits or letters is one word.
    private void FindWords()
    {
        costs.AsSpan(0, Length + 1).Fill(float.MaxValue);
        costs[0] = 0;
        for (var i = 0; i < Length; i++)
        {
            if (costs[i] == float.MaxValue)
            {
                continue;
            }

            var run = Run(i);
            if (run > 0)
            {
                Relax(i, run, UnknownCost, default);
                continue;
            }

            FindWordsFrom(i);
        }
    }

    private void FindWordsFrom(int start)
    {
        Relax(start, 1, UnknownCost + UnknownCharacterAfter, default);
        var hash = WordHash.Seed;
        var most = Math.Min(WordEntry.LongestWord, Length - start);
        var place = 0;
        var placeLevel = 0;
        for (var length = 1; length <= most; length++)
        {
            hash = WordHash.Extend(hash, plain[Margin + start + length - 1]);
            if (!lexicon.TryGet(WordHash.Finish(hash), out var entry))
            {
                continue;
            }

            Relax(start, length, entry.Cost, entry);
            if (length > 1)
            {
                longestFrom[Margin + start] = (byte)length;
                longestTo[Margin + start + length - 1] = Math.Max(longestTo[Margin + start + length - 1], (byte)length);
                if (entry.Place || entry.RegionLevel > 0 || entry.Part == PartOfSpeech.PlaceName)
                {
                    place = length;
                    placeLevel = entry.RegionLevel;
                }
            }
        }

        MarkPlace(start, place, placeLevel);
    }

    private void MarkPlace(int start, int length, int level)
    {
        // A longer name that began earlier covers this one.
        if (length == 0 || (places[Margin + start] & 3) is 1 or 2)
        {
            return;
        }

        var code = 4 * (1 + level);
        for (var i = 0; i < length; i++)
        {
            places[Margin + start + i] = (byte)(code + (i == length - 1 ? 3 : i == 0 ? 1 : 2));
        }
    }

    private int Run(int start)
    {
        var kind = kinds[Margin + start];
        var letters = kind is CharacterKind.Upper or CharacterKind.Lower;
        if (!letters && kind != CharacterKind.Digit)
        {
            return 0;
        }

        var end = start + 1;
        while (end < Length && end - start < byte.MaxValue && (letters
            ? kinds[Margin + end] is CharacterKind.Upper or CharacterKind.Lower
            : kinds[Margin + end] == CharacterKind.Digit || (plain[Margin + end] == '.' && end + 1 < Length && kinds[Margin + end + 1] == CharacterKind.Digit)))
        {
            end++;
        }

        return end - start;
    }

    private void Relax(int start, int length, float cost, WordEntry entry)
    {
        var total = costs[start] + cost;
        if (total < costs[start + length])
        {
            costs[start + length] = total;
            back[start + length] = (byte)length;
            backEntry[start + length] = entry.Bits;
        }
    }

    private void TraceWords()
    {
        for (var end = Length; end > 0;)
        {
            var length = back[end];
            var start = end - length;
            var hash = WordHash.Seed;
            for (var i = start; i < end; i++)
            {
                hash = WordHash.Extend(hash, kinds[Margin + i] == CharacterKind.Digit ? '0' : plain[Margin + i]);
            }

            var slot = new WordSlot(start, end, new WordEntry(backEntry[end]), WordHash.Finish(hash));
            words.AsSpan(Margin + start, length).Fill(slot);
            end = start;
        }

        for (var i = 0; i < Margin; i++)
        {
            words[i] = new WordSlot(i - Margin, i - Margin + 1, default, 0);
            words[Margin + Length + i] = new WordSlot(Length + i, Length + i + 1, default, 0);
        }
    }
}
