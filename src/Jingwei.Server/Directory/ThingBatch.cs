using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Directory;

/// <summary>
/// Writes things in one transaction, each checked against the tree as those before it leave it. What it wrote is seen only when
/// <see cref="Things"/> has committed it. A thing is written at most once.
/// </summary>
internal sealed class ThingBatch : IDisposable
{
    private const int InSight = 0;
    private const int Gone = 1;
    private const int BackAgain = 2;

    private readonly Things things;
    private readonly ThingAuthor author;
    private readonly long at;
    private readonly Dictionary<string, Thing?> pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> arrivals = new(StringComparer.Ordinal);
    private readonly PreparedStatement insert;
    private readonly PreparedStatement again;
    private readonly PreparedStatement update;
    private readonly PreparedStatement remove;
    private readonly PreparedStatement note;
    private readonly PreparedStatement find;
    private readonly PreparedStatement forget;

    public ThingBatch(Things things, SqliteConnection store, SqliteTransaction transaction, ThingAuthor author, DateTimeOffset at)
    {
        (this.things, this.author, this.at) = (things, author, at.ToUnixTimeMilliseconds());
        PreparedStatement Prepare(string sql) => new(store, transaction, sql);
        insert = Prepare(
            """
            INSERT INTO thing (id, version, type, name, party, region, parent, gateway, created, lon, lat, identifiers)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING
            """);
        again = Prepare(
            $"""
            UPDATE thing SET type = $1, name = $2, party = $3, region = $4, parent = $5, gateway = $6, created = $7, lon = $8, lat = $9, identifiers = $10,
                version = version + 1, removed = {InSight}
            WHERE id = $0 AND removed = {BackAgain} AND party = $3 RETURNING version
            """);
        update = Prepare(
            $"""
            UPDATE thing SET name = $2, party = $3, region = $4, parent = $5, gateway = $6, lon = $7, lat = $8, identifiers = $9, version = $1 + 1
            WHERE id = $0 AND version = $1 AND removed = {InSight}
            """);
        remove = Prepare($"UPDATE thing SET removed = $2, version = $1 + 1 WHERE id = $0 AND version = $1 AND removed = {InSight}");
        note = Prepare("INSERT INTO thing_change (thing, version, at, actor, edit, deed, fields) VALUES ($0, $1, $2, $3, $4, $5, $6)");
        find = Prepare("INSERT INTO thing_words (thing, words) VALUES ($0, $1) ON CONFLICT (thing) DO UPDATE SET words = excluded.words");
        forget = Prepare("DELETE FROM thing_words WHERE thing = $0");
    }

    /// <summary>What was written, in its order; a thing that went comes as it was.</summary>
    public List<(ThingDeed Deed, Thing Thing)> Written { get; } = [];

    public ThingOutcome Apply(ThingWrite write)
    {
        if (pending.ContainsKey(write.Thing.Id))
        {
            return ThingOutcome.Stale;
        }

        return write.Deed switch
        {
            ThingDeed.Made => Make(write.Thing),
            ThingDeed.Changed => Change(write.Thing),
            _ => Remove(write.Thing, write.Deed),
        };
    }

    public void Dispose()
    {
        foreach (var statement in new[] { insert, again, update, remove, note, find, forget })
        {
            statement.Dispose();
        }
    }

    private ThingOutcome Make(Thing thing)
    {
        if (!things.IsEnabled(thing.Type, thing.Party))
        {
            return ThingOutcome.NotEnabled;
        }

        if (PlaceFault(thing) is { } fault)
        {
            return fault;
        }

        var made = thing;
        var (lon, lat, identifiers) = (thing.Position?.Lon, thing.Position?.Lat, ThingIdentifiers.Write(thing.Identifiers));
        var created = thing.Created.ToUnixTimeMilliseconds();
        if (insert.Run(thing.Id, thing.Version, thing.Type, thing.Name, thing.Party, thing.Region, thing.Parent, thing.Gateway, created, lon, lat, identifiers) == 0)
        {
            if (again.Scalar(thing.Id, thing.Type, thing.Name, thing.Party, thing.Region, thing.Parent, thing.Gateway, created, lon, lat, identifiers) is not long version)
            {
                return ThingOutcome.Taken;
            }

            made = thing with { Version = version };
        }

        Note(ThingDeed.Made, made, ThingFields.Between(null, made));
        Keep(ThingDeed.Made, made);
        return ThingOutcome.Done;
    }

