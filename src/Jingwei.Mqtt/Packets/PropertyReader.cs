namespace Jingwei.Mqtt.Packets;

/// <summary>Reads a property block (MQTT 5.0, section 2.2.2).</summary>
internal static class PropertyReader
{
    /// <summary>Reads the length and the properties; one not in <paramref name="allowed"/> is malformed, a repeated one a protocol error.</summary>
    public static MqttProperties Read(ref PacketReader reader, ulong allowed) => Read(ref reader, allowed, out _);

    /// <summary>Those of a PUBLISH. Its topic alias belongs to the connection, not to the message; 0: there is none.</summary>
    public static MqttProperties ReadPublish(ref PacketReader reader, out ushort topicAlias) =>
        Read(ref reader, PropertySets.Publish, out topicAlias);

    private static MqttProperties Read(ref PacketReader reader, ulong allowed, out ushort topicAlias)
    {
        topicAlias = 0;
        var length = (int)reader.ReadVariableByteInteger();
        if (length == 0 || reader.Failed)
        {
            return MqttProperties.None;
        }

        var block = new PacketReader(reader.Take(length));
        var properties = MqttProperties.None;
        List<MqttUserProperty>? users = null;
        List<uint>? subscriptions = null;
        var seen = 0UL;
        while (!reader.Failed && !block.AtEnd)
        {
            var id = block.ReadVariableByteInteger();
            if (id > 63 || (allowed >> (int)id & 1) == 0)
            {
                block.Malformed($"Property {id} does not belong in this packet.");
            }
            else if (id == (uint)PropertyId.UserProperty)
            {
                (users ??= []).Add(new(block.ReadString(), block.ReadString()));
            }
            else if (id == (uint)PropertyId.SubscriptionIdentifier)
            {
                (subscriptions ??= []).Add(ReadSubscriptionIdentifier(ref block));
            }
            else if ((seen >> (int)id & 1) != 0)
            {
                block.Fail(MqttReasonCode.ProtocolError, $"Property {(PropertyId)id} is there twice.");
            }
            else if (id == (uint)PropertyId.TopicAlias)
            {
                seen |= 1UL << (int)id;
                topicAlias = ReadTopicAlias(ref block);
            }
            else
            {
                seen |= 1UL << (int)id;
                properties = ReadOne(ref block, (PropertyId)id, properties);
            }
        }

        if (block.Failed)
        {
            reader.Fail(block.Error, block.Complaint!);
            return MqttProperties.None;
        }

        return users is null && subscriptions is null
            ? properties
            : properties with
            {
                UserProperties = users is null ? [] : users,
                SubscriptionIdentifiers = subscriptions is null ? [] : subscriptions,
            };
    }

    private static MqttProperties ReadOne(ref PacketReader reader, PropertyId id, MqttProperties into) => id switch
    {
        PropertyId.PayloadFormatIndicator => into with { PayloadFormatIndicator = ReadFlag(ref reader, id) },
        PropertyId.MessageExpiryInterval => into with { MessageExpiryInterval = reader.ReadUInt32() },
        PropertyId.ContentType => into with { ContentType = reader.ReadString() },
        PropertyId.ResponseTopic => into with { ResponseTopic = reader.ReadString() },
        PropertyId.CorrelationData => into with { CorrelationData = reader.ReadBinary() },
        PropertyId.SessionExpiryInterval => into with { SessionExpiryInterval = reader.ReadUInt32() },
        PropertyId.AssignedClientIdentifier => into with { AssignedClientIdentifier = reader.ReadString() },
        PropertyId.ServerKeepAlive => into with { ServerKeepAlive = reader.ReadUInt16() },
        PropertyId.AuthenticationMethod => into with { AuthenticationMethod = reader.ReadString() },
        PropertyId.AuthenticationData => into with { AuthenticationData = reader.ReadBinary() },
        PropertyId.RequestProblemInformation => into with { RequestProblemInformation = ReadFlag(ref reader, id) },
        PropertyId.WillDelayInterval => into with { WillDelayInterval = reader.ReadUInt32() },
        PropertyId.RequestResponseInformation => into with { RequestResponseInformation = ReadFlag(ref reader, id) },
        PropertyId.ResponseInformation => into with { ResponseInformation = reader.ReadString() },
        PropertyId.ServerReference => into with { ServerReference = reader.ReadString() },
        PropertyId.ReasonString => into with { ReasonString = reader.ReadString() },
        PropertyId.ReceiveMaximum => into with { ReceiveMaximum = (ushort)NotZero(ref reader, reader.ReadUInt16(), id) },
        PropertyId.TopicAliasMaximum => into with { TopicAliasMaximum = reader.ReadUInt16() },
        PropertyId.MaximumQoS => into with { MaximumQoS = ReadFlag(ref reader, id) },
        PropertyId.RetainAvailable => into with { RetainAvailable = ReadFlag(ref reader, id) },
        PropertyId.MaximumPacketSize => into with { MaximumPacketSize = NotZero(ref reader, reader.ReadUInt32(), id) },
        PropertyId.WildcardSubscriptionAvailable => into with { WildcardSubscriptionAvailable = ReadFlag(ref reader, id) },
        PropertyId.SubscriptionIdentifierAvailable => into with { SubscriptionIdentifierAvailable = ReadFlag(ref reader, id) },
        PropertyId.SharedSubscriptionAvailable => into with { SharedSubscriptionAvailable = ReadFlag(ref reader, id) },
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "The allowed set names an unknown property."),
    };

    private static uint ReadSubscriptionIdentifier(ref PacketReader reader) =>
        NotZero(ref reader, reader.ReadVariableByteInteger(), PropertyId.SubscriptionIdentifier);

    private static ushort ReadTopicAlias(ref PacketReader reader)
    {
        var value = reader.ReadUInt16();
        if (value == 0)
        {
            reader.Fail(MqttReasonCode.TopicAliasInvalid, "Topic alias 0 [MQTT-3.3.2-8].");
        }

        return value;
    }

    private static byte ReadFlag(ref PacketReader reader, PropertyId id)
    {
        var value = reader.ReadByte();
        if (value > 1)
        {
            reader.Fail(MqttReasonCode.ProtocolError, $"Property {id} is {value}; expected 0 or 1.");
        }

        return value;
    }

    private static uint NotZero(ref PacketReader reader, uint value, PropertyId id)
    {
        if (value == 0)
        {
            reader.Fail(MqttReasonCode.ProtocolError, $"Property {id} is 0.");
        }

        return value;
    }
}
