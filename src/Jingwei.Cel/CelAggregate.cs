namespace Jingwei.Cel;

/// <summary>One way to call an aggregate.</summary>
/// <param name="Of">Type of the expression that is followed: the first argument.</param>
/// <param name="Parameters">Types of the arguments after it.</param>
/// <param name="Result">Type of the result.</param>
public sealed record CelAggregateForm(CelType Of, IReadOnlyList<CelType> Parameters, CelType Result);

/// <summary>
/// A function of the host over the course of an expression, such as avg(load, '10m'). Its first argument is not evaluated where the call stands: it is a
/// program of its own, which the host runs on every event; the other arguments are literals. The call gives what the host put into its slot.
/// </summary>
/// <param name="Name">A simple or dotted name.</param>
/// <param name="Documentation">One sentence for authors of expressions.</param>
/// <param name="Forms">At least one.</param>
/// <param name="Check">What is wrong with the literal arguments, in an author's words; null for nothing.</param>
public sealed record CelAggregate(
    string Name, string Documentation, IReadOnlyList<CelAggregateForm> Forms, Func<IReadOnlyList<CelValue>, string?>? Check = null);

/// <summary>An aggregate that programs use.</summary>
/// <param name="Aggregate">Which.</param>
/// <param name="Text">The call as it is written.</param>
/// <param name="Of">What is followed; it reads the same slots as the programs that use it, but none of aggregates.</param>
/// <param name="Arguments">The literal arguments after it.</param>
/// <param name="Slot">Where its result belongs.</param>
public sealed record CelAggregateUse(CelAggregate Aggregate, string Text, CelProgram Of, IReadOnlyList<CelValue> Arguments, int Slot);

/// <summary>The aggregates of several programs, each worked out once for all of an environment that write it alike. One thread at a time.</summary>
/// <param name="firstSlot">Slot of the first one; behind all variables.</param>
public sealed class CelAggregateUses(int firstSlot)
{
    private readonly List<CelAggregateUse> _uses = [];
    private readonly List<CelEnvironment> _environments = [];

    /// <summary>In the order of their slots.</summary>
    public IReadOnlyList<CelAggregateUse> All => _uses;

    internal CelAggregateUse Add(
        CelEnvironment environment, CelAggregate aggregate, string text, Func<CelProgram> of, IReadOnlyList<CelValue> arguments)
    {
        for (var i = 0; i < _uses.Count; i++)
        {
            if (_environments[i] == environment && _uses[i].Text == text)
            {
                return _uses[i];
            }
        }

        var added = new CelAggregateUse(aggregate, text, of(), arguments, firstSlot + _uses.Count);
        _uses.Add(added);
        _environments.Add(environment);
        return added;
    }
}
