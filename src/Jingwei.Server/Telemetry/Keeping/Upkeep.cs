using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Store;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Keeping;

/// <summary>Removes, every hour, what is kept no longer: readings, sums, rejects.</summary>
internal sealed partial class Upkeep(
    Retention retention, RejectStore rejects, TelemetryOptions options, TimeProvider clock, ILogger<Upkeep> logger) : BackgroundService
{
    // Rejects removed in one transaction, which others wait for.
    private const int RejectsAtOnce = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to end; the next start goes on.
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            var before = Instant.Of(clock.GetUtcNow() - options.RejectAge);
            while (rejects.Expire(before, RejectsAtOnce) == RejectsAtOnce)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            await retention.ExpireAsync(cancellation);
        }
        catch (Exception error) when (error is EngineException or SqliteException or IOException)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(EventId = 112, Level = LogLevel.Error, Message = "What is kept no longer could not be removed; it is tried again in an hour")]
    private partial void LogFailed(Exception cause);
}
