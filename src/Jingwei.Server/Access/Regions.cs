using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Access;

/// <summary>A province, city, county, town or site; its id is the administrative code where there is one.</summary>
public sealed record Region(string Id, string Name, string? Parent, string Kind);

/// <summary>The tree of regions, in memory, stored before it is seen. Rights hang on it, so it stands beside the parties.</summary>
public sealed class Regions
{
    public const string Root = "root";

    public static IReadOnlyList<string> Kinds { get; } = ["country", "province", "city", "county", "town", "site"];

    private readonly Database database;
    private readonly ConcurrentDictionary<string, Region> all;

    // One change at a time, so that memory and store take changes in the same order.
    private readonly Lock gate = new();

    public Regions(Database database)
    {
        this.database = database;
        database.Migrate(
            "access.regions",
            "CREATE TABLE region (id TEXT PRIMARY KEY, name TEXT NOT NULL, parent TEXT REFERENCES region (id), kind TEXT NOT NULL)",
            $"INSERT INTO region (id, name, parent, kind) VALUES ('{Root}', '全部区域', NULL, 'country')");
        all = new(database.Read(store => store.Query<Region>("SELECT id, name, parent, kind FROM region"))
            .Select(region => KeyValuePair.Create(region.Id, region)), StringComparer.Ordinal);
    }

    public ICollection<Region> All => all.Values;

    /// <summary>Whether there are any beside the root. Cheaper than <see cref="All"/>, which is a copy.</summary>
    public bool Any => all.Skip(1).Any();

    public Region? Find(string id) => all.GetValueOrDefault(id);

    /// <summary>Where a region stands; for an unknown one a path that no grant covers.</summary>
    public TreePath PathOf(string id) => Tree.PathOf(id, each => all.TryGetValue(each, out var region) ? (true, region.Parent) : (false, null));

    /// <summary>Adds a region; false when the id is taken.</summary>
    public bool Add(Region region)
    {
        lock (gate)
        {
            if (all.ContainsKey(region.Id))
            {
                return false;
            }

            database.Write((store, transaction) =>
                store.Execute("INSERT INTO region (id, name, parent, kind) VALUES (@Id, @Name, @Parent, @Kind)", region, transaction));
            return all.TryAdd(region.Id, region);
        }
    }

    /// <summary>Writes many in one transaction, parents first, and whatever belongs to them beside.</summary>
    /// <param name="renamed">Regions that are there, with their next names.</param>
    /// <param name="beside">What else the transaction writes.</param>
    internal void Write(IReadOnlyList<Region> added, IReadOnlyList<Region> renamed, Action<SqliteConnection, SqliteTransaction> beside)
    {
        lock (gate)
        {
            database.Write((store, transaction) =>
            {
                store.Execute("INSERT INTO region (id, name, parent, kind) VALUES (@Id, @Name, @Parent, @Kind)", added, transaction);
                store.Execute("UPDATE region SET name = @Name WHERE id = @Id", renamed, transaction);
                beside(store, transaction);
            });
            foreach (var region in added.Concat(renamed))
            {
                all[region.Id] = region;
            }
        }
    }

    public void Update(Region region)
    {
        lock (gate)
        {
            database.Write((store, transaction) =>
                store.Execute("UPDATE region SET name = @Name WHERE id = @Id", region, transaction));
            all[region.Id] = region;
        }
    }
}
