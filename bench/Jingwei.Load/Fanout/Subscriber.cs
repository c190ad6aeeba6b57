using System.Net.Sockets;
using Jingwei.Load.Mqtt;

namespace Jingwei.Load.Fanout;

/// <summary>
/// A subscriber of one topic whose messages all have the same length: it divides the bytes that come by it, and at QoS 1 answers each
/// message, those that came together with one call.
/// </summary>
/// <param name="packetBytes">Bytes of each PUBLISH.</param>
/// <param name="identifierAt">Where in it the packet identifier stands; 0 at QoS 0, which has none.</param>
/// <param name="delivered">Told how many more came.</param>
public sealed class Subscriber(MqttLink link, int packetBytes, int identifierAt, Action<int> delivered)
{
    // A few hundred messages at once: more would only wait longer.
    private const int BufferBytes = 32 * 1024;

    private readonly byte[] buffer = new byte[BufferBytes];
    private readonly byte[] answers = identifierAt > 0 ? new byte[BufferBytes / packetBytes * Packets.PubAckBytes] : [];

    /// <summary>Takes what comes until the connection is closed.</summary>
    public async Task RunAsync()
    {
        var kept = 0;
        while (await ReceiveAsync(buffer.AsMemory(kept)) is > 0 and var read)
        {
            kept += read;
            var count = kept / packetBytes;
            Check(count);
            delivered(count);
            if (identifierAt > 0 && count > 0)
            {
                await AnswerAsync(count);
            }

            buffer.AsSpan(count * packetBytes, kept - (count * packetBytes)).CopyTo(buffer);
            kept -= count * packetBytes;
        }
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> into)
    {
        try
        {
            return await link.Socket.ReceiveAsync(into);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The run closes it when it has what it wants; what is missing then, the run notices.
            return 0;
        }
    }

    private void Check(int count)
    {
        for (var number = 0; number < count; number++)
        {
            // Type and remaining length (MQTT 3.1.1, 3.3.1); the low bits of the type are flags.
            if ((buffer[number * packetBytes] & 0xF0) != 0x30 || buffer[(number * packetBytes) + 1] != packetBytes - 2)
            {
                throw new InvalidOperationException("Not the expected PUBLISH: " + Convert.ToHexString(buffer, number * packetBytes, packetBytes));
            }
        }
    }

    private async ValueTask AnswerAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var at = (number * packetBytes) + identifierAt;
            Packets.PubAck(answers.AsSpan(number * Packets.PubAckBytes), (ushort)((buffer[at] << 8) | buffer[at + 1]));
        }

        for (var rest = answers.AsMemory(0, count * Packets.PubAckBytes); rest.Length > 0;)
        {
            rest = rest[await link.Socket.SendAsync(rest)..];
        }
    }
}
