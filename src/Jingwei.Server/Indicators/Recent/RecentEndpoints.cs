using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Indicators.Recent;

/// <summary>Which values over the time up to now a list is about.</summary>
/// <param name="Last">How much of it, such as 5m.</param>
/// <param name="Steps">Into how many stretches it is cut.</param>
public sealed record RecentQuery(
    [property: FromQuery] string? Last, [property: FromQuery] int? Steps, [property: FromQuery] string? Indicator, [property: FromQuery] string? Thing,
    [property: FromQuery] string? Type, [property: FromQuery] string? Party, [property: FromQuery] string? Region, [property: FromQuery] string? Parent);

/// <summary>Indicators over the last minutes or hours.</summary>
public static class RecentEndpoints
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    // Ten shifts of eight hours, and room for the way there.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(96);

    public static void MapRecentIndicators(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/indicators/recent", List).Requires(Right.View).WithSummary("Values of indicators over the last minutes or hours, as fine as wanted.");
        routes.MapGet("/api/indicators/recent/{indicator}/{thing}", Get).Requires(Right.View).WithSummary("A value over the last minutes or hours, with what it was made from.");
    }

    private static async Task<Results<Ok<Page<IndicatorItem>>, ProblemHttpResult>> List(
        Caller caller, [AsParameters] RecentQuery query, Visible visible, RecentIndicators recent, IndicatorView view, PageRequest page, CancellationToken cancellation)
    {
        if (Fault(query.Last, out var last) is { } fault)
        {
            return fault;
        }

        if (query.Steps is < 1 or > RecentIndicators.MostSteps)
        {
            return Problems.Invalid("invalid-steps", $"steps is a whole number from 1 to {RecentIndicators.MostSteps}.");
        }

        var things = visible
            .Things(caller, new ThingFilter(query.Type, query.Party, query.Region, query.Parent, null))
            .Where(thing => query.Thing is not { } id || thing.Id == id)
            .ToList();
        var values = await recent.ValuesAsync(things, query.Indicator, last, query.Steps ?? 1, cancellation);
        if (values is null)
        {
            return Problems.Invalid("too-many", $"This counts more than {RecentIndicators.MostSeries} series; narrow it by indicator, type or thing.");
        }

        var found = Page.Cut(values.OrderBy(Key, StringComparer.Ordinal), Key, page);
        return TypedResults.Ok(new Page<IndicatorItem>([.. found.Items.Select(each => view.Item(each.Value)).OfType<IndicatorItem>()], found.Next));
    }

    private static async Task<Results<Ok<IndicatorDetail>, ProblemHttpResult>> Get(
        Caller caller, string indicator, string thing, string? last, Visible visible, RecentIndicators recent, IndicatorView view, CancellationToken cancellation)
    {
        if (Fault(last, out var length) is { } fault)
        {
            return fault;
        }

        var values = visible.Thing(caller, thing) is { } seen ? await recent.ValuesAsync([seen], indicator, length, 1, cancellation) : [];
        return values is [var found, ..] && view.Detail(caller, found.Value) is { } detail
            ? TypedResults.Ok(detail)
            : Problems.NotFound("indicator value");
    }

    private static ProblemHttpResult? Fault(string? last, out TimeSpan length)
    {
        length = default;
        return last is not null && Duration.TryParse(last, out length) && length >= Shortest && length <= Longest
            ? null
            : Problems.Invalid("invalid-last", "last is a duration from 10s to 96h, such as 5m.");
    }

    // By its place and not its time, so that the pages of a list fit together while time goes on.
    private static string Key(RecentValue each) => $"{each.Value.Indicator}/{each.Value.Thing}/{each.Step:D4}";
}
