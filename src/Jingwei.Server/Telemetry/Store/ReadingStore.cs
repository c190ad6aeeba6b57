using Jingwei.Server.Telemetry.Engine;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>The engine's tables of readings, in one of its databases.</summary>
internal sealed class ReadingStore(AnalyticEngine engine, string database)
{
    public AnalyticEngine Engine => engine;

    public string Database => database;

    public ReadingTable Numbers { get; } = new(engine, database, texts: false);

    public ReadingTable Texts { get; } = new(engine, database, texts: true);

    /// <summary>Makes what is not there yet.</summary>
    public async Task CreateAsync()
    {
        await engine.Writer.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {database}");
        await Numbers.CreateAsync();
        await Texts.CreateAsync();
    }
}
