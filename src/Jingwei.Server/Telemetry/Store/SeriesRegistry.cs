using System.Collections.Concurrent;
using Dapper;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>A property of a thing, as a key.</summary>
public readonly record struct SeriesKey(string Thing, string Property);

/// <summary>
/// The integer of each series: committed to the database before the first log record that uses it, never reused, held in memory.
/// </summary>
public sealed class SeriesRegistry
{
    private readonly Database database;
    private readonly ConcurrentDictionary<SeriesKey, long> numbers = new();
    private readonly ConcurrentDictionary<long, SeriesKey> keys = new();

    public SeriesRegistry(Database database)
    {
        this.database = database;
        // AUTOINCREMENT: a number is not given again even when its row is gone (sqlite.org/autoinc.html).
        database.Migrate(
            "telemetry.series",
            """
            CREATE TABLE series (
                id INTEGER PRIMARY KEY AUTOINCREMENT, thing TEXT NOT NULL, property TEXT NOT NULL, UNIQUE (thing, property))
            """);
        foreach (var (id, thing, property) in database.Read(store =>
            store.Query<(long, string, string)>("SELECT id, thing, property FROM series").AsList()))
        {
            Keep(new SeriesKey(thing, property), id);
        }
    }

    /// <summary>The number of a series that has readings, or null.</summary>
    public long? Find(string thing, string property) =>
        numbers.TryGetValue(new SeriesKey(thing, property), out var number) ? number : null;

    /// <summary>What a number stands for, or null.</summary>
    public SeriesKey? Find(long number) => keys.TryGetValue(number, out var key) ? key : null;

    /// <summary>Makes sure that every key has a number: one transaction for those that have none.</summary>
    public void Ensure(IReadOnlyCollection<SeriesKey> wanted)
    {
        var missing = wanted.Where(key => !numbers.ContainsKey(key)).Distinct().ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var made = database.Write((store, transaction) => missing.ConvertAll(key => (key, store.ExecuteScalar<long>(
            """
            INSERT INTO series (thing, property) VALUES (@Thing, @Property)
            ON CONFLICT (thing, property) DO UPDATE SET property = excluded.property RETURNING id
            """,
            key,
            transaction))));
        foreach (var (key, number) in made)
        {
            Keep(key, number);
        }
    }

    private void Keep(SeriesKey key, long number)
    {
        keys[number] = key;
        numbers[key] = number;
    }
}
