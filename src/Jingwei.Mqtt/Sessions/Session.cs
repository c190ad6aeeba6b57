using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Journal;
using Jingwei.Mqtt.Publishing;
using Jingwei.Mqtt.Subscribing;
using Microsoft.Extensions.Logging;

namespace Jingwei.Mqtt.Sessions;

/// <summary>Sessions of different owners never meet, whatever client identifiers they use.</summary>
internal readonly record struct SessionKey(string Owner, string ClientId);

/// <summary>What outlives a connection (MQTT 5.0, section 4.1).</summary>
internal sealed class Session
{
    private readonly ServerMeters meters;
    private readonly MqttServerLimits limits;
    private SessionSubscriptions subscriptions;
    private static int count;
    private volatile ServerConnection? connection;
    private readonly ILogger logger;
    private long dropped;
    private int isFullToldOf;

    public Session(SessionKey key, MqttServerLimits limits, TimeProvider time, ServerMeters meters, QueueBudget budget, ILogger logger)
    {
        (this.limits, this.meters, this.logger) = (limits, meters, logger);
        Key = key;
        Since = time.GetUtcNow();
        Outbox = new(Gate, limits, time, meters, budget);
        Inbox = new(Gate);
    }

    public SessionKey Key { get; }

    /// <summary>Unique in the process until two thousand million sessions began; brings subscriptions of one session together.</summary>
    public int Order { get; } = Interlocked.Increment(ref count) & int.MaxValue;

    /// <summary>Guards outbox, inbox and subscriptions, and so the order of their records in the journal.</summary>
    public Lock Gate { get; } = new();

    public Outbox Outbox { get; }

    public Inbox Inbox { get; }

    /// <summary>Null for a session that ends with its connection: it costs the journal nothing.</summary>
    public SessionRecorder? Recorder { get; private set; }

    // Guarded by the registry's lock.
    public ServerConnection? Connection
    {
        get => connection;
        set => connection = value;
    }

    public bool IsConnected => connection is not null;

    public object? Principal { get; set; }

    public TimeSpan Expiry { get; set; }

    /// <summary>Since when its client is connected, or away.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>Messages that did not fit into its queue.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    public MqttMessage? Will { get; set; }

    public ITimer? WillTimer { get; set; }

    public ITimer? ExpiryTimer { get; set; }

    /// <summary>Its subscriptions as they are now.</summary>
    public IReadOnlyList<Subscription> Subscriptions
    {
        get
        {
            lock (Gate)
            {
                return subscriptions.All;
            }
        }
    }

    public int SubscriptionCount
    {
        get
        {
            lock (Gate)
            {
                return subscriptions.Count;
            }
        }
    }

    /// <summary>From now on everything that must outlive the process is journalled.</summary>
    public void RecordBy(SessionRecorder recorder)
    {
        lock (Gate)
        {
            Recorder = recorder;
            Outbox.Recorder = recorder;
            Inbox.Recorder = recorder;
        }
    }

    public Subscription? Find(string filter)
    {
        lock (Gate)
        {
            return subscriptions.Find(filter);
        }
    }

    /// <summary>Keeps a subscription; what it replaces, or null.</summary>
    /// <param name="subscription">Of this session.</param>
    /// <param name="commit">SUBACK may leave when it is on disk; 0: at once.</param>
    public Subscription? Subscribe(Subscription subscription, out ulong commit)
    {
        lock (Gate)
        {
            var old = subscriptions.Set(subscription);
            commit = Recorder?.Subscribed(subscription) ?? 0;
            return old;
        }
    }

    /// <summary>Takes a subscription away; null when there was none.</summary>
    public Subscription? Unsubscribe(string filter, out ulong commit)
    {
        lock (Gate)
        {
            var old = subscriptions.Remove(filter);
            commit = old is null ? 0 : Recorder?.Unsubscribed(filter) ?? 0;
            return old;
        }
    }

    /// <summary>QoS 0 goes to the connection or is dropped; QoS 1 and 2 wait in the outbox.</summary>
    /// <param name="delivery">For this session.</param>
    /// <param name="round">Wakes the connection at its end.</param>
    /// <param name="mayWait">Whether the publisher can wait when a connected client has no room.</param>
    public Taking Deliver(Delivery delivery, DeliveryRound round, bool mayWait)
    {
        var online = connection;
        if (delivery.QoS == MqttQoS.AtMostOnce)
        {
            return online?.Deliver(delivery, round, mayWait) ?? Taking.Taken;
        }

        var taking = Outbox.Add(delivery, mayWait && online is not null);
        if (taking == Taking.Taken && online is not null)
        {
            round.Wake(online);
        }
        else if (taking == Taking.Full)
        {
            if (Interlocked.Exchange(ref isFullToldOf, 1) == 0)
            {
                Log.QueueFull(logger, Key.ClientId);
            }

            CountDrop();
            if (online is not null && limits.StalledSubscriberTimeout > TimeSpan.Zero && Outbox.Stalled() >= limits.StalledSubscriberTimeout)
            {
                online.BeginClose(MqttReasonCode.QuotaExceeded, "The session's queue is full, and nothing was acknowledged for too long.");
            }
        }

        return taking;
    }

    /// <summary>Ends when there is room for messages of this QoS, or when it has been waited for long enough.</summary>
    public Task RoomAsync(MqttQoS qos) =>
        qos != MqttQoS.AtMostOnce ? Outbox.RoomAsync() : connection?.RoomAsync() ?? Task.CompletedTask;

    public MqttSessionSnapshot Describe()
    {
        var (messages, bytes) = Outbox.Queued;
        return new(Key.ClientId, Principal!, IsConnected, Since, Expiry, SubscriptionCount, messages, bytes, Dropped);
    }

    /// <summary>A connection takes the session up.</summary>
    public void Attach(ServerConnection by, DateTimeOffset now)
    {
        (Will, Since, isFullToldOf) = (null, now, 0);
        Connection = by;
    }

    public void CountDrop()
    {
        Interlocked.Increment(ref dropped);
        meters.CountDrop(MqttDropReason.SessionQueueFull);
    }
}
