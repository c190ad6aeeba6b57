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
        database.Migrate("telemetry.checkpoint", "CREATE TABLE telemetry_checkpoint (name TEXT PRIMARY KEY, stamp INTEGER NOT NULL)");
    }

    public long Read(string name) => database.Read(store =>
        store.ExecuteScalar<long?>("SELECT stamp FROM telemetry_checkpoint WHERE name = @name", new { name }) ?? 0);

    public void Advance(string name, long stamp) =>
        database.Write((store, transaction) => Advance(store, transaction, name, stamp));

    public static void Advance(SqliteConnection store, SqliteTransaction transaction, string name, long stamp) => store.Execute(
        "INSERT INTO telemetry_checkpoint (name, stamp) VALUES (@name, @stamp) ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp",
        new { name, stamp },
        transaction);
}
