using System.Collections.Frozen;
using System.Collections.Immutable;
using Jingwei.Cel;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>A rule ready to run on things of one type.</summary>
/// <param name="When">Null for an absence, or when it does not compile, which the pack's check reports.</param>
/// <param name="Clear">Null: when <paramref name="When"/> is false.</param>
/// <param name="WhenInputs">Slots of the properties that it reads, ascending.</param>
/// <param name="Inputs">Slots of the properties that either expression reads, or whose absence counts.</param>
public sealed record PlannedRule(
    Rule Rule, CelProgram? When, CelProgram? Clear, ImmutableArray<int> WhenInputs, ImmutableArray<int> Inputs, RuleDelays Delays)
{
    /// <summary>For an absence: microseconds without an arrival.</summary>
    public long AbsentFor { get; } = Rule.Absent is { } absent ? Instant.Of(absent.For) : 0;
}

/// <summary>All rules for things of one type.</summary>
public sealed record TypeRules(ThingType Type, ImmutableArray<PlannedRule> Rules)
{
    private readonly FrozenDictionary<string, int> slots =
        Type.Properties.Select((property, slot) => (property.Id, slot)).ToFrozenDictionary(each => each.Id, each => each.slot, StringComparer.Ordinal);

    /// <summary>The place of a property among the variables; -1 when the type has none of that name.</summary>
    public int SlotOf(string property) => slots.GetValueOrDefault(property, -1);
}

/// <summary>All rules of a set of packs, compiled once for every type that they apply to; immutable.</summary>
public sealed class RulePlan
{
    private readonly FrozenDictionary<string, TypeRules> byType;

    public RulePlan(PackSet packs)
    {
        Packs = packs;
        byType = packs.Types
            .Where(type => !type.Abstract)
            .Select(type => Compile(type, packs.Rules.Where(rule => type.Is(rule.Type))))
            .Where(rules => !rules.Rules.IsEmpty)
            .ToFrozenDictionary(rules => rules.Type.Id, StringComparer.Ordinal);
    }

    public PackSet Packs { get; }

    /// <summary>The rules for things of a type; null when there are none.</summary>
    public TypeRules? For(string type) => byType.GetValueOrDefault(type);

    private static TypeRules Compile(ThingType type, IEnumerable<Rule> rules)
    {
        var scope = ExpressionScope.OfType(type);
        return new TypeRules(type, [.. rules.Select(rule => Compile(rule, scope))]);
    }

    private static PlannedRule Compile(Rule rule, CelEnvironment scope)
    {
        var when = Program(rule.When, scope);
        var clear = Program(rule.Clear, scope);
        var whenInputs = Slots(when);
        var absent = rule.Absent is { } absence ? scope.SlotOf(absence.Property) : -1;
        return new PlannedRule(
            rule, when, clear, whenInputs,
            [.. whenInputs.Concat(Slots(clear)).Append(absent).Where(slot => slot >= 0).Distinct().Order()],
            new RuleDelays(Instant.Of(rule.For), Instant.Of(rule.ClearFor)));
    }

    private static CelProgram? Program(string? source, CelEnvironment scope) =>
        source is null ? null : scope.Compile(source, CelType.Bool).Program;

    private static ImmutableArray<int> Slots(CelProgram? program) =>
        program is null ? [] : [.. program.Variables.Select(variable => variable.Slot).Order()];
}
