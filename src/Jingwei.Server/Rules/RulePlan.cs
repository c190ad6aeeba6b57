using System.Collections.Frozen;
using System.Collections.Immutable;
using Jingwei.Cel;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Functions;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>All rules for things of one type.</summary>
/// <param name="Lanes">One for each lateness that rules wait for, the shortest first; at least one, perhaps without rules.</param>
public sealed record TypeRules(ThingType Type, ImmutableArray<RuleLane> Lanes)
{
    public IEnumerable<PlannedRule> Rules => Lanes.SelectMany(lane => lane.Rules);
}

/// <summary>All rules of a set of packs, compiled once for every type that they apply to; immutable.</summary>
public sealed class RulePlan
{
    private readonly FrozenDictionary<string, TypeRules> byType;

    public RulePlan(PackSet packs)
    {
        Packs = packs;
        var planned = packs.Types
            .Where(type => !type.Abstract)
            .Select(type => (Type: type, Lanes: Lanes(type, packs.Rules.Where(rule => type.Is(rule.Type)), packs.Plugin(type.Pack))))
            .ToList();
        AskedOfParents = planned.SelectMany(each => each.Lanes).SelectMany(lane => lane.Rules).SelectMany(rule => rule.OfParent).ToFrozenSet(StringComparer.Ordinal);
        byType = planned
            .Where(each => each.Lanes.Length > 0 || each.Type.Properties.Any(property => AskedOfParents.Contains(property.Id)))
            .ToFrozenDictionary(
                each => each.Type.Id,
                each => new TypeRules(each.Type, each.Lanes.Length > 0 ? each.Lanes : [new RuleLane(each.Type, TimeSpan.Zero, [], [])]),
                StringComparer.Ordinal);
    }

    public PackSet Packs { get; }

    /// <summary>Properties that some rule reads of the thing above.</summary>
    public FrozenSet<string> AskedOfParents { get; }

    /// <summary>The rules for things of a type; null when there are none, and none asks for its values.</summary>
    public TypeRules? For(string type) => byType.GetValueOrDefault(type);

    private static ImmutableArray<RuleLane> Lanes(ThingType type, IEnumerable<Rule> rules, PackPlugin? plugin) =>
        [.. rules.GroupBy(rule => rule.Lateness).OrderBy(lane => lane.Key).Select(lane => Lane(type, lane.Key, [.. lane], plugin))];

    private static RuleLane Lane(ThingType type, TimeSpan lateness, List<Rule> rules, PackPlugin? plugin)
    {
        var plain = ExpressionScope.OfRule(type, [], plugin);
        // Windows over parameters are a rule's own, since they differ where a rule's parameters do.
        var firstWindow = type.Properties.Length + rules.Max(rule => rule.Parameters.Length);
        var uses = new CelAggregateUses(firstWindow);
        var planned = rules.ConvertAll(rule => Compile(
            rule, type, rule.Parameters.IsEmpty ? plain : ExpressionScope.OfRule(type, rule.Parameters.Select(parameter => parameter.Id), plugin), uses));
        return new RuleLane(type, lateness, [.. planned], [.. uses.All]);
    }

    private static PlannedRule Compile(Rule rule, ThingType type, CelEnvironment scope, CelAggregateUses uses)
    {
        CelProgram? Program(string? source, CelType wanted) => source is null ? null : scope.Compile(source, wanted, uses).Program;
        var absent = rule.Absent is { } absence ? scope.SlotOf(absence.Property) : -1;
        return new PlannedRule(
            rule, Program(rule.When, CelType.Bool), Program(rule.Clear, CelType.Bool), Program(rule.During, CelType.Bool),
            Program(rule.SeverityBy, CelType.String), type.Properties.Length, absent, new RuleDelays(Instant.Of(rule.For), Instant.Of(rule.ClearFor)));
    }
}

/// <summary>A rule ready to run on things of one type.</summary>
public sealed record PlannedRule
{
    /// <param name="when">Null for an absence, or when it does not compile, which the pack's check reports.</param>
    /// <param name="clear">Null: when <paramref name="when"/> is false.</param>
    /// <param name="properties">How many properties the type has; slots from there on are parameters and windows.</param>
    /// <param name="absent">Slot of the property whose absence counts; -1 for none.</param>
    public PlannedRule(
        Rule rule, CelProgram? when, CelProgram? clear, CelProgram? during, CelProgram? severityBy, int properties, int absent, RuleDelays delays)
    {
        (Rule, When, Clear, During, SeverityBy, Absent, Delays) = (rule, when, clear, during, severityBy, absent, delays);
        Defaults = [.. rule.Parameters.Select(parameter => CelValue.Of(parameter.Default))];
        AbsentFor = rule.Absent is { } absence ? Instant.Of(absence.For) : 0;
        WhenInputs = [.. Slots(when, properties).Order()];
        Inputs = [.. WhenInputs.Concat(Slots(clear, properties)).Append(absent).Where(slot => slot >= 0).Distinct().Order()];
        WhenWindows = [.. Windows(when)];
        AllWindows = [.. WhenWindows.Concat(Windows(clear)).Concat(Windows(severityBy)).Concat(Windows(during)).Distinct()];
        OfParent = [.. new[] { when, clear }.OfType<CelProgram>().SelectMany(program => program.Calls)
            .Where(call => call is { Function: ThingFunctions.Parent, Arguments: [{ Kind: CelKind.String }] }).Select(call => call.Arguments[0].AsString())];
    }

    public Rule Rule { get; }

    public CelProgram? When { get; }

    public CelProgram? Clear { get; }

    public CelProgram? During { get; }

    public CelProgram? SeverityBy { get; }

    public RuleDelays Delays { get; }

    /// <summary>Of its parameters, in their order.</summary>
    public ImmutableArray<CelValue> Defaults { get; }

    /// <summary>Slot of the property whose absence counts; -1 for none.</summary>
    public int Absent { get; }

    /// <summary>For an absence: microseconds without an arrival.</summary>
    public long AbsentFor { get; }

    /// <summary>Slots of the properties that <see cref="When"/> reads as they are now, ascending.</summary>
    public ImmutableArray<int> WhenInputs { get; }

    /// <summary>Slots of the properties that either expression reads as they are now, or whose absence counts.</summary>
    public ImmutableArray<int> Inputs { get; }

    /// <summary>What <see cref="When"/> asks of the course of readings.</summary>
    public ImmutableArray<CelAggregateUse> WhenWindows { get; }

    /// <summary>What any of its expressions asks of it.</summary>
    public ImmutableArray<CelAggregateUse> AllWindows { get; }

    /// <summary>Properties of the thing above that it reads.</summary>
    public ImmutableArray<string> OfParent { get; }

    private static IEnumerable<int> Slots(CelProgram? program, int properties) =>
        program?.Variables.Select(variable => variable.Slot).Where(slot => slot < properties) ?? [];

    private static IEnumerable<CelAggregateUse> Windows(CelProgram? program) => program?.Aggregates ?? [];
}
