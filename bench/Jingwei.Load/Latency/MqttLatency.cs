using System.Diagnostics;
using Jingwei.Load.Mqtt;

namespace Jingwei.Load.Latency;

/// <summary>
/// What it takes from when a reading is due until its PUBACK is there. Each is due at its own instant, whatever became of those before
/// it; so a server that stops for a while pays for every reading that was due meanwhile, not only for those that were sent.
/// </summary>
public sealed class MqttLatency(LatencyPlan plan)
{
    private const int Publishers = 100;
    private const int Window = 100;

    private long firstMs;

    public async Task<LatencyResult> RunAsync(CancellationToken cancellation)
    {
        await using var broker = new JingweiBroker();
        await broker.StartAsync(cancellation);
        firstMs = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds();
        var devices = await broker.DevicesAsync(Publishers, cancellation);
        var links = await MqttLink.ConnectAllAsync(broker.Port, devices, clean: true, cancellation);
        try
        {
            var publishers = links.Select((link, number) => new ReadingPublisher(link, devices[number].Topic, firstMs, Window)).ToList();
            await TopAsync(publishers, plan.Measured / 3, cancellation);
            var top = await TopAsync(publishers, plan.Measured / 2, cancellation);
            await CheckAsync();
            var steady = await PacedAsync(publishers, plan.Rate);
            await CheckAsync();
            var half = await PacedAsync(publishers, top / 2);
            await CheckAsync();
            return new(top, steady, half);

            // Also waits until nothing is pending.
            Task CheckAsync() => broker.CheckStoredAsync(publishers.Sum(each => each.Acknowledged), publishers.Sum(each => each.Sum), cancellation);
        }
        finally
        {
            foreach (var link in links)
            {
                link.Dispose();
            }
        }
    }

    private static async Task<double> TopAsync(List<ReadingPublisher> publishers, TimeSpan length, CancellationToken cancellation)
    {
        var over = false;
        var (started, before) = (Stopwatch.GetTimestamp(), publishers.Sum(publisher => publisher.Acknowledged));
        var running = Task.WhenAll(publishers.Select(publisher => Task.Run(() => publisher.RunAsync(() => Volatile.Read(ref over)))));
        await Task.WhenAny(running, Task.Delay(length, TimeProvider.System, cancellation));
        Volatile.Write(ref over, true);
        await running;
        return (publishers.Sum(publisher => publisher.Acknowledged) - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<Percentiles> PacedAsync(List<ReadingPublisher> publishers, double rate)
    {
        var each = (int)(plan.Measured.TotalSeconds * rate / Publishers);
        var schedule = new Schedule(rate, Publishers);
        var taking = publishers.Select((publisher, number) => Task.Run(() => TakeAsync(publisher, number, each, schedule))).ToList();
        await Task.Factory.StartNew(() => Send(publishers, each, schedule), TaskCreationOptions.LongRunning);
        return Percentiles.Of(rate, [.. (await Task.WhenAll(taking)).SelectMany(took => took)]);
    }

    private static void Send(List<ReadingPublisher> publishers, int each, Schedule schedule)
    {
        var starts = publishers.ConvertAll(publisher => publisher.Sent);
        while (publishers.Zip(starts).Any(pair => pair.First.Sent < pair.Second + each))
        {
            for (var number = 0; number < publishers.Count; number++)
            {
                publishers[number].SendTo(starts[number] + Math.Min(each, schedule.DueOf(number)));
            }

            Thread.Sleep(1);
        }
    }

    private static async Task<double[]> TakeAsync(ReadingPublisher publisher, int number, int count, Schedule schedule)
    {
        var took = new double[count];
        for (var taken = 0; taken < count;)
        {
            var more = await publisher.TakeAsync();
            var now = schedule.Elapsed;
            for (var end = taken + more; taken < end; taken++)
            {
                took[taken] = (now - schedule.Due(number, taken)).TotalMilliseconds;
            }
        }

        return took;
    }

    /// <summary>When which reading of which publisher is due: evenly, one publisher after the other.</summary>
    private sealed class Schedule(double rate, int publishers)
    {
        private readonly long started = Stopwatch.GetTimestamp();

        public TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

        public TimeSpan Due(int publisher, long reading) => TimeSpan.FromSeconds(((reading * publishers) + publisher) / rate);

        /// <summary>How many readings of a publisher are due by now.</summary>
        public long DueOf(int publisher) => (long)Math.Max(0, Math.Floor(((Elapsed.TotalSeconds * rate) - publisher) / publishers) + 1);
    }
}
