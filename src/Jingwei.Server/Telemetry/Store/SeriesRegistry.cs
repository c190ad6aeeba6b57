using System.Collections.Concurrent;
using Dapper;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>A property of a thing, as a key.</summary>
public readonly record struct SeriesKey(string Thing, string Property);

/// <summary>Every series, held in memory. A new one has a number at once; it is committed before the log uses it.</summary>
public sealed class SeriesRegistry
{
    private readonly Database database;
    private readonly ConcurrentDictionary<SeriesKey, Series> byKey = new();

    // In the order of their properties; replaced, never changed.
    private readonly ConcurrentDictionary<string, Series[]> byThing = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private Series?[] byNumber = new Series?[1024];
    private int last;
    private long expiredBefore = Series.Never;

    // Who follows the readings of a thing, a bit each; asked when a series is bound.
    private volatile Func<Thing, uint> followersOf = static _ => 0;

    public SeriesRegistry(Database database)
    {
        this.database = database;
        // AUTOINCREMENT: a number is not given again even when its row is gone (sqlite.org/autoinc.html).
        database.Migrate(
            "telemetry.series",
            """
            CREATE TABLE series (
                id INTEGER PRIMARY KEY AUTOINCREMENT, thing TEXT NOT NULL, property TEXT NOT NULL, UNIQUE (thing, property))
            """,
            "ALTER TABLE series ADD COLUMN expired_before INTEGER NOT NULL DEFAULT 0");
        last = database.Read(store => store.ExecuteScalar<int?>("SELECT seq FROM sqlite_sequence WHERE name = 'series'")) ?? 0;
        foreach (var (id, thing, property, expired) in database.Read(store =>
            store.Query<(long, string, string, long)>("SELECT id, thing, property, expired_before FROM series").AsList()))
        {
            var series = Keep(new Series((int)id, thing, property) { Committed = true });
            // 0 stands for never.
            series.ExpiredBefore = expired == 0 ? Series.Never : expired;
            expiredBefore = Math.Max(expiredBefore, series.ExpiredBefore);
        }
    }

    /// <summary>Readings before it may be gone, of one series or another; microseconds, or <see cref="Series.Never"/>.</summary>
    internal long ExpiredBefore => Volatile.Read(ref expiredBefore);

    /// <summary>Every series that there is.</summary>
    public ICollection<Series> All => byKey.Values;

    /// <summary>The series with that number; it must be one that was given.</summary>
    internal Series this[int number] => Volatile.Read(ref byNumber)[number]!;

    /// <summary>The series of a property that had a reading, or null.</summary>
    public Series? Find(string thing, string property) => byKey.GetValueOrDefault(new SeriesKey(thing, property));

    /// <summary>The series of a thing's properties that had a reading, in ordinal order of the properties.</summary>
    public IReadOnlyList<Series> OfThing(string thing) => byThing.GetValueOrDefault(thing, []);

    /// <summary>The series with that number, or null.</summary>
    public Series? Find(long number)
    {
        var all = Volatile.Read(ref byNumber);
        return number > 0 && number < all.Length ? all[number] : null;
    }

    /// <summary>The series of a property of a thing, as both are now; made where there is none.</summary>
    internal Series Of(Thing thing, Property property)
    {
        var series = Find(thing.Id, property.Id) ?? Add(new SeriesKey(thing.Id, property.Id));
        if (!series.Is(thing, property))
        {
            series.Bind(thing, property, followersOf(thing));
        }

        return series;
    }

    /// <summary>Asks anew, for every series, who follows it.</summary>
    internal void Follow(Func<Thing, uint> of)
    {
        followersOf = of;
        foreach (var series in All)
        {
            if (series is { Thing: { } thing, Property: { } property })
            {
                series.Bind(thing, property, of(thing));
            }
        }
    }

    /// <summary>Puts series into the database that are not there yet: one transaction.</summary>
    internal void Commit(IReadOnlyCollection<Series> added)
    {
        lock (gate)
        {
            var missing = added.Where(series => !series.Committed).Distinct().ToList();
            if (missing.Count == 0)
            {
                return;
            }

            database.Write((store, transaction) => store.Execute(
                "INSERT INTO series (id, thing, property) VALUES (@Number, @ThingId, @PropertyId)", missing, transaction));
            missing.ForEach(series => series.Committed = true);
        }
    }

    /// <summary>Takes nothing any more of these series before a time; when this returns that is in the database.</summary>
    /// <param name="before">Microseconds since the epoch, UTC.</param>
    internal void Expire(IReadOnlyCollection<Series> expired, long before)
    {
        database.Write((store, transaction) => store.Execute(
            "UPDATE series SET expired_before = max(ifnull(nullif(expired_before, 0), @before), @before) WHERE id = @Number",
            expired.Select(series => new { series.Number, before }),
            transaction));
        foreach (var series in expired)
        {
            series.ExpiredBefore = Math.Max(series.ExpiredBefore, before);
        }

        Volatile.Write(ref expiredBefore, Math.Max(expiredBefore, before));
    }

    private Series Add(SeriesKey key)
    {
        lock (gate)
        {
            return Find(key.Thing, key.Property) ?? Keep(new Series(++last, key.Thing, key.Property));
        }
    }

    private Series Keep(Series series)
    {
        if (series.Number >= byNumber.Length)
        {
            var larger = new Series?[Math.Max(byNumber.Length * 2, series.Number + 1)];
            byNumber.CopyTo(larger, 0);
            Volatile.Write(ref byNumber, larger);
        }

        byNumber[series.Number] = series;
        last = Math.Max(last, series.Number);
        byKey[new SeriesKey(series.ThingId, series.PropertyId)] = series;
        var others = byThing.GetValueOrDefault(series.ThingId, []);
        var place = others.Count(other => string.CompareOrdinal(other.PropertyId, series.PropertyId) < 0);
        byThing[series.ThingId] = [.. others[..place], series, .. others[place..]];
        return series;
    }
}
