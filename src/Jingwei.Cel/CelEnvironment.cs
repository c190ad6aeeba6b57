using Jingwei.Cel.Checking;
using Jingwei.Cel.Library;
using Jingwei.Cel.Planning;
using Jingwei.Cel.Syntax;

namespace Jingwei.Cel;

/// <summary>
/// What expressions may name: variables, object types and functions of the host, besides the standard ones. Immutable and
/// safe to share between threads.
/// </summary>
public sealed class CelEnvironment
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CelObjectType> _objectTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FunctionEntry> _functions = new(StandardFunctions.All, StringComparer.Ordinal);

    /// <param name="variables">Variables; the place in this list is the slot in <see cref="CelProgram.Evaluate"/>.</param>
    /// <param name="objectTypes">Types whose fields expressions may read, and whose values they may make.</param>
    /// <param name="functions">Functions of the host; they may not take the name of a standard one.</param>
    /// <param name="container">The namespace that names are looked up in first, outwards; empty for none.</param>
    /// <param name="limits">What an expression may cost; the default limits when null.</param>
    /// <param name="aggregates">Functions of the host over the course of an expression.</param>
    /// <exception cref="ArgumentException">A name is declared twice.</exception>
    public CelEnvironment(
        IEnumerable<CelVariable> variables, IEnumerable<CelObjectType>? objectTypes = null,
        IEnumerable<CelFunction>? functions = null, string container = "", CelLimits? limits = null,
        IEnumerable<CelAggregate>? aggregates = null)
    {
        Variables = [.. variables];
        ObjectTypes = [.. objectTypes ?? []];
        Functions = [.. functions ?? []];
        Aggregates = [.. aggregates ?? []];
        Container = container;
        Limits = limits ?? CelLimits.Default;
        for (var slot = 0; slot < Variables.Count; slot++)
        {
            Once(_slots.TryAdd(Variables[slot].Name, slot), Variables[slot].Name);
        }

        foreach (var type in ObjectTypes)
        {
            Once(_objectTypes.TryAdd(type.Name, type), type.Name);
        }

        foreach (var function in Functions)
        {
            var signatures = function.Overloads.Select(overload => new Signature(overload.Parameters, overload.Result, overload.IsMember));
            Once(_functions.TryAdd(function.Name, new FunctionEntry(function.Name, [.. signatures]) { Host = function }), function.Name);
        }

        foreach (var aggregate in Aggregates)
        {
            var signatures = aggregate.Forms.Select(form => new Signature([form.Of, .. form.Parameters], form.Result, IsMember: false));
            Once(_functions.TryAdd(aggregate.Name, new FunctionEntry(aggregate.Name, [.. signatures]) { Aggregate = aggregate }), aggregate.Name);
        }
    }

    public IReadOnlyList<CelVariable> Variables { get; }

    public IReadOnlyList<CelObjectType> ObjectTypes { get; }

    public IReadOnlyList<CelFunction> Functions { get; }

    public IReadOnlyList<CelAggregate> Aggregates { get; }

    public string Container { get; }

    public CelLimits Limits { get; }

    internal IEnumerable<string> FunctionNames => _functions.Keys.Where(name => char.IsAsciiLetter(name[0]));

    /// <summary>Parses, checks and compiles an expression.</summary>
    /// <param name="source">The expression.</param>
    /// <param name="expected">The type that it must give; any when null.</param>
    /// <param name="aggregates">Where the aggregates that it uses are gathered; null: its own, which only a check has use for.</param>
    public CelCompilation Compile(string source, CelType? expected = null, CelAggregateUses? aggregates = null) =>
        Compile(source, expected, aggregates, check: true);

    /// <summary>Parses and compiles without the type check, for sources whose types are known only when they run.</summary>
    public CelCompilation CompileUnchecked(string source) => Compile(source, null, null, check: false);

    /// <summary>An array of slots with these variables set and all others unset.</summary>
    /// <exception cref="ArgumentException">A name is not declared.</exception>
    public CelValue[] Bind(params IEnumerable<(string Name, CelValue Value)> values)
    {
        var slots = new CelValue[Variables.Count];
        foreach (var (name, value) in values)
        {
            slots[_slots.TryGetValue(name, out var slot) ? slot : throw new ArgumentException($"No variable {name}.", nameof(values))] = value;
        }

        return slots;
    }

    /// <summary>Whether expressions may call a function of that name, be it a standard one or the host's.</summary>
    public bool HasFunction(string name) => _functions.ContainsKey(name);

    /// <summary>The slot of a variable, or -1.</summary>
    public int SlotOf(string variable) => _slots.GetValueOrDefault(variable, -1);

    internal CelObjectType? ObjectType(string name) => _objectTypes.GetValueOrDefault(name);

    internal FunctionEntry? Function(string name) => _functions.GetValueOrDefault(name);

    private CelCompilation Compile(string text, CelType? expected, CelAggregateUses? aggregates, bool check)
    {
        var source = new SourceText(text);
        var issues = new List<CelIssue>();
        var tree = Parser.Parse(text, Limits, source, issues);
        var type = tree is not null && check ? new Checker(this, source, issues).Check(tree, expected) : CelType.Dyn;
        return tree is not null && issues.Count == 0
            ? new CelCompilation(new Planner(this, source, aggregates ?? new CelAggregateUses(Variables.Count)).Plan(tree, type))
            : new CelCompilation([.. issues.OrderBy(issue => issue.Line).ThenBy(issue => issue.Column)]);
    }

    private static void Once(bool isNew, string name)
    {
        if (!isNew)
        {
            throw new ArgumentException($"{name} is declared twice.");
        }
    }
}
