namespace Jingwei.Mqtt.Packets;

/// <summary>One control packet, decoded. Properties are ignored where the protocol version has none.</summary>
internal abstract record MqttPacket(PacketType Type)
{
    public MqttProperties Properties { get; init; } = MqttProperties.None;
}

internal sealed record ConnectPacket() : MqttPacket(PacketType.Connect)
{
    public required MqttProtocolVersion Version { get; init; }

    /// <summary>Clean Session in 3.1.1.</summary>
    public bool CleanStart { get; init; }

    /// <summary>Seconds; 0: none.</summary>
    public ushort KeepAlive { get; init; }

    public string ClientId { get; init; } = "";

    /// <summary>Its properties hold the will's, the delay among them.</summary>
    public MqttMessage? Will { get; init; }

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte>? Password { get; init; }
}

/// <param name="Reason">In 3.1.1 the return code, 0 to 5.</param>
/// <param name="SessionPresent">Only with success.</param>
internal sealed record ConnAckPacket(MqttReasonCode Reason, bool SessionPresent = false) : MqttPacket(PacketType.ConnAck);

/// <param name="Message">Its properties are the packet's.</param>
/// <param name="PacketId">0 for QoS 0.</param>
/// <param name="Duplicate">The DUP flag.</param>
internal sealed record PublishPacket(MqttMessage Message, ushort PacketId = 0, bool Duplicate = false)
    : MqttPacket(PacketType.Publish)
{
    /// <summary>How the topic is named; never set in MQTT 3.1.1.</summary>
    public TopicAlias Alias { get; init; }
}

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
internal sealed record AckPacket(PacketType Type, ushort PacketId, MqttReasonCode Reason = MqttReasonCode.Success)
    : MqttPacket(Type);

internal enum RetainHandling : byte
{
    SendAtSubscribe = 0,
    SendIfNew = 1,
    DoNotSend = 2,
}

internal sealed record FilterRequest(
    string Filter,
    MqttQoS QoS,
    bool NoLocal = false,
    bool RetainAsPublished = false,
    RetainHandling RetainHandling = RetainHandling.SendAtSubscribe);

internal sealed record SubscribePacket(ushort PacketId, IReadOnlyList<FilterRequest> Filters)
    : MqttPacket(PacketType.Subscribe);

internal sealed record SubAckPacket(ushort PacketId, IReadOnlyList<MqttReasonCode> Reasons) : MqttPacket(PacketType.SubAck);

internal sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters)
    : MqttPacket(PacketType.Unsubscribe);

/// <param name="PacketId">Of the UNSUBSCRIBE.</param>
/// <param name="Reasons">One a filter; not sent in 3.1.1.</param>
internal sealed record UnsubAckPacket(ushort PacketId, IReadOnlyList<MqttReasonCode> Reasons)
    : MqttPacket(PacketType.UnsubAck);

/// <summary>PINGREQ or PINGRESP.</summary>
internal sealed record PingPacket : MqttPacket
{
    public static readonly PingPacket Request = new(PacketType.PingReq);
    public static readonly PingPacket Response = new(PacketType.PingResp);

    private PingPacket(PacketType type)
        : base(type)
    {
    }
}

internal sealed record DisconnectPacket(MqttReasonCode Reason) : MqttPacket(PacketType.Disconnect);

internal sealed record AuthPacket(MqttReasonCode Reason) : MqttPacket(PacketType.Auth);
