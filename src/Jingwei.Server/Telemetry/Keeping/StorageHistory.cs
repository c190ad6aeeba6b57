using Dapper;

namespace Jingwei.Server.Telemetry.Keeping;

/// <summary>How much lay on the disk, when: every ten minutes of the last eight days, and one a day of two years.</summary>
public sealed class StorageHistory
{
    private static readonly TimeSpan Fine = TimeSpan.FromDays(8);
    private static readonly TimeSpan Coarse = TimeSpan.FromDays(731);

    private readonly Database database;

    public StorageHistory(Database database)
    {
        this.database = database;
        database.Migrate(
            "telemetry.storage",
            """
            CREATE TABLE storage_sample (
                at INTEGER PRIMARY KEY, log INTEGER NOT NULL, engine INTEGER NOT NULL, readings INTEGER NOT NULL, sqlite INTEGER NOT NULL, free INTEGER NOT NULL)
            """);
    }

    /// <summary>All that is kept, oldest first.</summary>
    public IReadOnlyList<StorageSample> All => database.Read(store => store
        .Query<(long At, long Log, long Engine, long Readings, long Database, long Free)>("SELECT at, log, engine, readings, sqlite, free FROM storage_sample ORDER BY at")
        .Select(row => new StorageSample(DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Log, row.Engine, row.Readings, row.Database, row.Free))
        .ToList());

    /// <summary>Adds a sample, and leaves of what is older than eight days the first of each UTC day.</summary>
    public void Add(StorageSample sample) => database.Write((store, transaction) =>
    {
        store.Execute(
            "INSERT INTO storage_sample (at, log, engine, readings, sqlite, free) VALUES (@at, @Log, @Engine, @Readings, @Database, @Free) ON CONFLICT DO NOTHING",
            new { at = sample.At.ToUnixTimeMilliseconds(), sample.Log, sample.Engine, sample.Readings, sample.Database, sample.Free },
            transaction);
        store.Execute(
            """
            DELETE FROM storage_sample WHERE at < @coarse
                OR (at < @fine AND EXISTS (SELECT 1 FROM storage_sample AS earlier WHERE earlier.at < storage_sample.at AND earlier.at / 86400000 = storage_sample.at / 86400000))
            """,
            new { fine = (sample.At - Fine).ToUnixTimeMilliseconds(), coarse = (sample.At - Coarse).ToUnixTimeMilliseconds() },
            transaction);
    });
}
