namespace Jingwei.Mqtt.Packets;

/// <summary>Property identifiers of MQTT 5.0, table 2-4.</summary>
internal enum PropertyId : byte
{
    PayloadFormatIndicator = 1,
    MessageExpiryInterval = 2,
    ContentType = 3,
    ResponseTopic = 8,
    CorrelationData = 9,
    SubscriptionIdentifier = 11,
    SessionExpiryInterval = 17,
    AssignedClientIdentifier = 18,
    ServerKeepAlive = 19,
    AuthenticationMethod = 21,
    AuthenticationData = 22,
    RequestProblemInformation = 23,
    WillDelayInterval = 24,
    RequestResponseInformation = 25,
    ResponseInformation = 26,
    ServerReference = 28,
    ReasonString = 31,
    ReceiveMaximum = 33,
    TopicAliasMaximum = 34,
    TopicAlias = 35,
    MaximumQoS = 36,
    RetainAvailable = 37,
    UserProperty = 38,
    MaximumPacketSize = 39,
    WildcardSubscriptionAvailable = 40,
    SubscriptionIdentifierAvailable = 41,
    SharedSubscriptionAvailable = 42,
}

/// <summary>Which properties each packet may carry (MQTT 5.0, table 2-4), one bit an identifier.</summary>
internal static class PropertySets
{
    public static readonly ulong Will = Set(
        PropertyId.PayloadFormatIndicator, PropertyId.MessageExpiryInterval, PropertyId.ContentType,
        PropertyId.ResponseTopic, PropertyId.CorrelationData, PropertyId.WillDelayInterval);

    public static readonly ulong Connect = Set(
        PropertyId.SessionExpiryInterval, PropertyId.AuthenticationMethod, PropertyId.AuthenticationData,
        PropertyId.RequestProblemInformation, PropertyId.RequestResponseInformation, PropertyId.ReceiveMaximum,
        PropertyId.TopicAliasMaximum, PropertyId.MaximumPacketSize);

    public static readonly ulong ConnAck = Set(
        PropertyId.SessionExpiryInterval, PropertyId.AssignedClientIdentifier, PropertyId.ServerKeepAlive,
        PropertyId.AuthenticationMethod, PropertyId.AuthenticationData, PropertyId.ResponseInformation,
        PropertyId.ServerReference, PropertyId.ReasonString, PropertyId.ReceiveMaximum, PropertyId.TopicAliasMaximum,
        PropertyId.MaximumQoS, PropertyId.RetainAvailable, PropertyId.MaximumPacketSize,
        PropertyId.WildcardSubscriptionAvailable, PropertyId.SubscriptionIdentifierAvailable,
        PropertyId.SharedSubscriptionAvailable);

    public static readonly ulong Publish = Set(
        PropertyId.PayloadFormatIndicator, PropertyId.MessageExpiryInterval, PropertyId.ContentType,
        PropertyId.ResponseTopic, PropertyId.CorrelationData, PropertyId.SubscriptionIdentifier, PropertyId.TopicAlias);

    public static readonly ulong Subscribe = Set(PropertyId.SubscriptionIdentifier);

    public static readonly ulong Unsubscribe = Set();

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK and UNSUBACK.</summary>
    public static readonly ulong Ack = Set(PropertyId.ReasonString);

    public static readonly ulong Disconnect = Set(
        PropertyId.SessionExpiryInterval, PropertyId.ServerReference, PropertyId.ReasonString);

    public static readonly ulong Auth = Set(
        PropertyId.AuthenticationMethod, PropertyId.AuthenticationData, PropertyId.ReasonString);

    private static ulong Set(params ReadOnlySpan<PropertyId> ids)
    {
        var set = 1UL << (int)PropertyId.UserProperty;
        foreach (var id in ids)
        {
            set |= 1UL << (int)id;
        }

        return set;
    }
}
