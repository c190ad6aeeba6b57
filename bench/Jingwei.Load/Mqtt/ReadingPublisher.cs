using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Jingwei.Load.Mqtt;

/// <summary>
/// A device that publishes readings with QoS 1: 64 bytes of JSON with a time and a value of its own each, from a ring of prebuilt packets in
/// which those digits alone change. Reading n has the value 10,000,000 + n and a time n milliseconds after the first.
/// </summary>
public sealed class ReadingPublisher
{
    public const int PayloadBytes = 64;

    /// <summary>The value of reading 0, so that all have eight digits.</summary>
    public const int FirstValue = 10_000_000;

    private const string Payload = """{"ts":1000000000000,"values":{"forward_active_energy":10000000}}""";
    private const int TimeAt = 6;
    private const int ValueAt = 54;

    private readonly MqttLink link;
    private readonly long firstMs;
    private readonly int window;
    private readonly byte[] ring;
    private readonly int packetBytes;
    private readonly byte[] answers;
    private int kept;
    private long sent;
    private long acknowledged;

    /// <param name="firstMs">Time of reading 0 in milliseconds since 1970.</param>
    /// <param name="window">Readings in flight at most; 1 to 65,535.</param>
    /// <param name="next">The first reading to send: all before it are acknowledged.</param>
    public ReadingPublisher(MqttLink link, string topic, long firstMs, int window, long next = 0)
    {
        (this.link, this.firstMs, this.window, sent, acknowledged) = (link, firstMs, window, next, next);
        var packets = Enumerable.Range(1, window).Select(identifier => Packets.Publish(topic, 1, (ushort)identifier, Encoding.ASCII.GetBytes(Payload))).ToList();
        packetBytes = packets[0].Length;
        ring = [.. packets.SelectMany(packet => packet)];
        answers = new byte[window * Packets.PubAckBytes];
    }

    /// <summary>Readings acknowledged: those with the numbers below.</summary>
    public long Acknowledged => Volatile.Read(ref acknowledged);

    /// <summary>Readings sent: those with the numbers below.</summary>
    public long Sent => Volatile.Read(ref sent);

    /// <summary>The sum of the values acknowledged, if it began with reading 0.</summary>
    public long Sum => (Acknowledged * FirstValue) + (Acknowledged * (Acknowledged - 1) / 2);

    /// <summary>
    /// Fills the window, and again whenever half of it is acknowledged, until told to end; then takes the last answers. Half, because a
    /// server that answers one by one would otherwise get its messages one by one, and both sides would do little but call the system.
    /// For the same reason the system wakes it when so many answers are there, not at each (SO_RCVLOWAT, socket(7)).
    /// </summary>
    public async Task RunAsync(Func<bool> isOver)
    {
        // More than half of the window is under way whenever it waits, so that many answers will come.
        link.WakeAt(window / 2 * Packets.PubAckBytes);
        while (true)
        {
            if (!isOver())
            {
                if (sent - acknowledged <= window / 2)
                {
                    SendTo(long.MaxValue);
                }
            }
            else
            {
                link.WakeAt(1);
                if (sent == acknowledged)
                {
                    return;
                }
            }

            await TakeAsync();
        }
    }

    /// <summary>Sends readings with numbers below <paramref name="end"/> as far as the window lets.</summary>
    public void SendTo(long end)
    {
        end = Math.Min(end, Acknowledged + window);
        while (sent < end)
        {
            var slot = (int)(sent % window);
            var count = (int)Math.Min(end - sent, window - slot);
            for (var number = 0; number < count; number++)
            {
                Write(slot + number, sent + number);
            }

            SendAll(ring.AsSpan(slot * packetBytes, count * packetBytes));
            Volatile.Write(ref sent, sent + count);
        }
    }

    /// <summary>Waits for answers and takes those that are there; returns how many.</summary>
    /// <exception cref="SocketException">The connection ended.</exception>
    public async ValueTask<int> TakeAsync()
    {
        var read = await link.Socket.ReceiveAsync(answers.AsMemory(kept));
        if (read == 0)
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }

        kept += read;
        var taken = kept / Packets.PubAckBytes;
        for (var number = 0; number < taken; number++)
        {
            // A server answers in the order of arrival (MQTT 3.1.1, 4.6).
            var answer = answers.AsSpan(number * Packets.PubAckBytes, Packets.PubAckBytes);
            if (answer[0] != 0x40 || BinaryPrimitives.ReadUInt16BigEndian(answer[2..]) != ((acknowledged + number) % window) + 1)
            {
                throw new InvalidOperationException("Not the next PUBACK: " + Convert.ToHexString(answer));
            }
        }

        var rest = answers.AsSpan(taken * Packets.PubAckBytes, kept - (taken * Packets.PubAckBytes));
        rest.CopyTo(answers);
        kept = rest.Length;
        Volatile.Write(ref acknowledged, acknowledged + taken);
        return taken;
    }

    private void Write(int slot, long number)
    {
        var payload = ring.AsSpan(((slot + 1) * packetBytes) - PayloadBytes, PayloadBytes);
        Utf8Formatter.TryFormat(firstMs + number, payload[TimeAt..], out _);
        Utf8Formatter.TryFormat(FirstValue + number, payload[ValueAt..], out _);
    }

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[link.Socket.Send(bytes)..];
        }
    }
}
