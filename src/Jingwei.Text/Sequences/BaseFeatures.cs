namespace Jingwei.Text.Sequences;

/// <summary>Templates that every labelling shares: characters, their kinds, words and places around a position.</summary>
internal static class BaseFeatures
{
    /// <summary>Templates from this number on are free for a task's own.</summary>
    internal const uint FirstFree = 100;

    internal static void Add(TextSheet sheet, int i, FeatureSequence features)
    {
        features.Add(0, 0);
        AddCharacters(sheet, i, features);
        AddKinds(sheet, i, features);
        AddWords(sheet, i, features);
        AddLexicon(sheet, i, features);
    }

    private static void AddCharacters(TextSheet sheet, int i, FeatureSequence features)
    {
        ulong a = Shape(sheet, i - 3), b = Shape(sheet, i - 2), c = Shape(sheet, i - 1), d = Shape(sheet, i);
        ulong e = Shape(sheet, i + 1), f = Shape(sheet, i + 2), g = Shape(sheet, i + 3);
        features.Add(1, b);
        features.Add(2, c);
        features.Add(3, d);
        features.Add(4, e);
        features.Add(5, f);
        features.Add(6, (b << 16) | c);
        features.Add(7, (c << 16) | d);
        features.Add(8, (d << 16) | e);
        features.Add(9, (e << 16) | f);
        features.Add(10, (c << 16) | e);
        features.Add(11, (b << 32) | (c << 16) | d);
        features.Add(12, (c << 32) | (d << 16) | e);
        features.Add(13, (d << 32) | (e << 16) | f);
        features.Add(14, (a << 32) | (b << 16) | c);
        features.Add(15, (e << 32) | (f << 16) | g);
        features.Add(16, (b << 48) | (c << 32) | (d << 16) | e);
        features.Add(17, (c << 48) | (d << 32) | (e << 16) | f);
        features.Add(18, a);
        features.Add(19, g);
    }

    // Digits and letters count as one each: the figures of a toll teach nothing.
    private static ulong Shape(TextSheet sheet, int i) => sheet.Kind(i) switch
    {
        CharacterKind.Digit => '0',
        CharacterKind.Lower => 'a',
        CharacterKind.Upper => 'A',
        _ => sheet.Plain(i),
    };

    private static void AddKinds(TextSheet sheet, int i, FeatureSequence features)
    {
        ulong pattern = 0;
        for (var at = -2; at <= 2; at++)
        {
            pattern = (pattern << 4) | (ulong)sheet.Kind(i + at);
        }

        features.Add(20, pattern);
        features.Add(21, (pattern >> 4) & 0xFFF);
        features.Add(22, sheet.Plain(i) == sheet.Plain(i - 1) ? 1u : sheet.Plain(i) == sheet.Plain(i - 2) ? 2u : 0u);
    }

    private static void AddWords(TextSheet sheet, int i, FeatureSequence features)
    {
        ref readonly var word = ref sheet.Word(i);
        ref readonly var before = ref sheet.Word(Math.Max(word.Start - 1, -1));
        ref readonly var after = ref sheet.Word(Math.Min(word.End, sheet.Length));
        ref readonly var beforeThat = ref sheet.Word(Math.Max(before.Start - 1, -2));
        ref readonly var afterThat = ref sheet.Word(Math.Min(after.End, sheet.Length + 1));
        var place = PlaceInWord(word, i);
        ulong part = (ulong)word.Entry.Part, partBefore = (ulong)before.Entry.Part, partAfter = (ulong)after.Entry.Part;
        features.Add(30, ((ulong)word.Hash << 3) | place);
        features.Add(31, ((ulong)before.Hash << 3) | place);
        features.Add(32, ((ulong)after.Hash << 3) | place);
        features.Add(33, ((ulong)beforeThat.Hash << 3) | place);
        features.Add(34, ((ulong)afterThat.Hash << 3) | place);
        features.Add(35, Pair(before.Hash, word.Hash, place));
        features.Add(36, Pair(word.Hash, after.Hash, place));
        features.Add(37, (part << 3) | place);
        features.Add(38, (partBefore << 8) | (part << 3) | place);
        features.Add(39, (partAfter << 8) | (part << 3) | place);
        features.Add(40, (partBefore << 13) | (partAfter << 8) | (part << 3) | place);
        features.Add(41, (ulong)(uint)(Math.Min(word.End - word.Start, 7) << 4) | (place << 1));
        features.Add(42, ((ulong)before.Hash << 8) | (part << 3) | place);
        features.Add(43, ((ulong)after.Hash << 8) | (part << 3) | place);
    }

    private static ulong Pair(uint left, uint right, ulong place) => ((ulong)left * 0x9E3779B97F4A7C15) ^ ((ulong)right << 3) ^ place;

    private static ulong PlaceInWord(in WordSlot word, int i) =>
        word.End - word.Start == 1 ? 3u : i == word.Start ? 0u : i == word.End - 1 ? 2u : 1u;

    private static void AddLexicon(TextSheet sheet, int i, FeatureSequence features)
    {
        ulong place = (ulong)(uint)sheet.Place(i);
        features.Add(50, place);
        features.Add(51, (place << 16) | sheet.Plain(i));
        features.Add(52, (place << 8) | (ulong)(uint)sheet.Place(i + 1));
        features.Add(53, (place << 8) | (ulong)(uint)sheet.Place(i - 1));
        features.Add(54, ((ulong)(uint)sheet.LongestFrom(i) << 4) | (ulong)(uint)sheet.LongestTo(i));
        features.Add(55, ((ulong)(uint)sheet.LongestFrom(i + 1) << 4) | (ulong)(uint)sheet.LongestTo(i - 1));
    }
}
