using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Publishing;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Subscribing;

/// <summary>Answers SUBSCRIBE and UNSUBSCRIBE of one connection (MQTT 5.0, sections 3.8 and 3.10).</summary>
internal sealed class SubscriptionRequests(MqttServerOptions options, ServerConnection connection, MessageRouter router)
{
    private bool IsV5 => connection.Info.ProtocolVersion == MqttProtocolVersion.V5;

    public async ValueTask SubscribeAsync(SubscribePacket packet)
    {
        var identifier = packet.Properties.SubscriptionIdentifiers is [var only] ? only : 0;
        var reasons = new MqttReasonCode[packet.Filters.Count];
        var retained = new List<Delivery>();
        for (var i = 0; i < reasons.Length; i++)
        {
            var request = packet.Filters[i];
            var refusal = Refusal(request.Filter);
            reasons[i] = refusal is { } reason
                ? (IsV5 ? reason : MqttReasonCode.UnspecifiedError)
                : (MqttReasonCode)request.QoS;
            if (refusal is null)
            {
                retained.AddRange(Add(new(request, identifier)));
            }
        }

        await connection.SendAsync(new SubAckPacket(packet.PacketId, reasons));
        foreach (var delivery in retained)
        {
            await connection.SendRetainedAsync(delivery);
        }
    }

    public ValueTask UnsubscribeAsync(UnsubscribePacket packet)
    {
        var reasons = new MqttReasonCode[packet.Filters.Count];
        for (var i = 0; i < reasons.Length; i++)
        {
            var had = connection.Session.Subscriptions.Remove(packet.Filters[i]);
            if (had)
            {
                router.Subscriptions.Remove(connection.Session, packet.Filters[i]);
            }

            reasons[i] = had ? MqttReasonCode.Success : MqttReasonCode.NoSubscriptionExisted;
        }

        return connection.SendAsync(new UnsubAckPacket(packet.PacketId, reasons));
    }

    /// <summary>A resumed session keeps only what its principal may still subscribe to.</summary>
    public static void DropUnauthorized(MqttServerOptions options, Session session, object principal, MessageRouter router)
    {
        foreach (var filter in session.Subscriptions.Keys.Where(filter => !options.AuthorizeSubscribe(principal, filter)).ToList())
        {
            session.Subscriptions.Remove(filter);
            router.Subscriptions.Remove(session, filter);
        }
    }

    private List<Delivery> Add(Subscription subscription)
    {
        connection.Session.Subscriptions[subscription.Request.Filter] = subscription;
        var isNew = router.Subscriptions.Set(connection.Session, subscription);
        return subscription.Request.RetainHandling switch
        {
            RetainHandling.SendAtSubscribe => router.RetainedFor(subscription),
            RetainHandling.SendIfNew when isNew => router.RetainedFor(subscription),
            _ => [],
        };
    }

    private MqttReasonCode? Refusal(string filter)
    {
        var session = connection.Session;
        return filter switch
        {
            _ when !MqttTopicFilter.IsTopicFilter(filter) || !options.Limits.Allows(filter) => MqttReasonCode.TopicFilterInvalid,
            _ when filter.StartsWith("$share/", StringComparison.Ordinal) => MqttReasonCode.SharedSubscriptionsNotSupported,
            _ when session.Outbox.IsBacklogged => MqttReasonCode.QuotaExceeded,
            _ when session.Subscriptions.Count >= options.Limits.MaxSubscriptionsPerSession
                && !session.Subscriptions.ContainsKey(filter) => MqttReasonCode.QuotaExceeded,
            _ when !options.AuthorizeSubscribe(connection.Info.Principal, filter) => MqttReasonCode.NotAuthorized,
            _ => null,
        };
    }
}
