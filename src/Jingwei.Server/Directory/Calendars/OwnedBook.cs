using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;

namespace Jingwei.Server.Directory.Calendars;

/// <summary>Of which pack, which of its declarations, and whose.</summary>
/// <param name="Name">Empty where a pack declares one alone.</param>
internal readonly record struct OwnedKey(string Pack, string Name, CalendarOwner Owner);

/// <summary>What somebody has, or had: the version outlives what was taken back, so that no old one fits again.</summary>
internal sealed record Owned<T>(long Version, T? Body) where T : class;

/// <summary>What parties and things have of their own instead of what a pack declares: in memory, stored before it is used.</summary>
internal sealed class OwnedBook<T> where T : class
{
    private static readonly Owned<T> None = new(0, null);

    private readonly Database database;
    private readonly string table;
    private readonly ConcurrentDictionary<OwnedKey, Owned<T>> all;

    // One change at a time, so that memory and store take changes in the same order.
    private readonly Lock gate = new();

    public OwnedBook(Database database, string table)
    {
        (this.database, this.table) = (database, table);
        database.Migrate(
            $"directory.{table}",
            $"""
            CREATE TABLE {table} (
                pack TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, owner TEXT NOT NULL, version INTEGER NOT NULL, body TEXT,
                PRIMARY KEY (pack, name, kind, owner))
            """);
        all = new(database.Read(store => store.Query<Row>($"SELECT pack, name, kind, owner, version, body FROM {table}").AsList())
            .Select(row => KeyValuePair.Create(row.Key, new Owned<T>(row.Version, row.Body is null ? null : JsonSerializer.Deserialize<T>(row.Body)))));
    }

    /// <summary>True while nobody has anything of his own of a pack's.</summary>
    public bool IsEmpty(string pack) => all.All(each => each.Key.Pack != pack || each.Value.Body is null);

    /// <summary>What an owner has; version 0 and nothing when there never was anything.</summary>
    public Owned<T> Of(OwnedKey key) => all.GetValueOrDefault(key, None);

    /// <summary>Writes what an owner has from now on; null when somebody changed it meanwhile.</summary>
    /// <param name="body">Null: nothing any more.</param>
    /// <param name="seen">The version that is changed; null: any.</param>
    public Owned<T>? Save(OwnedKey key, T? body, long? seen)
    {
        lock (gate)
        {
            var before = Of(key);
            if (seen is { } version && version != before.Version)
            {
                return null;
            }

            var after = new Owned<T>(before.Version + 1, body);
            database.Write((store, transaction) => store.Execute(
                $"""
                INSERT INTO {table} (pack, name, kind, owner, version, body) VALUES (@Pack, @Name, @kind, @owner, @Version, @text)
                ON CONFLICT (pack, name, kind, owner) DO UPDATE SET version = excluded.version, body = excluded.body
                """,
                new { key.Pack, key.Name, kind = (int)key.Owner.Kind, owner = key.Owner.Id, after.Version, text = body is null ? null : JsonSerializer.Serialize(body) },
                transaction));
            return all[key] = after;
        }
    }

    private sealed record Row(string Pack, string Name, long Kind, string Owner, long Version, string? Body)
    {
        public OwnedKey Key => new(Pack, Name, new((OwnerKind)Kind, Owner));
    }
}
