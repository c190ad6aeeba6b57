using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Publishing;

namespace Jingwei.Mqtt.Sessions;

/// <summary>How far a QoS 1 or 2 message has come towards its subscriber.</summary>
internal enum DeliveryPhase
{
    Waiting,
    Published,
    Released,
}

/// <summary>One message on its way to one session. What can be set is guarded by the session's gate.</summary>
internal sealed class Delivery(
    RoutedMessage routed, MqttQoS qos, bool retain, IReadOnlyList<uint> subscriptionIds)
{
    // The objects that hold one message: record, properties, delivery, queue slots.
    private const int Overhead = 200;

    public RoutedMessage Routed => routed;

    public MqttMessage Message => routed.Message;

    public MqttQoS QoS => qos;

    public bool Retain => retain;

    public IReadOnlyList<uint> SubscriptionIds => subscriptionIds;

    public DateTimeOffset ExpiresAt => routed.ExpiresAt;

    /// <summary>Bytes of memory that it stands for in a queue.</summary>
    public int Size => Message.Payload.Length + (Message.Topic.Length * sizeof(char)) + Overhead;

    /// <summary>The shared filter by which this session was chosen; null for a subscription of its own.</summary>
    public string? SharedFilter { get; init; }

    /// <summary>Counts a session's deliveries; 0 where they are not journalled.</summary>
    public ulong Number { get; set; }

    /// <summary>The journal's commit after which it is on disk.</summary>
    public ulong Commit { get; set; }

    public ushort PacketId { get; set; }

    public DeliveryPhase Phase { get; set; }

    /// <summary>It comes from the journal, and nobody knows whether it was sent before: DUP must be set [MQTT-3.3.1-1].</summary>
    public bool MayBeRepeated { get; init; }

    /// <summary>Whether it uses up one of the client's receive maximum on the current connection.</summary>
    public bool HoldsQuota { get; set; }

    /// <summary>Whether its bytes are the same for every subscriber but for packet identifier and DUP.</summary>
    public bool IsLikeOthers => subscriptionIds.Count == 0 && Message.Properties.MessageExpiryInterval is null;

    /// <summary>Its PUBLISH, with the expiry that is left [MQTT-3.3.2-6].</summary>
    public PublishPacket ToPacket(TimeProvider time, bool duplicate = false, TopicAlias alias = default)
    {
        var message = Message;
        var sent = message.QoS == qos && message.Retain == retain ? message : message with { QoS = qos, Retain = retain };
        var properties = message.Properties;
        if (properties.MessageExpiryInterval is not null)
        {
            properties = properties with { MessageExpiryInterval = Expiry.SecondsUntil(ExpiresAt, time) };
        }

        if (subscriptionIds.Count > 0)
        {
            properties = properties with { SubscriptionIdentifiers = subscriptionIds };
        }

        return new(sent, PacketId, duplicate || MayBeRepeated) { Alias = alias, Properties = properties };
    }
}
