using Dapper;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>How far the log was worked off; kept in the same transactions as what was counted.</summary>
internal sealed class Checkpoint
{
    /// <summary>Everything up to here is in the engine, in the counts and in the rejects.</summary>
    public const string Stored = "stored";

    /// <summary>Everything up to here is in the rollups.</summary>
    public const string RolledUp = "rolled-up";

    private readonly Database database;

    public Checkpoint(Database database)
    {
        this.database = database;
        database.Migrate("telemetry.checkpoint", "CREATE TABLE telemetry_checkpoint (name TEXT PRIMARY KEY, sequence INTEGER NOT NULL)");
    }

    public ulong Read(string name) => (ulong)database.Read(store =>
        store.ExecuteScalar<long?>("SELECT sequence FROM telemetry_checkpoint WHERE name = @name", new { name }) ?? 0);

    public void Advance(string name, ulong sequence) =>
        database.Write((store, transaction) => Advance(store, transaction, name, sequence));

    public static void Advance(SqliteConnection store, SqliteTransaction transaction, string name, ulong sequence) => store.Execute(
        "INSERT INTO telemetry_checkpoint (name, sequence) VALUES (@name, @sequence) ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence",
        new { name, sequence = (long)sequence },
        transaction);
}
