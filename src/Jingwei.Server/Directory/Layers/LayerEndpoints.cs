using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Outlines;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Directory.Layers;

/// <summary>What a party has in a layer.</summary>
public sealed record LayerItem(string Layer, string Party, string PartyName, int Features);

/// <summary>What loading a layer came to.</summary>
/// <param name="Before">Features that the party had in it.</param>
public sealed record LayerAnswer(string Layer, string Party, int Features, int Before, bool Written);

/// <summary>Layers of places: loaded from GeoJSON, listed.</summary>
public static class LayerEndpoints
{
    private const int LargestFile = 64 << 20;
    private const int MostFaults = 100;

    public static void MapLayers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/layers", List).Requires(Right.View).WithSummary("Layers of places, and how much each party has in them.");
        routes.MapGet("/api/layers/{layer}", Features).Requires(Right.View).WithSummary("The features of a layer that the caller may see.");
        routes.MapPut("/api/layers/{layer}", ReplaceAsync).Requires(Right.Configure).WithMetadata(new BodyLimit(LargestFile))
            .WithSummary("Puts a GeoJSON FeatureCollection in place of what the party had in the layer; with ?preview=true says what it would do.");
        routes.MapDelete("/api/layers/{layer}", Delete).Requires(Right.Configure).WithSummary("Takes away what the party has in a layer.");
    }

    private static Ok<Page<LayerItem>> List(Caller caller, Layers layers, Parties parties) => TypedResults.Ok(new Page<LayerItem>(
        [
            .. layers.Names.Order(StringComparer.Ordinal).SelectMany(layer => layers.Of(layer).CountBy(each => each.Party).Where(owned => Sees(caller, parties, owned.Key))
                .OrderBy(owned => owned.Key, StringComparer.Ordinal).Select(owned => new LayerItem(layer, owned.Key, parties.Find(owned.Key)?.Name ?? owned.Key, owned.Value))),
        ],
        null));

    private static Ok<Page<LayerFeature>> Features(Caller caller, string layer, Layers layers, Parties parties, PageRequest page) =>
        TypedResults.Ok(Page.Cut(layers.Of(layer).Where(each => Sees(caller, parties, each.Party)).OrderBy(each => $"{each.Party}/{each.Key}", StringComparer.Ordinal), each => $"{each.Party}/{each.Key}", page));

    private static async Task<Results<Ok<LayerAnswer>, ProblemHttpResult>> ReplaceAsync(
        Caller caller, string layer, string? party, bool? preview, HttpRequest request, Layers layers, Parties parties, Regions regions, RegionOutlines outlines, CancellationToken cancellation)
    {
        var owner = party ?? Parties.Root;
        if (!caller.May(Right.Configure, new(parties.PathOf(owner), regions.PathOf(Regions.Root))))
        {
            return Problems.Forbidden("Layers are loaded by who may configure the party in all regions.");
        }

        try
        {
            using var file = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellation);
            var faults = new List<string>();
            var features = new LayerReader(layer, owner, regions, outlines).Read(file.RootElement, faults);
            if (faults.Count > 0)
            {
                return Problems.Invalid("bad-layer", "Nothing was written. Each mistake is told with its place in the file.", [.. faults.Take(MostFaults)]);
            }

            var before = layers.Of(layer).Count(each => each.Party == owner);
            if (preview is not true)
            {
                layers.Replace(layer, owner, features);
            }

            return TypedResults.Ok(new LayerAnswer(layer, owner, features.Count, before, preview is not true));
        }
        catch (JsonException fault)
        {
            return Problems.Invalid("bad-layer", $"The file is no JSON, at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.");
        }
    }

    private static Results<NoContent, ProblemHttpResult> Delete(Caller caller, string layer, string? party, Layers layers, Parties parties, Regions regions)
    {
        var owner = party ?? Parties.Root;
        if (!caller.May(Right.Configure, new(parties.PathOf(owner), regions.PathOf(Regions.Root))))
        {
            return Problems.Forbidden("Layers are loaded by who may configure the party in all regions.");
        }

        if (layers.Of(layer).All(each => each.Party != owner))
        {
            return Problems.NotFound("layer");
        }

        layers.Replace(layer, owner, []);
        return TypedResults.NoContent();
    }

    // What a party loads all of its parts may look at: where a school is is no secret of a county.
    private static bool Sees(Caller caller, Parties parties, string party) =>
        caller.Grants.Any(grant => parties.PathOf(grant.Party).Covers(party) || parties.PathOf(party).Covers(grant.Party));
}
