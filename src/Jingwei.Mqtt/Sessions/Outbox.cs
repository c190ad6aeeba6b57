using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Journal;
using Jingwei.Mqtt.Packets;

namespace Jingwei.Mqtt.Sessions;

/// <summary>What a session made of a message for it.</summary>
internal enum Taking
{
    Taken,

    /// <summary>No room now; the publisher is to wait and to offer it again.</summary>
    Wait,

    /// <summary>No room; dropped and counted.</summary>
    Full,

    /// <summary>The session ended a moment ago.</summary>
    Gone,
}

/// <summary>
/// The QoS 1 and 2 messages of one session on their way out: waiting, in flight, or to be sent again after a reconnection.
/// Every member locks the session's gate; none calls out while it holds it, but to the journal.
/// </summary>
internal sealed class Outbox(Lock gate, MqttServerLimits limits, TimeProvider time, ServerMeters meters, QueueBudget budget)
{
    private LazyQueue<Delivery> retained;
    private LazyQueue<Delivery> waiting;
    private LazyQueue<Delivery> again;
    private LazyQueue<HeldPacket> held;
    private Inflight inflight;
    private PacketIds ids;
    private long? stalledSince;
    private Backpressure? pressure;
    private int quotaUsed;
    private int quota;
    private long bytes;
    private bool isClosed;

    /// <summary>Null for a session that ends with its connection.</summary>
    public SessionRecorder? Recorder { get; set; }

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

    /// <summary>Whether another message of usual size fits.</summary>
    public bool HasRoom
    {
        get
        {
            lock (gate)
            {
                return waiting.Count < limits.MaxQueuedMessages && bytes < limits.MaxQueuedBytes;
            }
        }
    }

    /// <summary>The queue is full: how long its client has acknowledged nothing since then of what it has; zero when it has nothing.</summary>
    public TimeSpan Stalled()
    {
        lock (gate)
        {
            if (inflight.Count == 0)
            {
                return TimeSpan.Zero;
            }

            stalledSince ??= time.GetTimestamp();
            return time.GetElapsedTime(stalledSince.Value);
        }
    }

    /// <summary>Messages that were not acknowledged, and the memory that they stand for.</summary>
    public (int Messages, long Bytes) Queued
    {
        get
        {
            lock (gate)
            {
                return (retained.Count + waiting.Count + inflight.Count, bytes);
            }
        }
    }

    /// <summary>Every message in the order of its sending. The caller holds the gate.</summary>
    public IEnumerable<Delivery> All => inflight.Values.Concat(retained.Items).Concat(waiting.Items);

