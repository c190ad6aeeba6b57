using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Rules;

/// <summary>No arrival of the property for that long, as packs write durations.</summary>
public sealed record AbsenceItem(string Property, string For);

/// <summary>A rule as declared, with what it did since the start.</summary>
/// <param name="For">As packs write durations: 1h30m; null for at once.</param>
/// <param name="Opens">The type of case that it opens; null for none.</param>
public sealed record RuleItem(
    string Id, string Pack, Label Name, Label Advice, string Type, Band Severity, string? When, string? Clear, string? For, string? ClearFor,
    AbsenceItem? Absent, string? Opens, RuleCounts Counters);

/// <summary>The rules in force.</summary>
public static class RuleEndpoints
{
    public static void MapRuleEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/rules", List).Requires(Right.View).WithSummary("The rules in force, with what each did since the start.");

    private static Ok<Page<RuleItem>> List(PackCatalog packs, RuleCounters counters, PageRequest page) => TypedResults.Ok(Page.Cut(
        packs.Current.Rules.OrderBy(rule => rule.Id, StringComparer.Ordinal).Select(rule => Item(rule, counters)), item => item.Id, page));

    private static RuleItem Item(Rule rule, RuleCounters counters) => new(
        rule.Id, rule.Pack, rule.Name, rule.Advice, rule.Type, rule.Severity, rule.When, rule.Clear, Written(rule.For), Written(rule.ClearFor),
        rule.Absent is { } absent ? new AbsenceItem(absent.Property, Duration.Format(absent.For)) : null, rule.Opens?.Case, counters.Of(rule.Id));

    private static string? Written(TimeSpan length) => length == TimeSpan.Zero ? null : Duration.Format(length);
}
