using System.Buffers.Text;
using System.Text;
using Jingwei.Load.Lines;

namespace Jingwei.Load.Crash;

/// <summary>
/// A device that posts readings as line protocol, a hundred a request, the next request after the answer to the one before. Reading n has
/// the same value and time as that of <see cref="Mqtt.ReadingPublisher"/>.
/// </summary>
/// <param name="meter">The thing's id.</param>
/// <param name="secret">The thing's secret.</param>
/// <param name="firstMs">Time of reading 0 in milliseconds since 1970.</param>
/// <param name="next">The first reading to send: all before it are acknowledged.</param>
public sealed class LineSource(Uri address, string meter, string secret, long firstMs, long next) : IDisposable
{
    /// <summary>Readings in one request.</summary>
    public const int LinesARequest = 100;

    private const int ValueBytes = 8;
    private const int TimeBytes = 13;

    private readonly LineConnection connection = new(
        address, $"POST /write?db=load&precision=ms HTTP/1.1\r\nHost: jingwei\r\nAuthorization: Token {meter}:{secret}\r\n");

    private readonly byte[] line = Encoding.ASCII.GetBytes($"energy,meter={meter} forward_active_energy={new string('0', ValueBytes)} {new string('0', TimeBytes)}\n");
    private long acknowledged = next;

    /// <summary>Readings acknowledged: those with the numbers below.</summary>
    public long Acknowledged => Volatile.Read(ref acknowledged);

    /// <summary>Readings sent: those with the numbers below.</summary>
    public long Sent { get; private set; } = next;

    /// <summary>Posts until told to end, on the thread that calls.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The server ended.</exception>
    public void Run(Func<bool> isOver)
    {
        var body = new byte[line.Length * LinesARequest];
        while (!isOver())
        {
            for (var number = 0; number < LinesARequest; number++)
            {
                Write(body.AsSpan(number * line.Length), Acknowledged + number);
            }

            Sent = Acknowledged + LinesARequest;
            connection.Post(body);
            Volatile.Write(ref acknowledged, Sent);
        }
    }

    public void Dispose() => connection.Dispose();

    private void Write(Span<byte> into, long number)
    {
        line.CopyTo(into);
        Utf8Formatter.TryFormat(Mqtt.ReadingPublisher.FirstValue + number, into[(line.Length - ValueBytes - TimeBytes - 2)..], out _);
        into[line.Length - TimeBytes - 2] = (byte)' ';
        Utf8Formatter.TryFormat(firstMs + number, into[(line.Length - TimeBytes - 1)..], out _);
        into[line.Length - 1] = (byte)'\n';
    }
}
