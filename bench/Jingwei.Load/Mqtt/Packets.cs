using System.Buffers.Binary;
using System.Text;

namespace Jingwei.Load.Mqtt;

/// <summary>Packets of MQTT 3.1.1 as bytes, made before anything is measured (OASIS MQTT 3.1.1, chapter 3). Their sections are cited below.</summary>
public static class Packets
{
    /// <summary>PUBACK, 3.4: type, remaining length 2, packet identifier.</summary>
    public const int PubAckBytes = 4;

    /// <summary>PINGREQ, 3.12.</summary>
    public static ReadOnlySpan<byte> PingRequest => [0xC0, 0x00];

    /// <summary>CONNECT, 3.1, without keep alive.</summary>
    /// <param name="clean">Whether the session ends with the connection (3.1.2.4).</param>
    public static byte[] Connect(string clientId, string? user, string? password, bool clean)
    {
        var flags = (clean ? 0x02 : 0) | (user is null ? 0 : 0xC0);
        List<byte> body = [.. Text("MQTT"), 4, (byte)flags, 0, 0, .. Text(clientId)];
        if (user is not null)
        {
            body.AddRange(Text(user));
            body.AddRange(Text(password!));
        }

        return Whole(0x10, body);
    }

    /// <summary>SUBSCRIBE to one filter, 3.8.</summary>
    public static byte[] Subscribe(string filter, int qos) => Whole(0x82, [0, 1, .. Text(filter), (byte)qos]);

    /// <summary>PUBLISH, 3.3; at QoS 1 the packet identifier stands right before the payload.</summary>
    public static byte[] Publish(string topic, int qos, ushort identifier, ReadOnlySpan<byte> payload)
    {
        List<byte> body = [.. Text(topic)];
        if (qos > 0)
        {
            body.AddRange([(byte)(identifier >> 8), (byte)identifier]);
        }

        body.AddRange(payload);
        return Whole((byte)(0x30 | (qos << 1)), body);
    }

    /// <summary>Writes a PUBACK.</summary>
    public static void PubAck(Span<byte> into, ushort identifier)
    {
        (into[0], into[1]) = (0x40, 2);
        BinaryPrimitives.WriteUInt16BigEndian(into[2..], identifier);
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    // The remaining length has seven bits a byte, 2.2.3.
    private static byte[] Whole(byte first, List<byte> body)
    {
        List<byte> packet = [first];
        var length = body.Count;
        do
        {
            packet.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);

        return [.. packet, .. body];
    }
}
