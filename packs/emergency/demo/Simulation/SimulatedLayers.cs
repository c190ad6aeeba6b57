using System.Globalization;
using System.Text.Json.Nodes;

namespace Jingwei.Demo.Emergency.Simulation;

/// <summary>Invented places and people: schools, hazard sites, teams, shelters, stores near the counties' seats, and how many live where.</summary>
internal static class SimulatedLayers
{
    // Layer, name, how many in a county, within how many degrees of its seat, value from and to.
    private static readonly (string Layer, string Name, int Count, double Spread, int Least, int Most)[] Scattered =
    [
        ("school", "中心小学", 3, 0.06, 300, 2400),
        ("hazard_site", "危化品仓储点", 1, 0.08, 1, 4),
        ("team", "综合应急救援队", 1, 0.03, 20, 80),
        ("shelter", "避灾安置点", 2, 0.05, 100, 900),
        ("store", "应急物资仓库", 1, 0.04, 1, 3),
    ];

    /// <summary>Each layer as GeoJSON (RFC 7946), by its name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Of(Places places, int seed)
    {
        var random = new Random(seed);
        var layers = new Dictionary<string, JsonObject>
        {
            ["population"] = Collection(places.Counties.Select(county => Feature(county, $"{county.Name}常住人口（模拟）", "population", null, 150_000 + random.Next(900_000)))),
        };
        foreach (var (layer, name, count, spread, least, most) in Scattered)
        {
            layers[layer] = Collection(
                from county in places.Counties
                from number in Enumerable.Range(1, count)
                let place = (county.Lon + ((random.NextDouble() - 0.5) * 2 * spread), county.Lat + ((random.NextDouble() - 0.5) * 2 * spread))
                select Feature(county, $"{county.Name}{name}{number}号（模拟）", $"{layer}-{number}", place, random.Next(least, most + 1)));
        }

        return layers;
    }

    private static JsonObject Collection(IEnumerable<JsonObject> features) => new()
    {
        ["type"] = "FeatureCollection",
        ["features"] = new JsonArray([.. features]),
    };

    private static JsonObject Feature(Place county, string name, string id, (double Lon, double Lat)? place, int value) => new()
    {
        ["type"] = "Feature",
        ["geometry"] = place is not { } at ? null : new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(Math.Round(at.Lon, 4), Math.Round(at.Lat, 4)) },
        ["properties"] = new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"{county.Code}-{id}"),
            ["name"] = name,
            ["region"] = county.Code,
            ["value"] = value,
        },
    };
}
