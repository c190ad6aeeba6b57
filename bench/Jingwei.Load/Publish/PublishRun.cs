using System.Diagnostics;
using Jingwei.Load.Mqtt;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Publish;

/// <summary>How many publish, and how long.</summary>
/// <param name="Window">Messages in flight of each publisher.</param>
public sealed record PublishPlan(int Publishers, int Window, TimeSpan Measured);

/// <summary>What one run of one server showed.</summary>
/// <param name="Acknowledged">Messages acknowledged a second, over all publishers.</param>
/// <param name="ServerSeconds">Processor seconds of the server for a million messages.</param>
/// <param name="LoadSeconds">Processor seconds of the load generator for a million messages.</param>
/// <param name="OthersCores">Processors that were busy with neither of them meanwhile.</param>
/// <param name="PeakMiB">The most resident memory of the server.</param>
public sealed record PublishResult(double Acknowledged, double ServerSeconds, double LoadSeconds, double OthersCores, double PeakMiB)
{
    /// <summary>The rows of the table that runs of a subject make.</summary>
    public static IEnumerable<Figure> Figures(string scenario, string subject, IReadOnlyList<PublishResult> runs)
    {
        return
        [
            Of("acknowledged", "messages/s", run => run.Acknowledged),
            Of("server's processor", "s/M messages", run => run.ServerSeconds),
            Of("load's processor", "s/M messages", run => run.LoadSeconds),
            Of("others' processors", "busy", run => run.OthersCores),
            Of("peak memory", "MiB", run => run.PeakMiB),
        ];

        Figure Of(string measure, string unit, Func<PublishResult, double> value) => new(scenario, measure, unit, subject, [.. runs.Select(value)]);
    }
}

/// <summary>Publishers that keep their windows full for a while; afterwards what was acknowledged must be there.</summary>
public static class PublishRun
{
    // Readings lie in the past; a day leaves room for publishers that send more than one each millisecond.
    private static readonly TimeSpan FirstBack = TimeSpan.FromDays(1);

    /// <exception cref="InvalidOperationException">An answer was not the expected one, or something that was acknowledged is not there.</exception>
    public static async Task<PublishResult> RunAsync(IBroker broker, PublishPlan plan, CancellationToken cancellation)
    {
        await broker.StartAsync(cancellation);
        return await MeasureAsync(broker, await broker.DevicesAsync(plan.Publishers, cancellation), plan, cancellation);
    }

    /// <summary>The same with a server that runs, and whose devices have published nothing yet.</summary>
    /// <param name="devices">As many as publish.</param>
    public static async Task<PublishResult> MeasureAsync(IBroker broker, IReadOnlyList<Login> devices, PublishPlan plan, CancellationToken cancellation)
    {
        var links = await MqttLink.ConnectAllAsync(broker.Port, devices, clean: true, cancellation);
        try
        {
            var firstMs = TimeProvider.System.GetUtcNow().Subtract(FirstBack).ToUnixTimeMilliseconds();
            var publishers = links.Select((link, number) => new ReadingPublisher(link, devices[number].Topic, firstMs, plan.Window)).ToList();
            var over = false;
            var running = Task.WhenAll(publishers.Select(publisher => Task.Run(() => publisher.RunAsync(() => Volatile.Read(ref over)))));
            await Task.WhenAny(running, Task.Delay(plan.Measured / 3, TimeProvider.System, cancellation));
            var (before, spentBefore, started) = (publishers.Sum(publisher => publisher.Acknowledged), Spent.Now(broker.Process), Stopwatch.GetTimestamp());
            await Task.WhenAny(running, Task.Delay(plan.Measured, TimeProvider.System, cancellation));
            var count = publishers.Sum(publisher => publisher.Acknowledged) - before;
            var (took, spent) = (Stopwatch.GetElapsedTime(started).TotalSeconds, Spent.Now(broker.Process) - spentBefore);
            Volatile.Write(ref over, true);
            await running;
            await broker.CheckStoredAsync(publishers.Sum(publisher => publisher.Acknowledged), publishers.Sum(publisher => publisher.Sum), cancellation);
            return new(count / took, spent.Server / (count / 1e6), spent.Load / (count / 1e6), spent.Others / took, broker.Process.PeakMemory / 1048576.0);
        }
        finally
        {
            foreach (var link in links)
            {
                link.Dispose();
            }
        }
    }
}
