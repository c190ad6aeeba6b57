using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Transparency;

/// <summary>Keeps the ledger behind the histories that it follows, and publishes it.</summary>
internal sealed partial class LedgerFollowing(ServerLedger ledger, TimeProvider clock, ILogger<LedgerFollowing> logger) : BackgroundService
{
    // Soon enough that what was written is proved before anybody asks, seldom enough that an idle server is idle.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // Some ten looks share a signature and its tiles (tlog-tiles names no interval; public logs publish once a second).
    private static readonly TimeSpan PublishEvery = TimeSpan.FromSeconds(1);

    // A full disk has room again when somebody made it; nobody waits for the ledger meanwhile.
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        var published = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var due = clock.GetElapsedTime(published) >= PublishEvery;
                if (!Try(() => Advance(due, stoppingToken)))
                {
                    await RecoverAsync(stoppingToken);
                }

                published = due ? clock.GetTimestamp() : published;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private void Advance(bool due, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && ledger.Follow())
        {
        }

        if (due && ledger.Size > ledger.Published.Checkpoint.Size)
        {
            ledger.Publish();
        }
    }

    // After a write that failed nobody knows what of it is there: opening anew finds out.
    private async Task RecoverAsync(CancellationToken stopping)
    {
        do
        {
            await Task.Delay(TryAgain, clock, stopping);
        }
        while (!Try(ledger.Reopen));
        LogGoesOn(logger);
    }

    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception fault) when (fault is IOException or SqliteException or InvalidDataException or JsonException)
        {
            LogWaits(logger, fault.Message);
            return false;
        }
    }

    [LoggerMessage(EventId = 4601, Level = LogLevel.Error, Message = "What the ledger follows could not be read, or the ledger not be written; it waits: {Reason}")]
    private static partial void LogWaits(ILogger logger, string reason);

    [LoggerMessage(EventId = 4602, Level = LogLevel.Information, Message = "The ledger is written again")]
    private static partial void LogGoesOn(ILogger logger);
}
