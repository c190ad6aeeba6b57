namespace Jingwei.Identifiers.Gs1.Elements;

/// <summary>Reads element strings in both forms.</summary>
internal static class ElementStringReader
{
    internal static Gs1Reading<ElementString> ReadBracketed(string text, Gs1Limits limits)
    {
        if (Start(text, limits) is { } refusal)
        {
            return refusal;
        }

        var elements = new List<Gs1Element>();
        for (var at = 0; at < text.Length;)
        {
            var close = text.AsSpan(at).IndexOf(')');
            if (text[at] != '(' || close < 0)
            {
                return new Gs1Problem(Gs1ProblemCode.Malformed, "An element begins with its identifier in parentheses.", at);
            }

            var code = text.AsSpan(at + 1, close - 1);
            var valueAt = at + close + 1;
            var end = ValueEnd(text, valueAt);
            var value = text[valueAt..end].Replace("\\(", "(", StringComparison.Ordinal);
            if (Add(elements, code, value, at + 1, valueAt, limits) is { } problem)
            {
                return problem;
            }

            at = end;
        }

        return new ElementString(elements);
    }

    internal static Gs1Reading<ElementString> ReadScan(string text, char separator, Gs1Limits limits)
    {
        if (Start(text, limits) is { } refusal)
        {
            return refusal;
        }

        var elements = new List<Gs1Element>();
        var at = SymbologyLength(text);
        at += at < text.Length && text[at] == separator ? 1 : 0;
        while (at < text.Length)
        {
            var rest = text.AsSpan(at);
            var length = rest.Length < 2 ? 0 : ApplicationIdentifier.CodeLength(rest[..2]) ?? 2;
            if (length == 0 || length > rest.Length || limits.Identifier(rest[..length]) is not { } identifier)
            {
                return new Gs1Problem(Gs1ProblemCode.UnknownIdentifier, "No Application Identifier.", at);
            }

            var end = rest.IndexOf(separator) is var found && found < 0 ? rest.Length : found;
            if (identifier.IsPredefinedLength)
            {
                end = Math.Min(end, length + identifier.Longest);
            }

            // A value may be cut off within its own identifier: it is empty then.
            var value = rest[length..Math.Max(length, end)].ToString();
            if (Add(elements, rest[..length], value, at, at + length, limits) is { } problem)
            {
                return problem;
            }

            at += Math.Max(length, end);
            at += at < text.Length && text[at] == separator ? 1 : 0;
        }

        return elements.Count > 0 ? new ElementString(elements) : new Gs1Problem(Gs1ProblemCode.Malformed, "There is no element.", at);
    }

    private static Gs1Problem? Start(string text, Gs1Limits limits) =>
        text.Length == 0 ? new(Gs1ProblemCode.Malformed, "There is no element.", 0)
        : text.Length > limits.Length ? new(Gs1ProblemCode.TooLarge, $"An element string has at most {limits.Length} characters.", limits.Length)
        : null;

    private static Gs1Problem? Add(List<Gs1Element> elements, ReadOnlySpan<char> code, string value, int codeAt, int valueAt, Gs1Limits limits)
    {
        if (elements.Count == limits.Elements)
        {
            return new(Gs1ProblemCode.TooManyElements, $"There are at most {limits.Elements} elements.", codeAt);
        }

        if (limits.Identifier(code) is not { } identifier)
        {
            return new(Gs1ProblemCode.UnknownIdentifier, "No Application Identifier.", codeAt);
        }

        elements.Add(new(identifier.Code, value));
        return identifier.Check(value)?.At(valueAt);
    }

    private static int ValueEnd(string text, int at)
    {
        while (at < text.Length && text[at] != '(')
        {
            // No character set of GS1 has a backslash: before a parenthesis it can only be the escape.
            at += text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '(' ? 2 : 1;
        }

        return at;
    }

    // ISO/IEC 15424: GS1-128, GS1 DataBar, GS1 DataMatrix, GS1 QR Code, GS1 DotCode.
    private static int SymbologyLength(string text) =>
        text.Length >= 3 && text.AsSpan(0, 3) is "]C1" or "]e0" or "]d2" or "]Q3" or "]J1" ? 3 : 0;
}
