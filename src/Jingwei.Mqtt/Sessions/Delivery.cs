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

/// <summary>One message on its way to one session. Phase, packet identifier and quota are guarded by the session's outbox.</summary>
internal sealed class Delivery(
    MqttMessage message, MqttQoS qos, bool retain, IReadOnlyList<uint> subscriptionIds, DateTimeOffset expiresAt)
{
    public MqttQoS QoS => qos;

    public DateTimeOffset ExpiresAt => expiresAt;

    public ushort PacketId { get; set; }

    public DeliveryPhase Phase { get; set; }

    /// <summary>Whether it uses up one of the client's receive maximum on the current connection.</summary>
    public bool HoldsQuota { get; set; }

    /// <summary>Its PUBLISH, with the expiry that is left [MQTT-3.3.2-6].</summary>
    public PublishPacket ToPacket(TimeProvider time, bool duplicate = false)
    {
        var sent = message.QoS == qos && message.Retain == retain ? message : message with { QoS = qos, Retain = retain };
        var properties = message.Properties;
        if (properties.MessageExpiryInterval is not null)
        {
            properties = properties with { MessageExpiryInterval = Expiry.SecondsUntil(expiresAt, time) };
        }

        if (subscriptionIds.Count > 0)
        {
            properties = properties with { SubscriptionIdentifiers = subscriptionIds };
        }

        return new(sent, PacketId, duplicate) { Properties = properties };
    }
}
