using Jingwei.Mqtt.Journal;
using Jingwei.Mqtt.Sessions;
using Jingwei.Mqtt.Subscribing;

namespace Jingwei.Mqtt.Publishing;

/// <summary>What became of a routed message.</summary>
/// <param name="Sessions">How many sessions took it.</param>
/// <param name="Commit">The journal's commit after which nothing of it can be forgotten; 0: there is nothing to wait for.</param>
internal readonly record struct Routed(int Sessions, ulong Commit)
{
    public Routed With(Routed other) => new(Sessions + other.Sessions, Math.Max(Commit, other.Commit));
}

/// <summary>Takes a message to every session that subscribes to its topic. On any thread.</summary>
internal sealed class MessageRouter(MqttServerLimits limits, TimeProvider time, ServerMeters meters, SessionJournal? journal)
{
    [ThreadStatic]
    private static MatchBuffer? matches;

    public Subscriptions Subscriptions { get; } = new();

    public RetainedMessages Retained { get; } = new(limits.MaxRetainedMessages, time, journal);

    public SessionJournal? Journal => journal;

    /// <summary>Keeps a retained message and delivers to subscribers.</summary>
    /// <param name="message">As published.</param>
    /// <param name="publisher">Null for the platform itself; its no-local subscriptions are passed by [MQTT-3.8.3-3].</param>
    public Routed Route(MqttMessage message, Session? publisher)
    {
        var kept = Keep(message);
        return new Routed(0, kept).With(Deliver(message, Match(message.Topic), publisher));
    }

    /// <summary>Does the same for a message that lies in a buffer: it is copied only when somebody wants it.</summary>
    public Routed Route(in MqttPublish published, Session publisher)
    {
        var found = Match(published.Topic.Name);
        if (found.Items.IsEmpty && !published.Retain)
        {
            return default;
        }

        var message = published.ToMessage();
        var kept = Keep(message);
        return new Routed(0, kept).With(Deliver(message, found, publisher));
    }

    /// <summary>Gives a message of a shared subscription to another member, after the one that it waited for has ended (MQTT 5.0, section 4.8.2).</summary>
    public void PassOn(Delivery delivery)
    {
        if (Subscriptions.FindGroup(delivery.SharedFilter!) is { } group)
        {
            DeliverShared(delivery.Message, group, delivery.ExpiresAt, delivery.Journalled);
        }
    }

    /// <summary>What is retained for a new subscription (MQTT 5.0, section 3.3.1.3).</summary>
    public List<Delivery> RetainedFor(Subscription subscription)
    {
        var isJournalled = subscription.Session.Recorder is not null;
        return [.. Retained.Find(subscription.Filter).Select(kept =>
            new Delivery(kept.Message, Min(kept.Message.QoS, subscription.QoS), true, Ids(subscription), kept.ExpiresAt)
            {
                Journalled = isJournalled ? new(kept.Message, kept.ExpiresAt) : null,
            })];
    }

    /// <summary>Completes when a commit of the journal is on disk.</summary>
    /// <exception cref="MqttJournalFailedException">It is unknown whether it is.</exception>
    public ValueTask SyncedAsync(ulong commit) => commit == 0 || journal is null ? ValueTask.CompletedTask : journal.SyncedAsync(commit);

    private ulong Keep(MqttMessage message)
    {
        if (!message.Retain)
        {
            return 0;
        }

        if (!Retained.Store(message, out var commit))
        {
            meters.CountDrop(MqttDropReason.RetainedFull);
        }

        return commit;
    }

    private MatchBuffer Match(string topic)
    {
        var found = matches ??= new();
        Subscriptions.Tree.Match(topic, found);
        return found;
    }

