using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Indicators;

/// <summary>Which values a list is about.</summary>
/// <param name="At">The windows that hold this time; without it the newest.</param>
public sealed record IndicatorQuery(
    [property: FromQuery] string? Indicator, [property: FromQuery] string? Thing, [property: FromQuery] string? Type,
    [property: FromQuery] string? Party, [property: FromQuery] string? Region, [property: FromQuery] string? Parent,
    [property: FromQuery] DateTimeOffset? At);

/// <summary>Indicators: values, where they come from, how they were.</summary>
public static class IndicatorEndpoints
{
    private static readonly TimeSpan UsualHistory = TimeSpan.FromDays(7);

    public static void MapIndicatorEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/indicators", List).Requires(Right.View).WithSummary("Values of indicators.");
        routes.MapGet("/api/indicators/{indicator}/{thing}", Get).Requires(Right.View).WithSummary("A value of an indicator, with what it was made from.");
        routes.MapGet("/api/indicators/{indicator}/{thing}/history", History).Requires(Right.View).WithSummary("How an indicator was, window by window.");
    }

    private static Ok<Page<IndicatorItem>> List(
        Caller caller, [AsParameters] IndicatorQuery query, Visible visible, LiveIndicators live, IndicatorHistory history, IndicatorView view,
        PageRequest page)
    {
        var things = visible
            .Things(caller, new ThingFilter(query.Type, query.Party, query.Region, query.Parent, null))
            .Where(thing => query.Thing is not { } id || thing.Id == id)
            .Select(thing => thing.Id)
            .ToHashSet(StringComparer.Ordinal);
        var values = Values(query.At, query.Indicator, live, history)
            .Where(value => things.Contains(value.Thing) && (query.Indicator is not { } wanted || value.Indicator == wanted))
            .OrderBy(Key, StringComparer.Ordinal)
            .Select(view.Item)
            .OfType<IndicatorItem>();
        return TypedResults.Ok(Page.Cut(values, item => $"{item.Indicator}/{item.Thing}", page));
    }

    private static Results<Ok<IndicatorDetail>, ProblemHttpResult> Get(
        Caller caller, string indicator, string thing, DateTimeOffset? at, Visible visible, LiveIndicators live, IndicatorHistory history,
        IndicatorView view)
    {
        if (visible.Thing(caller, thing) is null)
        {
            return Problems.NotFound("thing");
        }

        var value = Values(at, indicator, live, history).FirstOrDefault(each => each.Indicator == indicator && each.Thing == thing);
        return value is not null && view.Detail(caller, visible, value) is { } detail ? TypedResults.Ok(detail) : Problems.NotFound("indicator value");
    }

    private static Results<Ok<HistoryItem>, ProblemHttpResult> History(
        Caller caller, string indicator, string thing, DateTimeOffset? from, DateTimeOffset? to, Visible visible, LiveIndicators live,
        IndicatorHistory history, TimeProvider time)
    {
        if (visible.Thing(caller, thing) is null)
        {
            return Problems.NotFound("thing");
        }

        if (live.Plan.Find(indicator)?.Indicator is not { } declared)
        {
            return Problems.NotFound("indicator");
        }

        var end = Instant.Of(to ?? time.GetUtcNow());
        var start = from is { } given ? Instant.Of(given) : end - Instant.Of(UsualHistory);
        var past = history.Of(indicator, thing, start, end);
        var open = live.Find(indicator, thing) is { Complete: false } now && now.Window.From < end && now.Window.To > start ? now : null;
        return TypedResults.Ok(new HistoryItem(
            indicator, declared.Name, declared.Unit, thing,
            [.. past.Where(value => value.Window != open?.Window).Select(IndicatorView.Point), .. open is null ? [] : new[] { IndicatorView.Point(open) }]));
    }

    private static IEnumerable<IndicatorValue> Values(DateTimeOffset? at, string? indicator, LiveIndicators live, IndicatorHistory history)
    {
        if (at is not { } asked)
        {
            return live.Current;
        }

        var time = Instant.Of(asked);
        var past = history.At(time, indicator);
        var stored = past.Select(Key).ToHashSet(StringComparer.Ordinal);
        return past.Concat(live.Current.Where(value => value.Window.Contains(time) && !stored.Contains(Key(value))));
    }

    private static string Key(IndicatorValue value) => $"{value.Indicator}/{value.Thing}";
}
