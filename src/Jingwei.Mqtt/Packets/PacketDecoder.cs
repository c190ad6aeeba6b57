using System.Buffers;

namespace Jingwei.Mqtt.Packets;

/// <summary>Turns a frame into a packet, or says what is wrong with it (MQTT 5.0, chapter 3).</summary>
internal static class PacketDecoder
{
    /// <summary>Decodes any packet but CONNECT, which <see cref="ConnectDecoder"/> reads.</summary>
    public static MqttPacket? Decode(in PacketFrame frame, MqttProtocolVersion version, out PacketError error)
    {
        if (frame.Body.IsSingleSegment)
        {
            return Decode(frame.Header, frame.Body.FirstSpan, version, out error);
        }

        var length = (int)frame.Body.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            frame.Body.CopyTo(rented);
            return Decode(frame.Header, rented.AsSpan(0, length), version, out error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static MqttPacket? Decode(
        byte header, ReadOnlySpan<byte> body, MqttProtocolVersion version, out PacketError error)
    {
        var reader = new PacketReader(body);
        var v5 = version == MqttProtocolVersion.V5;
        var type = (PacketType)(header >> 4);
        MqttPacket? packet = type switch
        {
            PacketType.ConnAck => ReadConnAck(ref reader, v5),
            PacketType.Publish => ReadPublish(ref reader, header, v5),
            PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp =>
                ReadAck(ref reader, type, v5),
            PacketType.Subscribe => SubscribeDecoder.ReadSubscribe(ref reader, v5),
            PacketType.SubAck => SubscribeDecoder.ReadSubAck(ref reader, v5),
            PacketType.Unsubscribe => SubscribeDecoder.ReadUnsubscribe(ref reader, v5),
            PacketType.UnsubAck => SubscribeDecoder.ReadUnsubAck(ref reader, v5),
            PacketType.PingReq => PingPacket.Request,
            PacketType.PingResp => PingPacket.Response,
            PacketType.Disconnect => ReadDisconnect(ref reader, v5),
            PacketType.Auth when v5 => ReadAuth(ref reader),
            _ => null,
        };
        if (packet is null)
        {
            reader.Fail(MqttReasonCode.ProtocolError, $"A {type} packet has no place here.");
        }

        if (!reader.AtEnd)
        {
            reader.Malformed($"A {type} packet is longer than its fields.");
        }

        error = reader.Failed ? new(reader.Error, reader.Complaint!) : default;
        return reader.Failed ? null : packet;
    }

    private static ConnAckPacket ReadConnAck(ref PacketReader reader, bool v5)
    {
        var flags = reader.ReadByte();
        if (flags > 1)
        {
            reader.Malformed("Reserved flags of CONNACK are set.");
        }

        return new((MqttReasonCode)reader.ReadByte(), flags == 1)
        {
            Properties = v5 ? PropertyReader.Read(ref reader, PropertySets.ConnAck) : MqttProperties.None,
        };
    }

    private static PublishPacket ReadPublish(ref PacketReader reader, byte header, bool v5)
    {
        var topic = reader.ReadString();
        var fields = PublishDecoder.ReadHeader(ref reader, header, v5);
        var message = new MqttMessage
        {
            Topic = topic,
            QoS = fields.QoS,
            Retain = fields.Retain,
            Properties = fields.Properties,
            Payload = reader.ReadRest(),
        };
        return new(message, fields.PacketId, (header & 8) != 0) { Alias = new(fields.TopicAlias, topic.Length == 0), Properties = fields.Properties };
    }

    private static AckPacket ReadAck(ref PacketReader reader, PacketType type, bool v5)
    {
        var id = reader.ReadPacketId();
        var reason = v5 && !reader.AtEnd ? (MqttReasonCode)reader.ReadByte() : MqttReasonCode.Success;
        var properties = v5 && !reader.AtEnd ? PropertyReader.Read(ref reader, PropertySets.Ack) : MqttProperties.None;
        if (!IsAckReason(type, reason))
        {
            reader.Fail(MqttReasonCode.ProtocolError, $"0x{(byte)reason:X2} is no reason code of {type}.");
        }

        return new(type, id, reason) { Properties = properties };
    }

    /// <summary>Tables 3-4 to 3-7 of MQTT 5.0.</summary>
    private static bool IsAckReason(PacketType type, MqttReasonCode reason) =>
        type is PacketType.PubAck or PacketType.PubRec
            ? reason is MqttReasonCode.Success or MqttReasonCode.NoMatchingSubscribers
                or MqttReasonCode.UnspecifiedError or MqttReasonCode.ImplementationSpecificError
                or MqttReasonCode.NotAuthorized or MqttReasonCode.TopicNameInvalid
                or MqttReasonCode.PacketIdentifierInUse or MqttReasonCode.QuotaExceeded
                or MqttReasonCode.PayloadFormatInvalid
            : reason is MqttReasonCode.Success or MqttReasonCode.PacketIdentifierNotFound;

    private static DisconnectPacket ReadDisconnect(ref PacketReader reader, bool v5)
    {
        var reason = v5 && !reader.AtEnd ? (MqttReasonCode)reader.ReadByte() : MqttReasonCode.Success;
        var properties = v5 && !reader.AtEnd
            ? PropertyReader.Read(ref reader, PropertySets.Disconnect)
            : MqttProperties.None;
        return new(reason) { Properties = properties };
    }

    private static AuthPacket ReadAuth(ref PacketReader reader)
    {
        var reason = reader.AtEnd ? MqttReasonCode.Success : (MqttReasonCode)reader.ReadByte();
        var properties = reader.AtEnd ? MqttProperties.None : PropertyReader.Read(ref reader, PropertySets.Auth);
        return new(reason) { Properties = properties };
    }
}
