using System.Text.Json;
using Jingwei.Server.Access;

namespace Jingwei.Server.Cases;

/// <summary>
/// Marks cases as their deadlines pass. Looks at the store, not at a list of its own, so a restart loses nothing and
/// what passed meanwhile is marked at once.
/// </summary>
public sealed partial class CaseDeadlines(CaseStore cases, TimeProvider time, ILogger<CaseDeadlines> log) : BackgroundService
{
    // Deadlines are read again at least this often, so that a clock that was set is followed.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    // Deadlines that passed while others were being marked, or that cannot be marked, are tried again after this.
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(500);

    /// <summary>Marks every case whose deadline has passed, each once; returns how many.</summary>
    public async Task<int> MarkAsync(CancellationToken cancellation)
    {
        var marked = 0;
        foreach (var id in cases.Overdue())
        {
            try
            {
                var outcome = await cases.SignalAsync(Caller.System, id, new PassTime(), cancellation: cancellation);
                marked += outcome.Changed ? 1 : 0;
            }
            catch (Exception damage) when (damage is InvalidOperationException or JsonException)
            {
                // One history that was tampered with must not keep the others from being marked.
                LogDamaged(damage, id);
            }
        }

        return marked;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await MarkAsync(stoppingToken) is > 0 and var marked)
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

    [LoggerMessage(EventId = 1400, Level = LogLevel.Information, Message = "{Count} cases passed their deadline")]
    private partial void LogMarked(int count);

    [LoggerMessage(EventId = 1401, Level = LogLevel.Error, Message = "The history of case {Case} cannot be read; run verify")]
    private partial void LogDamaged(Exception damage, string @case);
}
