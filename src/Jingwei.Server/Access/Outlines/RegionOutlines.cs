using System.Collections.Frozen;
using Dapper;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;

namespace Jingwei.Server.Access.Outlines;

/// <summary>The outlines of regions, and which regions a place lies in.</summary>
public sealed class RegionOutlines
{
    private readonly Database database;
    private readonly Regions regions;

    // Read when somebody first asks: most starts need none.
    private volatile Snapshot? current;

    public RegionOutlines(Database database, Regions regions)
    {
        (this.database, this.regions) = (database, regions);
        database.Migrate("access.outlines", "CREATE TABLE region_outline (region TEXT PRIMARY KEY REFERENCES region (id), outline TEXT NOT NULL)");
    }

    /// <summary>The regions that a place lies in, the smallest in the tree first; on a border those of both sides, in the order of their ids.</summary>
    public IReadOnlyList<Region> At(LonLat place)
    {
        var point = new Point(place.Lon, place.Lat);
        return
        [
            .. Current.Index.Query(point.EnvelopeInternal)
                .Where(outline => outline.Shape.Covers(point))
                .Select(outline => regions.Find(outline.Region))
                .OfType<Region>()
                .OrderByDescending(region => regions.PathOf(region.Id).Text.Count(letter => letter == '/'))
                .ThenBy(region => region.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The smallest region that a place lies in; null where no outline holds it.</summary>
    public Region? Smallest(LonLat place) => At(place) is [var smallest, ..] ? smallest : null;

    /// <summary>The outline of a region; null where nobody imported one.</summary>
    internal Geometry? Of(string region) => Current.Shapes.GetValueOrDefault(region);

    internal static void Store(SqliteConnection store, SqliteTransaction transaction, IEnumerable<(string Region, string Outline)> outlines) => store.Execute(
        "INSERT INTO region_outline (region, outline) VALUES (@Region, @Outline) ON CONFLICT (region) DO UPDATE SET outline = excluded.outline",
        outlines.Select(outline => new { outline.Region, outline.Outline }),
        transaction);

    /// <summary>Told after outlines were written.</summary>
    internal void Forget() => current = null;

    private Snapshot Current
    {
        get
        {
            if (current is not { } known)
            {
                current = known = new Snapshot(database.Read(store => store.Query<(string Region, string Outline)>("SELECT region, outline FROM region_outline").AsList()));
            }

            return known;
        }
    }

    private sealed class Snapshot
    {
        public Snapshot(IReadOnlyList<(string Region, string Outline)> stored)
        {
            Shapes = stored.ToFrozenDictionary(each => each.Region, each => GeoJson.Parse(each.Outline), StringComparer.Ordinal);
            foreach (var (region, shape) in Shapes)
            {
                Index.Insert(shape.EnvelopeInternal, (region, PreparedGeometryFactory.Prepare(shape)));
            }

            Index.Build();
        }

        public FrozenDictionary<string, Geometry> Shapes { get; }

        public STRtree<(string Region, IPreparedGeometry Shape)> Index { get; } = new();
    }
}
