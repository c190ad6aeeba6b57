using Jingwei.Mqtt.Packets;

namespace Jingwei.Mqtt.Sessions;

/// <summary>
/// The QoS 1 and 2 messages of one session on their way out: waiting, in flight, or to be sent again after a reconnection.
/// Every member locks; none calls out while it holds the lock.
/// </summary>
internal sealed class Outbox(MqttServerLimits limits, TimeProvider time, ServerMeters meters)
{
    private readonly Lock gate = new();
    private readonly Queue<Delivery> retained = new();
    private readonly Queue<Delivery> waiting = new();
    private readonly Queue<Delivery> again = new();
    private readonly OrderedDictionary<ushort, Delivery> inflight = [];
    private ushort lastId;
    private int quotaUsed;
    private int quota;

    /// <summary>Whether a subscriber has so much waiting that more retained messages would not be bounded.</summary>
    public bool IsBacklogged
    {
        get
        {
            lock (gate)
            {
                return retained.Count + waiting.Count >= limits.MaxQueuedMessages;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (gate)
            {
                return retained.Count + waiting.Count + inflight.Count;
            }
        }
    }

    /// <summary>False when <see cref="MqttServerLimits.MaxQueuedMessages"/> are waiting.</summary>
    public bool TryAdd(Delivery delivery)
    {
        lock (gate)
        {
            if (waiting.Count >= limits.MaxQueuedMessages)
            {
                return false;
            }

            waiting.Enqueue(delivery);
            return true;
        }
    }

    /// <summary>Adds what a new subscription finds retained; bounded by <see cref="IsBacklogged"/> being asked first.</summary>
    public void AddRetained(Delivery delivery)
    {
        lock (gate)
        {
            retained.Enqueue(delivery);
        }
    }

    /// <summary>A new connection: everything in flight goes out again, in its order [MQTT-4.4.0-1] [MQTT-4.6.0-1].</summary>
    public void Restart(ushort receiveMaximum)
    {
        lock (gate)
        {
            quota = Math.Min(receiveMaximum, limits.MaxInflight);
            quotaUsed = 0;
            again.Clear();
            foreach (var delivery in inflight.Values)
            {
                delivery.HoldsQuota = false;
                again.Enqueue(delivery);
            }
        }
    }

    /// <summary>The next packet that may leave now; null when there is none or the receive maximum is used up.</summary>
    public MqttPacket? Take()
    {
        lock (gate)
        {
            if (again.TryPeek(out var resent))
            {
                return TakeAgain(resent);
            }

            while (quotaUsed < quota && (retained.TryDequeue(out var next) || waiting.TryDequeue(out next)))
            {
                if (next.ExpiresAt <= time.GetUtcNow())
                {
                    meters.CountDrop(MqttDropReason.Expired);
                    continue;
                }

                next.PacketId = NextId();
                next.Phase = DeliveryPhase.Published;
                Hold(next);
                inflight.Add(next.PacketId, next);
                return next.ToPacket(time);
            }

            return null;
        }
    }

    /// <summary>PUBACK, PUBREC with a failure, or PUBCOMP ends a delivery; false when the packet does not fit its state.</summary>
    public bool End(ushort id, MqttQoS qos)
    {
        lock (gate)
        {
            if (!inflight.TryGetValue(id, out var delivery))
            {
                return true;
            }

            if (delivery.QoS != qos)
            {
                return false;
            }

            Forget(delivery);
            return true;
        }
    }

    /// <summary>PUBREC: the message will not be sent again; 0x92 when it is not known.</summary>
    public MqttReasonCode Release(ushort id)
    {
        lock (gate)
        {
            if (!inflight.TryGetValue(id, out var delivery))
            {
                return MqttReasonCode.PacketIdentifierNotFound;
            }

            if (delivery.QoS != MqttQoS.ExactlyOnce)
            {
                return MqttReasonCode.ProtocolError;
            }

            delivery.Phase = DeliveryPhase.Released;
            return MqttReasonCode.Success;
        }
    }

    /// <summary>A message larger than the client takes counts as delivered [MQTT-3.1.2-25].</summary>
    public void Skip(ushort id)
    {
        lock (gate)
        {
            if (inflight.TryGetValue(id, out var delivery))
            {
                Forget(delivery);
            }
        }
    }

    private MqttPacket? TakeAgain(Delivery delivery)
    {
        if (delivery.Phase != DeliveryPhase.Released && quotaUsed >= quota)
        {
            return null;
        }

        again.Dequeue();
        if (!inflight.ContainsKey(delivery.PacketId))
        {
            return again.TryPeek(out var next) ? TakeAgain(next) : null;
        }

        if (delivery.Phase == DeliveryPhase.Released)
        {
            return new AckPacket(PacketType.PubRel, delivery.PacketId);
        }

        Hold(delivery);
        return delivery.ToPacket(time, duplicate: true);
    }

    private void Hold(Delivery delivery)
    {
        delivery.HoldsQuota = true;
        quotaUsed++;
    }

    private void Forget(Delivery delivery)
    {
        inflight.Remove(delivery.PacketId);
        if (delivery.HoldsQuota)
        {
            quotaUsed--;
        }
    }

    /// <summary>The next free identifier; there is one, since fewer than 65,535 are in flight.</summary>
    private ushort NextId()
    {
        do
        {
            lastId++;
        }
        while (lastId == 0 || inflight.ContainsKey(lastId));
        return lastId;
    }
}
