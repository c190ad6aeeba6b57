using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Jingwei.Load.Lines;

/// <summary>
/// Data as the Time Series Benchmark Suite makes for its use case cpu-only (github.com/timescale/tsbs, pkg/data/usecases/devops): hosts
/// with ten tags, ten fields each, clamped random walks from 0 to 100 with steps of a standard normal distribution, cut to integers; all
/// hosts at one time, then all at the next. Made once, before anything is measured, and the same bytes for every store.
/// </summary>
public sealed class CpuLines
{
    /// <summary>What TSBS calls the log interval: seconds between two values of a field.</summary>
    public const int StepSeconds = 10;

    /// <summary>Database, and so the channel, that the lines are written to.</summary>
    public const string Database = "tsbs";

    public const string Measurement = "cpu";

    /// <summary>
    /// Time of the first line. A fixed one, so that every run has the same bytes; some years back, so that it lies in the past whatever the
    /// clock of the machine, and within the ten years that the server accepts until 2034.
    /// </summary>
    public static readonly DateTimeOffset First = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The ten fields of TSBS's measurement cpu.</summary>
    public static readonly IReadOnlyList<string> Fields =
    [
        "usage_user", "usage_system", "usage_idle", "usage_nice", "usage_iowait",
        "usage_irq", "usage_softirq", "usage_steal", "usage_guest", "usage_guest_nice",
    ];

    // TSBS's own example seeds with 123.
    private const int Seed = 123;

    // "cpu,hostname=...,service_environment=production usage_user=100i,... 1735689600000000000\n" has at most some 380 bytes.
    private const int LineBytes = 512;

    private CpuLines(IReadOnlyList<IReadOnlyList<ReadOnlyMemory<byte>>> requests, LinesShape shape, long sum) =>
        (Requests, Shape, Sum) = (requests, shape, sum);

    /// <summary>Bodies of requests for each connection, in the order in which it sends them.</summary>
    public IReadOnlyList<IReadOnlyList<ReadOnlyMemory<byte>>> Requests { get; }

    public LinesShape Shape { get; }

    /// <summary>The sum of all values.</summary>
    public long Sum { get; }

    /// <summary>Makes the data. Each connection has its own hosts.</summary>
    public static CpuLines Make(LinesShape shape)
    {
        var random = new Random(Seed);
        var hosts = Enumerable.Range(0, shape.Hosts).Select(number => new CpuHost(number, random)).ToList();
        var requests = Enumerable.Range(0, shape.Connections).Select(_ => new List<ReadOnlyMemory<byte>>()).ToList();
        var each = shape.Hosts / shape.Connections;
        var body = new ArrayBufferWriter<byte>(shape.LinesARequest * LineBytes);
        long sum = 0;
        for (var connection = 0; connection < shape.Connections; connection++)
        {
            var own = hosts.GetRange(connection * each, each);
            for (var line = 0L; line < shape.LinesAConnection; line++)
            {
                var (step, host) = Math.DivRem(line, each);
                sum += own[(int)host].Write(body, First.AddSeconds(step * StepSeconds));
                if ((line + 1) % shape.LinesARequest == 0)
                {
                    requests[connection].Add(body.WrittenSpan.ToArray());
                    body.ResetWrittenCount();
                }
            }
        }

        return new CpuLines(requests, shape, sum);
    }

    /// <summary>A host: its tags never change, its ten values walk.</summary>
    private sealed class CpuHost
    {
        private static readonly string[][] Regions =
        [
            ["us-east-1", "a", "b", "c", "e"], ["us-west-1", "a", "b"], ["us-west-2", "a", "b", "c"], ["eu-west-1", "a", "b", "c"],
            ["eu-central-1", "a", "b"], ["ap-southeast-1", "a", "b"], ["ap-southeast-2", "a", "b"], ["ap-northeast-1", "a", "c"],
            ["sa-east-1", "a", "b", "c"],
        ];

        private static readonly byte[][] Names = [.. Fields.Select(field => Encoding.ASCII.GetBytes(field + "="))];

        private readonly Random random;
        private readonly byte[] tags;
        private readonly double[] values;

        public CpuHost(int number, Random random)
        {
            this.random = random;
            var region = One(Regions);
            tags = Encoding.ASCII.GetBytes(
                $"{Measurement},hostname=host_{number},region={region[0]},datacenter={region[0]}{One(region[1..])},rack={random.Next(100)},"
                + $"os={One(["Ubuntu16.10", "Ubuntu16.04LTS", "Ubuntu15.10"])},arch={One(["x64", "x86"])},team={One(["SF", "NYC", "LON", "CHI"])},"
                + $"service={random.Next(20)},service_version={random.Next(2)},service_environment={One(["production", "staging", "test"])} ");
            values = [.. Fields.Select(_ => random.NextDouble() * 100)];
        }

        /// <summary>Writes the line of a time, after every value has gone a step on; returns the sum of its values.</summary>
        public long Write(ArrayBufferWriter<byte> body, DateTimeOffset time)
        {
            var line = body.GetSpan(LineBytes);
            tags.CopyTo(line);
            var length = tags.Length;
            long sum = 0;
            for (var field = 0; field < values.Length; field++)
            {
                values[field] = Math.Clamp(values[field] + Normal(), 0, 100);
                var value = (long)values[field];
                sum += value;
                Names[field].CopyTo(line[length..]);
                length += Names[field].Length + Number(line[(length + Names[field].Length)..], value);
                line[length++] = (byte)'i';
                line[length++] = (byte)(field < values.Length - 1 ? ',' : ' ');
            }

            // Nanoseconds of whole seconds.
            length += Number(line[length..], time.ToUnixTimeSeconds() * 1_000_000_000);
            line[length++] = (byte)'\n';
            body.Advance(length);
            return sum;
        }

        private static int Number(Span<byte> into, long value) =>
            Utf8Formatter.TryFormat(value, into, out var written) ? written : throw new InvalidOperationException("A line is longer than expected.");

        // Box and Muller's transform (1958).
        private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        private T One<T>(T[] of) => of[random.Next(of.Length)];
    }
}
