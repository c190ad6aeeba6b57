using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Directory;

/// <summary>What became of a change to the things.</summary>
public enum ThingOutcome
{
    Done,

    /// <summary>The id is, or was, another thing's.</summary>
    Taken,

    /// <summary>Somebody else changed or removed the thing first.</summary>
    Stale,

    /// <summary>The thing would stand below itself.</summary>
    Cycle,

    /// <summary>The tree would have more than <see cref="Things.MaximumDepth"/> levels.</summary>
    TooDeep,
}

/// <summary>Every thing of the installation, held in memory, stored before it is seen. Ids are never used again.</summary>
public sealed class Things
{
    /// <summary>Levels of things within things: plant, hall, line, machine, part, sensor and room to spare.</summary>
    public const int MaximumDepth = 32;

    private readonly Database database;
    private readonly Parties parties;
    private readonly Regions regions;
    private readonly ConcurrentDictionary<string, Thing> all = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Thing>> children = new(StringComparer.Ordinal);

    // Sorting is most of the work of a list of many things, and they seldom change; made anew when there were changes.
    private volatile Sorted? sorted;
    private int changes;

    // One change at a time: the tree is checked and changed in one step, and memory follows the store in order.
    private readonly Lock gate = new();

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

    /// <summary>The things behind <paramref name="after"/> in the ordinal order of their ids; all for null.</summary>
    public ReadOnlyMemory<Thing> InOrder(string? after)
    {
        var now = Volatile.Read(ref changes);
        var snapshot = sorted;
        if (snapshot?.Changes != now)
        {
            var items = all.Values.ToArray();
            Array.Sort(items, static (one, other) => string.CompareOrdinal(one.Id, other.Id));
            sorted = snapshot = new Sorted(now, items);
        }

        return snapshot.Items.AsMemory(after is null ? 0 : snapshot.After(after));
    }

    /// <summary>Things that were made or changed, after that is on disk.</summary>
    public Feed<Thing> Changes { get; } = new();

    /// <summary>Told the id of a thing that was removed, on the thread that removed it; must not block.</summary>
    public event Action<string>? Removed;

    public bool TryGet(string id, [MaybeNullWhen(false)] out Thing thing) => all.TryGetValue(id, out thing);

    /// <summary>The party and region that rights over a thing are checked against.</summary>
    public Scope ScopeOf(Thing thing) => new(parties.PathOf(thing.Party), regions.PathOf(thing.Region));

    /// <summary>The things whose parent is <paramref name="id"/>.</summary>
    public IEnumerable<Thing> Children(string id) =>
        children.TryGetValue(id, out var found) ? found.Values : [];

    /// <summary>The thing itself and everything below it, level by level.</summary>
    public IEnumerable<Thing> Subtree(Thing thing)
    {
        IReadOnlyList<Thing> level = [thing];
        for (var depth = 0; level.Count > 0 && depth < MaximumDepth; depth++)
        {
            foreach (var each in level)
            {
                yield return each;
            }

            level = [.. level.SelectMany(each => Children(each.Id))];
        }
    }

    /// <summary>The way from the top down to the thing, without the thing itself.</summary>
    public IReadOnlyList<Thing> Ancestors(Thing thing)
    {
        var way = new List<Thing>();
        while (way.Count < MaximumDepth && thing.Parent is { } parent && TryGet(parent, out var above))
        {
            way.Insert(0, above);
            thing = above;
        }

        return way;
    }

    /// <summary>Adds a thing; says why not when the id is taken, also by a thing that was removed, or the tree would be too deep.</summary>
    public async ValueTask<ThingOutcome> AddAsync(Thing thing, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (PlaceFault(thing) is { } fault)
            {
                return fault;
            }

            var added = database.Write((store, transaction) => store.Execute(
                """
                INSERT INTO thing (id, type, name, party, region, parent, gateway, created, version)
                VALUES (@Id, @Type, @Name, @Party, @Region, @Parent, @Gateway, @created, @Version) ON CONFLICT DO NOTHING
                """,
                Columns(thing),
                transaction)) == 1;
            if (!added)
            {
                return ThingOutcome.Taken;
            }

            Keep(thing);
        }

