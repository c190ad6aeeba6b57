using System.Runtime.InteropServices;
using Jingwei.Mqtt.Sessions;
using Jingwei.Mqtt.Subscribing;

namespace Jingwei.Mqtt.Publishing;

/// <summary>Takes a message to every session that subscribes to its topic.</summary>
internal sealed class MessageRouter(MqttServerLimits limits, TimeProvider time, ServerMeters meters) : IDisposable
{
    [ThreadStatic]
    private static List<SubscriptionMatch>? matches;

    public SubscriptionTree Subscriptions { get; } = new();

    public RetainedMessages Retained { get; } = new(limits.MaxRetainedMessages, time);

    /// <summary>Keeps a retained message and delivers to subscribers; how many sessions got it.</summary>
    /// <param name="message">As published.</param>
    /// <param name="publisher">Null for the platform itself; its no-local subscriptions are passed by [MQTT-3.8.3-3].</param>
    public int Route(MqttMessage message, Session? publisher)
    {
        Keep(message);
        return Deliver(message, Match(message.Topic, publisher));
    }

    /// <summary>Does the same for a message that lies in a buffer: it is copied only when somebody wants it.</summary>
    public void Route(in MqttPublish published, Session publisher)
    {
        var found = Match(published.Topic.Name, publisher);
        if (found.Count > 0 || published.Retain)
        {
            var message = published.ToMessage();
            Keep(message);
            Deliver(message, found);
        }
    }

    /// <summary>Delivers what is retained for a new subscription (MQTT 5.0, section 3.3.1.3).</summary>
    public List<Delivery> RetainedFor(Subscription subscription)
    {
        var request = subscription.Request;
        return [.. Retained.Find(request.Filter).Select(kept =>
            new Delivery(kept.Message, Min(kept.Message.QoS, request.QoS), true, Ids(subscription), kept.ExpiresAt))];
    }

    public void Dispose() => Subscriptions.Dispose();

    private void Keep(MqttMessage message)
    {
        if (message.Retain && !Retained.Store(message))
        {
            meters.CountDrop(MqttDropReason.RetainedFull);
        }
    }

    private List<SubscriptionMatch> Match(string topic, Session? publisher)
    {
        var found = matches ??= [];
        found.Clear();
        Subscriptions.Match(topic, found);
        if (publisher is not null)
        {
            found.RemoveAll(match => match.Subscription.Request.NoLocal && match.Session == publisher);
        }

        return found;
    }

    private int Deliver(MqttMessage message, List<SubscriptionMatch> found) => found.Count switch
    {
        0 => 0,
        1 => DeliverOne(message, found[0]),
        _ => DeliverMany(message, found),
    };

    private int DeliverOne(MqttMessage message, SubscriptionMatch match)
    {
        Deliver(message, match.Session, match.Subscription.Request.QoS, match.Subscription.Request.RetainAsPublished, Ids(match.Subscription));
        return 1;
    }

    /// <summary>One copy a session, at the highest QoS, with every matching identifier [MQTT-3.3.4-2] [MQTT-3.3.4-4].</summary>
    private int DeliverMany(MqttMessage message, List<SubscriptionMatch> found)
    {
        var sessions = new Dictionary<Session, (MqttQoS QoS, bool Retain, IReadOnlyList<uint> Ids)>(found.Count);
        foreach (var (session, subscription) in CollectionsMarshal.AsSpan(found))
        {
            var request = subscription.Request;
            ref var merged = ref CollectionsMarshal.GetValueRefOrAddDefault(sessions, session, out var isThere);
            merged = isThere
                ? ((MqttQoS)Math.Max((int)merged.QoS, (int)request.QoS), merged.Retain | request.RetainAsPublished, [.. merged.Ids, .. Ids(subscription)])
                : (request.QoS, request.RetainAsPublished, Ids(subscription));
        }

        foreach (var (session, merged) in sessions)
        {
            Deliver(message, session, merged.QoS, merged.Retain, merged.Ids);
        }

        return sessions.Count;
    }

    private void Deliver(MqttMessage message, Session session, MqttQoS asked, bool retainAsPublished, IReadOnlyList<uint> ids) =>
        session.Deliver(new Delivery(
            message, Min(message.QoS, asked), message.Retain && retainAsPublished, ids, Expiry.Of(message, time)));

    private static MqttQoS Min(MqttQoS published, MqttQoS asked) => published < asked ? published : asked;

    private static IReadOnlyList<uint> Ids(Subscription subscription) =>
        subscription.Identifier == 0 ? [] : [subscription.Identifier];
}
