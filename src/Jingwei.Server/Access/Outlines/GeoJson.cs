using System.Text.Json;
using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace Jingwei.Server.Access.Outlines;

/// <summary>Polygons as GeoJSON writes them (RFC 7946): WGS-84, longitude before latitude.</summary>
internal static class GeoJson
{
    // A ring is closed: three corners and the first again (RFC 7946, section 3.1.6).
    private const int LeastPositions = 4;

    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    /// <summary>Reads a Polygon or MultiPolygon; null, and what is wrong where, when it is none.</summary>
    public static Geometry? Read(JsonElement geometry, string at, out (string At, string Expected) fault)
    {
        fault = (at, "a geometry of type Polygon or MultiPolygon");
        if (geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("type", out var type) || !geometry.TryGetProperty("coordinates", out var coordinates))
        {
            return null;
        }

        try
        {
            Geometry? shape = type.ValueKind != JsonValueKind.String ? null : type.GetString() switch
            {
                "Polygon" => Polygon(coordinates, $"{at}.coordinates"),
                "MultiPolygon" => Factory.CreateMultiPolygon([.. Items(coordinates, $"{at}.coordinates", "a list of polygons").Select(each => Polygon(each.Item, each.At))]),
                _ => null,
            };
            return shape is null ? null : Valid(shape, at, ref fault);
        }
        catch (MisshapenException wrong)
        {
            fault = (wrong.Message, wrong.Expected);
            return null;
        }
    }

    public static Geometry Parse(string stored)
    {
        using var document = JsonDocument.Parse(stored);
        return Read(document.RootElement, "", out _) ?? throw new InvalidDataException("A stored outline is no polygon.");
    }

    public static JsonObject Write(Geometry geometry) => geometry is Polygon polygon
        ? new JsonObject { ["type"] = "Polygon", ["coordinates"] = Write(polygon) }
        : new JsonObject
        {
            ["type"] = "MultiPolygon",
            ["coordinates"] = new JsonArray([.. Enumerable.Range(0, geometry.NumGeometries).Select(part => (JsonNode)Write((Polygon)geometry.GetGeometryN(part)))]),
        };

    private static Geometry? Valid(Geometry shape, string at, ref (string At, string Expected) fault)
    {
        if (shape.IsEmpty)
        {
            fault = ($"{at}.coordinates", "at least one polygon");
            return null;
        }

        if (new IsValidOp(shape).ValidationError is { } error)
        {
            fault = (at, FormattableString.Invariant($"rings that do not cross, each hole within its outline ({error.Message} near {error.Coordinate?.X:R}, {error.Coordinate?.Y:R})"));
            return null;
        }

        return shape;
    }

    private static Polygon Polygon(JsonElement rings, string at)
    {
        var all = Items(rings, at, "a list of rings").Select(ring => Ring(ring.Item, ring.At)).ToList();
        return all.Count == 0 ? throw new MisshapenException(at, "at least one ring") : Factory.CreatePolygon(all[0], [.. all.Skip(1)]);
    }

    private static LinearRing Ring(JsonElement ring, string at)
    {
        var positions = Items(ring, at, "a list of positions").Select(position => Position(position.Item, position.At)).ToArray();
        return positions.Length < LeastPositions || !positions[0].Equals2D(positions[^1])
            ? throw new MisshapenException(at, $"at least {LeastPositions} positions, the last the same as the first")
            : Factory.CreateLinearRing(positions);
    }

    private static Coordinate Position(JsonElement position, string at)
    {
        if (position.ValueKind == JsonValueKind.Array && position.GetArrayLength() >= 2 && position[0].ValueKind == JsonValueKind.Number &&
            position[1].ValueKind == JsonValueKind.Number && new LonLat(position[0].GetDouble(), position[1].GetDouble()) is { IsOnEarth: true } place)
        {
            return new Coordinate(place.Lon, place.Lat);
        }

        throw new MisshapenException(at, "[longitude, latitude] in degrees, -180 to 180 and -90 to 90");
    }

    private static IEnumerable<(JsonElement Item, string At)> Items(JsonElement list, string at, string expected) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select((item, index) => (item, $"{at}[{index}]")) : throw new MisshapenException(at, expected);

    private static JsonArray Write(Polygon polygon) => new(
        [.. polygon.InteriorRings.Prepend(polygon.ExteriorRing).Select(ring => (JsonNode)new JsonArray(
            [.. ring.Coordinates.Select(corner => (JsonNode)new JsonArray(corner.X, corner.Y))]))]);

    // Deep inside a shape there is one way out.
    private sealed class MisshapenException(string at, string expected) : Exception(at)
    {
        public string Expected => expected;
    }
}
