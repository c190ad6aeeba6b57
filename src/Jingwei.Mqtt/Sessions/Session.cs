using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Subscribing;

namespace Jingwei.Mqtt.Sessions;

/// <summary>Sessions of different owners never meet, whatever client identifiers they use.</summary>
internal readonly record struct SessionKey(string Owner, string ClientId);

/// <summary>What outlives a connection (MQTT 5.0, section 4.1).</summary>
internal sealed class Session(SessionKey key, MqttServerLimits limits, TimeProvider time, ServerMeters meters)
{
    private volatile ServerConnection? connection;

    public SessionKey Key => key;

    public Outbox Outbox { get; } = new(limits, time, meters);

    public Inbox Inbox { get; } = new();

    // Owned by the connection's read loop, or by the registry when there is none.
    public Dictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    // Guarded by the registry's lock.
    public ServerConnection? Connection
    {
        get => connection;
        set => connection = value;
    }

    public object? Principal { get; set; }

    public TimeSpan Expiry { get; set; }

    public MqttMessage? Will { get; set; }

    public ITimer? WillTimer { get; set; }

    public ITimer? ExpiryTimer { get; set; }

    /// <summary>QoS 0 goes to the connection or is dropped; QoS 1 and 2 wait in the outbox.</summary>
    public void Deliver(Delivery delivery)
    {
        var online = connection;
        if (delivery.QoS == MqttQoS.AtMostOnce)
        {
            online?.SendOrDrop(delivery);
            return;
        }

        if (Outbox.TryAdd(delivery))
        {
            online?.Wake();
            return;
        }

        meters.CountDrop(MqttDropReason.SessionQueueFull);
        online?.BeginClose(MqttReasonCode.QuotaExceeded, "The session's queue is full.");
    }
}
