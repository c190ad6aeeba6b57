using System.Buffers;
using System.Buffers.Binary;

namespace Jingwei.Mqtt.Packets;

/// <summary>The bytes of a PUBLISH, written once for all subscribers; only packet identifier and DUP are each one's own. Immutable.</summary>
internal sealed class EncodedPublish
{
    private const byte DuplicateFlag = 0b1000;

    private readonly MqttProtocolVersion version;
    private readonly MqttQoS qos;
    private readonly bool retain;
    private readonly byte[] bytes;

    // Where the packet identifier stands; 0 for QoS 0.
    private readonly int idAt;

    public EncodedPublish(MqttMessage message, MqttProtocolVersion version, MqttQoS qos, bool retain)
    {
        (this.version, this.qos, this.retain) = (version, qos, retain);
        bytes = PacketEncoder.EncodePublish(PacketWriter.OfThread, message, qos, retain, version).ToArray();
        idAt = qos == MqttQoS.AtMostOnce ? 0 : AfterTopic(bytes);
    }

    /// <summary>The next form of the same message.</summary>
    public EncodedPublish? Next { get; init; }

    /// <summary>Bytes of the packet.</summary>
    public int Length => bytes.Length;

    public bool Is(MqttProtocolVersion asked, MqttQoS askedQoS, bool askedRetain) =>
        version == asked && qos == askedQoS && retain == askedRetain;

    public void WriteTo(IBufferWriter<byte> output, ushort packetId, bool duplicate)
    {
        if (idAt == 0)
        {
            output.Write(bytes);
            return;
        }

        var head = idAt + sizeof(ushort);
        var into = output.GetSpan(head);
        bytes.AsSpan(0, idAt).CopyTo(into);
        into[0] |= duplicate ? DuplicateFlag : (byte)0;
        BinaryPrimitives.WriteUInt16BigEndian(into[idAt..], packetId);
        if (into.Length >= bytes.Length)
        {
            bytes.AsSpan(head).CopyTo(into[head..]);
            output.Advance(bytes.Length);
            return;
        }

        output.Advance(head);
        output.Write(bytes.AsSpan(head));
    }

    private static int AfterTopic(ReadOnlySpan<byte> packet)
    {
        var at = 1;
        while (packet[at++] >= 0x80)
        {
            // The remaining length goes on.
        }

        return at + sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
    }
}
