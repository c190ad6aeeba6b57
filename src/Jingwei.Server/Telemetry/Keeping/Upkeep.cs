using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Store;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Keeping;

/// <summary>Measures the disk every ten minutes, and removes every hour what is kept no longer: readings, sums, rejects.</summary>
internal sealed partial class Upkeep(
    Retention retention, RejectStore rejects, StorageUse use, StorageHistory history, TelemetryOptions options, TimeProvider clock, ILogger<Upkeep> logger) : BackgroundService
{
    // Rejects removed in one transaction, which others wait for.
    private const int RejectsAtOnce = 1000;

    // Of the times that the disk is measured, one in so many is for removing too.
    private const int RemoveEvery = 6;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
            {
                await RunAsync(tick % RemoveEvery == 0, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to end; the next start goes on.
        }
    }

    private async Task RunAsync(bool remove, CancellationToken cancellation)
    {
        try
        {
            history.Add(use.Measure(await use.TablesAsync()));
            if (!remove)
            {
                return;
            }

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

    [LoggerMessage(EventId = 112, Level = LogLevel.Error, Message = "The disk could not be measured, or what is kept no longer not removed; it is tried again")]
    private partial void LogFailed(Exception cause);
}
