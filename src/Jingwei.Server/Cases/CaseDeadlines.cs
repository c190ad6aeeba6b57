using System.Text.Json;
using Jingwei.Server.Access;

namespace Jingwei.Server.Cases;

/// <summary>
/// Marks cases as their deadlines pass, reminds and escalates. Looks at the store, not at a list of its own, so a restart loses nothing
/// and what passed meanwhile is done at once.
/// </summary>
public sealed partial class CaseDeadlines(CaseStore cases, TimeProvider time, ILogger<CaseDeadlines> log) : BackgroundService
{
    // Deadlines are read again at least this often, so that a clock that was set is followed.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    // Deadlines that passed while others were being marked, or that cannot be marked, are tried again after this.
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(500);

    /// <summary>Does what is due, each once; returns how many cases it came to.</summary>
    public async Task<int> MarkAsync(CancellationToken cancellation)
    {
        // All at once: they share their transactions.
        var marked = await Task.WhenAll(cases.Overdue().Select(id => MarkAsync(id, cancellation)));
        return marked.Count(each => each);
    }

    private async Task<bool> MarkAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return (await cases.SignalAsync(Caller.System, id, new PassTime(), cancellation: cancellation)).Changed;
        }
        catch (Exception damage) when (damage is InvalidOperationException or JsonException)
        {
            // One history that was tampered with must not keep the others from being marked.
            LogDamaged(damage, id);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            while (await MarkAsync(stoppingToken) is > 0 and var marked)
            {
                LogMarked(marked);
            }

            await SleepAsync(stoppingToken);
        }
    }

    private async Task SleepAsync(CancellationToken stopping)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var left = cases.NextDue() - time.GetUtcNow() ?? LongestSleep;
        var sleep = left <= TimeSpan.Zero ? ShortestSleep : left < LongestSleep ? left : LongestSleep;
        await Task.WhenAny(Task.Delay(sleep, time, woken.Token), cases.DeadlinesMoved.WaitToReadAsync(woken.Token).AsTask());
        await woken.CancelAsync();
        cases.DeadlinesMoved.TryRead(out _);
    }

    [LoggerMessage(EventId = 1400, Level = LogLevel.Information, Message = "Deadlines, reminders or escalations came to {Count} cases")]
    private partial void LogMarked(int count);

    [LoggerMessage(EventId = 1401, Level = LogLevel.Error, Message = "The history of case {Case} cannot be read; run verify")]
    private partial void LogDamaged(Exception damage, string @case);
}
