using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Telemetry.Repair;

/// <summary>A rejected value as it is shown.</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="Replayable">False when what came is not kept whole, or nobody knows who sent it.</param>
public sealed record RejectItem(
    long Id, DateTimeOffset At, string Channel, string? Thing, string? Property, string Reason, string Detail, string Payload, bool Replayable);

/// <summary>The rejects of one reason.</summary>
/// <param name="Sample">The newest of them.</param>
public sealed record RejectReasonItem(string Reason, long Count, long Replayable, RejectItem? Sample);

/// <param name="Until">The newest reject there is; what comes later is outside of what is shown here.</param>
public sealed record RejectSummary(long Until, IReadOnlyList<RejectReasonItem> Items);

/// <summary>Which rejects are to be judged again: those of the ids, or those that fit the filter.</summary>
/// <param name="After">Rejects up to here were judged by the requests before this one.</param>
/// <param name="Until">The last one to be judged, as the first answer tells it: so what is rejected meanwhile is not judged again at once.</param>
/// <param name="Limit">Rejects in one request, at most 1000.</param>
public sealed record ReplayRequest(IReadOnlyList<long>? Ids, RejectFilter? Filter, long After = 0, long? Until = null, int Limit = RejectEndpoints.ReplayLimit);

/// <param name="After">Goes into the next request; null when all are judged.</param>
public sealed record ReplayAnswer(
    int Accepted, int Refused, int Skipped, IReadOnlyDictionary<string, int> Reasons, long? After, long Until);

public sealed record DeleteAnswer(int Deleted);

/// <summary>Rejected values: shown with their reasons, judged again after a fix, or given up.</summary>
public static class RejectEndpoints
{
    /// <summary>Rejects judged in one request: about a second's work, so that the sender can show how far it has come.</summary>
    public const int ReplayLimit = 1000;

    public static void MapRejects(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rejects", List).Requires(Right.View).WithSummary("Values that were not accepted, with the reason; newest first.");
        routes.MapGet("/api/rejects/summary", Summarize).Requires(Right.View).WithSummary("How many rejects are kept by reason, with a sample of each.");
        routes.MapPost("/api/rejects/replay", ReplayAsync).Requires(Right.Configure).WithSummary("Judges rejects again after what they failed by was mended.");
        // Its own entry in the audit says which ones and how many.
        routes.MapDelete("/api/rejects", Delete).Requires(Right.Configure).WithMetadata(new NotAudited()).WithSummary("Gives rejects up; they stay counted.");
    }

    // A reject of a thing is for those who see the thing; one of no known thing for those who see everything.
    private static Ok<Page<RejectItem>> List(Caller caller, [AsParameters] RejectFilter filter, Visible visible, RejectStore rejects, PageRequest page)
    {
        var before = long.TryParse(page.After, CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
        var everything = caller.May(Right.View, Scope.Everything);
        var found = rejects.List(filter, before, page.Limit + 1);
        var next = found.Count > page.Limit ? PageRequest.Encode(found[page.Limit - 1].Id.ToString(CultureInfo.InvariantCulture)) : null;
        var items = found.Take(page.Limit).Where(reject => everything || Sees(caller, visible, reject.What.Thing)).Select(Item);
        return TypedResults.Ok(new Page<RejectItem>([.. items], next));
    }

    private static Ok<RejectSummary> Summarize(Caller caller, [AsParameters] RejectFilter filter, Visible visible, RejectStore rejects)
    {
        var everything = caller.May(Right.View, Scope.Everything);
        var groups = rejects.Groups(filter).Where(group => everything || Sees(caller, visible, group.Thing)).ToList();
        var items = groups
            .GroupBy(group => group.Reason, StringComparer.Ordinal)
            .Select(group => new RejectReasonItem(
                group.Key, group.Sum(each => each.Count), group.Sum(each => each.Replayable),
                rejects.Find(group.Max(each => each.Newest)) is { } sample ? Item(sample) : null))
            .OrderByDescending(item => item.Count);
        return TypedResults.Ok(new RejectSummary(groups.Count == 0 ? 0 : groups.Max(group => group.Newest), [.. items]));
    }

    private static async Task<Results<Ok<ReplayAnswer>, ProblemHttpResult>> ReplayAsync(
        Caller caller, ReplayRequest request, Things things, RejectStore rejects, RejectReplay replay, HttpContext context, CancellationToken cancellation)
    {
        if ((request.Ids is null) == (request.Filter is null) || request.Ids?.Count > ReplayLimit || request.Limit is < 1 or > ReplayLimit)
        {
            return Problems.Invalid("bad-replay", $"Say either ids, at most {ReplayLimit} of them, or a filter; limit lies between 1 and {ReplayLimit}.");
        }

        var until = request.Until ?? rejects.Newest;
        long? after = null;
        var result = await replay.ReplayAsync(
            () =>
            {
                var found = request.Ids is { } ids
                    ? [.. ids.Distinct().Order().Select(rejects.Find).OfType<KeptReject>()]
                    : rejects.After(request.Filter!, request.After, until, request.Limit);
                after = request.Ids is null && found.Count == request.Limit ? found[^1].Id : null;
                return [.. found.Where(reject => MayRepair(caller, things, reject))];
            },
            cancellation);
        if (result is null)
        {
            context.Response.Headers.RetryAfter = "1";
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "busy", "Intake is full or has stopped.", "What was not judged stays among the rejects; try again.");
        }

        return TypedResults.Ok(new ReplayAnswer(result.Accepted, result.Refused, result.Skipped, result.Reasons, after, until));
    }

    private static Results<Ok<DeleteAnswer>, ProblemHttpResult> Delete(
        Caller caller, [AsParameters] RejectFilter filter, long until, int count, Things things, RejectStore rejects, Audit audit)
    {
        List<long> ids = [];
        var after = 0L;
        while (rejects.After(filter, after, until, PageRequest.MaximumLimit) is { Count: > 0 } page)
        {
            ids.AddRange(page.Where(reject => MayRepair(caller, things, reject)).Select(reject => reject.Id));
            after = page[^1].Id;
        }

        if (ids.Count != count)
        {
            return Problems.Conflict("count-changed", $"These are {ids.Count} rejects that you may delete, and not {count}.", ids.Count);
        }

        rejects.Delete(ids);
        audit.Record(caller.Id, "DELETE /api/rejects", $"{ids.Count} rejects up to {until}{Describe(filter)}", StatusCodes.Status200OK);
        return TypedResults.Ok(new DeleteAnswer(ids.Count));
    }

    private static string Describe(RejectFilter filter)
    {
        (string Name, object? Value)[] parts =
        [
            ("reason", filter.Reason), ("thing", filter.Thing), ("channel", filter.Channel), ("property", filter.Property), ("text", filter.Text),
            ("from", filter.From), ("to", filter.To),
        ];
        return string.Concat(parts.Where(part => part.Value is not null).Select(part => string.Create(CultureInfo.InvariantCulture, $", {part.Name} {part.Value:O}")));
    }

    private static bool Sees(Caller caller, Visible visible, string? thing) => thing is not null && visible.Thing(caller, thing) is not null;

    private static bool MayRepair(Caller caller, Things things, KeptReject reject) =>
        caller.May(Right.Configure, reject.What.Thing is { } id && things.TryGet(id, out var thing) ? things.ScopeOf(thing) : Scope.Everything);

    private static RejectItem Item(KeptReject reject) => new(
        reject.Id, Instant.ToTime(reject.At), reject.Channel, reject.What.Thing, reject.What.Property, reject.What.Reason, reject.What.Detail,
        reject.What.Payload, RejectReplay.IsReplayable(reject));
}
