namespace Jingwei.Mqtt;

/// <summary>A name and a value that MQTT 5.0 carries without a meaning of its own (section 3.3.2.3.7); names may repeat.</summary>
public readonly record struct MqttUserProperty(string Name, string Value);

/// <summary>The properties of an MQTT 5.0 packet (section 2.2.2.2); null means absent. MQTT 3.1.1 packets have none.</summary>
public sealed record MqttProperties
{
    /// <summary>No property at all.</summary>
    public static MqttProperties None { get; } = new();

    /// <summary>0: bytes; 1: UTF-8 text. PUBLISH and will.</summary>
    public byte? PayloadFormatIndicator { get; init; }

    /// <summary>Seconds a message stays worth delivering. PUBLISH and will.</summary>
    public uint? MessageExpiryInterval { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>1 to 268,435,455. One at most in SUBSCRIBE, several in a PUBLISH from a server.</summary>
    public IReadOnlyList<uint> SubscriptionIdentifiers { get; init; } = [];

    /// <summary>Seconds a session outlives its connection; 0xFFFFFFFF: for ever.</summary>
    public uint? SessionExpiryInterval { get; init; }

    public string? AssignedClientIdentifier { get; init; }

    /// <summary>Seconds; replaces the client's keep alive.</summary>
    public ushort? ServerKeepAlive { get; init; }

    public string? AuthenticationMethod { get; init; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }

    public byte? RequestProblemInformation { get; init; }

    /// <summary>Seconds between the loss of a connection and its will.</summary>
    public uint? WillDelayInterval { get; init; }

    public byte? RequestResponseInformation { get; init; }

    public string? ResponseInformation { get; init; }

    public string? ServerReference { get; init; }

    /// <summary>For people who diagnose; no meaning to programs.</summary>
    public string? ReasonString { get; init; }

    /// <summary>QoS 1 and 2 messages taken at once, 1 to 65,535.</summary>
    public ushort? ReceiveMaximum { get; init; }

    public ushort? TopicAliasMaximum { get; init; }

    public byte? MaximumQoS { get; init; }

    public byte? RetainAvailable { get; init; }

    /// <summary>In the order they arrived.</summary>
    public IReadOnlyList<MqttUserProperty> UserProperties { get; init; } = [];

    /// <summary>Bytes of a whole packet, 1 and up.</summary>
    public uint? MaximumPacketSize { get; init; }

    public byte? WildcardSubscriptionAvailable { get; init; }

    public byte? SubscriptionIdentifierAvailable { get; init; }

    public byte? SharedSubscriptionAvailable { get; init; }
}
