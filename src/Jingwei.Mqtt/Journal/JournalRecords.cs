using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;
using Jingwei.Mqtt.Subscribing;

namespace Jingwei.Mqtt.Journal;

/// <summary>Writes records; <see cref="JournalReplay"/> reads them.</summary>
internal sealed class JournalRecords(JournalBuffer into)
{
    public const byte ReleasedFlag = 1 << 3;
    public const byte SharedFlag = 1 << 4;
    public const byte RetainFlag = 1 << 2;
    public const byte PropertiesFlag = 1 << 3;
    public const byte NoLocalFlag = 1 << 2;
    public const byte RetainAsPublishedFlag = 1 << 3;

    private readonly PacketWriter properties = new();

    public void Session(ulong session, SessionKey key)
    {
        Begin(RecordKind.Session, session);
        into.Text(key.Owner);
        into.Text(key.ClientId);
    }

    /// <summary>A record that says nothing but the session's number and one more.</summary>
    public void Plain(RecordKind kind, ulong session, ulong value)
    {
        Begin(kind, session);
        into.Unsigned(value);
    }

    public void Begin(RecordKind kind, ulong first)
    {
        into.Byte((byte)kind);
        into.Unsigned(first);
    }

    public void Left(ulong session, DateTimeOffset moment)
    {
        Begin(RecordKind.Left, session);
        into.Moment(moment);
    }

    public void Subscribed(ulong session, Subscription subscription)
    {
        Begin(RecordKind.Subscribed, session);
        into.Text(subscription.Filter);
        into.Byte((byte)((int)subscription.QoS
            | (subscription.NoLocal ? NoLocalFlag : 0) | (subscription.RetainAsPublished ? RetainAsPublishedFlag : 0)));
        into.Unsigned(subscription.Identifier);
    }

    public void Unsubscribed(ulong session, string filter)
    {
        Begin(RecordKind.Unsubscribed, session);
        into.Text(filter);
    }

    public void Queued(ulong session, Delivery delivery, ulong message)
    {
        Begin(RecordKind.Queued, session);
        into.Unsigned(delivery.Number);
        into.Unsigned(message);
        into.Byte((byte)((int)delivery.QoS
            | (delivery.Retain ? RetainFlag : 0)
            | (delivery.Phase == DeliveryPhase.Released ? ReleasedFlag : 0)
            | (delivery.SharedFilter is null ? 0 : SharedFlag)));
        into.Unsigned(delivery.QoS == MqttQoS.ExactlyOnce ? delivery.PacketId : 0u);
        into.Unsigned((ulong)delivery.SubscriptionIds.Count);
        foreach (var id in delivery.SubscriptionIds)
        {
            into.Unsigned(id);
        }

        if (delivery.SharedFilter is { } filter)
        {
            into.Text(filter);
        }
    }

    public void Message(ulong number, MqttMessage message, DateTimeOffset expiresAt)
    {
        Begin(RecordKind.Message, number);
        Content(message, expiresAt);
    }

    public void Retained(MqttMessage message, DateTimeOffset expiresAt)
    {
        into.Byte((byte)RecordKind.Retained);
        Content(message, expiresAt);
    }

    public void Cleared(string topic)
    {
        into.Byte((byte)RecordKind.Cleared);
        into.Text(topic);
    }

    private void Content(MqttMessage message, DateTimeOffset expiresAt)
    {
        var hasProperties = !ReferenceEquals(message.Properties, MqttProperties.None);
        into.Byte((byte)((int)message.QoS | (message.Retain ? RetainFlag : 0) | (hasProperties ? PropertiesFlag : 0)));
        into.Text(message.Topic);
        into.Moment(expiresAt);
        into.Bytes(message.Payload.Span);
        if (hasProperties)
        {
            properties.Begin();
            PropertyWriter.Write(properties, message.Properties);
            into.Bytes(properties.Finish(PacketType.Publish));
        }
    }
}
