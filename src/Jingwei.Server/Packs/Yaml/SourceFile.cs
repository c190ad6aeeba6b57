namespace Jingwei.Server.Packs.Yaml;

/// <summary>A place in a file; both counted from 1, columns in UTF-16 units.</summary>
internal readonly record struct Position(int Line, int Column)
{
    public static Position Start { get; } = new(1, 1);
}

/// <summary>A file's text with the path that problems name it by.</summary>
internal sealed class SourceFile(string path, string text)
{
    public string Path => path;

    public string Text => text;

    /// <summary>The place of the character at <paramref name="index"/>, which may be the end of the text.</summary>
    public Position PositionOf(int index)
    {
        var before = text.AsSpan(0, Math.Min(index, text.Length));
        return new Position(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
