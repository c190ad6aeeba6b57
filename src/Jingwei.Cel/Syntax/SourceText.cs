namespace Jingwei.Cel.Syntax;

/// <summary>The text of an expression and where its lines begin.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lines = [0];

    public SourceText(string text)
    {
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _lines.Add(i + 1);
            }
        }
    }

    public string Text { get; }

    /// <summary>Line and column of an offset, 1-based; columns count code points.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        var line = _lines.BinarySearch(offset);
        line = line < 0 ? ~line - 1 : line;
        var column = 1;
        for (var i = _lines[line]; i < offset && i < Text.Length; i++)
        {
            column += char.IsLowSurrogate(Text[i]) ? 0 : 1;
        }

        return (line + 1, column);
    }

    public CelIssue Issue(int offset, string message)
    {
        var (line, column) = Locate(offset);
        return new CelIssue(line, column, message);
    }
}
