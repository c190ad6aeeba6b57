using System.Diagnostics;
using System.Text;
using Jingwei.Load.Mqtt;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Fanout;

/// <summary>How many subscribe, and how long.</summary>
/// <param name="Qos">Of the publisher and of all subscribers.</param>
/// <param name="Window">Messages that not all subscribers together have, at most.</param>
public sealed record FanoutPlan(int Subscribers, int Qos, int Window, TimeSpan Measured);

/// <summary>What one run of one server showed.</summary>
/// <param name="Delivered">Deliveries a second, over all subscribers.</param>
/// <param name="ServerSeconds">Processor seconds of the server for a million deliveries.</param>
/// <param name="LoadSeconds">Processor seconds of the load generator for a million deliveries.</param>
/// <param name="OthersCores">Processors that were busy with neither of them meanwhile.</param>
public sealed record FanoutResult(double Delivered, double ServerSeconds, double LoadSeconds, double OthersCores)
{
    /// <summary>The rows of the table that runs of a subject make.</summary>
    public static IEnumerable<Figure> Figures(string scenario, string subject, IReadOnlyList<FanoutResult> runs)
    {
        return
        [
            Of("delivered", "messages/s", run => run.Delivered),
            Of("server's processor", "s/M messages", run => run.ServerSeconds),
            Of("load's processor", "s/M messages", run => run.LoadSeconds),
            Of("others' processors", "busy", run => run.OthersCores),
        ];

        Figure Of(string measure, string unit, Func<FanoutResult, double> value) => new(scenario, measure, unit, subject, [.. runs.Select(value)]);
    }
}

/// <summary>
/// One publisher, many subscribers. The publisher goes on when what is under way to all of them together falls below its window, so nothing
/// need be dropped; a message that does not arrive at all ends the run.
/// </summary>
public sealed class FanoutRun(IBroker broker, FanoutPlan plan)
{
    private const string Topic = "load/fan";

    private static readonly TimeSpan ArrivesWithin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LastMessages = TimeSpan.FromMilliseconds(200);

    private readonly byte[] packet = Packets.Publish(Topic, plan.Qos, 1, Encoding.ASCII.GetBytes(new string('x', ReadingPublisher.PayloadBytes)));
    private long delivered;
    private bool over;

    /// <exception cref="TimeoutException">Messages did not arrive.</exception>
    public async Task<FanoutResult> RunAsync(CancellationToken cancellation)
    {
        await broker.StartAsync(cancellation);
        var login = await broker.ApplicationAsync(cancellation);
        var logins = Enumerable.Range(0, plan.Subscribers).Select(number => login with { ClientId = $"subscriber-{number}" }).ToList();
        var links = await MqttLink.ConnectAllAsync(broker.Port, logins, clean: true, cancellation);
        using var own = await MqttLink.ConnectAsync(broker.Port, login, clean: true, cancellation);
        try
        {
            await Task.WhenAll(links.Select(link => link.SubscribeAsync(Topic, plan.Qos, cancellation)));
            // While the publisher waits, a window is under way to each on average: a quarter of it is sure to come to somebody.
            WakeAt(links, plan.Window / 4 * packet.Length);
            var identifierAt = plan.Qos > 0 ? packet.Length - ReadingPublisher.PayloadBytes - 2 : 0;
            var taking = links.Select(link => new Subscriber(link, packet.Length, identifierAt, count => Interlocked.Add(ref delivered, count)).RunAsync()).ToList();
            var publishing = Task.Factory.StartNew(() => Publish(own), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            var ends = Task.WhenAny([publishing, .. taking]);
            await Task.WhenAny(ends, Task.Delay(plan.Measured / 3, TimeProvider.System, cancellation));
            var (before, spentBefore, started) = (Volatile.Read(ref delivered), Spent.Now(broker.Process), Stopwatch.GetTimestamp());
            await Task.WhenAny(ends, Task.Delay(plan.Measured, TimeProvider.System, cancellation));
            var count = Volatile.Read(ref delivered) - before;
            var (took, spent) = (Stopwatch.GetElapsedTime(started).TotalSeconds, Spent.Now(broker.Process) - spentBefore);
            // Those that wait notice it with the next message.
            WakeAt(links, 1);
            await Task.Delay(LastMessages, TimeProvider.System, cancellation);
            Volatile.Write(ref over, true);
            await (await Task.WhenAny([publishing, .. taking]));
            await publishing;
            return new(count / took, spent.Server / (count / 1e6), spent.Load / (count / 1e6), spent.Others / took);
        }
        finally
        {
            foreach (var link in links)
            {
                link.Dispose();
            }
        }
    }

    private static void WakeAt(IReadOnlyList<MqttLink> links, int bytes)
    {
        foreach (var link in links)
        {
            link.WakeAt(bytes);
        }
    }

    // Blocks a thread of its own: it sleeps while the window is full.
    private void Publish(MqttLink own)
    {
        var answers = new byte[ushort.MaxValue];
        long sent = 0;
        while (!Volatile.Read(ref over))
        {
            var free = plan.Window - (sent - (Volatile.Read(ref delivered) / plan.Subscribers));
            for (; free > 0; free--, sent++)
            {
                SetIdentifier(sent);
                own.Socket.Send(packet);
            }

            if (own.Socket.Available > 0)
            {
                own.Socket.Receive(answers);
            }

            Thread.Sleep(1);
        }

        var waited = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref delivered) < sent * plan.Subscribers)
        {
            if (Stopwatch.GetElapsedTime(waited) > ArrivesWithin)
            {
                throw new TimeoutException($"{sent} messages were published to {plan.Subscribers} subscribers; {Volatile.Read(ref delivered)} arrived.");
            }

            Thread.Sleep(1);
        }
    }

    private void SetIdentifier(long number)
    {
        if (plan.Qos > 0)
        {
            var identifier = (ushort)((number % ushort.MaxValue) + 1);
            var at = packet.Length - ReadingPublisher.PayloadBytes - 2;
            (packet[at], packet[at + 1]) = ((byte)(identifier >> 8), (byte)identifier);
        }
    }
}
