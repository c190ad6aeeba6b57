using Jingwei.Server.Access;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Reports.Feeds;

/// <param name="Every">Seconds between two readings: 10 to 86,400; default 300.</param>
/// <param name="Reports">Entries without an alert are reports; default: true.</param>
public sealed record FeedRequest(
    string? Name, string? Url, string? Type, string? Party, string? Region, string? SourceKind, int? Every, bool? Reports, bool? Disabled);

/// <summary>A feed as the console shows it: entries = taken + duplicates + warnings + refused.</summary>
/// <param name="Format">What it was found to be written in; null before it was read.</param>
/// <param name="Fault">What kept the last reading from being done.</param>
public sealed record FeedItem(
    string Id, string Name, string Url, string? Format, string Type, string Party, string Region, string RegionName, string SourceKind, int Every, bool Reports, bool Disabled, DateTimeOffset? Last,
    DateTimeOffset Next, string? Fault, int Failures, long Entries, long Taken, long Duplicates, long Warnings, long Refused);

/// <summary>What a reading of a feed would come to.</summary>
public sealed record FeedTrial(int Entries, string? Fault, IReadOnlyList<string> Problems, IReadOnlyList<FeedTrialEntry> First);

public sealed record FeedTrialEntry(string Title, DateTimeOffset? At, bool Alert);

public sealed record FeedProblemItem(DateTimeOffset At, string Problem);

