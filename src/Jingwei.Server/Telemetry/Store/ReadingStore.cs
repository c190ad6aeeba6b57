using Jingwei.Server.Telemetry.Engine;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>The engine's tables of readings, in one of its databases.</summary>
internal sealed class ReadingStore(AnalyticEngine engine, string database)
{
    public AnalyticEngine Engine => engine;

    public string Database => database;

    public ReadingTable Numbers { get; } = new(engine, database, texts: false);

    public ReadingTable Texts { get; } = new(engine, database, texts: true);

    /// <summary>Finest first; each width is a multiple of the one before.</summary>
    public IReadOnlyList<RollupTable> Rollups { get; } =
    [
        new(engine, database, "minutes", Instant.PerMinute),
        new(engine, database, "hours", Instant.PerHour),
        new(engine, database, "days", Instant.PerDay),
    ];

    /// <summary>Rows and bytes on disk of all tables.</summary>
    public Task<(long Rows, long Bytes)> SizeAsync() => engine.Reader.QueryAsync(
        $"SELECT toInt64(sum(rows)), toInt64(sum(bytes_on_disk)) FROM system.parts WHERE active AND database = '{database}' AND table IN ('readings', 'states')",
        static rows => (rows.Int64(), rows.Int64()));

    /// <summary>Makes what is not there yet.</summary>
    /// <exception cref="EngineException">The tables are those of an earlier version.</exception>
    public async Task CreateAsync()
    {
        await engine.Writer.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {database}");
        if (await HasOldLayoutAsync())
        {
            throw new EngineException("The readings in the data folder were written by an earlier version, whose layout this one does not read: start with an empty --data folder.");
        }

        await Numbers.CreateAsync();
        await Texts.CreateAsync();
        foreach (var table in Rollups)
        {
            await table.CreateAsync();
        }
    }

    // Until codes came, values were stored as they are.
    private Task<bool> HasOldLayoutAsync() => engine.Writer.QueryAsync(
        $"SELECT count() FROM system.columns WHERE database = '{database}' AND table = 'readings' AND name = 'value' AND default_kind != 'ALIAS'",
        static rows => rows.Int64() > 0);
}
