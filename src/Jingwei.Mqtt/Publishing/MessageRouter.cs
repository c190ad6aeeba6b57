using Jingwei.Mqtt.Journal;
using Jingwei.Mqtt.Sessions;
using Jingwei.Mqtt.Subscribing;
using Microsoft.Extensions.ObjectPool;

namespace Jingwei.Mqtt.Publishing;

/// <summary>What became of a routed message.</summary>
/// <param name="Sessions">How many sessions took it.</param>
/// <param name="Commit">The journal's commit after which nothing of it can be forgotten; 0: there is nothing to wait for.</param>
internal readonly record struct Routed(int Sessions, ulong Commit)
{
    public Routed With(Routed other) => new(Sessions + other.Sessions, Math.Max(Commit, other.Commit));
}

/// <summary>Takes a message to every session that subscribes to its topic. On any thread.</summary>
internal sealed class MessageRouter(MqttServerOptions options, ServerMeters meters, SessionJournal? journal)
{
    // Rounds kept for the next publisher; more are made and forgotten.
    private const int MaxIdleRounds = 64;

    [ThreadStatic]
    private static MatchBuffer? matches;

    private readonly TimeProvider time = options.Time;
    private readonly DefaultObjectPool<DeliveryRound> rounds = new(new DefaultPooledObjectPolicy<DeliveryRound>(), MaxIdleRounds);

    public Subscriptions Subscriptions { get; } = new(options.SubscribeUnder);

    public RetainedMessages Retained { get; } = new(options.Limits.MaxRetainedMessages, options.Time, journal);

    public SessionJournal? Journal => journal;

    /// <summary>Keeps a retained message and delivers to subscribers; completes when nothing of it can be forgotten.</summary>
    /// <param name="message">As published.</param>
    /// <param name="publisher">Null for the platform itself; its no-local subscriptions are passed by [MQTT-3.8.3-3].</param>
    /// <param name="under">The topic that subscriptions are looked up by; null: its own.</param>
    /// <returns>How many sessions took it.</returns>
    public async ValueTask<int> PublishAsync(MqttMessage message, Session? publisher, string? under = null)
    {
        var round = rounds.Get();
        var kept = Keep(message);
        var routed = Deliver(message, Match(under ?? message.Topic), publisher, round, mayWait: true);
        var drained = await round.DrainAsync();
        rounds.Return(round);
        await SyncedAsync(Math.Max(kept, Math.Max(drained, routed.Commit)));
        return routed.Sessions;
    }

    /// <summary>Does the same for one of many messages that lie in a buffer: it is copied only when somebody wants it.</summary>
    /// <param name="published">The message.</param>
    /// <param name="publisher">Its session.</param>
    /// <param name="round">Collects who is to be woken, and who is to be waited for before the next message.</param>
    /// <param name="mayWait">False: who has no room now does not get it.</param>
    public Routed Route(in MqttPublish published, Session publisher, DeliveryRound round, bool mayWait)
    {
        var found = Match(published.Topic.Name);
        if (found.Items.IsEmpty && !published.Retain)
        {
            return default;
        }

        var message = published.ToMessage();
        var kept = Keep(message);
        return new Routed(0, kept).With(Deliver(message, found, publisher, round, mayWait));
    }

    /// <summary>Whether anybody would get a message to that topic.</summary>
    public bool HasSubscribers(string topic)
    {
        var found = Match(topic);
        var any = !found.Items.IsEmpty;
        found.Clear();
        return any;
    }

    /// <summary>To be given back by <see cref="EndRound"/>.</summary>
    public DeliveryRound BeginRound() => rounds.Get();

    /// <summary>Wakes who got something.</summary>
    public void EndRound(DeliveryRound round)
    {
        round.End();
        rounds.Return(round);
    }

    /// <summary>Gives a message of a shared subscription to another member, after the one that it waited for has ended (MQTT 5.0, section 4.8.2).</summary>
    public void PassOn(Delivery delivery)
    {
        if (Subscriptions.FindGroup(delivery.SharedFilter!) is { } group)
        {
            var round = rounds.Get();
            DeliverShared(delivery.Routed, group, round, mayWait: false);
            EndRound(round);
        }
    }

    /// <summary>What is retained for a new subscription (MQTT 5.0, section 3.3.1.3).</summary>
    public List<Delivery> RetainedFor(Subscription subscription)
    {
        return [.. Retained.Find(subscription.Filter).Select(kept =>
            new Delivery(new(kept.Message, kept.ExpiresAt), Min(kept.Message.QoS, subscription.QoS), true, Ids(subscription)))];
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

    private Routed Deliver(MqttMessage message, MatchBuffer found, Session? publisher, DeliveryRound round, bool mayWait)
    {
        var all = found.Items;
        if (all.IsEmpty)
        {
            return default;
        }

        var shared = new RoutedMessage(message, Expiry.Of(message, time));
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
                routed = routed.With(DeliverShared(shared, group, round, mayWait));
                from++;
                continue;
            }

            var to = EndOfSession(all, from);
            if (Merge(shared, all[from..to], publisher) is { } delivery)
            {
                Deliver(delivery, ((Subscription)all[from]).Session, round, mayWait);
                routed = routed.With(new(1, delivery.Commit));
            }

            from = to;
        }

        found.Clear();
        return routed;
    }

    private static Taking Deliver(Delivery delivery, Session session, DeliveryRound round, bool mayWait)
    {
        var taking = session.Deliver(delivery, round, mayWait);
        if (taking == Taking.Wait)
        {
            round.WaitFor(session, delivery);
        }

        return taking;
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
    private static Delivery? Merge(RoutedMessage routed, ReadOnlySpan<Subscriber> own, Session? publisher)
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

        return new(routed, Min(routed.Message.QoS, qos), routed.Message.Retain && retain, ids is null ? [] : ids);
    }

    private Routed DeliverShared(RoutedMessage routed, SharedGroup group, DeliveryRound round, bool mayWait)
    {
        var message = routed.Message;
        while (group.Choose(message.QoS) is { } member)
        {
            var delivery = new Delivery(routed, Min(message.QoS, member.QoS), message.Retain && member.RetainAsPublished, Ids(member))
            {
                SharedFilter = group.Filter,
            };
            if (Deliver(delivery, member.Session, round, mayWait) is Taking.Taken or Taking.Wait)
            {
                return new(1, delivery.Commit);
            }
        }

        meters.CountDrop(message.QoS == MqttQoS.AtMostOnce ? MqttDropReason.SlowConsumer : MqttDropReason.SessionQueueFull);
        return default;
    }

    private static int OrderOf(Subscriber subscriber) => subscriber is Subscription own ? own.Session.Order : int.MaxValue;

    private static MqttQoS Min(MqttQoS published, MqttQoS asked) => published < asked ? published : asked;

    private static IReadOnlyList<uint> Ids(Subscription subscription) =>
        subscription.Identifier == 0 ? [] : [subscription.Identifier];
}
