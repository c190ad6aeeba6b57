namespace Jingwei.Cel;

/// <summary>Something that keeps an expression from running. Line and column are 1-based, in characters (code points).</summary>
public sealed record CelIssue(int Line, int Column, string Message)
{
    public override string ToString() => $"{Line}:{Column}: {Message}";
}

/// <summary>What compiling gave: a program, or every issue that was found.</summary>
public sealed class CelCompilation
{
    internal CelCompilation(CelProgram program)
    {
        Program = program;
        Issues = [];
    }

    internal CelCompilation(IReadOnlyList<CelIssue> issues)
    {
        Issues = issues;
    }

    /// <summary>The program; null when there are issues.</summary>
    public CelProgram? Program { get; }

    /// <summary>All issues in the order of the source; empty when there is a program.</summary>
    public IReadOnlyList<CelIssue> Issues { get; }

    /// <summary>The program, for sources that are known to be right.</summary>
    /// <exception cref="InvalidOperationException">There are issues; the message lists them.</exception>
    public CelProgram Require() =>
        Program ?? throw new InvalidOperationException(string.Join(Environment.NewLine, Issues));
}