    private Routed Deliver(MqttMessage message, MatchBuffer found, Session? publisher)
    {
        var all = found.Items;
        if (all.IsEmpty)
        {
            return default;
        }

        var expiresAt = Expiry.Of(message, time);
        JournalMessage? journalled = null;
        if (found.Filters > 1)
        {
            // The same session side by side; shared subscriptions, which stand for themselves, last.
            all.Sort(static (one, other) => OrderOf(one).CompareTo(OrderOf(other)));
        }

        var routed = default(Routed);
        for (var from = 0; from < all.Length;)
        {
            if (all[from] is SharedGroup group)
            {
                journalled = Journalled(message, expiresAt, journalled);
                routed = routed.With(DeliverShared(message, group, expiresAt, journalled));
                from++;
                continue;
            }

            var to = EndOfSession(all, from);
            var delivery = Merge(message, all[from..to], publisher, expiresAt, ref journalled);
            from = to;
            if (delivery is { } own)
            {
                own.Session.Deliver(own.Delivery);
                routed = routed.With(new(1, own.Delivery.Commit));
            }
        }

        found.Clear();
        return routed;
    }

    private static int EndOfSession(ReadOnlySpan<Subscriber> all, int from)
    {
        var session = ((Subscription)all[from]).Session;
        var to = from + 1;
        while (to < all.Length && all[to] is Subscription next && next.Session == session)
        {
            to++;
        }

        return to;
    }

    /// <summary>One copy a session, at the highest QoS, with every matching identifier [MQTT-3.3.4-2] [MQTT-3.3.4-4]; null when all are no-local.</summary>
    private (Session Session, Delivery Delivery)? Merge(
        MqttMessage message, ReadOnlySpan<Subscriber> own, Session? publisher, DateTimeOffset expiresAt, ref JournalMessage? journalled)
    {
        var session = ((Subscription)own[0]).Session;
        var qos = MqttQoS.AtMostOnce;
        var (matches, retain) = (0, false);
        List<uint>? ids = null;
        foreach (var each in own)
        {
            var subscription = (Subscription)each;
            if (subscription.NoLocal && session == publisher)
            {
                continue;
            }

            matches++;
            qos = subscription.QoS > qos ? subscription.QoS : qos;
            retain |= subscription.RetainAsPublished;
            if (subscription.Identifier != 0)
            {
                (ids ??= []).Add(subscription.Identifier);
            }
        }

        if (matches == 0)
        {
            return null;
        }

        qos = Min(message.QoS, qos);
        if (session.Recorder is not null && qos != MqttQoS.AtMostOnce)
        {
            journalled = Journalled(message, expiresAt, journalled);
        }

        return (session, new Delivery(message, qos, message.Retain && retain, ids is null ? [] : ids, expiresAt) { Journalled = journalled });
    }

    private Routed DeliverShared(MqttMessage message, SharedGroup group, DateTimeOffset expiresAt, JournalMessage? journalled)
    {
        while (group.Choose(message.QoS) is { } member)
        {
            var delivery = new Delivery(
                message, Min(message.QoS, member.QoS), message.Retain && member.RetainAsPublished, Ids(member), expiresAt)
            {
                SharedFilter = group.Filter,
                Journalled = journalled,
            };
            if (member.Session.Deliver(delivery) == Taking.Taken)
            {
                return new(1, delivery.Commit);
            }
        }

        meters.CountDrop(message.QoS == MqttQoS.AtMostOnce ? MqttDropReason.SlowConsumer : MqttDropReason.SessionQueueFull);
        return default;
    }

    private JournalMessage? Journalled(MqttMessage message, DateTimeOffset expiresAt, JournalMessage? present) =>
        journal is null || message.QoS == MqttQoS.AtMostOnce ? null : present ?? new(message, expiresAt);

    private static int OrderOf(Subscriber subscriber) => subscriber is Subscription own ? own.Session.Order : int.MaxValue;

    private static MqttQoS Min(MqttQoS published, MqttQoS asked) => published < asked ? published : asked;

    private static IReadOnlyList<uint> Ids(Subscription subscription) =>
        subscription.Identifier == 0 ? [] : [subscription.Identifier];
}
