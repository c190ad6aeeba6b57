using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Devices.Commanding;

/// <summary>Sends what waits and minds what was not answered. Works from the store, so that a stop leaves nothing behind.</summary>
internal sealed partial class CommandLoop(Commands commands, TimeProvider clock, ILogger<CommandLoop> logger) : BackgroundService
{
    // The store is looked at again at least this often, so that a clock that was set is followed; and after this when it failed.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var sleep = StorePause;
            try
            {
                sleep = await commands.AdvanceAsync(stoppingToken) > 0 ? TimeSpan.Zero : Left();
            }
            catch (SqliteException fault)
            {
                LogStore(fault);
            }

            await SleepAsync(sleep, stoppingToken);
        }
    }

    private TimeSpan Left()
    {
        var left = commands.NextDue() - clock.GetUtcNow() ?? LongestSleep;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestSleep ? left : LongestSleep;
    }

    private async Task SleepAsync(TimeSpan sleep, CancellationToken stopping)
    {
        if (sleep == TimeSpan.Zero)
        {
            return;
        }

        using var woken = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(Task.Delay(sleep, clock, woken.Token), commands.Woken.WaitToReadAsync(woken.Token).AsTask());
        await woken.CancelAsync();
        commands.Woken.TryRead(out _);
    }

    [LoggerMessage(EventId = 1250, Level = LogLevel.Error, Message = "The store of commands failed; it is tried again")]
    private partial void LogStore(Exception fault);
}
