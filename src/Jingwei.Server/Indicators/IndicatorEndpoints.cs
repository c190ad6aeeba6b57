using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Indicators;

/// <summary>Which values a list is about.</summary>
/// <param name="At">The windows that hold this time; without it the newest.</param>
/// <param name="Subject">thing (default), party or region: those that the caller may see as a whole.</param>
public sealed record IndicatorQuery(
    [property: FromQuery] string? Indicator, [property: FromQuery] string? Thing, [property: FromQuery] string? Type,
    [property: FromQuery] string? Party, [property: FromQuery] string? Region, [property: FromQuery] string? Parent,
    [property: FromQuery] DateTimeOffset? At, [property: FromQuery] string? Subject);

/// <summary>Indicators: values, where they come from, how they were.</summary>
public static class IndicatorEndpoints
{
    private static readonly TimeSpan UsualHistory = TimeSpan.FromDays(7);

    public static void MapIndicatorEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/indicators", List).Requires(Right.View).WithSummary("Values of indicators.");
        routes.MapGet("/api/indicators/{indicator}/{thing}", GetAsync).Requires(Right.View).WithSummary("A value of an indicator, with what it was made from.");
        routes.MapGet("/api/indicators/{indicator}/{thing}/history", History).Requires(Right.View).WithSummary("How an indicator was, window by window.");
    }

    /// <summary>The value over the window that holds a time, or the newest; null when there is none.</summary>
    internal static IndicatorValue? ValueOf(string indicator, string subject, DateTimeOffset? at, LiveIndicators live, IndicatorHistory history)
    {
        if (at is not { } asked)
        {
            return live.Find(indicator, subject);
        }

        var time = Instant.Of(asked);
        return history.Of(indicator, subject, time, time + 1) is [var stored, ..] ? stored : (live.Find(indicator, subject) is { } open && open.Window.Contains(time) ? open : null);
    }

    private static Results<Ok<Page<IndicatorItem>>, ProblemHttpResult> List(
        Caller caller, [AsParameters] IndicatorQuery query, Visible visible, Subjects subjects, LiveIndicators live, IndicatorHistory history, IndicatorView view,
        PageRequest page)
    {
        var kind = SubjectKind.Thing;
        if (query.Subject is { } text && !Enum.TryParse(text, ignoreCase: true, out kind))
        {
            return Problems.Invalid("bad-subject", "subject: thing, party or region.");
        }

        var wantedSubjects = (kind == SubjectKind.Thing
                ? visible.Things(caller, new ThingFilter(query.Type, query.Party, query.Region, query.Parent, null))
                : subjects.VisiblePlaces(caller, kind))
            .Where(thing => query.Thing is not { } id || thing.Id == id)
            .Select(thing => thing.Id)
            .ToHashSet(StringComparer.Ordinal);
        var values = Values(query.At, query.Indicator, live, history)
            .Where(value => wantedSubjects.Contains(value.Thing) && (query.Indicator is not { } wanted || value.Indicator == wanted))
            .OrderBy(Key, StringComparer.Ordinal)
            .Select(view.Item)
            .OfType<IndicatorItem>();
        return TypedResults.Ok(Page.Cut(values, item => $"{item.Indicator}/{item.Thing}", page));
    }

    private static async Task<Results<Ok<IndicatorDetail>, ProblemHttpResult>> GetAsync(
        Caller caller, string indicator, string thing, DateTimeOffset? at, bool? readings, Subjects subjects, LiveIndicators live, IndicatorHistory history,
        IndicatorView view, ReadingsBehind behind, CancellationToken cancellation)
    {
        if (subjects.Visible(caller, thing) is null)
        {
            return Problems.NotFound("thing");
        }

        if (ValueOf(indicator, thing, at, live, history) is not { } value || view.Detail(caller, value) is not { } detail)
        {
            return Problems.NotFound("indicator value");
        }

        return TypedResults.Ok(readings == true && live.Plan.Find(indicator) is { } planned ? await WithReadingsAsync(detail, planned, value.Window, behind, cancellation) : detail);
    }

    private static async Task<IndicatorDetail> WithReadingsAsync(
        IndicatorDetail detail, PlannedIndicator planned, WindowSpan window, ReadingsBehind behind, CancellationToken cancellation)
    {
        var kinds = planned.Indicator.Inputs.Zip(planned.Tallies).Where(each => each.Second is not null).ToDictionary(each => each.First.Id, each => each.Second!, StringComparer.Ordinal);
        var keys = detail.Inputs
            .Where(input => kinds.ContainsKey(input.Id))
            .SelectMany(input => input.From.SelectMany(share => kinds[input.Id].Properties.Select(property => (share.Thing, property))));
        var found = await behind.OfAsync(keys, window, cancellation);
        return detail with
        {
            Inputs = [.. detail.Inputs.Select(input => kinds.TryGetValue(input.Id, out var kind)
                ? input with
                {
                    From = [.. input.From.Select(share => share with
                    {
                        Readings = [.. kind.Properties.Where(property => found.ContainsKey((share.Thing, property))).Select(property => found[(share.Thing, property)])],
                    })],
                }
                : input)],
        };
    }

    private static Results<Ok<HistoryItem>, ProblemHttpResult> History(
        Caller caller, string indicator, string thing, DateTimeOffset? from, DateTimeOffset? to, Subjects subjects, LiveIndicators live,
        IndicatorHistory history, IndicatorView view, TimeProvider time)
    {
        if (subjects.Visible(caller, thing) is null)
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
            [.. past.Where(value => value.Window != open?.Window).Select(view.Point), .. open is null ? [] : new[] { view.Point(open) }]));
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
