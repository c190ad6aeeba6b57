using System.Globalization;
using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Directory;

/// <summary>The history of a thing.</summary>
public static class ThingHistoryEndpoints
{
    public static void MapThingHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/things/{id}/changes", List).Requires(Right.View).WithSummary("Who changed a thing, when, from what to what; newest first.");

    private static Results<Ok<Page<ThingEntry>>, ProblemHttpResult> List(Caller caller, string id, Visible visible, ThingHistory history, PageRequest page) =>
        visible.Thing(caller, id) is null
            ? Problems.NotFound("thing")
            : TypedResults.Ok(Cut(page, (before, limit) => history.Of(id, before, limit)));

    /// <summary>A page of entries, newest first; the cursor is the number of its last.</summary>
    internal static Page<ThingEntry> Cut(PageRequest page, Func<long?, int, IReadOnlyList<ThingEntry>> read)
    {
        var entries = read(long.TryParse(page.After, CultureInfo.InvariantCulture, out var before) ? before : null, page.Limit + 1);
        return entries.Count <= page.Limit
            ? new(entries, null)
            : new([.. entries.Take(page.Limit)], PageRequest.Encode(entries[page.Limit - 1].Number.ToString(CultureInfo.InvariantCulture)));
    }
}
