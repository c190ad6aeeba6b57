namespace Jingwei.Civic;

/// <summary>How much a problem weighs.</summary>
public enum ProblemLevel
{
    /// <summary>Against a recommendation (SHOULD), or read without doubt although it is written otherwise than it should be.</summary>
    Warning,
    /// <summary>Against the schema or a rule that the standard makes binding (MUST).</summary>
    Error,
}

/// <summary>Something in a document that is not as its standard wants it.</summary>
/// <param name="Code">What is wrong, for programs.</param>
/// <param name="Level">Whether the document is invalid by it.</param>
/// <param name="Path">Where, as an XPath of element names with positions from 1: `/alert[1]/info[2]/expires[1]`; empty when it is about the bytes.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Line">From 1; 0 when there is none, as in a document that was never text.</param>
/// <param name="Column">From 1, in UTF-16 units; 0 as for <paramref name="Line"/>.</param>
public sealed record DocumentProblem(ProblemCode Code, ProblemLevel Level, string Path, string Message, int Line = 0, int Column = 0)
{
    public override string ToString() => (Line, Path) switch
    {
        (0, "") => Message,
        (0, _) => $"{Path}: {Message}",
        _ => $"{Line}:{Column}: {Path}: {Message}",
    };
}
