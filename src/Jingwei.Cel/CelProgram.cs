using Jingwei.Cel.Planning;

namespace Jingwei.Cel;

/// <summary>A variable that a program reads.</summary>
/// <param name="Name">Its declared name.</param>
/// <param name="Slot">Its place in the environment's variables.</param>
/// <param name="Fields">The fields read from it where only fields are read; null when the value is used as a whole.</param>
public sealed record CelVariableUse(string Name, int Slot, IReadOnlyList<string>? Fields);

/// <summary>A compiled expression. Immutable; may be evaluated by many threads at once.</summary>
public sealed class CelProgram
{
    private readonly Evaluator _run;
    private readonly int _slots;
    private readonly int _locals;
    private readonly long _steps;

    internal CelProgram(
        string source, CelType type, Evaluator run, int locals, long steps, IReadOnlyList<CelVariableUse> variables,
        IReadOnlyList<CelAggregateUse> aggregates, IReadOnlyList<CelCallSite> calls, CelTruthOver? truthOver)
    {
        (Source, ResultType, Variables, Aggregates, Calls, TruthOver) = (source, type, variables, aggregates, calls, truthOver);
        (_run, _locals, _steps) = (run, locals, steps);
        _slots = variables.Select(variable => variable.Slot).Concat(aggregates.Select(use => use.Slot)).DefaultIfEmpty(-1).Max() + 1;
    }

    public string Source { get; }

    /// <summary>The type that the checker found; dyn when it cannot be known before evaluation.</summary>
    public CelType ResultType { get; }

    /// <summary>The variables that the expression reads, by slot.</summary>
    public IReadOnlyList<CelVariableUse> Variables { get; }

    /// <summary>The aggregates whose results it reads.</summary>
    public IReadOnlyList<CelAggregateUse> Aggregates { get; }

    /// <summary>The calls of host functions, in the order of the source.</summary>
    public IReadOnlyList<CelCallSite> Calls { get; }

    /// <summary>What the condition is over ranges of its variables; null when it is no condition, or of a kind that ranges never decide.</summary>
    public CelTruthOver? TruthOver { get; }

    /// <summary>Evaluates. Allocates nothing for conditions over numbers, booleans and text.</summary>
    /// <param name="slots">Values in the order of <see cref="CelEnvironment.Variables"/>; unset where there is none.</param>
    /// <param name="host">Handed to host functions.</param>
    /// <param name="cancellation">Looked at with every counted step.</param>
    /// <returns>The value, or an error value with its place in the source.</returns>
    /// <exception cref="ArgumentException">There are fewer slots than the variables need.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public CelValue Evaluate(ReadOnlySpan<CelValue> slots, object? host = null, CancellationToken cancellation = default)
    {
        if (slots.Length < _slots)
        {
            throw new ArgumentException($"The expression needs {_slots} slots, not {slots.Length}.", nameof(slots));
        }

        var frame = new Frame
        {
            Slots = slots,
            Locals = _locals == 0 ? [] : new CelValue[_locals],
            Meter = new Meter(_steps, cancellation),
            Host = host,
        };
        var result = _run(ref frame);
        if (!frame.Meter.Stopped)
        {
            return result;
        }

        cancellation.ThrowIfCancellationRequested();
        return Meter.Exceeded;
    }
}
