using Jingwei.Server.Access;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>What a map is asked for.</summary>
/// <param name="Type">The kind of incidents; may be left out where there is one.</param>
/// <param name="Within">The region whose parts are coloured; default: all.</param>
/// <param name="Kind">What parts: province, city, county, town or site; default: county.</param>
/// <param name="At">Default: now.</param>
public sealed record MapQuery(
    [property: FromQuery] string? Type, [property: FromQuery] string? Within, [property: FromQuery] string? Kind, [property: FromQuery] DateTimeOffset? At,
    [property: FromQuery] DateTimeOffset? From, [property: FromQuery] DateTimeOffset? To, [property: FromQuery] int? Step, [property: FromQuery] bool? Exercise);

/// <summary>Regions in five colours, now and in the last weeks.</summary>
internal static class MapEndpoints
{
    public static void MapMapRoutes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/incidents/map", At).Requires(Right.View).WithSummary("Regions in five colours at a moment, each with what made it.");
        routes.MapGet("/api/incidents/map/incidents", Standing).Requires(Right.View).WithSummary("The incidents that were open at a moment, the gravest first, as they stood then.");
        routes.MapGet("/api/incidents/map/history", History).Requires(Right.View)
            .WithSummary("The same for every step (seconds, default 3600) between from and to, at most a month of hours: one digit a step, 0 (red) to 4 (green).");
    }

    private static Results<Ok<Page<MapRegion>>, ProblemHttpResult> At(Caller caller, [AsParameters] MapQuery query, IncidentMap map, IncidentTypes types, Regions regions, TimeProvider time)
    {
        var question = Question(query, types, regions, Instant.Of(query.At ?? time.GetUtcNow()), Instant.PerHour, 1, out var refusal);
        return question is null ? refusal! : TypedResults.Ok(new Page<MapRegion>(map.At(caller, question), null));
    }

    private static Results<Ok<Page<PastIncident>>, ProblemHttpResult> Standing(Caller caller, [AsParameters] MapQuery query, IncidentMap map, IncidentTypes types, Regions regions, TimeProvider time)
    {
        var question = Question(query, types, regions, Instant.Of(query.At ?? time.GetUtcNow()), Instant.PerHour, 1, out var refusal);
        return question is null ? refusal! : TypedResults.Ok(new Page<PastIncident>(map.Standing(caller, question), null));
    }

    private static Results<Ok<MapHistory>, ProblemHttpResult> History(Caller caller, [AsParameters] MapQuery query, IncidentMap map, IncidentTypes types, Regions regions, TimeProvider time)
    {
        var to = query.To ?? time.GetUtcNow();
        var step = TimeSpan.FromSeconds(query.Step ?? 3600);
        var longest = (IncidentMap.MostSteps - 1) * step;
        var from = query.From ?? to - (longest < ReportLimits.Kept ? longest : ReportLimits.Kept);
        if (step < TimeSpan.FromMinutes(1) || from >= to || (to - from) / step >= IncidentMap.MostSteps)
        {
            return Problems.Invalid("bad-time", $"from is before to, step is 60 seconds or more, and from first to last there are at most {IncidentMap.MostSteps} moments.");
        }

        // The last moment is the end; the first is as many whole steps before it as there is room for.
        var steps = (int)((to - from) / step) + 1;
        var first = to - ((steps - 1) * step);
        var question = Question(query, types, regions, Instant.Of(first), Instant.Of(step), steps, out var refusal);
        return question is null ? refusal! : TypedResults.Ok(new MapHistory(first, to, step, steps, map.History(caller, question)));
    }

    private static MapQuestion? Question(MapQuery query, IncidentTypes types, Regions regions, long from, long step, int steps, out ProblemHttpResult? refusal)
    {
        refusal = null;
        var type = query.Type ?? types.All.FirstOrDefault()?.Id;
        var (within, kind) = (query.Within ?? Regions.Root, query.Kind ?? "county");
        if (type is null || types.Find(type) is not { } formulas)
        {
            refusal = Problems.NotFound("kind of incidents");
        }
        else if (regions.Find(within) is null || !Regions.Kinds.Contains(kind))
        {
            refusal = Problems.Invalid("bad-region", $"within is a region, kind is one of {string.Join(", ", Regions.Kinds)}.");
        }
        else
        {
            return new(formulas, within, kind, query.Exercise ?? false, from, step, steps);
        }

        return null;
    }
}