/// <summary>Feeds: list, test, add, change, take away.</summary>
internal static class FeedEndpoints
{
    private const int Fastest = 10;
    private const int Slowest = 86_400;
    private const int Usual = 300;
    private const int LongestName = 100;
    private const int Shown = 5;

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/feeds", List).Requires(Right.View).WithSummary("Feeds that are read for reports and warnings, with what became of them.");
        routes.MapPost("/api/feeds", Add).Requires(Right.Configure).WithSummary("Adds a feed: Atom, RSS, or a CAP alert.");
        routes.MapPost("/api/feeds/test", TestAsync).Requires(Right.Configure).WithSummary("Reads a feed once, and says what would come of it; takes nothing in.");
        routes.MapPut("/api/feeds/{id}", Change).Requires(Right.Configure).WithSummary("Changes a feed.");
        routes.MapPost("/api/feeds/{id}/fetch", Fetch).Requires(Right.Configure).WithSummary("Has a feed read now, and not when its time comes.");
        routes.MapDelete("/api/feeds/{id}", Delete).Requires(Right.Configure).WithSummary("Reads a feed no more; its reports stay.");
        routes.MapGet("/api/feeds/{id}/problems", ProblemsOf).Requires(Right.View).WithSummary("What was wrong with the last readings of a feed, newest first.");
    }

    private static Ok<Page<FeedItem>> List(Caller caller, FeedBook feeds, Parties parties, Regions regions) => TypedResults.Ok(new Page<FeedItem>(
        [.. feeds.All.Where(feed => caller.May(Right.View, ScopeOf(feed, parties, regions))).Select(feed => Item(feed, regions))], null));

    private static Results<Created<FeedItem>, ProblemHttpResult> Add(
        Caller caller, FeedRequest request, FeedBook feeds, FeedFetch fetch, IncidentTypes types, Parties parties, Regions regions, TimeProvider time)
    {
        var (feed, refusal) = Read(caller, Ulid.New(time.GetUtcNow()), request, fetch, types, parties, regions, time);
        if (feed is null)
        {
            return refusal!;
        }

        feeds.Save(feed);
        return TypedResults.Created($"/api/feeds/{feed.Id}", Item(feed, regions));
    }

    private static Results<Ok<FeedItem>, ProblemHttpResult> Change(
        Caller caller, string id, FeedRequest request, FeedBook feeds, FeedFetch fetch, IncidentTypes types, Parties parties, Regions regions, TimeProvider time)
    {
        if (Own(caller, id, feeds, parties, regions, out var refusal) is null)
        {
            return refusal!;
        }

        var (feed, fault) = Read(caller, id, request, fetch, types, parties, regions, time);
        if (feed is null)
        {
            return fault!;
        }

        feeds.Save(feed);
        return TypedResults.Ok(Item(feeds.Find(id)!, regions));
    }

    private static Results<Accepted, ProblemHttpResult> Fetch(Caller caller, string id, FeedBook feeds, Parties parties, Regions regions)
    {
        if (Own(caller, id, feeds, parties, regions, out var refusal) is not { } feed)
        {
            return refusal!;
        }

        if (feed.IsDisabled)
        {
            return Problems.Conflict("feed-off", "The feed is switched off.");
        }

        feeds.Hurry(id);
        return TypedResults.Accepted((string?)null);
    }

    private static Results<NoContent, ProblemHttpResult> Delete(Caller caller, string id, FeedBook feeds, Parties parties, Regions regions)
    {
        if (Own(caller, id, feeds, parties, regions, out var refusal) is null)
        {
            return refusal!;
        }

        feeds.Delete(id);
        return TypedResults.NoContent();
    }

    private static Results<Ok<Page<FeedProblemItem>>, ProblemHttpResult> ProblemsOf(Caller caller, string id, FeedBook feeds, Parties parties, Regions regions) =>
        feeds.Find(id) is { } feed && caller.May(Right.View, ScopeOf(feed, parties, regions))
            ? TypedResults.Ok(new Page<FeedProblemItem>([.. feeds.Problems(id).Select(each => new FeedProblemItem(Instant.ToTime(each.At), each.Problem))], null))
            : Problems.NotFound("feed");

    private static async Task<Results<Ok<FeedTrial>, ProblemHttpResult>> TestAsync(Caller caller, FeedRequest request, FeedFetch fetch, CancellationToken cancellation)
    {
        if (fetch.Fault(request.Url) is { } fault)
        {
            return Problems.Invalid("bad-feed", fault);
        }

        try
        {
            var fetched = await fetch.GetAsync(request.Url!, null, null, cancellation);
            var read = Civic.Feeds.FeedReader.Read(fetched.Body, new() { Charset = fetched.Charset, Address = new Uri(request.Url!) });
            return TypedResults.Ok(new FeedTrial(
                read.Entries.Count, null, [.. read.Problems.Select(problem => problem.ToString())],
                [.. read.Entries.Take(Shown).Select(entry => new FeedTrialEntry(entry.Title, entry.Published ?? entry.Updated, entry.Alert is not null || entry.AlertLink is not null))]));
        }
        catch (FetchException failure)
        {
            return TypedResults.Ok(new FeedTrial(0, failure.Message, [], []));
        }
    }

    private static (ReportFeed? Feed, ProblemHttpResult? Refusal) Read(
        Caller caller, string id, FeedRequest request, FeedFetch fetch, IncidentTypes types, Parties parties, Regions regions, TimeProvider time)
    {
        var faults = new List<string>();
        var type = request.Type is null ? types.All.FirstOrDefault() : types.Find(request.Type)?.Type;
        Require(request.Name?.Trim() is { Length: > 0 and <= LongestName }, $"name: 1 to {LongestName} characters");
        Require(type is not null, "type: a kind of incidents of a pack in force");
        Require(type is null || type.SourceKind(request.SourceKind ?? type.Source) is not null, "sourceKind: one of the type's");
        Require(request.Every is null or (>= Fastest and <= Slowest), $"every: {Fastest} to {Slowest} seconds");
        if (fetch.Fault(request.Url) is { } wrong)
        {
            faults.Add($"url: {wrong}");
        }

        var (party, region) = (request.Party ?? Parties.Root, request.Region ?? Regions.Root);
        if (!caller.May(Right.Configure, new(parties.PathOf(party), regions.PathOf(region))))
        {
            return (null, Problems.Forbidden("Feeds are kept by who may configure the party in the region."));
        }

        return faults.Count > 0
            ? (null, Problems.Invalid("bad-feed", "Nothing was changed. Each mistake is told with its field.", faults))
            : (new ReportFeed(
                id, request.Name!.Trim(), request.Url!, type!.Id, party, region, request.SourceKind ?? type.Source, request.Every ?? Usual, request.Reports is false ? 0 : 1,
                request.Disabled is true ? 1 : 0, null, null, Instant.Of(time.GetUtcNow()), null, null, 0, 0, 0, 0, 0, 0, null), null);

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    private static ReportFeed? Own(Caller caller, string id, FeedBook feeds, Parties parties, Regions regions, out ProblemHttpResult? refusal)
    {
        var feed = feeds.Find(id) is { } found && caller.May(Right.View, ScopeOf(found, parties, regions)) ? found : null;
        refusal = feed is null ? Problems.NotFound("feed")
            : caller.May(Right.Configure, ScopeOf(feed, parties, regions)) ? null
            : Problems.Forbidden("Feeds are kept by who may configure the party in the region.");
        return refusal is null ? feed : null;
    }

    private static Scope ScopeOf(ReportFeed feed, Parties parties, Regions regions) => new(parties.PathOf(feed.Party), regions.PathOf(feed.Region));

    private static FeedItem Item(ReportFeed feed, Regions regions) => new(
        feed.Id, feed.Name, feed.Url, feed.Format, feed.Type, feed.Party, feed.Region, regions.Find(feed.Region)?.Name ?? feed.Region, feed.SourceKind, (int)feed.Every, feed.Reports != 0, feed.IsDisabled,
        feed.Last is { } last ? Instant.ToTime(last) : null, Instant.ToTime(feed.Next), feed.Fault, (int)feed.Failures, feed.Entries, feed.Taken, feed.Duplicates, feed.Warnings, feed.Refused);
}
