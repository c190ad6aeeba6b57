using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Directory;

/// <summary>Every thing of the installation, held in memory, stored before it is seen. Ids are never used again.</summary>
public sealed class Things
{
    private readonly Database database;
    private readonly Parties parties;
    private readonly Regions regions;
    private readonly ConcurrentDictionary<string, Thing> all = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Thing>> children = new(StringComparer.Ordinal);

    public Things(Database database, Parties parties, Regions regions)
    {
        (this.database, this.parties, this.regions) = (database, parties, regions);
        database.Migrate(
            "directory.things",
            """
            CREATE TABLE thing (
                id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, party TEXT NOT NULL, region TEXT NOT NULL, parent TEXT, gateway TEXT,
                created INTEGER NOT NULL, version INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0)
            """);
        foreach (var row in database.Read(store => store.Query<ThingRow>("SELECT * FROM thing WHERE removed = 0").AsList()))
        {
            Keep(row.ToThing());
        }
    }

    public ICollection<Thing> All => all.Values;

    /// <summary>Things that were made or changed, after that is on disk.</summary>
    public Feed<Thing> Changes { get; } = new();

    public bool TryGet(string id, [MaybeNullWhen(false)] out Thing thing) => all.TryGetValue(id, out thing);

    /// <summary>The party and region that rights over a thing are checked against.</summary>
    public Scope ScopeOf(Thing thing) => new(parties.PathOf(thing.Party), regions.PathOf(thing.Region));

    /// <summary>The things whose parent is <paramref name="id"/>.</summary>
    public IEnumerable<Thing> Children(string id) =>
        children.TryGetValue(id, out var found) ? found.Values : [];

    /// <summary>The thing itself and everything below it.</summary>
    public IEnumerable<Thing> Subtree(Thing thing) =>
        Children(thing.Id).SelectMany(Subtree).Prepend(thing);

    /// <summary>The way from the top down to the thing, without the thing itself.</summary>
    public IReadOnlyList<Thing> Ancestors(Thing thing)
    {
        var way = new List<Thing>();
        while (thing.Parent is { } parent && TryGet(parent, out var above))
        {
            way.Insert(0, above);
            thing = above;
        }

        return way;
    }

    /// <summary>Adds a thing; false when the id is taken, also by a thing that was removed.</summary>
    public async ValueTask<bool> AddAsync(Thing thing, CancellationToken cancellation)
    {
        var added = database.Write((store, transaction) => store.Execute(
            """
            INSERT INTO thing (id, type, name, party, region, parent, gateway, created, version)
            VALUES (@Id, @Type, @Name, @Party, @Region, @Parent, @Gateway, @created, @Version) ON CONFLICT DO NOTHING
            """,
            Columns(thing),
            transaction)) == 1;
        if (added)
        {
            Keep(thing);
            await Changes.PublishAsync(thing, cancellation);
        }

        return added;
    }

    /// <summary>Stores the next version of a thing; false when somebody else stored one first.</summary>
    public async ValueTask<bool> UpdateAsync(Thing thing, CancellationToken cancellation)
    {
        var next = thing with { Version = thing.Version + 1 };
        var updated = database.Write((store, transaction) => store.Execute(
            """
            UPDATE thing SET name = @Name, party = @Party, region = @Region, parent = @Parent, gateway = @Gateway, version = @Version
            WHERE id = @Id AND version = @Version - 1 AND removed = 0
            """,
            Columns(next),
            transaction)) == 1;
        if (updated)
        {
            Forget(thing.Id);
            Keep(next);
            await Changes.PublishAsync(next, cancellation);
        }

        return updated;
    }

    /// <summary>Removes a thing from sight; its readings and its id stay.</summary>
    public void Remove(string id)
    {
        database.Write((store, transaction) => store.Execute("UPDATE thing SET removed = 1 WHERE id = @id", new { id }, transaction));
        Forget(id);
    }

    private void Keep(Thing thing)
    {
        all[thing.Id] = thing;
        if (thing.Parent is { } parent)
        {
            children.GetOrAdd(parent, _ => new(StringComparer.Ordinal))[thing.Id] = thing;
        }
    }

    private void Forget(string id)
    {
        if (all.TryRemove(id, out var thing) && thing.Parent is { } parent && children.TryGetValue(parent, out var siblings))
        {
            siblings.TryRemove(id, out _);
        }
    }

    private static object Columns(Thing thing) => new
    {
        thing.Id,
        thing.Type,
        thing.Name,
        thing.Party,
        thing.Region,
        thing.Parent,
        thing.Gateway,
        created = thing.Created.ToUnixTimeMilliseconds(),
        thing.Version,
    };

    private sealed record ThingRow(
        string Id, string Type, string Name, string Party, string Region, string? Parent, string? Gateway, long Created, long Version, long Removed)
    {
        public Thing ToThing() => new(Id, Type, Name, Party, Region, Parent, Gateway, DateTimeOffset.FromUnixTimeMilliseconds(Created), Version);
    }
}
