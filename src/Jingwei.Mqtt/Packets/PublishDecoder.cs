using System.Buffers;

namespace Jingwei.Mqtt.Packets;

/// <summary>What a PUBLISH says besides topic and payload.</summary>
/// <param name="PacketId">0 for QoS 0.</param>
/// <param name="TopicAlias">0: none.</param>
internal readonly record struct PublishHeader(MqttQoS QoS, bool Retain, ushort PacketId, ushort TopicAlias, MqttProperties Properties);

/// <summary>A PUBLISH in its bytes; the topic is not looked at yet.</summary>
internal readonly ref struct PublishFields(ReadOnlySpan<byte> topic, PublishHeader header, ReadOnlySequence<byte> payload)
{
    public ReadOnlySpan<byte> Topic { get; } = topic;

    public PublishHeader Header { get; } = header;

    public ReadOnlySequence<byte> Payload { get; } = payload;
}

/// <summary>PUBLISH (MQTT 5.0, section 3.3), read where it lies: neither topic nor payload is copied.</summary>
internal static class PublishDecoder
{
    /// <summary>False when the packet is malformed, as <paramref name="error"/> says.</summary>
    public static bool TryDecode(in PacketFrame frame, bool v5, out PublishFields fields, out PacketError error)
    {
        if (TryDecode(frame, frame.Body.FirstSpan, v5, out fields, out error))
        {
            return true;
        }

        // What goes before the payload may be spread over several segments: rare, and small.
        return !frame.Body.IsSingleSegment && TryDecode(frame, frame.Body.ToArray(), v5, out fields, out error);
    }

    /// <summary>What stands between the topic and the payload.</summary>
    public static PublishHeader ReadHeader(ref PacketReader reader, byte first, bool v5)
    {
        var qos = (MqttQoS)(first >> 1 & 3);
        if ((first & 8) != 0 && qos == MqttQoS.AtMostOnce)
        {
            reader.Malformed("DUP is set with QoS 0 [MQTT-3.3.1-2].");
        }

        var id = qos == MqttQoS.AtMostOnce ? (ushort)0 : reader.ReadPacketId();
        var alias = (ushort)0;
        var properties = v5 ? PropertyReader.ReadPublish(ref reader, out alias) : MqttProperties.None;
        return new(qos, (first & 1) != 0, id, alias, properties);
    }

    private static bool TryDecode(
        in PacketFrame frame, ReadOnlySpan<byte> head, bool v5, out PublishFields fields, out PacketError error)
    {
        var reader = new PacketReader(head);
        var topic = reader.Take(reader.ReadUInt16());
        var header = ReadHeader(ref reader, frame.Header, v5);
        if (reader.Failed)
        {
            fields = default;
            error = new(reader.Error, reader.Complaint!);
            return false;
        }

        fields = new(topic, header, frame.Body.Slice(head.Length - reader.Remaining));
        error = default;
        return true;
    }
}