        await Changes.PublishAsync(thing, cancellation);
        return ThingOutcome.Done;
    }

    /// <summary>Stores the next version of a thing; says why not when somebody else stored one first, or the tree would not be one.</summary>
    public async ValueTask<ThingOutcome> UpdateAsync(Thing thing, CancellationToken cancellation)
    {
        var next = thing with { Version = thing.Version + 1 };
        lock (gate)
        {
            if (PlaceFault(thing) is { } fault)
            {
                return fault;
            }

            var updated = database.Write((store, transaction) => store.Execute(
                """
                UPDATE thing SET name = @Name, party = @Party, region = @Region, parent = @Parent, gateway = @Gateway, version = @Version
                WHERE id = @Id AND version = @Version - 1 AND removed = 0
                """,
                Columns(next),
                transaction)) == 1;
            if (!updated)
            {
                return ThingOutcome.Stale;
            }

            Keep(next);
        }

        await Changes.PublishAsync(next, cancellation);
        return ThingOutcome.Done;
    }

    /// <summary>Removes a thing from sight; its readings and its id stay. False when other things are part of it.</summary>
    public bool Remove(string id)
    {
        lock (gate)
        {
            if (Children(id).Any())
            {
                return false;
            }

            database.Write((store, transaction) => store.Execute("UPDATE thing SET removed = 1 WHERE id = @id", new { id }, transaction));
            if (all.TryRemove(id, out var thing))
            {
                Interlocked.Increment(ref changes);
                Leave(thing);
            }
        }

        Removed?.Invoke(id);
        return true;
    }

    // Within the gate: what is true of the tree now stays true until the change is kept.
    private ThingOutcome? PlaceFault(Thing thing)
    {
        if (thing.Parent is null)
        {
            return null;
        }

        var above = Ancestors(thing);
        if (thing.Parent == thing.Id || above.Any(each => each.Id == thing.Id))
        {
            return ThingOutcome.Cycle;
        }

        return above.Count + Height(thing) > MaximumDepth ? ThingOutcome.TooDeep : null;
    }

    private int Height(Thing thing)
    {
        var height = 0;
        for (IReadOnlyList<Thing> level = [thing]; level.Count > 0 && height <= MaximumDepth; height++)
        {
            level = [.. level.SelectMany(each => Children(each.Id))];
        }

        return height;
    }

    // The thing is never out of sight while it changes: readings of it arrive all the time.
    private void Keep(Thing thing)
    {
        var before = all.GetValueOrDefault(thing.Id);
        all[thing.Id] = thing;
        Interlocked.Increment(ref changes);
        if (before is not null && before.Parent != thing.Parent)
        {
            Leave(before);
        }

        if (thing.Parent is { } parent)
        {
            children.GetOrAdd(parent, _ => new(StringComparer.Ordinal))[thing.Id] = thing;
        }
    }

    private void Leave(Thing thing)
    {
        if (thing.Parent is { } parent && children.TryGetValue(parent, out var siblings))
        {
            siblings.TryRemove(thing.Id, out _);
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

    // What the things were after so many changes, or later.
    private sealed record Sorted(int Changes, Thing[] Items)
    {
        public int After(string id)
        {
            var (low, high) = (0, Items.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = string.CompareOrdinal(Items[middle].Id, id) <= 0 ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }

    private sealed record ThingRow(
        string Id, string Type, string Name, string Party, string Region, string? Parent, string? Gateway, long Created, long Version, long Removed)
    {
        public Thing ToThing() => new(Id, Type, Name, Party, Region, Parent, Gateway, DateTimeOffset.FromUnixTimeMilliseconds(Created), Version);
    }
}
