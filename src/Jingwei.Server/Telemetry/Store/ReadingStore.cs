using Jingwei.Server.Telemetry.Engine;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>The engine's tables of readings, in one of its databases.</summary>
internal sealed class ReadingStore(AnalyticEngine engine, string database)
{
    public AnalyticEngine Engine => engine;

    public string Database => database;

    public ReadingTable Numbers { get; } = new(engine, database, texts: false);

    public ReadingTable Texts { get; } = new(engine, database, texts: true);

    public RollupTables Rollups { get; } = new(engine, database);

    /// <summary>Rows and bytes on disk of all tables.</summary>
    public Task<(long Rows, long Bytes)> SizeAsync() => engine.Reader.QueryAsync(
        $"SELECT toInt64(sum(rows)), toInt64(sum(bytes_on_disk)) FROM system.parts WHERE active AND database = '{database}' AND table IN ('readings', 'states')",
        static rows => (rows.Int64(), rows.Int64()));

    /// <summary>Makes what is not there yet.</summary>
    public async Task CreateAsync()
    {
        await engine.Writer.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {database}");
        await Numbers.CreateAsync();
        await Texts.CreateAsync();
        await Rollups.CreateAsync();
    }
}
