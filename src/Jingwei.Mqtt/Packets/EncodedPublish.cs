using System.Buffers;
using System.Buffers.Binary;

namespace Jingwei.Mqtt.Packets;

/// <summary>
/// The bytes of a PUBLISH, written once for all subscribers; only packet identifier, DUP and topic alias are each one's own. Immutable.
/// </summary>
internal sealed class EncodedPublish
{
    private const byte DuplicateFlag = 0b1000;

    // First byte, remaining length, packet identifier, property length, topic alias.
    private const int HeadWithoutTopic = 1 + 4 + sizeof(ushort) + 4 + TopicAlias.Size;

    private readonly MqttProtocolVersion version;
    private readonly MqttQoS qos;
    private readonly bool retain;
    private readonly byte[] bytes;
    private readonly int topicAt;
    private readonly int afterTopic;

    public EncodedPublish(MqttMessage message, MqttProtocolVersion version, MqttQoS qos, bool retain)
    {
        (this.version, this.qos, this.retain) = (version, qos, retain);
        bytes = PacketEncoder.EncodePublish(PacketWriter.OfThread, message, qos, retain, version).ToArray();
        topicAt = 1 + ReadVariableByteInteger(bytes.AsSpan(1), out _);
        afterTopic = topicAt + sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(topicAt));
    }

    /// <summary>The next form of the same message.</summary>
    public EncodedPublish? Next { get; init; }

    private int IdSize => qos == MqttQoS.AtMostOnce ? 0 : sizeof(ushort);

    public bool Is(MqttProtocolVersion asked, MqttQoS askedQoS, bool askedRetain) =>
        version == asked && qos == askedQoS && retain == askedRetain;

    /// <summary>Bytes of the packet that names its topic so.</summary>
    public int Length(TopicAlias alias)
    {
        if (alias.Number == 0)
        {
            return bytes.Length;
        }

        var body = BodyLength(alias);
        return 1 + PacketWriter.VariableByteIntegerSize((uint)body) + body;
    }

    public void WriteTo(IBufferWriter<byte> output, ushort packetId, bool duplicate, TopicAlias alias)
    {
        if (alias.Number > 0)
        {
            WriteWith(alias, output, packetId, duplicate);
        }
        else if (qos == MqttQoS.AtMostOnce)
        {
            output.Write(bytes);
        }
        else
        {
            WriteWith(packetId, output, duplicate);
        }
    }

    private void WriteWith(ushort packetId, IBufferWriter<byte> output, bool duplicate)
    {
        var head = afterTopic + sizeof(ushort);
        var into = output.GetSpan(head);
        bytes.AsSpan(0, afterTopic).CopyTo(into);
        into[0] |= duplicate ? DuplicateFlag : (byte)0;
        BinaryPrimitives.WriteUInt16BigEndian(into[afterTopic..], packetId);
        if (into.Length >= bytes.Length)
        {
            bytes.AsSpan(head).CopyTo(into[head..]);
            output.Advance(bytes.Length);
            return;
        }

        output.Advance(head);
        output.Write(bytes.AsSpan(head));
    }

    /// <summary>A head of its own before the properties and the payload that all share.</summary>
    private void WriteWith(TopicAlias alias, IBufferWriter<byte> output, ushort packetId, bool duplicate)
    {
        var topic = alias.IsKnown ? "\0\0"u8 : bytes.AsSpan(topicAt, afterTopic - topicAt);
        var propertiesAt = afterTopic + IdSize;
        var sharedAt = propertiesAt + ReadVariableByteInteger(bytes.AsSpan(propertiesAt), out var properties);
        var head = output.GetSpan(HeadWithoutTopic + topic.Length);
        head[0] = (byte)(bytes[0] | (duplicate ? DuplicateFlag : 0));
        var at = 1 + PacketWriter.PutVariableByteInteger(head[1..], (uint)BodyLength(alias));
        topic.CopyTo(head[at..]);
        at += topic.Length;
        if (IdSize > 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head[at..], packetId);
            at += IdSize;
        }

        at += PacketWriter.PutVariableByteInteger(head[at..], properties + TopicAlias.Size);
        head[at] = (byte)PropertyId.TopicAlias;
        BinaryPrimitives.WriteUInt16BigEndian(head[(at + 1)..], alias.Number);
        output.Advance(at + TopicAlias.Size);
        output.Write(bytes.AsSpan(sharedAt));
    }

    /// <summary>The remaining length of the packet with the alias among its properties.</summary>
    private int BodyLength(TopicAlias alias)
    {
        var topic = alias.IsKnown ? sizeof(ushort) : afterTopic - topicAt;
        var propertiesAt = afterTopic + IdSize;
        var sharedAt = propertiesAt + ReadVariableByteInteger(bytes.AsSpan(propertiesAt), out var properties);
        var lengthSize = PacketWriter.VariableByteIntegerSize(properties + TopicAlias.Size);
        return topic + IdSize + lengthSize + TopicAlias.Size + (bytes.Length - sharedAt);
    }

    /// <summary>Bytes that it takes.</summary>
    private static int ReadVariableByteInteger(ReadOnlySpan<byte> from, out uint value)
    {
        value = 0;
        for (var at = 0; ; at++)
        {
            value |= (uint)(from[at] & 0x7F) << (7 * at);
            if (from[at] < 0x80)
            {
                return at + 1;
            }
        }
    }
}
