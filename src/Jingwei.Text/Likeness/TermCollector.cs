using Jingwei.Text.Lexicons;
using Jingwei.Text.Sequences;

namespace Jingwei.Text.Likeness;

/// <summary>Collects the terms of a text: words of the lexicon of two characters or more, and pairs of neighbouring characters. Not safe for several threads.</summary>
internal sealed class TermCollector(WordTable lexicon)
{
    private const ulong PairSeed = 0x9AE16A3B2F90404F;

    // Characters of grammar: a pair with one of them says nothing of what a report is about.
    private const string Grammar = "的了是在我们你他她它这那有和与及或也都就不没很被把给对为以而并从到向于等将又还其所着吗呢吧啊么什怎请问您好";

    private static readonly System.Buffers.SearchValues<char> Silent = System.Buffers.SearchValues.Create(Grammar);

    private readonly TextSheet sheet = new(lexicon);
    private readonly NameMarks names = new();

    /// <summary>Told of each term: its key and its marks; the same term may come several times.</summary>
    internal void Collect(ReadOnlySpan<char> text, TermMarks marks, Action<uint, TermMarks> found)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Sentences.End(text, start);
            sheet.Load(text[start..end]);
            names.Mark(sheet);
            Words(marks, found);
            Pairs(marks, found);
            start = end;
        }
    }

    /// <summary>The key of a pair of characters.</summary>
    internal static uint Pair(char first, char second) => WordHash.Finish(WordHash.Extend(WordHash.Extend(PairSeed, first), second));

    private static uint Three(char first, char second, char third) =>
        WordHash.Finish(WordHash.Extend(WordHash.Extend(WordHash.Extend(PairSeed, first), second), third));

    private void Words(TermMarks marks, Action<uint, TermMarks> found)
    {
        for (var i = 0; i < sheet.Length;)
        {
            var word = sheet.Word(i);
            if (word.End - word.Start > 1 && word.Entry.Bits != 0 && Speaks(word.Entry.Part))
            {
                found(word.Hash, marks | (MayName(word.Start) && MayName(word.End - 1) ? TermMarks.Name : TermMarks.None));
            }

            i = word.End;
        }
    }

    // Of names also three in a row: 魅力 and 之城 may be anywhere, 力之城 is not.
    private void Pairs(TermMarks marks, Action<uint, TermMarks> found)
    {
        for (var i = 0; i + 1 < sheet.Length; i++)
        {
            var (first, second) = (sheet.Plain(i), sheet.Plain(i + 1));
            if (!Tells(i, first) || !Tells(i + 1, second))
            {
                continue;
            }

            var name = sheet.Word(i).Start == sheet.Word(i + 1).Start ? MayName(i) && MayName(i + 1) : IsOne(i, i + 1);
            found(Pair(first, second), marks | TermMarks.Pair | (name ? TermMarks.Name : TermMarks.None));
            if (i + 2 < sheet.Length && IsOne(i, i + 1) && IsOne(i, i + 2) && Tells(i + 2, sheet.Plain(i + 2)))
            {
                found(Three(first, second, sheet.Plain(i + 2)), marks | TermMarks.Pair | TermMarks.Name);
            }
        }
    }

    private bool IsOne(int first, int second) => names.Of(first) > 0 && names.Of(first) == names.Of(second);

    // A plain word beside the name of a place is no part of the name by itself; regions are compared as such.
    private bool MayName(int at) => names.Of(at) > 0 && !NameMarks.IsRegion(sheet, at)
        && sheet.Word(at).Entry.Part is PartOfSpeech.Unknown or PartOfSpeech.PersonName or PartOfSpeech.ForeignName or PartOfSpeech.PlaceName or PartOfSpeech.Organisation or PartOfSpeech.ProperNoun;

    private bool Tells(int at, char character) =>
        sheet.Kind(at) is CharacterKind.Han or CharacterKind.HanDigit or CharacterKind.Upper or CharacterKind.Lower or CharacterKind.Digit && !Silent.Contains(character);

    private static bool Speaks(PartOfSpeech part) => part is not (PartOfSpeech.Pronoun or PartOfSpeech.Preposition or PartOfSpeech.Conjunction or PartOfSpeech.Particle
        or PartOfSpeech.Adverb or PartOfSpeech.Numeral or PartOfSpeech.Measure or PartOfSpeech.Time);
}
