using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Jingwei.Load.Identifiers;

/// <summary>What a run of questions came to.</summary>
/// <param name="Milliseconds">How long each took, shortest first.</param>
internal sealed record Asked(double PerSecond, double[] Milliseconds, long Wrong)
{
    public double At(double part) => Milliseconds[(int)Math.Min(Milliseconds.Length - 1, Milliseconds.Length * part)];
}

/// <summary>Asks a server for random targets over connections that stay: each asks again once it was answered, or at a rate.</summary>
internal static class HttpQuestions
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    /// <param name="target">Writes the target number n; returns its length.</param>
    /// <param name="perSecond">Of all connections together, paced by the clock; null: as fast as they are answered.</param>
    public static async Task<Asked> AskAsync(
        IPEndPoint server, int connections, TimeSpan length, int targets, Func<Memory<byte>, long, int> target, double? perSecond, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(
            () => AskAsync(server, new Random(connection), length, targets, target, perSecond / connections, cancellation), cancellation)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var times = all.SelectMany(each => each.Times).ToArray();
        Array.Sort(times);
        return new(times.Length / seconds, times, all.Sum(each => each.Wrong));
    }

    private static async Task<(List<double> Times, long Wrong)> AskAsync(
        IPEndPoint server, Random random, TimeSpan length, int targets, Func<Memory<byte>, long, int> target, double? perSecond, CancellationToken cancellation)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellation);
        var (request, answer) = (new byte[1024], new byte[16 << 10]);
        var (times, wrong) = (new List<double>(1 << 16), 0L);
        var begun = Stopwatch.GetTimestamp();
        for (long number = 0; Stopwatch.GetElapsedTime(begun) < length; number++)
        {
            var due = perSecond is { } rate ? begun + (long)((number + random.NextDouble()) / rate * Stopwatch.Frequency) : Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, cancellation);
                // The timer is a millisecond's; what it oversleeps is not the server's.
                due = Math.Max(due, Stopwatch.GetTimestamp());
            }

            var bytes = Write(request, target, random.NextInt64(targets));
            await socket.SendAsync(request.AsMemory(0, bytes), cancellation);
            if (!await ReadAsync(socket, answer, cancellation))
            {
                wrong++;
            }

            times.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
        }

        return (times, wrong);
    }

    private static int Write(byte[] request, Func<Memory<byte>, long, int> target, long number)
    {
        "GET "u8.CopyTo(request);
        var at = 4 + target(request.AsMemory(4), number);
        var rest = " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8;
        rest.CopyTo(request.AsSpan(at));
        return at + rest.Length;
    }

    // True when it is 200 with a body of the length that it says.
    private static async Task<bool> ReadAsync(Socket socket, byte[] answer, CancellationToken cancellation)
    {
        for (var read = 0; ;)
        {
            var more = await socket.ReceiveAsync(answer.AsMemory(read), cancellation);
            if (more == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            read += more;
            var head = answer.AsSpan(0, read).IndexOf(HeadEnd);
            if (head >= 0 && Length(answer.AsSpan(0, head)) is var length && read >= head + HeadEnd.Length + length)
            {
                return length > 0 && answer.AsSpan(0, head).StartsWith("HTTP/1.1 200"u8);
            }
        }
    }

    private static int Length(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        var digits = head[(at + name.Length)..];
        var end = digits.IndexOf((byte)'\r');
        return at < 0 ? 0 : int.Parse(Encoding.ASCII.GetString(end < 0 ? digits : digits[..end]), System.Globalization.CultureInfo.InvariantCulture);
    }
}
