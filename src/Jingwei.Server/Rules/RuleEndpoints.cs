using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules.Publishing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Rules;

/// <summary>No arrival of the property for that long, as packs write durations.</summary>
public sealed record AbsenceItem(string Property, string For);

/// <summary>A rule as declared, with what it did since the start.</summary>
/// <param name="For">As packs write durations: 1h30m; null for at once.</param>
/// <param name="Opens">The type of case that it opens; null for none.</param>
public sealed record RuleItem(
    string Id, string Pack, Label Name, Label Advice, string Type, Band Severity, string? When, string? Clear, string? For, string? ClearFor,
    AbsenceItem? Absent, string? Opens, RuleCounts Counters)
{
    /// <summary>How long it waits for late readings; null for not at all.</summary>
    public string? Lateness { get; init; }

    /// <summary>CEL that gives the severity; null: always <see cref="Severity"/>.</summary>
    public string? SeverityBy { get; init; }

    /// <summary>CEL; while it is false the rule neither raises nor clears.</summary>
    public string? During { get; init; }

    /// <summary>Rules whose alarm is the cause of this one's.</summary>
    public IReadOnlyList<string> CausedBy { get; init; } = [];

    public IReadOnlyList<RuleParameter> Parameters { get; init; } = [];

    /// <summary>Number of the published version that holds; 0: as the pack has it.</summary>
    public long Version { get; init; }
}

/// <summary>The rules in force.</summary>
public static class RuleEndpoints
{
    public static void MapRuleEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/rules", List).Requires(Right.View).WithSummary("The rules in force, with what each did since the start.");

    private static Ok<Page<RuleItem>> List(PackCatalog packs, RuleCounters counters, RuleVersions versions, PageRequest page) => TypedResults.Ok(Page.Cut(
        packs.Current.Rules.OrderBy(rule => rule.Id, StringComparer.Ordinal).Select(rule => Item(rule, counters, versions)), item => item.Id, page));

    private static RuleItem Item(Rule rule, RuleCounters counters, RuleVersions versions) => new(
        rule.Id, rule.Pack, rule.Name, rule.Advice, rule.Type, rule.Severity, rule.When, rule.Clear, Written(rule.For), Written(rule.ClearFor),
        rule.Absent is { } absent ? new AbsenceItem(absent.Property, Duration.Format(absent.For)) : null, rule.Opens?.Case, counters.Of(rule.Id))
    {
        Lateness = Written(rule.Lateness),
        SeverityBy = rule.SeverityBy,
        During = rule.During,
        CausedBy = rule.CausedBy,
        Parameters = rule.Parameters,
        Version = versions.Of(rule.Id)?.Number ?? 0,
    };

    private static string? Written(TimeSpan length) => length == TimeSpan.Zero ? null : Duration.Format(length);
}
