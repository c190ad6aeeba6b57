using Jingwei.Cel.Syntax;

namespace Jingwei.Cel.Planning;

/// <summary>A planned comprehension.</summary>
internal sealed record Loop
{
    public required ComprehensionKind Kind { get; init; }

    public required Evaluator Range { get; init; }

    public required Evaluator? Predicate { get; init; }

    public required Evaluator? Body { get; init; }

    /// <summary>Where its first variable lives; the second is next to it.</summary>
    public required int First { get; init; }

    public required bool Two { get; init; }

    /// <summary>Steps of one round.</summary>
    public required int Cost { get; init; }

    public required Place Place { get; init; }
}
