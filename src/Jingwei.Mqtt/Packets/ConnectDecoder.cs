using System.Buffers;

namespace Jingwei.Mqtt.Packets;

/// <summary>CONNECT (MQTT 5.0, section 3.1), which settles the version that everything after it is read by.</summary>
internal static class ConnectDecoder
{
    /// <summary>
    /// Decodes CONNECT. <paramref name="answerAs"/> is the version an error can be answered in; null when the sender does not speak MQTT
    /// as far as one can tell, so that the connection is just closed.
    /// </summary>
    public static ConnectPacket? Decode(
        in PacketFrame frame, out PacketError error, out MqttProtocolVersion? answerAs)
    {
        var reader = new PacketReader(frame.Body.IsSingleSegment ? frame.Body.FirstSpan : frame.Body.ToArray());
        answerAs = ReadVersion(ref reader);
        var packet = reader.Failed ? null : ReadFields(ref reader, answerAs!.Value);
        if (!reader.AtEnd)
        {
            reader.Malformed("CONNECT is longer than its fields.");
        }

        error = reader.Failed ? new(reader.Error, reader.Complaint!) : default;
        return reader.Failed ? null : packet;
    }

    private static MqttProtocolVersion? ReadVersion(ref PacketReader reader)
    {
        var name = reader.ReadString();
        var level = reader.ReadByte();
        if (reader.Failed)
        {
            return null;
        }

        if (name == "MQTT" && level is 4 or 5)
        {
            return (MqttProtocolVersion)level;
        }

        reader.Fail(MqttReasonCode.UnsupportedProtocolVersion, $"Protocol '{name}' level {level} is not spoken here.");
        return name switch
        {
            "MQTT" when level > 5 => MqttProtocolVersion.V5,
            "MQTT" or "MQIsdp" => MqttProtocolVersion.V311,
            _ => null,
        };
    }

    private static ConnectPacket? ReadFields(ref PacketReader reader, MqttProtocolVersion version)
    {
        var v5 = version == MqttProtocolVersion.V5;
        var flags = reader.ReadByte();
        if (!AreFlagsValid(flags, v5))
        {
            reader.Malformed("The connect flags contradict each other, or the reserved one is set [MQTT-3.1.2-3].");
            return null;
        }

        var keepAlive = reader.ReadUInt16();
        var properties = v5 ? PropertyReader.Read(ref reader, PropertySets.Connect) : MqttProperties.None;
        if (properties.AuthenticationData is not null && properties.AuthenticationMethod is null)
        {
            reader.Fail(MqttReasonCode.ProtocolError, "Authentication data without a method.");
        }

        var clientId = reader.ReadString();
        var will = (flags & 4) != 0 ? ReadWill(ref reader, flags, v5) : null;
        return new()
        {
            Version = version,
            CleanStart = (flags & 2) != 0,
            KeepAlive = keepAlive,
            Properties = properties,
            ClientId = clientId,
            Will = will,
            UserName = (flags & 0x80) != 0 ? reader.ReadString() : null,
            Password = (flags & 0x40) != 0 ? reader.ReadBinary() : (ReadOnlyMemory<byte>?)null,
        };
    }

    private static bool AreFlagsValid(byte flags, bool v5)
    {
        var will = (flags & 4) != 0;
        var willDetails = flags & 0x38;
        var passwordAlone = (flags & 0xC0) == 0x40;
        return (flags & 1) == 0 && willDetails < 0x38 && (flags & 0x18) != 0x18 && (will || willDetails == 0)
            && (v5 || !passwordAlone);
    }

    private static MqttMessage ReadWill(ref PacketReader reader, byte flags, bool v5)
    {
        var properties = v5 ? PropertyReader.Read(ref reader, PropertySets.Will) : MqttProperties.None;
        return new()
        {
            Properties = properties,
            Topic = reader.ReadString(),
            Payload = reader.ReadBinary(),
            QoS = (MqttQoS)(flags >> 3 & 3),
            Retain = (flags & 0x20) != 0,
        };
    }
}
