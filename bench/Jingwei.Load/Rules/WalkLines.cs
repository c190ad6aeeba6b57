using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Jingwei.Load.Lines;

namespace Jingwei.Load.Rules;

/// <summary>The past that rules are tried on: each thing walks at random between 10 and 99, a value each second.</summary>
/// <param name="hours">All things go on together, by an hour at a time.</param>
internal sealed class WalkLines(int things, int hours)
{
    public const int SecondsAnHour = 3600;

    // Two more than the two cores, since each waits for its answer.
    private const int Connections = 4;

    // Of an hour each.
    private const int ThingsARequest = 4;

    public long Values => (long)things * hours * SecondsAnHour;

    /// <summary>Sends everything.</summary>
    public Task SendAsync(ILineStore store) => Task.WhenAll(Enumerable.Range(0, Connections).Select(number => Task.Factory.StartNew(
        () => Send(store, things * number / Connections, things * (number + 1) / Connections),
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private void Send(ILineStore store, int from, int to)
    {
        using var connection = new LineConnection(store);
        var random = new Random(1 + from);
        var lines = Enumerable.Range(from, to - from).Select(thing => Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"cpu,hostname=host_{thing} usage_user=00i 0000000000000000000\n"))).ToArray();
        var values = new int[lines.Length];
        Array.Fill(values, 50);
        var body = new byte[lines.Max(line => line.Length) * SecondsAnHour * ThingsARequest];
        for (var hour = 0; hour < hours; hour++)
        {
            var first = CpuLines.First.AddHours(hour).ToUnixTimeSeconds();
            for (var some = 0; some < lines.Length; some += ThingsARequest)
            {
                var length = 0;
                for (var thing = some; thing < Math.Min(lines.Length, some + ThingsARequest); thing++)
                {
                    length += Fill(body.AsSpan(length), lines[thing], ref values[thing], first, random);
                }

                connection.Post(body.AsSpan(0, length));
            }
        }
    }

    private static int Fill(Span<byte> body, byte[] line, ref int value, long first, Random random)
    {
        for (var second = 0; second < SecondsAnHour; second++)
        {
            value = Math.Clamp(value + random.Next(-1, 2), 10, 99);
            var into = body.Slice(second * line.Length, line.Length);
            line.CopyTo(into);
            Utf8Formatter.TryFormat(value, into[(line.Length - 24)..], out _);
            Utf8Formatter.TryFormat((first + second) * 1_000_000_000, into[(line.Length - 20)..], out _);
        }

        return line.Length * SecondsAnHour;
    }
}
