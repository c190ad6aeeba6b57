using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules.Publishing;

namespace Jingwei.Server.Rules.Trying;

/// <summary>A rule to be tried on the past: one in force, one in force with other words, or a new one.</summary>
/// <param name="Rule">Id of the rule in force; null for a new one. What is not null below replaces what it says.</param>
/// <param name="Type">The thing type of a new rule.</param>
/// <param name="When">CEL over the type's properties.</param>
/// <param name="Clear">CEL; an empty text: when <paramref name="When"/> is false.</param>
/// <param name="For">How long it must hold, as packs write durations; 0s for at once.</param>
/// <param name="ClearFor">How long <paramref name="Clear"/> must hold.</param>
/// <param name="Absent">A silence, in place of <paramref name="When"/>.</param>
/// <param name="From">Readings from here on.</param>
/// <param name="To">Exclusive; null for now.</param>
public sealed record RuleTryRequest(
    string? Rule, string? Type, string? When, string? Clear, string? For, string? ClearFor, AbsenceItem? Absent, DateTimeOffset From, DateTimeOffset? To);

/// <summary>A rule that can be tried.</summary>
/// <param name="Plan">For the concrete types that it is for.</param>
internal sealed record TriedRule(Rule Rule, RulePlan Plan);

/// <summary>Makes the rule of a request.</summary>
internal static class TriedRules
{
    private const string NewId = "new-rule";

    /// <summary>The rule, or what is wrong with it, each with the field that it is about.</summary>
    public static (TriedRule? Rule, IReadOnlyList<string> Faults) Read(RuleTryRequest request, PackSet packs)
    {
        var standing = request.Rule is null ? null : packs.Rules.FirstOrDefault(rule => rule.Id == request.Rule);
        if (request.Rule is not null && standing is null)
        {
            return (null, [$"rule: there is no rule '{request.Rule}'"]);
        }

        var typeId = standing?.Type ?? request.Type ?? "";
        if (packs.Type(typeId) is not { } type)
        {
            return (null, [$"type: there is no thing type '{typeId}'"]);
        }

        var rule = standing ?? New(type);
        var definition = Changed(RuleDefinition.Of(rule), request);
        var faults = definition.FaultsOver(rule, packs);
        // The past lies in order: nothing needs to be waited for.
        rule = definition.Over(rule) with { Lateness = TimeSpan.Zero };
        return faults.Count == 0 ? (new TriedRule(rule, new RulePlan(Only(rule, packs))), []) : (null, faults);
    }

    private static Rule New(ThingType type) => new(
        NewId, type.Pack, type.Id, Band.Yellow, null, null, TimeSpan.Zero, TimeSpan.Zero, null, null, new Label("新规则", "New rule"), Label.Of(""));

    private static RuleDefinition Changed(RuleDefinition rule, RuleTryRequest request) => rule with
    {
        When = request.Absent is not null ? null : request.When ?? rule.When,
        Clear = request.Absent is not null || request.Clear == "" ? null : request.Clear ?? rule.Clear,
        For = request.For ?? rule.For,
        ClearFor = request.ClearFor ?? rule.ClearFor,
        Absent = request.Absent ?? (request.When is null ? rule.Absent : null),
    };

    // The same types with this rule alone.
    private static PackSet Only(Rule rule, PackSet packs) => new([.. packs.Packs.Select(pack => pack with
    {
        Rules = pack.Id == rule.Pack ? [rule] : [],
        Indicators = [],
        Cases = [],
    })]);
}
