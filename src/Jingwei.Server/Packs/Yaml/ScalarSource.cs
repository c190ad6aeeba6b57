namespace Jingwei.Server.Packs.Yaml;

/// <summary>Finds a character of a scalar's value in the file it was written in.</summary>
internal static class ScalarSource
{
    /// <summary>
    /// The index in <paramref name="source"/> of the value's character at <paramref name="offset"/>. Indentation, folded
    /// lines and escapes make value and source differ in length, but what is not white space stands in both in the same
    /// order, so the two are walked together.
    /// </summary>
    public static int IndexOf(string source, int start, int end, string value, int offset)
    {
        var style = start < end ? source[start] : ' ';
        var at = style switch
        {
            '"' or '\'' => start + 1,
            '|' or '>' => AfterHeader(source, start, end),
            _ => start,
        };
        for (var i = 0; i <= Math.Min(offset, value.Length); i++)
        {
            at = i < value.Length && !char.IsWhiteSpace(value[i]) ? SkipWhite(source, at, end, style) : at;
            if (i < Math.Min(offset, value.Length))
            {
                at = Next(source, at, end, style, value[i]);
            }
        }

        return Math.Min(at, end);
    }

    private static int AfterHeader(string source, int start, int end)
    {
        var line = source.IndexOf('\n', start, end - start);
        return line < 0 ? end : line + 1;
    }

    private static int SkipWhite(string source, int at, int end, char style)
    {
        while (at < end && (char.IsWhiteSpace(source[at]) || IsContinuation(source, at, end, style)))
        {
            at += char.IsWhiteSpace(source[at]) ? 1 : 2;
        }

        return at;
    }

    // In double quotes a backslash before a line break joins the lines.
    private static bool IsContinuation(string source, int at, int end, char style) =>
        style == '"' && source[at] == '\\' && at + 1 < end && source[at + 1] is '\n' or '\r';

    private static int Next(string source, int at, int end, char style, char character)
    {
        if (at >= end)
        {
            return end;
        }

        if (style == '"' && source[at] == '\\' && at + 1 < end)
        {
            return at + source[at + 1] switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 };
        }

        if (style == '\'' && character == '\'')
        {
            return at + 2;
        }

        return char.IsWhiteSpace(character) && !char.IsWhiteSpace(source[at]) ? at : at + 1;
    }
}
