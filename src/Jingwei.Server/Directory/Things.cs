using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Directory;

/// <summary>Every thing of the installation, held in memory, stored before it is seen. Ids are never used again.</summary>
public sealed class Things
{
    /// <summary>Levels of things within things: plant, hall, line, machine, part, sensor and room to spare.</summary>
    public const int MaximumDepth = 32;

    /// <summary>Things of one transaction: enough that its sync no longer counts, and others wait for the store some tens of milliseconds at most.</summary>
    public const int BatchSize = 1_000;

    private readonly Database database;
    private readonly Parties parties;
    private readonly Regions regions;
    private readonly TimeProvider clock;

    // Null where nobody asks for packs.
    private readonly PackParties? enabled;
    private readonly ConcurrentDictionary<string, Thing> all = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Thing>> children = new(StringComparer.Ordinal);

    // Sorting is most of the work of a list of many things, and they seldom change; made anew when there were changes.
    private volatile Sorted? sorted;
    private int changes;

    // One change at a time: the tree is checked and changed in one step, and memory follows the store in order.
    private readonly Lock gate = new();

    public Things(Database database, Parties parties, Regions regions, TimeProvider clock, PackParties? enabled = null)
    {
        (this.database, this.parties, this.regions, this.clock, this.enabled) = (database, parties, regions, clock, enabled);
        ThingTables.Migrate(database);
        foreach (var thing in ThingTables.ReadAll(database))
        {
            Keep(thing);
        }

        FillWords();
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

    /// <summary>Another number after each change, so that who looks now and then sees that there was one.</summary>
    public int ChangeCount => Volatile.Read(ref changes);

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

    /// <summary>Whether the pack of a type is enabled for a party.</summary>
    public bool IsEnabled(string type, string party) => enabled?.AllowsType(type, party) ?? true;

    /// <summary>Adds a thing; says why not when the id is taken, also by a thing that was removed, or the tree would be too deep.</summary>
    public ValueTask<ThingOutcome> AddAsync(Thing thing, CancellationToken cancellation) => AddAsync(thing, ThingAuthor.System, cancellation);

    /// <inheritdoc cref="AddAsync(Thing, CancellationToken)"/>
    public async ValueTask<ThingOutcome> AddAsync(Thing thing, ThingAuthor author, CancellationToken cancellation) =>
        (await WriteAsync([new(ThingDeed.Made, thing)], author, cancellation))[0];

    /// <summary>Stores the next version of a thing; says why not when somebody else stored one first, or the tree would not be one.</summary>
    public async ValueTask<ThingOutcome> UpdateAsync(Thing thing, ThingAuthor author, CancellationToken cancellation) =>
        (await WriteAsync([new(ThingDeed.Changed, thing)], author, cancellation))[0];

    /// <summary>Removes a thing from sight; its readings and its id stay. Says why not when other things are part of it.</summary>
    public async ValueTask<ThingOutcome> RemoveAsync(Thing thing, ThingAuthor author, CancellationToken cancellation) =>
        (await WriteAsync([new(ThingDeed.Removed, thing)], author, cancellation))[0];

    /// <summary>
    /// Writes things in one transaction, each after those before it; on disk when this ends. Those that cannot be written are left out, and the
    /// outcome says why: one for each, in their order.
    /// </summary>
    public async ValueTask<IReadOnlyList<ThingOutcome>> WriteAsync(IReadOnlyList<ThingWrite> writes, ThingAuthor author, CancellationToken cancellation)
    {
        var outcomes = Write(writes, author, out var written);
        foreach (var (deed, thing) in written)
        {
            if (deed is ThingDeed.Made or ThingDeed.Changed)
            {
                await Changes.PublishAsync(thing, cancellation);
            }
            else
            {
                Removed?.Invoke(thing.Id);
            }
        }

        return outcomes;
    }

    private List<ThingOutcome> Write(IReadOnlyList<ThingWrite> writes, ThingAuthor author, out List<(ThingDeed Deed, Thing Thing)> written)
    {
        lock (gate)
        {
            var (outcomes, done) = database.Write((store, transaction) =>
            {
                using var batch = new ThingBatch(this, store, transaction, author, clock.GetUtcNow());
                return (writes.Select(batch.Apply).ToList(), batch.Written);
            });
            written = done;
            foreach (var (deed, thing) in written)
            {
                if (deed is ThingDeed.Made or ThingDeed.Changed)
                {
                    Keep(thing);
                }
                else if (all.TryRemove(thing.Id, out var gone))
                {
                    Interlocked.Increment(ref changes);
                    Leave(gone);
                }
            }

            return outcomes;
        }
    }

    // Things of a store that was written before there was an index.
    private void FillWords()
    {
        if (database.Read(store => store.ExecuteScalar<long>("SELECT count(*) FROM thing_words")) == all.Count)
        {
            return;
        }

        database.Write((store, transaction) =>
        {
            using var add = new PreparedStatement(store, transaction, "INSERT INTO thing_words (thing, words) VALUES ($0, $1) ON CONFLICT DO NOTHING");
            foreach (var thing in all.Values)
            {
                add.Run(thing.Id, ThingWords.Of(thing));
            }
        });
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
}
