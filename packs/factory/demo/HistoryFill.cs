using System.Text.Json.Nodes;
using Jingwei.Demo.Factory.Simulation;

namespace Jingwei.Demo.Factory;

/// <summary>Sends the past in the background, oldest first, all machines side by side and many messages in flight.</summary>
internal sealed class HistoryFill(Api api, Journal journal, TimeProvider time)
{
    /// <summary>Messages on the way at once over all machines: about 5 MB, enough to keep a group commit busy.</summary>
    private const int InFlight = 32;

    private const string ProgressPath = "api/progress/history-fill";

    private long done;
    private long refused;

    public async Task RunAsync(IReadOnlyList<MachineLink> links, IReadOnlyList<List<Report>> past, CancellationToken stop)
    {
        long total = past.Sum(machine => machine.Sum(report => (long)report.Values.Count));
        if (total == 0)
        {
            return;
        }

        var started = time.GetTimestamp();
        journal.Write($"history: sending {total} values of {links.Count} machines");
        using var slots = new SemaphoreSlim(InFlight);
        using var reporting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var progress = TellAsync(total, reporting.Token);
        await Task.WhenAll(links.Select((link, index) => SendAsync(link, past[index], slots, stop)));
        await reporting.CancelAsync();
        await progress;
        await PutAsync(total, stop);
        var took = time.GetElapsedTime(started).TotalSeconds;
        if (refused == 0)
        {
            journal.Write($"history: {total} values acknowledged in {took:F1} s");
        }
        else
        {
            journal.Write($"history: sent {total} values in {took:F1} s; the server refused {refused} messages, see its accounting");
        }
    }

    private async Task SendAsync(MachineLink link, List<Report> reports, SemaphoreSlim slots, CancellationToken stop)
    {
        foreach (var part in reports.Chunk(1000))
        {
            foreach (var payload in Payload.Split(part))
            {
                await slots.WaitAsync(stop);
                try
                {
                    if (!await link.SendAsync($"jw/{link.Thing}/readings", payload, stop))
                    {
                        Interlocked.Increment(ref refused);
                    }
                }
                finally
                {
                    slots.Release();
                }
            }

            Interlocked.Add(ref done, part.Sum(report => (long)report.Values.Count));
        }
    }

    private async Task TellAsync(long total, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await PutAsync(total, stop);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The fill has ended; the last word is its own.
        }
    }

    private async Task PutAsync(long total, CancellationToken stop)
    {
        var body = new JsonObject
        {
            ["name"] = new JsonObject { ["zh"] = "补录历史数据", ["en"] = "Filling in history" },
            ["done"] = Interlocked.Read(ref done),
            ["total"] = total,
        };
        try
        {
            await api.PutAsync(ProgressPath, body, stop);
        }
        catch (Exception e) when (Api.IsFailure(e))
        {
            journal.Write($"history: progress was not taken: {e.Message}");
        }
    }
}
