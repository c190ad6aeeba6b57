namespace Jingwei.Mqtt.Packets;

/// <summary>SUBSCRIBE, UNSUBSCRIBE and their answers (MQTT 5.0, sections 3.8 to 3.11).</summary>
internal static class SubscribeDecoder
{
    public static SubscribePacket ReadSubscribe(ref PacketReader reader, bool v5)
    {
        var id = reader.ReadPacketId();
        var properties = v5 ? PropertyReader.Read(ref reader, PropertySets.Subscribe) : MqttProperties.None;
        if (properties.SubscriptionIdentifiers.Count > 1)
        {
            reader.Fail(MqttReasonCode.ProtocolError, "SUBSCRIBE has two subscription identifiers.");
        }

        var filters = new List<FilterRequest>();
        while (!reader.AtEnd)
        {
            filters.Add(ReadFilter(ref reader, v5));
        }

        if (filters.Count == 0)
        {
            reader.Fail(MqttReasonCode.ProtocolError, "SUBSCRIBE names no filter [MQTT-3.8.3-2].");
        }

        return new(id, filters) { Properties = properties };
    }

    public static UnsubscribePacket ReadUnsubscribe(ref PacketReader reader, bool v5)
    {
        var id = reader.ReadPacketId();
        var properties = v5 ? PropertyReader.Read(ref reader, PropertySets.Unsubscribe) : MqttProperties.None;
        var filters = new List<string>();
        while (!reader.AtEnd)
        {
            filters.Add(reader.ReadString());
        }

        if (filters.Count == 0)
        {
            reader.Fail(MqttReasonCode.ProtocolError, "UNSUBSCRIBE names no filter [MQTT-3.10.3-2].");
        }

        return new(id, filters) { Properties = properties };
    }

    public static SubAckPacket ReadSubAck(ref PacketReader reader, bool v5)
    {
        var id = reader.ReadPacketId();
        var properties = v5 ? PropertyReader.Read(ref reader, PropertySets.Ack) : MqttProperties.None;
        return new(id, ReadReasons(ref reader)) { Properties = properties };
    }

    public static UnsubAckPacket ReadUnsubAck(ref PacketReader reader, bool v5)
    {
        var id = reader.ReadPacketId();
        var properties = v5 ? PropertyReader.Read(ref reader, PropertySets.Ack) : MqttProperties.None;
        return new(id, ReadReasons(ref reader)) { Properties = properties };
    }

    private static MqttReasonCode[] ReadReasons(ref PacketReader reader)
    {
        var bytes = reader.Take(reader.Remaining);
        var reasons = new MqttReasonCode[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            reasons[i] = (MqttReasonCode)bytes[i];
        }

        return reasons;
    }

    private static FilterRequest ReadFilter(ref PacketReader reader, bool v5)
    {
        var filter = reader.ReadString();
        var options = reader.ReadByte();
        if ((options & (v5 ? 0xC0 : 0xFC)) != 0)
        {
            reader.Malformed("Reserved bits of the subscription options are set [MQTT-3.8.3-5].");
        }

        if ((options & 3) == 3)
        {
            reader.Fail(v5 ? MqttReasonCode.ProtocolError : MqttReasonCode.MalformedPacket, "A subscription asks for QoS 3.");
        }

        if ((options >> 4 & 3) == 3)
        {
            reader.Fail(MqttReasonCode.ProtocolError, "Retain handling is 3.");
        }

        return new(
            filter,
            (MqttQoS)(options & 3),
            (options & 4) != 0,
            (options & 8) != 0,
            (RetainHandling)(options >> 4 & 3));
    }
}