    /// <summary>
    /// Full when <see cref="MqttServerLimits.MaxQueuedMessages"/>, <see cref="MqttServerLimits.MaxQueuedBytes"/> or
    /// <see cref="MqttServerLimits.MaxQueuedBytesTotal"/> are reached.
    /// </summary>
    /// <param name="delivery">QoS 1 or 2.</param>
    /// <param name="mayWait">Whether the client is there and the publisher can wait for room.</param>
    public Taking Add(Delivery delivery, bool mayWait)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return Taking.Gone;
            }

            if (waiting.Count >= limits.MaxQueuedMessages || bytes + delivery.Size > limits.MaxQueuedBytes || !TryKeep(delivery))
            {
                return mayWait && (pressure ??= new(time, limits.SlowConsumerPatience)).Holds() ? Taking.Wait : Taking.Full;
            }

            waiting.Enqueue(delivery);
            return Taking.Taken;
        }
    }

    /// <summary>Ends when there is room again, or when it has been waited for long enough.</summary>
    public Task RoomAsync()
    {
        lock (gate)
        {
            return pressure?.RoomAsync() ?? Task.CompletedTask;
        }
    }

    /// <summary>Adds what a new subscription finds retained; bounded by <see cref="IsBacklogged"/> being asked first. False when memory has no room.</summary>
    public bool TryAddRetained(Delivery delivery)
    {
        lock (gate)
        {
            if (isClosed || !TryKeep(delivery))
            {
                return false;
            }

            retained.Enqueue(delivery);
            return true;
        }
    }

    /// <summary>Adds what the journal kept, oldest first; limits do not apply to what was acknowledged.</summary>
    public void Restore(Delivery delivery)
    {
        lock (gate)
        {
            budget.Take(delivery.Size);
            bytes += delivery.Size;
            if (delivery.PacketId != 0)
            {
                ids.Restore(delivery.PacketId);
            }

            if (delivery.Phase == DeliveryPhase.Released)
            {
                inflight.Add(delivery.PacketId, delivery);
            }
            else
            {
                waiting.Enqueue(delivery);
            }
        }
    }

    /// <summary>A new connection: everything in flight goes out again, in its order [MQTT-4.4.0-1] [MQTT-4.6.0-1].</summary>
    public void Restart(ushort receiveMaximum)
    {
        lock (gate)
        {
            quota = Math.Min(receiveMaximum, limits.MaxInflight);
            quotaUsed = 0;
            pressure?.MadeRoom(isEmpty: true);
            stalledSince = null;
            held.Clear();
            again.Clear();
            foreach (var delivery in inflight.Values)
            {
                delivery.HoldsQuota = false;
                again.Enqueue(delivery);
            }
        }
    }

    /// <summary>Ends the session's claim on memory and gives what another member of a shared subscription should have.</summary>
    public List<Delivery> Close()
    {
        lock (gate)
        {
            // [MQTT-4.8.2-5]: what was sent at QoS 2 may go to nobody else.
            List<Delivery> others = [.. All.Where(delivery =>
                delivery.SharedFilter is not null && (delivery.QoS == MqttQoS.AtLeastOnce || delivery is { Phase: DeliveryPhase.Waiting, MayBeRepeated: false }))];
            isClosed = true;
            pressure?.MadeRoom(isEmpty: true);
            budget.GiveBack(bytes);
            bytes = 0;
            inflight.Clear();
            retained.Clear();
            waiting.Clear();
            again.Clear();
            held.Clear();
            return others;
        }
    }

    /// <summary>Sends an answer as soon as the commit is on disk: what it says must not be forgotten.</summary>
    public void Hold(MqttPacket packet, ulong commit)
    {
        lock (gate)
        {
            held.Enqueue(new(packet, commit));
        }
    }

    /// <summary>The next packet that may leave now; null when there is none, the receive maximum is used up, or the disk is not ready.</summary>
    public Outgoing? Take()
    {
        lock (gate)
        {
            if (held.TryPeek(out var answer) && IsSynced(answer.Commit))
            {
                return new(held.Dequeue().Packet);
            }

            if (again.TryPeek(out var resent))
            {
                return TakeAgain(resent);
            }

            while (quotaUsed < quota && (retained.TryPeek(out var next) || waiting.TryPeek(out next)))
            {
                // A QoS 2 identifier that the client knows must be known after a crash too; at QoS 1 the client knows that messages may repeat.
                if (next.QoS == MqttQoS.ExactlyOnce && !IsSynced(next.Commit))
                {
                    return null;
                }

                _ = retained.TryDequeue(out _) || waiting.TryDequeue(out _);
                if (next.ExpiresAt <= time.GetUtcNow())
                {
                    meters.CountDrop(MqttDropReason.Expired);
                    Forget(next);
                    continue;
                }

                if (next.PacketId == 0 && ids.TryTake(out var id))
                {
                    next.PacketId = id;
                }

                next.Phase = DeliveryPhase.Published;
                Hold(next);
                inflight.Add(next.PacketId, next);
                Relieve();
                return new(next);
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

            inflight.Remove(id, out _);
            Forget(delivery);
            return true;
        }
    }

    /// <summary>PUBREC: the message will not be sent again; 0x92 when it is not known. True: PUBREL leaves by itself once that is on disk.</summary>
    public (MqttReasonCode Reason, bool LeavesByItself) Release(ushort id)
    {
        lock (gate)
        {
            if (!inflight.TryGetValue(id, out var delivery))
            {
                return (MqttReasonCode.PacketIdentifierNotFound, false);
            }

            if (delivery.QoS != MqttQoS.ExactlyOnce)
            {
                return (MqttReasonCode.ProtocolError, false);
            }

            var isFirst = delivery.Phase != DeliveryPhase.Released;
            delivery.Phase = DeliveryPhase.Released;
            if (Recorder is not null && isFirst)
            {
                delivery.Commit = Recorder.Released(delivery);
                held.Enqueue(new(new AckPacket(PacketType.PubRel, id), delivery.Commit));
            }

            return (MqttReasonCode.Success, !IsSynced(delivery.Commit) || (Recorder is not null && isFirst));
        }
    }

    /// <summary>A message larger than the client takes counts as delivered [MQTT-3.1.2-25].</summary>
    public void Skip(ushort id)
    {
        lock (gate)
        {
            if (inflight.Remove(id, out var delivery))
            {
                Forget(delivery);
            }
        }
    }

    private Outgoing? TakeAgain(Delivery delivery)
    {
        if (delivery.Phase == DeliveryPhase.Released ? !IsSynced(delivery.Commit) : quotaUsed >= quota)
        {
            return null;
        }

        again.Dequeue();
        if (!inflight.TryGetValue(delivery.PacketId, out var present) || present != delivery)
        {
            return again.TryPeek(out var next) ? TakeAgain(next) : null;
        }

        if (delivery.Phase == DeliveryPhase.Released)
        {
            return new(new AckPacket(PacketType.PubRel, delivery.PacketId));
        }

        Hold(delivery);
        return new(delivery, IsDuplicate: true);
    }

    /// <summary>Counts the message against the limits and journals it; one at QoS 2 with the identifier that it keeps for ever.</summary>
    private bool TryKeep(Delivery delivery)
    {
        if (!budget.TryTake(delivery.Size))
        {
            return false;
        }

        if (Recorder is not null)
        {
            if (delivery.QoS == MqttQoS.ExactlyOnce)
            {
                if (!ids.TryTake(out var id))
                {
                    budget.GiveBack(delivery.Size);
                    return false;
                }

                delivery.PacketId = id;
            }

            Recorder.Queued(delivery);
        }

        bytes += delivery.Size;
        return true;
    }

    private void Relieve()
    {
        if (waiting.Count <= limits.MaxQueuedMessages / 2 && bytes <= limits.MaxQueuedBytes / 2)
        {
            pressure?.MadeRoom(waiting.Count == 0);
        }
    }

    private bool IsSynced(ulong commit) => Recorder is null || Recorder.IsSynced(commit);

    private void Hold(Delivery delivery)
    {
        delivery.HoldsQuota = true;
        quotaUsed++;
    }

    private void Forget(Delivery delivery)
    {
        stalledSince = null;
        if (delivery.HoldsQuota)
        {
            quotaUsed--;
        }

        if (delivery.PacketId != 0)
        {
            ids.Free(delivery.PacketId);
        }

        bytes -= delivery.Size;
        budget.GiveBack(delivery.Size);
        Relieve();
        Recorder?.Done(delivery);
    }

    private readonly record struct HeldPacket(MqttPacket Packet, ulong Commit);
}
