namespace Jingwei.Cel.Syntax;

internal enum TokenKind
{
    End,
    Name,
    /// <summary>A name in backticks, allowed as a field only.</summary>
    QuotedName,
    True,
    False,
    Null,
    In,
    /// <summary>Digits whose sign is not known yet; the value is a ulong.</summary>
    Int,
    Literal,
    Symbol,
}

/// <summary>A token: its kind, where it starts and ends, its text (a name or symbol) and its value (a literal).</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text, CelValue Value = default)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>As an author sees it.</summary>
    public string Describe() => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}
