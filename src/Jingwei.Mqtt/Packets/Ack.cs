namespace Jingwei.Mqtt.Packets;

/// <summary>One of many acknowledgements that leave together.</summary>
/// <param name="Type">PUBACK or PUBREC.</param>
/// <param name="ReasonString">Null: none.</param>
internal readonly record struct Ack(PacketType Type, ushort PacketId, MqttReasonCode Reason, string? ReasonString)
{
    /// <summary>Bytes of an acknowledgement that says nothing but yes.</summary>
    public const int BareLength = 4;

    /// <summary>Whether 3.1.1 or a plain success leaves nothing to say but the identifier.</summary>
    public bool IsBare(MqttProtocolVersion version) =>
        version == MqttProtocolVersion.V311 || (Reason == MqttReasonCode.Success && ReasonString is null);

    /// <summary>Writes <see cref="BareLength"/> bytes.</summary>
    public void WriteBare(Span<byte> into)
    {
        into[0] = (byte)((int)Type << 4);
        into[1] = 2;
        into[2] = (byte)(PacketId >> 8);
        into[3] = (byte)PacketId;
    }

    public AckPacket ToPacket() => new(Type, PacketId, Reason)
    {
        Properties = ReasonString is null ? MqttProperties.None : new() { ReasonString = ReasonString },
    };
}
