namespace Jingwei.Text.Sequences;

/// <summary>What a character is, as far as labelling cares.</summary>
internal enum CharacterKind : byte
{
    Other,
    Han,
    Digit,
    HanDigit,
    Upper,
    Lower,
    Space,
    Stop,
    Comma,
    Open,
    Close,
    Dot,
    Hyphen,
}

internal static class CharacterKinds
{
    private static readonly CharacterKind[] Table = Build();

    internal static CharacterKind Of(char character) => Table[character];

    private static CharacterKind[] Build()
    {
        var table = new CharacterKind[char.MaxValue + 1];
        table.AsSpan(0x4E00, 0x9FFF - 0x4E00 + 1).Fill(CharacterKind.Han);
        table.AsSpan(0x3400, 0x4DBF - 0x3400 + 1).Fill(CharacterKind.Han);
        table.AsSpan('0', 10).Fill(CharacterKind.Digit);
        table.AsSpan('A', 26).Fill(CharacterKind.Upper);
        table.AsSpan('a', 26).Fill(CharacterKind.Lower);
        Set(table, "零〇一二三四五六七八九十百千万亿两", CharacterKind.HanDigit);
        Set(table, " \t\r\n\u3000\u00A0", CharacterKind.Space);
        Set(table, "。！？!?;；", CharacterKind.Stop);
        Set(table, ",，、:：", CharacterKind.Comma);
        Set(table, "(（《〈“‘\"[【「『<", CharacterKind.Open);
        Set(table, ")）》〉”’]】」』>", CharacterKind.Close);
        Set(table, ".·．•‧・", CharacterKind.Dot);
        Set(table, "-—–~～－", CharacterKind.Hyphen);
        return table;
    }

    private static void Set(CharacterKind[] table, string characters, CharacterKind kind)
    {
        foreach (var character in characters)
        {
            table[character] = kind;
        }
    }
}
