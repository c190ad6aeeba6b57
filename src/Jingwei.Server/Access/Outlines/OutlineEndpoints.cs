using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using NetTopologySuite.Simplify;

namespace Jingwei.Server.Access.Outlines;

public sealed record RegionStep(string Id, string Name, string Kind);

/// <summary>Where regions lie: import, outlines, and what region a place is in.</summary>
public static class OutlineEndpoints
{
    // All counties of a country at a scale that a screen shows are some 30 MB; counted unpacked.
    private const int LargestFile = 64 << 20;

    // In degrees; beyond it nothing is left of a province.
    private const double CoarsestTolerance = 1;

    private const string ContentType = "application/geo+json";

    public static void MapOutlines(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/regions/import", ImportAsync).Requires(Right.Administer).WithMetadata(new BodyLimit(LargestFile))
            .WithSummary("Takes regions and outlines out of a GeoJSON FeatureCollection; with ?preview=true says what it would do.");
        routes.MapGet("/api/regions/at", At).Requires(Right.View).WithSummary("The regions that a place lies in, the smallest first.");
        routes.MapGet("/api/regions/outlines", Outlines).Requires(Right.View).WithSummary("The outlines of the regions below one, as a FeatureCollection.");
        routes.MapGet("/api/regions/{id}/outline", Outline).Requires(Right.View).WithSummary("The outline of a region, as a Feature.");
    }

    private static async Task<Results<Ok<RegionImportAnswer>, ProblemHttpResult>> ImportAsync(
        Caller caller, bool? preview, HttpRequest request, Regions regions, RegionOutlines outlines, CancellationToken cancellation)
    {
        try
        {
            using var file = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellation);
            var (answer, problems) = new RegionImport(regions, outlines, caller).Run(file.RootElement, preview is not true);
            return answer is null ? Refused(problems) : TypedResults.Ok(answer);
        }
        catch (JsonException fault)
        {
            return Refused(RegionImport.NotJson(fault));
        }
    }

    private static ProblemHttpResult Refused(IReadOnlyList<RegionProblem> problems) =>
        Problems.Invalid("bad-regions", "Nothing was written. Each mistake is told with its place in the file.", [.. problems.Select(problem => problem.ToString())]);

    private static Results<Ok<Page<RegionStep>>, ProblemHttpResult> At(Caller caller, double? lon, double? lat, Regions regions, RegionOutlines outlines) =>
        LonLat.Of(lon, lat) is { IsOnEarth: true } place
            ? TypedResults.Ok(new Page<RegionStep>(
                [.. outlines.At(place).Where(region => PlaceEndpoints.Sees(caller, region.Id, regions)).Select(region => new RegionStep(region.Id, region.Name, region.Kind))],
                null))
            : Problems.Invalid("bad-position", "lon lies between -180 and 180, lat between -90 and 90 degrees.");

    private static IResult Outline(Caller caller, string id, double? tolerance, Regions regions, RegionOutlines outlines) =>
        regions.Find(id) is { } region && PlaceEndpoints.Sees(caller, id, regions) && Feature(region, tolerance, outlines) is { } feature
            ? Results.Text(feature.ToJsonString(), ContentType)
            : Problems.NotFound("outline");

    private static IResult Outlines(Caller caller, string? parent, double? tolerance, Regions regions, RegionOutlines outlines)
    {
        var features = regions.All
            .Where(region => region.Parent == (parent ?? Regions.Root) && PlaceEndpoints.Sees(caller, region.Id, regions))
            .OrderBy(region => region.Id, StringComparer.Ordinal)
            .Select(region => Feature(region, tolerance, outlines))
            .OfType<JsonObject>();
        return Results.Text(new JsonObject { ["type"] = "FeatureCollection", ["features"] = new JsonArray([.. features]) }.ToJsonString(), ContentType);
    }

    // With a tolerance in degrees corners that a small map would not show are left out.
    private static JsonObject? Feature(Region region, double? tolerance, RegionOutlines outlines)
    {
        if (outlines.Of(region.Id) is not { } shape)
        {
            return null;
        }

        var shown = tolerance is > 0 and var degrees ? TopologyPreservingSimplifier.Simplify(shape, Math.Min(degrees, CoarsestTolerance)) : shape;
        return new JsonObject
        {
            ["type"] = "Feature",
            ["properties"] = new JsonObject { ["code"] = region.Id, ["name"] = region.Name, ["level"] = region.Kind, ["parent"] = region.Parent },
            ["geometry"] = GeoJson.Write(shown),
        };
    }
}
