namespace Jingwei.Text.Lexicons;

/// <summary>What the lexicon knows of a word, in 16 bits.</summary>
/// <param name="Bits">Part of speech (5 bits), place in a gazetteer (1), level of an administrative region (2), cost in eighths of a nat (8).</param>
internal readonly record struct WordEntry(ushort Bits)
{
    /// <summary>Words are not looked for beyond this length, in characters.</summary>
    internal const int LongestWord = 11;

    internal WordEntry(PartOfSpeech part, bool place, int regionLevel, double nats)
        : this((ushort)((int)part | (place ? 1 << 5 : 0) | (regionLevel << 6) | ((int)Math.Clamp(nats * 8, 1, 255) << 8)))
    {
    }

    internal PartOfSpeech Part => (PartOfSpeech)(Bits & 31);

    internal bool Place => (Bits & (1 << 5)) != 0;

    /// <summary>0: no region; 1: province; 2: city; 3: county or town.</summary>
    internal int RegionLevel => (Bits >> 6) & 3;

    /// <summary>The negative logarithm of the word's share of all words, in nats.</summary>
    internal float Cost => (Bits >> 8) / 8f;
}