    private ThingOutcome Change(Thing thing)
    {
        if (PlaceFault(thing) is { } fault)
        {
            return fault;
        }

        if (things.TryGet(thing.Id, out var before) && before.Party != thing.Party && !things.IsEnabled(thing.Type, thing.Party))
        {
            return ThingOutcome.NotEnabled;
        }

        if (before is null || update.Run(
            thing.Id, thing.Version, thing.Name, thing.Party, thing.Region, thing.Parent, thing.Gateway, thing.Position?.Lon, thing.Position?.Lat,
            ThingIdentifiers.Write(thing.Identifiers)) == 0)
        {
            return ThingOutcome.Stale;
        }

        var next = thing with { Version = thing.Version + 1 };
        Note(ThingDeed.Changed, next, ThingFields.Between(before, next));
        Keep(ThingDeed.Changed, next);
        return ThingOutcome.Done;
    }

    private ThingOutcome Remove(Thing thing, ThingDeed deed)
    {
        if (ChildrenOf(thing.Id).Any())
        {
            return ThingOutcome.HasChildren;
        }

        if (remove.Run(thing.Id, thing.Version, deed == ThingDeed.TakenBack ? BackAgain : Gone) == 0)
        {
            return ThingOutcome.Stale;
        }

        note.Run(thing.Id, thing.Version + 1, at, author.Actor, author.Edit, deed.ToString(), "[]");
        forget.Run(thing.Id);
        pending[thing.Id] = null;
        Written.Add((deed, thing));
        return ThingOutcome.Done;
    }

    private void Note(ThingDeed deed, Thing thing, IReadOnlyList<FieldChange> fields)
    {
        note.Run(thing.Id, thing.Version, at, author.Actor, author.Edit, deed.ToString(), ThingFields.Write(fields));
        if (deed == ThingDeed.Made || fields.Any(field => field.Field == "name" || field.Field.StartsWith("identifiers.", StringComparison.Ordinal)))
        {
            find.Run(thing.Id, ThingWords.Of(thing));
        }
    }

    private void Keep(ThingDeed deed, Thing thing)
    {
        if (thing.Parent is { } parent)
        {
            (arrivals.TryGetValue(parent, out var known) ? known : arrivals[parent] = []).Add(thing.Id);
        }

        pending[thing.Id] = thing;
        Written.Add((deed, thing));
    }

    // Within the gate of the things: what is true of the tree now stays true until the batch is committed.
    private ThingOutcome? PlaceFault(Thing thing)
    {
        var depth = 0;
        for (var above = thing.Parent; above is not null && depth < Things.MaximumDepth; depth++, above = Find(above)?.Parent)
        {
            if (above == thing.Id)
            {
                return ThingOutcome.Cycle;
            }
        }

        return thing.Parent is not null && depth + Height(thing.Id) > Things.MaximumDepth ? ThingOutcome.TooDeep : null;
    }

    private int Height(string id)
    {
        var height = 0;
        for (IReadOnlyList<string> level = [id]; level.Count > 0 && height <= Things.MaximumDepth; height++)
        {
            level = [.. level.SelectMany(ChildrenOf)];
        }

        return height;
    }

    private Thing? Find(string id) => pending.TryGetValue(id, out var changed) ? changed : things.TryGet(id, out var known) ? known : null;

    private IEnumerable<string> ChildrenOf(string id) => things.Children(id).Select(child => child.Id).Where(child => !pending.ContainsKey(child))
        .Concat(arrivals.TryGetValue(id, out var arrived) ? arrived.Where(child => pending[child] is not null) : []);
}
