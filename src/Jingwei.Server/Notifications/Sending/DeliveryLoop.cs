using Jingwei.Server.Notifications.Mail;
using Jingwei.Server.Notifications.Webhooks;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Notifications.Sending;

/// <summary>
/// Sends what is due: to each target one after the other, to several targets at once. A stop in the middle of an attempt leaves it waiting, so
/// it is made again.
/// </summary>
internal sealed partial class DeliveryLoop(Outbox outbox, WebhookSender webhooks, MailSender mail, TimeProvider clock, ILogger<DeliveryLoop> logger)
    : BackgroundService
{
    // Attempts at once: each may wait for its other side as long as its time limit, and holds a connection.
    private const int AtOnce = 16;

    // The store is looked at again at least this often, so that a clock that was set is followed; and after this when it failed.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Task> busy = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var sleep = LongestSleep;
            try
            {
                await BeginAsync(stoppingToken);
                sleep = Sleep();
            }
            catch (SqliteException fault)
            {
                LogStore(fault);
                sleep = StorePause;
            }

            await WaitAsync(sleep, stoppingToken);
        }
    }

    private async Task BeginAsync(CancellationToken stopping)
    {
        foreach (var (target, attempt) in busy.Where(each => each.Value.IsCompleted).ToList())
        {
            // What it threw, if anything, ends the loop: it is none of the faults that can be answered.
            await attempt;
            busy.Remove(target);
        }

        if (busy.Count >= AtOnce)
        {
            return;
        }

        foreach (var delivery in outbox.Due([.. busy.Keys], AtOnce - busy.Count))
        {
            busy[delivery.Target] = AttemptAsync(delivery, stopping);
        }
    }

    private async Task AttemptAsync(Delivery delivery, CancellationToken stopping)
    {
        try
        {
            var outcome = delivery.IsMail ? await mail.SendAsync(delivery, stopping) : await webhooks.SendAsync(delivery, stopping);
            KillPoint.Reach("delivery-sent");
            outbox.Finish(delivery, outcome);
            KillPoint.Reach("delivery-noted-committed");
            if (outcome.Error is { } error)
            {
                LogFailed(delivery.Target, delivery.Message, delivery.Attempts + 1, error);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It stays waiting, and is sent after the next start.
        }
        catch (SqliteException fault)
        {
            // Not known what came of it: it stays waiting, and is sent again with the same id.
            LogStore(fault);
            await PauseAsync(stopping);
        }
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(StorePause, clock, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops; what was not written is sent after the next start.
        }
    }

    private TimeSpan Sleep()
    {
        if (busy.Count >= AtOnce || outbox.NextDue([.. busy.Keys]) is not { } next)
        {
            return LongestSleep;
        }

        var left = next - clock.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestSleep ? left : LongestSleep;
    }

    private async Task WaitAsync(TimeSpan sleep, CancellationToken stopping)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny([Task.Delay(sleep, clock, woken.Token), outbox.Woken.WaitToReadAsync(woken.Token).AsTask(), .. busy.Values]);
        await woken.CancelAsync();
        outbox.Woken.TryRead(out _);
    }

    [LoggerMessage(EventId = 1510, Level = LogLevel.Warning, Message = "Delivery {Message} to {Target} failed at attempt {Attempt}: {Error}")]
    private partial void LogFailed(string target, string message, long attempt, string error);

    [LoggerMessage(EventId = 1511, Level = LogLevel.Error, Message = "The store of deliveries failed; it is tried again")]
    private partial void LogStore(Exception fault);
}
