using System.Collections.Immutable;
using Dapper;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Witnessing;

namespace Jingwei.Server.Transparency.Witnessing;

/// <summary>A witness that cosigns the checkpoints of this ledger.</summary>
/// <param name="Name">As the operator calls it.</param>
/// <param name="Url">Its submission prefix (C2SP tlog-witness).</param>
/// <param name="Key">The verifier key of its cosignatures.</param>
internal sealed record AskedWitness(string Name, string Url, string Key)
{
    /// <summary>Most of them: as many signatures as everybody who reads a note takes (signed-note, Signatures).</summary>
    public const int Most = 15;

    public NoteVerifier Verifier { get; } = NoteVerifier.Read(Key).Require();
}

/// <summary>A log whose checkpoints this server cosigns.</summary>
/// <param name="Name">As the operator calls it.</param>
/// <param name="Key">The verifier key of its checkpoints.</param>
internal sealed record WatchedLog(string Name, string Origin, string Key)
{
    /// <summary>Most of them; each has a file of some kilobytes.</summary>
    public const int Most = 1000;

    public WitnessedLog ToWitnessed() => new(Origin, [NoteVerifier.Read(Key).Require()]);
}

/// <summary>Who is to witness this ledger, and which ledgers this server witnesses. Stored before it is seen.</summary>
internal sealed class WitnessBook
{
    private readonly Database database;
    private readonly Lock gate = new();
    private volatile IReadOnlyList<AskedWitness> witnesses;
    private volatile IReadOnlyList<WatchedLog> logs;

    public WitnessBook(Database database)
    {
        this.database = database;
        database.Migrate(
            "transparency.witnesses",
            """
            CREATE TABLE ledger_witness (name TEXT PRIMARY KEY, url TEXT NOT NULL, key TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE ledger_watched (name TEXT PRIMARY KEY, origin TEXT NOT NULL UNIQUE, key TEXT NOT NULL) WITHOUT ROWID;
            """);
        (witnesses, logs) = (ReadWitnesses(), ReadLogs());
    }

    /// <summary>Something of it is another now.</summary>
    public event Action? Changed;

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<AskedWitness> Witnesses => witnesses;

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<WatchedLog> Logs => logs;

    /// <summary>Adds or changes one; false when there are as many as there may be.</summary>
    public bool Save(AskedWitness witness) => Change(() => witnesses.Count < AskedWitness.Most || witnesses.Any(each => each.Name == witness.Name), """
        INSERT INTO ledger_witness (name, url, key) VALUES (@Name, @Url, @Key) ON CONFLICT (name) DO UPDATE SET url = @Url, key = @Key
        """, new { witness.Name, witness.Url, witness.Key });

    /// <inheritdoc cref="Save(AskedWitness)"/>
    public bool Save(WatchedLog log) => Change(() => logs.Count < WatchedLog.Most || logs.Any(each => each.Name == log.Name), """
        INSERT INTO ledger_watched (name, origin, key) VALUES (@Name, @Origin, @Key) ON CONFLICT (name) DO UPDATE SET origin = @Origin, key = @Key
        """, new { log.Name, log.Origin, log.Key });

    /// <summary>Asks a witness no more; false when there is none of that name.</summary>
    public bool RemoveWitness(string name) => Change(() => witnesses.Any(each => each.Name == name), "DELETE FROM ledger_witness WHERE name = @name", new { name });

    /// <summary>Witnesses a log no more; false when there is none of that name. What was cosigned last of it stays known.</summary>
    public bool RemoveLog(string name) => Change(() => logs.Any(each => each.Name == name), "DELETE FROM ledger_watched WHERE name = @name", new { name });

    private bool Change(Func<bool> mayBe, string statement, object values)
    {
        lock (gate)
        {
            if (!mayBe())
            {
                return false;
            }

            database.Write((store, transaction) => store.Execute(statement, values, transaction));
            (witnesses, logs) = (ReadWitnesses(), ReadLogs());
        }

        Changed?.Invoke();
        return true;
    }

    private ImmutableArray<AskedWitness> ReadWitnesses() =>
        [.. database.Read(store => store.Query<(string Name, string Url, string Key)>("SELECT name, url, key FROM ledger_witness ORDER BY name").AsList())
            .Select(row => new AskedWitness(row.Name, row.Url, row.Key))];

    private ImmutableArray<WatchedLog> ReadLogs() =>
        [.. database.Read(store => store.Query<(string Name, string Origin, string Key)>("SELECT name, origin, key FROM ledger_watched ORDER BY name").AsList())
            .Select(row => new WatchedLog(row.Name, row.Origin, row.Key))];
}
