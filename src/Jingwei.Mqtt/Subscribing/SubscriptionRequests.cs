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
        if (packet.Filters.Any(request => request.NoLocal && SharedFilter.IsShared(request.Filter)))
        {
            connection.BeginClose(MqttReasonCode.ProtocolError, "A shared subscription asks for no local [MQTT-3.8.3-4].");
            return;
        }

        var identifier = packet.Properties.SubscriptionIdentifiers is [var only] ? only : 0;
        var reasons = new MqttReasonCode[packet.Filters.Count];
        var retained = new List<Delivery>();
        var synced = 0UL;
        for (var i = 0; i < reasons.Length; i++)
        {
            var request = packet.Filters[i];
            var refusal = Refusal(request.Filter);
            reasons[i] = refusal is { } reason
                ? (IsV5 ? reason : MqttReasonCode.UnspecifiedError)
                : (MqttReasonCode)request.QoS;
            if (refusal is null)
            {
                retained.AddRange(Add(new(connection.Session, request, identifier), request.RetainHandling, ref synced));
            }
        }

        await router.SyncedAsync(synced);
        await connection.SendAsync(new SubAckPacket(packet.PacketId, reasons));
        foreach (var delivery in retained)
        {
            await connection.SendRetainedAsync(delivery);
        }
    }

    public async ValueTask UnsubscribeAsync(UnsubscribePacket packet)
    {
        var reasons = new MqttReasonCode[packet.Filters.Count];
        var synced = 0UL;
        for (var i = 0; i < reasons.Length; i++)
        {
            var had = connection.Session.Unsubscribe(packet.Filters[i], out var commit);
            if (had is not null)
            {
                router.Subscriptions.Remove(had);
                synced = Math.Max(synced, commit);
            }

            reasons[i] = had is not null ? MqttReasonCode.Success : MqttReasonCode.NoSubscriptionExisted;
        }

        await router.SyncedAsync(synced);
        await connection.SendAsync(new UnsubAckPacket(packet.PacketId, reasons));
    }

    /// <summary>A resumed session keeps only what its principal may still subscribe to.</summary>
    public static void DropUnauthorized(MqttServerOptions options, Session session, object principal, MessageRouter router)
    {
        foreach (var subscription in session.Subscriptions)
        {
            if (!options.AuthorizeSubscribe(principal, SharedFilter.Topics(subscription.Filter)))
            {
                session.Unsubscribe(subscription.Filter, out _);
                router.Subscriptions.Remove(subscription);
            }
        }
    }

    private List<Delivery> Add(Subscription subscription, RetainHandling handling, ref ulong synced)
    {
        var old = connection.Session.Subscribe(subscription, out var commit);
        synced = Math.Max(synced, commit);
        router.Subscriptions.Set(subscription, old);

        // Shared subscriptions get nothing retained (MQTT 5.0, section 4.8.2).
        return !subscription.IsShared && (handling == RetainHandling.SendAtSubscribe || (handling == RetainHandling.SendIfNew && old is null))
            ? router.RetainedFor(subscription)
            : [];
    }

    private MqttReasonCode? Refusal(string filter)
    {
        var session = connection.Session;
        var topics = SharedFilter.Topics(filter);
        return filter switch
        {
            _ when SharedFilter.Inside(filter) < 0 || !MqttTopicFilter.IsTopicFilter(topics) || !options.Limits.Allows(filter) =>
                MqttReasonCode.TopicFilterInvalid,
            _ when session.Outbox.IsBacklogged => MqttReasonCode.QuotaExceeded,
            _ when session.SubscriptionCount >= options.Limits.MaxSubscriptionsPerSession && session.Find(filter) is null =>
                MqttReasonCode.QuotaExceeded,
            _ when !options.AuthorizeSubscribe(connection.Info.Principal, topics) => MqttReasonCode.NotAuthorized,
            _ => null,
        };
    }
}
