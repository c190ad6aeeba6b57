using System.Diagnostics;
using System.Globalization;
using System.Text;
using Jingwei.Load.Mqtt;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Relay;

/// <summary>What one run of one server showed.</summary>
/// <param name="Relayed">Messages a second from the first one written until the last one read.</param>
/// <param name="Arrived">Of those that were sent, the part that arrived: QoS 0 may lose.</param>
/// <param name="ServerSeconds">Processor seconds of the server for a million messages.</param>
public sealed record RelayResult(double Relayed, double Arrived, double ServerSeconds)
{
    /// <summary>The rows of the table that runs of a subject make.</summary>
    public static IEnumerable<Figure> Figures(string subject, IReadOnlyList<RelayResult> runs)
    {
        return
        [
            Of("relayed", "messages/s", run => run.Relayed),
            Of("arrived", "of all", run => run.Arrived),
            Of("server's processor", "s/M messages", run => run.ServerSeconds),
        ];

        Figure Of(string measure, string unit, Func<RelayResult, double> value) => new(RelayCommand.Name, measure, unit, subject, [.. runs.Select(value)]);
    }
}

/// <summary>Mosquitto's own clients: lines into one mosquitto_pub, and out of one mosquitto_sub, with QoS 0.</summary>
public static class RelayRun
{
    public const string Publisher = "mosquitto_pub";
    private const string Subscriber = "mosquitto_sub";
    private const int LinesAWrite = 1000;

    // Nothing more after this is nothing any more.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    public static async Task<RelayResult> RunAsync(IBroker broker, int messages, CancellationToken cancellation)
    {
        await broker.StartAsync(cancellation);
        var login = await broker.ApplicationAsync(cancellation);
        using var subscriber = Start(Subscriber, ["-q", "0"], broker.Port, login);
        using var publisher = Start(Publisher, ["-q", "0", "-l"], broker.Port, login);
        try
        {
            var arrivals = new Arrivals(subscriber.StandardOutput.BaseStream);
            await ProbeAsync(arrivals, publisher.StandardInput.BaseStream, cancellation);
            var probes = arrivals.Count;
            var (started, before) = (Stopwatch.GetTimestamp(), Spent.Now(broker.Process));
            await WriteAsync(publisher.StandardInput.BaseStream, messages, cancellation);
            while (arrivals.Count - probes < messages && Stopwatch.GetElapsedTime(arrivals.Last) < Quiet)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellation);
            }

            var count = arrivals.Count - probes;
            return new(
                count / Stopwatch.GetElapsedTime(started, arrivals.Last).TotalSeconds,
                count / (double)messages,
                (Spent.Now(broker.Process) - before).Server / (count / 1e6));
        }
        finally
        {
            publisher.Kill();
            subscriber.Kill();
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, int port, Login login)
    {
        var path = SubjectProcess.Find(program) ?? throw new InvalidOperationException($"{program} is not installed.");
        IEnumerable<string> signIn = login.User is null ? [] : ["-u", login.User, "-P", login.Password!];
        string[] all = ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-t", login.Topic, .. signIn, .. arguments];
        return Process.Start(new ProcessStartInfo(path, all) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    // Both are there when the one shows what the other was given; until then what is sent reaches nobody.
    private static async Task ProbeAsync(Arrivals arrivals, Stream into, CancellationToken cancellation)
    {
        while (arrivals.Count == 0)
        {
            await into.WriteAsync("probe\n"u8.ToArray(), cancellation);
            await into.FlushAsync(cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }

        while (Stopwatch.GetElapsedTime(arrivals.Last) < Quiet)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
    }

    private static async Task WriteAsync(Stream into, int messages, CancellationToken cancellation)
    {
        var lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('x', ReadingPublisher.PayloadBytes) + "\n", LinesAWrite)));
        for (var left = messages; left > 0; left -= LinesAWrite)
        {
            await into.WriteAsync(lines.AsMemory(0, Math.Min(left, LinesAWrite) * (ReadingPublisher.PayloadBytes + 1)), cancellation);
        }

        await into.FlushAsync(cancellation);
    }

    /// <summary>Counts lines that a program prints.</summary>
    private sealed class Arrivals
    {
        private long count;
        private long last;

        public Arrivals(Stream from)
        {
            last = Stopwatch.GetTimestamp();
            _ = Task.Factory.StartNew(() => Read(from), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        public long Count => Volatile.Read(ref count);

        /// <summary>When the last one came.</summary>
        public long Last => Volatile.Read(ref last);

        private void Read(Stream from)
        {
            var buffer = new byte[64 * 1024];
            while (from.Read(buffer) is > 0 and var read)
            {
                Volatile.Write(ref last, Stopwatch.GetTimestamp());
                Interlocked.Add(ref count, buffer.AsSpan(0, read).Count((byte)'\n'));
            }
        }
    }
}
