namespace Jingwei.Cel;

/// <summary>What an expression may cost. Each limit is checked; going over it is an issue or an error value, never a crash.</summary>
public sealed record CelLimits
{
    /// <summary>The limits that are used where none are given.</summary>
    public static CelLimits Default { get; } = new();

    /// <summary>Longest source, in UTF-16 units. Default 16,384: about 400 lines, far above a written rule.</summary>
    public int SourceLength { get; init; } = 16_384;

    /// <summary>Deepest nesting of brackets, calls, unary operators and macros. Default 100; the language asks for at least 12.</summary>
    public int Nesting { get; init; } = 100;

    /// <summary>Most nodes of the syntax tree. Default 4,096.</summary>
    public int Nodes { get; init; } = 4_096;

    /// <summary>Greatest height of the syntax tree, chains of one operator included. Default 400; the language asks for at least 24.</summary>
    public int Height { get; init; } = 400;

    /// <summary>
    /// Most steps of one evaluation: one a node and iteration in comprehensions, one per ten characters or one per element
    /// that a function walks through. Default 1,000,000, Kubernetes' per-call limit for CEL, there meant as about 0.1 s.
    /// </summary>
    public long EvaluationSteps { get; init; } = 1_000_000;
}
