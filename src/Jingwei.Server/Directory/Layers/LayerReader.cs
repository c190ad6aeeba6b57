using System.Globalization;
using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Outlines;

namespace Jingwei.Server.Directory.Layers;

/// <summary>
/// Reads a layer out of GeoJSON (RFC 7946): points, or features without a place that name their region. Properties: `name`; optionally `id`, `region`
/// (or `adcode`), `value`, `contact`.
/// </summary>
internal sealed class LayerReader(string layer, string party, Regions regions, RegionOutlines outlines)
{
    private const int MostName = 200;

    public IReadOnlyList<LayerFeature> Read(JsonElement root, List<string> faults)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            faults.Add("expected a FeatureCollection");
            return [];
        }

        if (features.GetArrayLength() > Layers.MostFeatures)
        {
            faults.Add($"{features.GetArrayLength()} features, at most {Layers.MostFeatures}");
            return [];
        }

        var read = new Dictionary<string, LayerFeature>(StringComparer.Ordinal);
        var place = 0;
        foreach (var feature in features.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"features[{place++}]");
            if (Feature(feature, at, faults) is { } one && !read.TryAdd(one.Key, one))
            {
                faults.Add($"{at}: the id {one.Key} is there already");
            }
        }

        return [.. read.Values];
    }

    private LayerFeature? Feature(JsonElement feature, string at, List<string> faults)
    {
        var properties = feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        var name = Text(properties, "name");
        if (name is not { Length: > 0 and <= MostName })
        {
            faults.Add($"{at}: properties.name has 1 to {MostName} characters");
            return null;
        }

        var position = Position(feature, out var fault);
        if (fault is not null)
        {
            faults.Add($"{at}: {fault}");
            return null;
        }

        var region = Text(properties, "region") ?? Text(properties, "adcode") ?? (position is null ? null : outlines.Smallest(position)?.Id);
        if (region is not null && regions.Find(region) is null)
        {
            faults.Add($"{at}: there is no region {region}");
            return null;
        }

        if (position is null && region is null)
        {
            faults.Add($"{at}: neither a point nor properties.region");
            return null;
        }

        return new(layer, party, Text(properties, "id") ?? $"{region}/{name}/{position}", name, position, region, Number(properties, "value") ?? 1, Text(properties, "contact"));
    }

    private static LonLat? Position(JsonElement feature, out string? fault)
    {
        fault = null;
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (geometry.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "Point" &&
            geometry.TryGetProperty("coordinates", out var pair) && pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() >= 2 &&
            pair[0].ValueKind == JsonValueKind.Number && pair[1].ValueKind == JsonValueKind.Number && new LonLat(pair[0].GetDouble(), pair[1].GetDouble()) is { IsOnEarth: true } place)
        {
            return place;
        }

        fault = "geometry is a Point with [longitude, latitude] in degrees, or null";
        return null;
    }

    private static string? Text(JsonElement properties, string name) => properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var value)
        ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null }
        : null;

    private static double? Number(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()) ? value.GetDouble() : null;
}
