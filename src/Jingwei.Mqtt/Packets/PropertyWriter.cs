namespace Jingwei.Mqtt.Packets;

/// <summary>Writes a property block (MQTT 5.0, section 2.2.2).</summary>
internal static class PropertyWriter
{
    /// <param name="topicAlias">Of a PUBLISH; 0: none.</param>
    public static void Write(PacketWriter writer, MqttProperties properties, ushort topicAlias = 0)
    {
        if (ReferenceEquals(properties, MqttProperties.None) && topicAlias == 0)
        {
            writer.WriteByte(0);
            return;
        }

        var start = writer.BeginBlock();
        UInt16(writer, PropertyId.TopicAlias, topicAlias == 0 ? null : topicAlias);
        WriteMessage(writer, properties);
        WriteSession(writer, properties);
        WriteServer(writer, properties);
        foreach (var user in properties.UserProperties)
        {
            writer.WriteByte((byte)PropertyId.UserProperty);
            writer.WriteString(user.Name);
            writer.WriteString(user.Value);
        }

        writer.EndBlock(start);
    }

    private static void WriteMessage(PacketWriter writer, MqttProperties properties)
    {
        Byte(writer, PropertyId.PayloadFormatIndicator, properties.PayloadFormatIndicator);
        UInt32(writer, PropertyId.MessageExpiryInterval, properties.MessageExpiryInterval);
        String(writer, PropertyId.ContentType, properties.ContentType);
        String(writer, PropertyId.ResponseTopic, properties.ResponseTopic);
        Binary(writer, PropertyId.CorrelationData, properties.CorrelationData);
        foreach (var id in properties.SubscriptionIdentifiers)
        {
            writer.WriteByte((byte)PropertyId.SubscriptionIdentifier);
            writer.WriteVariableByteInteger(id);
        }

        UInt32(writer, PropertyId.WillDelayInterval, properties.WillDelayInterval);
    }

    private static void WriteSession(PacketWriter writer, MqttProperties properties)
    {
        UInt32(writer, PropertyId.SessionExpiryInterval, properties.SessionExpiryInterval);
        String(writer, PropertyId.AuthenticationMethod, properties.AuthenticationMethod);
        Binary(writer, PropertyId.AuthenticationData, properties.AuthenticationData);
        Byte(writer, PropertyId.RequestProblemInformation, properties.RequestProblemInformation);
        Byte(writer, PropertyId.RequestResponseInformation, properties.RequestResponseInformation);
        UInt16(writer, PropertyId.ReceiveMaximum, properties.ReceiveMaximum);
        UInt16(writer, PropertyId.TopicAliasMaximum, properties.TopicAliasMaximum);
        UInt32(writer, PropertyId.MaximumPacketSize, properties.MaximumPacketSize);
        String(writer, PropertyId.ReasonString, properties.ReasonString);
    }

    private static void WriteServer(PacketWriter writer, MqttProperties properties)
    {
        String(writer, PropertyId.AssignedClientIdentifier, properties.AssignedClientIdentifier);
        UInt16(writer, PropertyId.ServerKeepAlive, properties.ServerKeepAlive);
        String(writer, PropertyId.ResponseInformation, properties.ResponseInformation);
        String(writer, PropertyId.ServerReference, properties.ServerReference);
        Byte(writer, PropertyId.MaximumQoS, properties.MaximumQoS);
        Byte(writer, PropertyId.RetainAvailable, properties.RetainAvailable);
        Byte(writer, PropertyId.WildcardSubscriptionAvailable, properties.WildcardSubscriptionAvailable);
        Byte(writer, PropertyId.SubscriptionIdentifierAvailable, properties.SubscriptionIdentifierAvailable);
        Byte(writer, PropertyId.SharedSubscriptionAvailable, properties.SharedSubscriptionAvailable);
    }

    private static void Byte(PacketWriter writer, PropertyId id, byte? value)
    {
        if (value is { } present)
        {
            writer.WriteByte((byte)id);
            writer.WriteByte(present);
        }
    }

    private static void UInt16(PacketWriter writer, PropertyId id, ushort? value)
    {
        if (value is { } present)
        {
            writer.WriteByte((byte)id);
            writer.WriteUInt16(present);
        }
    }

    private static void UInt32(PacketWriter writer, PropertyId id, uint? value)
    {
        if (value is { } present)
        {
            writer.WriteByte((byte)id);
            writer.WriteUInt32(present);
        }
    }

    private static void String(PacketWriter writer, PropertyId id, string? value)
    {
        if (value is not null)
        {
            writer.WriteByte((byte)id);
            writer.WriteString(value);
        }
    }

    private static void Binary(PacketWriter writer, PropertyId id, ReadOnlyMemory<byte>? value)
    {
        if (value is { } present)
        {
            writer.WriteByte((byte)id);
            writer.WriteBinary(present.Span);
        }
    }
}
