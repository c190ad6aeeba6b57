using Dapper;
using Jingwei.Server;

namespace Jingwei.Tests.Telemetry;

/// <summary>
/// What the database held at a moment. Put back later, the engine is ahead of its checkpoint: as after a kill between the
/// engine's insert and the checkpoint's transaction.
/// </summary>
internal sealed class Crash
{
    private static readonly string[] Tables = ["channel_count", "reject_count", "telemetry_checkpoint", "reject"];

    private readonly Dictionary<string, List<IDictionary<string, object>>> rows;

    public Crash(Database database) => rows = Tables.ToDictionary(
        table => table,
        table => database.Read(store => store.Query($"SELECT * FROM {table}").Cast<IDictionary<string, object>>().ToList()));

    public void Rewind(Database database) => database.Write((store, transaction) =>
    {
        foreach (var (table, kept) in rows)
        {
            store.Execute($"DELETE FROM {table}", transaction: transaction);
            foreach (var row in kept)
            {
                store.Execute(
                    $"INSERT INTO {table} ({string.Join(", ", row.Keys)}) VALUES ({string.Join(", ", row.Keys.Select(key => "@" + key))})",
                    new DynamicParameters(row),
                    transaction);
            }
        }
    });
}
