using Jingwei.Server.Access;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Reports.Drills;

/// <param name="From">Begin of the time that is replayed.</param>
/// <param name="Speed">Seconds of that time in a second: 1 to 1,000; default 10.</param>
/// <param name="Region">Where the reports are from; default: everywhere that the caller may configure.</param>
public sealed record DrillRequest(string? Name, string? Type, string? Party, string? Region, DateTimeOffset? From, DateTimeOffset? To, double? Speed);

/// <summary>A drill as the console shows it.</summary>
/// <param name="At">The time of the past that it has come to.</param>
public sealed record DrillItem(
    string Id, string Name, string Type, string Party, string Region, string RegionName, DateTimeOffset From, DateTimeOffset To, double Speed, DateTimeOffset Started, DateTimeOffset? Ended,
    DateTimeOffset At, long Reports, string Actor);

/// <summary>Drills: a past day again, at a chosen speed, as exercises.</summary>
internal static class DrillEndpoints
{
    private const double Fastest = 1000;
    private const double Usual = 10;
    private const int LongestName = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static void MapDrills(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/drills", List).Requires(Right.View).WithSummary("Drills, newest first.");
        routes.MapPost("/api/drills", Begin).Requires(Right.Configure).WithSummary("Replays the reports of a past time as exercises.");
        routes.MapPost("/api/drills/{id}/stop", Stop).Requires(Right.Configure).WithSummary("Stops a drill; what it brought stays, as exercises.");
    }

    private static Ok<Page<DrillItem>> List(Caller caller, DrillBook drills, Parties parties, Regions regions, TimeProvider time) => TypedResults.Ok(new Page<DrillItem>(
        [.. drills.All.Where(drill => caller.May(Right.View, ScopeOf(drill, parties, regions))).Select(drill => Item(drill, regions, time))], null));

    private static Results<Created<DrillItem>, ProblemHttpResult> Begin(
        Caller caller, DrillRequest request, DrillBook drills, IncidentTypes types, Parties parties, Regions regions, TimeProvider time)
    {
        var type = request.Type ?? types.All.FirstOrDefault()?.Id;
        var grant = caller.Grants.FirstOrDefault(each => (int)each.Role >= (int)Right.Configure);
        var (party, region) = (request.Party ?? grant?.Party ?? Parties.Root, request.Region ?? grant?.Region ?? Regions.Root);
        if (!caller.May(Right.Configure, new(parties.PathOf(party), regions.PathOf(region))))
        {
            return Problems.Forbidden("Drills are held by who may configure the party in the region.");
        }

        var speed = request.Speed ?? Usual;
        if (type is null || types.Find(type) is null || request.Name is not { Length: > 0 and <= LongestName } || request.From is not { } from || request.To is not { } to ||
            from >= to || to - from > Longest || to > time.GetUtcNow() || speed is not (>= 1 and <= Fastest))
        {
            return Problems.Invalid(
                "bad-drill", $"A drill has a name of 1 to {LongestName} characters, a time that is over, at most {Longest.TotalDays:0} days long, and a speed of 1 to {Fastest:0}.");
        }

        var drill = drills.Begin(caller, request.Name, type, party, region, Instant.Of(from), Instant.Of(to), speed);
        return TypedResults.Created($"/api/drills/{drill.Id}", Item(drill, regions, time));
    }

    private static Results<NoContent, ProblemHttpResult> Stop(Caller caller, string id, DrillBook drills, Parties parties, Regions regions)
    {
        if (drills.All.FirstOrDefault(each => each.Id == id) is not { } drill || !caller.May(Right.View, ScopeOf(drill, parties, regions)))
        {
            return Problems.NotFound("drill");
        }

        if (!caller.May(Right.Configure, ScopeOf(drill, parties, regions)))
        {
            return Problems.Forbidden("Drills are stopped by who may configure the party in the region.");
        }

        drills.End(id);
        return TypedResults.NoContent();
    }

    private static Scope ScopeOf(Drill drill, Parties parties, Regions regions) => new(parties.PathOf(drill.Party), regions.PathOf(drill.Region));

    private static DrillItem Item(Drill drill, Regions regions, TimeProvider time) => new(
        drill.Id, drill.Name, drill.Type, drill.Party, drill.Region, regions.Find(drill.Region)?.Name ?? drill.Region, Instant.ToTime(drill.From), Instant.ToTime(drill.To), drill.Speed,
        Instant.ToTime(drill.Started), drill.Ended is { } ended ? Instant.ToTime(ended) : null, Instant.ToTime(drill.At(drill.Ended ?? Instant.Of(time.GetUtcNow()))), drill.Reports, drill.Actor);
}
