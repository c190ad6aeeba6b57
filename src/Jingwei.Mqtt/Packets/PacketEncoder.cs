namespace Jingwei.Mqtt.Packets;

/// <summary>Writes packets (MQTT 5.0, chapter 3).</summary>
internal static class PacketEncoder
{
    /// <summary>The packet's bytes, valid until <paramref name="writer"/> is used again.</summary>
    public static ReadOnlySpan<byte> Encode(PacketWriter writer, MqttPacket packet, MqttProtocolVersion version)
    {
        var v5 = version == MqttProtocolVersion.V5;
        writer.Begin();
        return packet switch
        {
            PublishPacket publish => Publish(writer, publish, v5),
            AckPacket ack => Ack(writer, ack, v5),
            ConnectPacket connect => Connect(writer, connect, v5),
            ConnAckPacket connAck => ConnAck(writer, connAck, v5),
            SubscribePacket subscribe => Subscribe(writer, subscribe, v5),
            SubAckPacket subAck => Reasons(writer, subAck, subAck.PacketId, subAck.Reasons, v5),
            UnsubscribePacket unsubscribe => Unsubscribe(writer, unsubscribe, v5),
            UnsubAckPacket unsubAck => Reasons(writer, unsubAck, unsubAck.PacketId, v5 ? unsubAck.Reasons : [], v5),
            PingPacket => writer.Finish(packet.Type),
            DisconnectPacket disconnect => Optional(writer, disconnect, disconnect.Reason, v5),
            AuthPacket auth => Optional(writer, auth, auth.Reason, v5),
            _ => throw new ArgumentException($"{packet.Type} cannot be sent.", nameof(packet)),
        };
    }

    /// <summary>A PUBLISH without DUP and with packet identifier 0, to be filled in for each who gets it.</summary>
    public static ReadOnlySpan<byte> EncodePublish(
        PacketWriter writer, MqttMessage message, MqttQoS qos, bool retain, MqttProtocolVersion version)
    {
        writer.Begin();
        writer.WriteString(message.Topic);
        if (qos != MqttQoS.AtMostOnce)
        {
            writer.WriteUInt16(0);
        }

        if (version == MqttProtocolVersion.V5)
        {
            PropertyWriter.Write(writer, message.Properties);
        }

        writer.WriteBytes(message.Payload.Span);
        return writer.Finish(PacketType.Publish, (int)qos << 1 | (retain ? 1 : 0));
    }

    private static ReadOnlySpan<byte> Publish(PacketWriter writer, PublishPacket packet, bool v5)
    {
        var message = packet.Message;
        writer.WriteString(packet.Alias.IsKnown ? "" : message.Topic);
        if (message.QoS != MqttQoS.AtMostOnce)
        {
            writer.WriteUInt16(packet.PacketId);
        }

        if (v5)
        {
            PropertyWriter.Write(writer, packet.Properties, packet.Alias.Number);
        }

        writer.WriteBytes(message.Payload.Span);
        return writer.Finish(
            PacketType.Publish, (packet.Duplicate ? 8 : 0) | (int)message.QoS << 1 | (message.Retain ? 1 : 0));
    }

    private static ReadOnlySpan<byte> Ack(PacketWriter writer, AckPacket packet, bool v5)
    {
        writer.WriteUInt16(packet.PacketId);
        WriteOptional(writer, packet.Reason, packet.Properties, v5);
        return writer.Finish(packet.Type, packet.Type == PacketType.PubRel ? 2 : 0);
    }

    private static ReadOnlySpan<byte> Optional(PacketWriter writer, MqttPacket packet, MqttReasonCode reason, bool v5)
    {
        WriteOptional(writer, reason, packet.Properties, v5);
        return writer.Finish(packet.Type);
    }

    /// <summary>Reason code and properties may be left out when they say nothing.</summary>
    private static void WriteOptional(PacketWriter writer, MqttReasonCode reason, MqttProperties properties, bool v5)
    {
        var bare = ReferenceEquals(properties, MqttProperties.None);
        if (!v5 || (bare && reason == MqttReasonCode.Success))
        {
            return;
        }

        writer.WriteByte((byte)reason);
        if (!bare)
        {
            PropertyWriter.Write(writer, properties);
        }
    }

    private static ReadOnlySpan<byte> Connect(PacketWriter writer, ConnectPacket packet, bool v5)
    {
        var flags = (packet.CleanStart ? 2 : 0) | (packet.UserName is null ? 0 : 0x80) | (packet.Password is null ? 0 : 0x40);
        if (packet.Will is { } will)
        {
            flags |= 4 | (int)will.QoS << 3 | (will.Retain ? 0x20 : 0);
        }

        writer.WriteString("MQTT");
        writer.WriteByte((byte)packet.Version);
        writer.WriteByte((byte)flags);
        writer.WriteUInt16(packet.KeepAlive);
        if (v5)
        {
            PropertyWriter.Write(writer, packet.Properties);
        }

        writer.WriteString(packet.ClientId);
        WriteConnectPayload(writer, packet, v5);
        return writer.Finish(PacketType.Connect);
    }

    private static void WriteConnectPayload(PacketWriter writer, ConnectPacket packet, bool v5)
    {
        if (packet.Will is { } will)
        {
            if (v5)
            {
                PropertyWriter.Write(writer, will.Properties);
            }

            writer.WriteString(will.Topic);
            writer.WriteBinary(will.Payload.Span);
        }

        if (packet.UserName is { } user)
        {
            writer.WriteString(user);
        }

        if (packet.Password is { } password)
        {
            writer.WriteBinary(password.Span);
        }
    }

    private static ReadOnlySpan<byte> ConnAck(PacketWriter writer, ConnAckPacket packet, bool v5)
    {
        writer.WriteByte(packet.SessionPresent ? (byte)1 : (byte)0);
        writer.WriteByte((byte)packet.Reason);
        if (v5)
        {
            PropertyWriter.Write(writer, packet.Properties);
        }

        return writer.Finish(PacketType.ConnAck);
    }

    private static ReadOnlySpan<byte> Subscribe(PacketWriter writer, SubscribePacket packet, bool v5)
    {
        writer.WriteUInt16(packet.PacketId);
        if (v5)
        {
            PropertyWriter.Write(writer, packet.Properties);
        }

        foreach (var filter in packet.Filters)
        {
            writer.WriteString(filter.Filter);
            writer.WriteByte(v5
                ? (byte)((int)filter.QoS | (filter.NoLocal ? 4 : 0) | (filter.RetainAsPublished ? 8 : 0) | (int)filter.RetainHandling << 4)
                : (byte)filter.QoS);
        }

        return writer.Finish(PacketType.Subscribe, 2);
    }

    private static ReadOnlySpan<byte> Unsubscribe(PacketWriter writer, UnsubscribePacket packet, bool v5)
    {
        writer.WriteUInt16(packet.PacketId);
        if (v5)
        {
            PropertyWriter.Write(writer, packet.Properties);
        }

        foreach (var filter in packet.Filters)
        {
            writer.WriteString(filter);
        }

        return writer.Finish(PacketType.Unsubscribe, 2);
    }

    private static ReadOnlySpan<byte> Reasons(
        PacketWriter writer, MqttPacket packet, ushort id, IReadOnlyList<MqttReasonCode> reasons, bool v5)
    {
        writer.WriteUInt16(id);
        if (v5)
        {
            PropertyWriter.Write(writer, packet.Properties);
        }

        foreach (var reason in reasons)
        {
            writer.WriteByte((byte)reason);
        }

        return writer.Finish(packet.Type);
    }
}
