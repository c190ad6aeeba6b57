using System.Net;
using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>Lets the chain work on: each event is recorded when its time has come. The chain has a clock of its own, which may go faster than ours; events bear our time.</summary>
internal sealed class LiveRun(Recording recording, Naming naming, Presses presses, People people, DemoStart settings, TimeProvider time, Journal journal)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <param name="last">The number of the last event that was recorded.</param>
    public async Task RunAsync(Chain chain, long last, CancellationToken stop)
    {
        var start = time.GetUtcNow();
        DateTimeOffset? begin = null;
        foreach (var happened in chain.Events())
        {
            stop.ThrowIfCancellationRequested();
            if (happened.Number <= last)
            {
                begin = happened.At;
                continue;
            }

            var due = start + ((happened.At - (begin ??= happened.At)) / settings.Speed);
            if (due - time.GetUtcNow() is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, stop);
            }

            await RecordAsync(chain, happened, stop);
        }
    }

    // The time is taken once: sent again, the event is the same and is not kept twice.
    private async Task RecordAsync(Chain chain, ChainEvent happened, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        for (var isAway = false; ; isAway = true)
        {
            try
            {
                if (happened.Made.Count > 0)
                {
                    await naming.RegisterAsync(happened.Firm, happened.Made, stop);
                }

                if (happened.Cycle is { } cycle && happened.Firm == Registration.Pressing)
                {
                    await presses.WriteAsync([(cycle, now)], settings.Speed, stop);
                }

                await recording.CaptureAsync(happened.Firm, happened.ToJson(now, settings.Speed, chain.Name), stop);
                return;
            }
            catch (Exception e) when (MayPass(e))
            {
                people.Forget(happened.Firm.Manager);
                people.Forget(happened.Firm.Quality);
                if (!isAway)
                {
                    journal.Write($"{happened.Firm.Id}: the server is away or a session has ended ({e.Message}); trying until it is back");
                }

                await Task.Delay(Pause, time, stop);
            }
        }
    }

    private static bool MayPass(Exception e) =>
        Api.IsFailure(e) && e is not HttpRequestException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not (HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests) };
}
