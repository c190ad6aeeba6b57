using System.Threading.Channels;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>Hands what is accepted to the live indicators at once, and lets them compute a round a second. An error of the store ends both, and the server with them.</summary>
public sealed class IndicatorLoop(Readings readings, EngineSamples samples, LiveIndicators live, TimeProvider time) : BackgroundService
{
    // Messages that may wait while one is taken in; then intake waits.
    private const int Waiting = 1024;

    private static readonly TimeSpan RoundEvery = TimeSpan.FromSeconds(1);

    private ChannelReader<ReadingBatch>? source;

    // Before intake begins, so that nothing passes by.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        source = readings.Follow(Waiting, live.Counts);
        return base.StartAsync(cancellationToken);
    }

    // Intake still has messages to tell when this stops; they must not wait for a reader that is gone.
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        readings.Unfollow(source!);
        while (source!.TryRead(out _))
        {
            // Read anew after the next start.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var (taking, rounds) = (TakeAsync(stop.Token), RoundsAsync(stop.Token));
        await Task.WhenAny(taking, rounds);
        await stop.CancelAsync();
        await Task.WhenAll(taking, rounds);
    }

    private async Task TakeAsync(CancellationToken stopping)
    {
        await foreach (var batch in source!.ReadAllAsync(stopping))
        {
            live.Accept(batch.Readings, batch.Stamp);
        }
    }

    private async Task RoundsAsync(CancellationToken stopping)
    {
        // What was accepted but not computed when the server stopped; all of it when it was stopped before it computed anything.
        foreach (var touched in await samples.TouchedSinceAsync(live.ComputedStamp ?? 0))
        {
            live.Recompute(touched.Thing, touched.Property, touched.From, touched.To);
        }

        using var timer = new PeriodicTimer(RoundEvery, time);
        var (tick, woken) = (timer.WaitForNextTickAsync(stopping).AsTask(), live.Woken.WaitToReadAsync(stopping).AsTask());
        while (true)
        {
            if (await Task.WhenAny(tick, woken) == tick)
            {
                await tick;
                tick = timer.WaitForNextTickAsync(stopping).AsTask();
            }
            else
            {
                await woken;
                live.Woken.TryRead(out _);
                woken = live.Woken.WaitToReadAsync(stopping).AsTask();
            }

            while (await live.RoundAsync(stopping))
            {
                // The backlog was larger than a round.
            }
        }
    }
}
