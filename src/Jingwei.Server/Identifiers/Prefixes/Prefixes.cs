using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;

namespace Jingwei.Server.Identifiers.Prefixes;

/// <summary>The prefixes of this node, in memory, stored with their history before they are seen.</summary>
public sealed class Prefixes : IKnownParties
{
    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, Prefix> all;

    // One change at a time, so that memory and store take changes in the same order.
    private readonly Lock gate = new();

    public Prefixes(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate(
            "identifiers.prefixes",
            """
            CREATE TABLE prefix (name TEXT PRIMARY KEY, applied INTEGER NOT NULL, applicant TEXT);
            CREATE TABLE prefix_change (
                name TEXT NOT NULL REFERENCES prefix (name), version INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, party TEXT NOT NULL,
                state INTEGER NOT NULL, why TEXT, delegation TEXT, quota INTEGER, PRIMARY KEY (name, version)) WITHOUT ROWID;
            CREATE TRIGGER prefix_change_stays BEFORE DELETE ON prefix_change BEGIN SELECT RAISE(ABORT, 'A history only grows.'); END;
            CREATE TRIGGER prefix_change_stands BEFORE UPDATE ON prefix_change BEGIN SELECT RAISE(ABORT, 'A history only grows.'); END;
            """);
        all = new(
            database.Read(store => store.Query<PrefixRow>(
                """
                SELECT name, applied, applicant, version, at, by, party, state, why, delegation, quota FROM prefix JOIN prefix_change USING (name)
                WHERE version = (SELECT max(version) FROM prefix_change AS newer WHERE newer.name = prefix.name)
                """).Select(row => row.ToPrefix()).Select(prefix => KeyValuePair.Create(prefix.Name, prefix)).ToList()),
            StringComparer.Ordinal);
    }

    /// <summary>Raised after a change is on disk, with the prefix as it is then.</summary>
    public event Action<Prefix>? Changed;

    public ICollection<Prefix> All => all.Values;

    /// <param name="name">In the form of <see cref="PrefixName.Of"/>.</param>
    public Prefix? Find(string name) => all.GetValueOrDefault(name);

    /// <summary>The nearest active prefix above a name: whose owner decides about it. Null: only the platform's operator does.</summary>
    public Prefix? Covering(string name) =>
        PrefixName.Above(name).Select(Find).FirstOrDefault(found => found is { State: PrefixState.Active });

    /// <summary>The smallest number that makes a free name below a prefix.</summary>
    public string NextBelow(string name)
    {
        var number = 1;
        while (all.ContainsKey(Below(name, number)))
        {
            number++;
        }

        return Below(name, number);
    }

    /// <summary>Adds a prefix; null when the name is taken, unless by an application that was refused or withdrawn by the same party.</summary>
    public Prefix? Add(string name, string party, PrefixApplicant? applicant, PrefixState state, string by)
    {
        lock (gate)
        {
            var before = Find(name);
            if (before is not null && !(before.Party == party && before.State is PrefixState.Refused))
            {
                return null;
            }

            var now = clock.GetUtcNow();
            return Store(new(name, party, state, applicant, null, null, null, by, before?.Applied ?? now, now, (before?.Version ?? 0) + 1));
        }
    }

    /// <summary>Makes a change of a prefix; null when the caller has not seen its newest version, or it is not there any more.</summary>
    /// <param name="change">Gives the prefix as it should be, or null when it cannot be changed so.</param>
    /// <param name="seen">The version that the caller has seen; null when he takes any.</param>
    public Prefix? Change(string name, long? seen, string by, Func<Prefix, Prefix?> change)
    {
        lock (gate)
        {
            return Find(name) is { } now && (seen is null || seen == now.Version) && change(now) is { } next
                ? Store(next with { By = by, Changed = clock.GetUtcNow(), Version = now.Version + 1 })
                : null;
        }
    }

    /// <summary>Who holds a prefix is known to everybody.</summary>
    public bool Names(Caller caller, string party, string? about) => all.Values.Any(prefix => prefix.State == PrefixState.Active && prefix.Party == party);

    /// <summary>What became of a prefix, oldest first.</summary>
    public IReadOnlyList<PrefixChange> History(string name) =>
        database.Read(store => store.Query<PrefixRow>(
                """
                SELECT name, 0 AS applied, NULL AS applicant, version, at, by, party, state, why, delegation, quota FROM prefix_change
                WHERE name = @name ORDER BY version
                """,
                new { name })
            .Select(row => row.ToPrefix())
            .Select(prefix => new PrefixChange(prefix.Version, prefix.Changed, prefix.By, prefix.State, prefix.Why, prefix.Delegation, prefix.Quota))
            .ToList());

    // Within the gate.
    private Prefix Store(Prefix prefix)
    {
        database.Write((store, transaction) =>
        {
            store.Execute(
                """
                INSERT INTO prefix (name, applied, applicant) VALUES (@Name, @applied, @applicant)
                ON CONFLICT (name) DO UPDATE SET applicant = excluded.applicant
                """,
                new { prefix.Name, applied = prefix.Applied.ToUnixTimeMilliseconds(), applicant = Json(prefix.Applicant) },
                transaction);
            store.Execute(
                """
                INSERT INTO prefix_change (name, version, at, by, party, state, why, delegation, quota)
                VALUES (@Name, @Version, @at, @By, @Party, @state, @Why, @delegation, @Quota)
                """,
                new
                {
                    prefix.Name,
                    prefix.Version,
                    at = prefix.Changed.ToUnixTimeMilliseconds(),
                    prefix.By,
                    prefix.Party,
                    state = (int)prefix.State,
                    prefix.Why,
                    delegation = Json(prefix.Delegation),
                    prefix.Quota,
                },
                transaction);
        });
        all[prefix.Name] = prefix;
        Changed?.Invoke(prefix);
        return prefix;
    }

    private static string Below(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}.{number}");

    private static string? Json<T>(T? value) where T : class => value is null ? null : JsonSerializer.Serialize(value);

    private sealed record PrefixRow(
        string Name, long Applied, string? Applicant, long Version, long At, string By, string Party, long State, string? Why, string? Delegation, long? Quota)
    {
        public Prefix ToPrefix() => new(
            Name, Party, (PrefixState)State, Of<PrefixApplicant>(Applicant), Of<PrefixDelegation>(Delegation), Quota, Why, By,
            DateTimeOffset.FromUnixTimeMilliseconds(Applied), DateTimeOffset.FromUnixTimeMilliseconds(At), Version);

        private static T? Of<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json);
    }
}
