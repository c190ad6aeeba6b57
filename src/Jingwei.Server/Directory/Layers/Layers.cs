using System.Collections.Frozen;
using Dapper;
using Jingwei.Server.Access;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Jingwei.Server.Directory.Layers;

/// <summary>What operators load of places, by layer: read as a whole, replaced as a whole.</summary>
public sealed class Layers
{
    /// <summary>Features of a layer of one party at most: every school of a large country is twice as many.</summary>
    public const int MostFeatures = 200_000;

    // Mean radius of the earth in kilometres (IUGG), and of a degree of latitude.
    private const double EarthRadius = 6371.0088;
    private const double KilometresPerDegree = EarthRadius * Math.PI / 180;

    private readonly Database database;
    private readonly Regions regions;
    private volatile FrozenDictionary<string, Layer> all;

    public Layers(Database database, Regions regions)
    {
        (this.database, this.regions) = (database, regions);
        database.Migrate(
            "directory.layers",
            """
            CREATE TABLE layer_feature (
                layer TEXT NOT NULL, party TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, position TEXT, region TEXT, value REAL NOT NULL, contact TEXT,
                PRIMARY KEY (layer, party, key)) WITHOUT ROWID
            """);
        all = Read();
    }

    /// <summary>Told after a layer was replaced.</summary>
    public event Action<string>? Replaced;

    public IReadOnlyCollection<string> Names => all.Keys;

    /// <summary>The features of a layer, of all parties.</summary>
    public IReadOnlyList<LayerFeature> Of(string layer) => all.GetValueOrDefault(layer)?.Features ?? [];

    /// <summary>Puts these in place of all features that a party has in a layer.</summary>
    public void Replace(string layer, string party, IReadOnlyList<LayerFeature> features)
    {
        database.Write((store, transaction) =>
        {
            store.Execute("DELETE FROM layer_feature WHERE layer = @layer AND party = @party", new { layer, party }, transaction);
            store.Execute(
                "INSERT INTO layer_feature (layer, party, key, name, position, region, value, contact) VALUES (@Layer, @Party, @Key, @Name, @position, @Region, @Value, @Contact)",
                features.Select(each => new { each.Layer, each.Party, each.Key, each.Name, position = each.Position?.ToString(), each.Region, each.Value, each.Contact }),
                transaction);
        });
        all = Read();
        Replaced?.Invoke(layer);
    }

    /// <summary>The sum of the values of what is within a distance of a place.</summary>
    public double Within(string layer, LonLat place, double kilometres) =>
        all.GetValueOrDefault(layer)?.Within(place, kilometres).Sum(near => near.Feature.Value) ?? 0;

    /// <summary>The sum of the values of what is in a region or below it.</summary>
    public double In(string layer, string region) => all.GetValueOrDefault(layer)?.ByRegion.GetValueOrDefault(region) ?? 0;

    /// <summary>What is nearest to a place, nearest first.</summary>
    public IReadOnlyList<NearFeature> Nearest(string layer, LonLat place, int count) =>
    [
        .. Of(layer).Where(feature => feature.Position is not null)
            .Select(feature => new NearFeature(feature, Distance(place, feature.Position!)))
            .OrderBy(near => near.Kilometres)
            .Take(count),
    ];

    /// <summary>Kilometres between two places along the surface of a sphere (haversine formula).</summary>
    public static double Distance(LonLat one, LonLat other)
    {
        var (south, north) = (double.DegreesToRadians(one.Lat), double.DegreesToRadians(other.Lat));
        var across = Square(Math.Sin((north - south) / 2)) + (Math.Cos(south) * Math.Cos(north) * Square(Math.Sin(double.DegreesToRadians(other.Lon - one.Lon) / 2)));
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(across)));
    }

    private static double Square(double value) => value * value;

    private FrozenDictionary<string, Layer> Read() => database
        .Read(store => store.Query<Row>("SELECT layer, party, key, name, position, region, value, contact FROM layer_feature ORDER BY layer, party, key").AsList())
        .GroupBy(row => row.Layer, StringComparer.Ordinal)
        .ToFrozenDictionary(
            rows => rows.Key,
            rows => new Layer([.. rows.Select(row => new LayerFeature(row.Layer, row.Party, row.Key, row.Name, LonLat.Parse(row.Position), row.Region, row.Value, row.Contact))], regions),
            StringComparer.Ordinal);

    private sealed record Row(string Layer, string Party, string Key, string Name, string? Position, string? Region, double Value, string? Contact);

    private sealed class Layer
    {
        private readonly STRtree<LayerFeature> index = new();

        public Layer(IReadOnlyList<LayerFeature> features, Regions regions)
        {
            Features = features;
            foreach (var feature in features.Where(each => each.Position is not null))
            {
                index.Insert(new Envelope(feature.Position!.Lon, feature.Position.Lon, feature.Position.Lat, feature.Position.Lat), feature);
            }

            index.Build();
            ByRegion = features.Where(each => each.Region is not null)
                .SelectMany(each => regions.PathOf(each.Region!).Text.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(region => (region, each.Value)))
                .GroupBy(each => each.region, StringComparer.Ordinal)
                .ToFrozenDictionary(each => each.Key, each => each.Sum(one => one.Value), StringComparer.Ordinal);
        }

        public IReadOnlyList<LayerFeature> Features { get; }

        public FrozenDictionary<string, double> ByRegion { get; }

        public IEnumerable<NearFeature> Within(LonLat place, double kilometres)
        {
            var north = kilometres / KilometresPerDegree;
            var east = north / Math.Max(0.01, Math.Cos(double.DegreesToRadians(place.Lat)));
            var box = new Envelope(place.Lon - east, place.Lon + east, place.Lat - north, place.Lat + north);
            return index.Query(box).Select(feature => new NearFeature(feature, Distance(place, feature.Position!))).Where(near => near.Kilometres <= kilometres);
        }
    }
}
