namespace Jingwei.Server.Transparency;

/// <summary>Keeps the ledger behind the histories that it follows, and publishes it.</summary>
internal sealed partial class LedgerFollowing(ServerLedger ledger, TimeProvider clock, ILogger<LedgerFollowing> logger) : BackgroundService
{
    // Soon enough that what was written is proved before anybody asks, seldom enough that an idle server is idle.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // Some ten looks share a signature and its tiles (tlog-tiles names no interval; public logs publish once a second).
    private static readonly TimeSpan PublishEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        var published = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var due = clock.GetElapsedTime(published) >= PublishEvery;
                if (!Advance(due, stoppingToken))
                {
                    return;
                }

                published = due ? clock.GetTimestamp() : published;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    // False when the disk did not take it: nobody knows what of it is there until the next start finds out.
    private bool Advance(bool due, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested && ledger.Follow())
            {
            }

            if (due && ledger.Size > ledger.Published.Checkpoint.Size)
            {
                ledger.Publish();
            }

            return true;
        }
        catch (IOException fault)
        {
            LogStopped(logger, fault.Message);
            return false;
        }
    }

    [LoggerMessage(EventId = 4601, Level = LogLevel.Error, Message = "The ledger has stopped and goes on at the next start: {Reason}")]
    private static partial void LogStopped(ILogger logger, string reason);
}
