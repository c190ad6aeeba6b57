using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Journal;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry;

/// <summary>Brings readings up before the server listens; takes them down after it stopped listening.</summary>
internal sealed class TelemetryHost(
    ServerOptions server, TelemetryOptions options, EngineOpening opening, Database database, SeriesRegistry series, Readings readings,
    OperatorSql operatorSql, TimeProvider clock) : IHostedService
{
    private const string LogFolderName = "log";
    private const string EngineDatabase = "jingwei";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var store = new ReadingStore(await opening.OpenedAsync(), EngineDatabase);
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
    }
}
