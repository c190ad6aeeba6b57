using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Journal;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry;

/// <summary>Opens the engine and brings readings up before the server listens; takes both down after it stopped listening.</summary>
internal sealed class TelemetryHost(
    ServerOptions server, TelemetryOptions options, Database database, SeriesRegistry series, Readings readings, OperatorSql operatorSql, TimeProvider clock) : IHostedService
{
    private const string LogFolderName = "log";
    private const string EngineFolderName = "engine";
    private const string EngineDatabase = "jingwei";

    private AnalyticEngine? engine;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            engine = await AnalyticEngine.OpenAsync(Path.GetFullPath(Path.Combine(server.Data, EngineFolderName)), options.Engine);
            var store = new ReadingStore(engine, EngineDatabase);
            await readings.StartAsync(new LogFolder(Path.Combine(server.Data, LogFolderName)), store, new Rollups(store, series, database, options, clock));
        }
        catch (Exception error) when (error is EngineException or LogDamagedException)
        {
            throw new CannotStartException(error.Message);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await readings.DisposeAsync();
        operatorSql.Dispose();
        engine?.Dispose();
        engine = null;
    }
}
