using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Checking;

/// <summary>The types of one way to call a function; of a member function the first is the receiver.</summary>
internal sealed record Signature(IReadOnlyList<CelType> Parameters, CelType Result, bool IsMember);

/// <summary>A function as checker and planner see it: standard ones by their argument counts, the host's by their overloads.</summary>
internal sealed record FunctionEntry(string Name, IReadOnlyList<Signature> Signatures)
{
    public Unary? One { get; init; }

    public Binary? Two { get; init; }

    public Nary? Many { get; init; }

    /// <summary>Plans two arguments itself, where the second is not always evaluated.</summary>
    public Func<Step, Step, Place, Step>? Lazy { get; init; }

    public CelFunction? Host { get; init; }

    public CelAggregate? Aggregate { get; init; }
}
