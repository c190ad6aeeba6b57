using Jingwei.Mqtt.Journal;

namespace Jingwei.Mqtt.Sessions;

/// <summary>What the server knows of an incoming QoS 2 packet identifier.</summary>
internal enum IncomingState
{
    /// <summary>Not seen since its last PUBREL: a new message.</summary>
    New,

    /// <summary>The hook is still at work; PUBREC will follow by itself.</summary>
    Pending,

    /// <summary>PUBREC went out; send it again.</summary>
    Received,
}

/// <summary>
/// Packet identifiers of incoming QoS 2 messages between PUBLISH and PUBREL, so that each message is taken once (method A of MQTT 5.0,
/// section 4.3.3). Bounded by the identifiers there are. Locks the session's gate.
/// </summary>
internal sealed class Inbox(Lock gate)
{
    // A client that publishes one by one goes on with the same table.
    private const int SmallCapacity = 32;

    private Dictionary<ushort, bool>? received;

    /// <summary>Null for a session that ends with its connection.</summary>
    public SessionRecorder? Recorder { get; set; }

    /// <summary>Identifiers whose messages were taken. The caller holds the gate.</summary>
    public IEnumerable<ushort> Received => received is null ? [] : received.Where(each => each.Value).Select(each => each.Key);

    /// <summary>The state before this PUBLISH.</summary>
    public IncomingState Begin(ushort id)
    {
        lock (gate)
        {
            received ??= [];
            if (received.TryGetValue(id, out var isReceived))
            {
                return isReceived ? IncomingState.Received : IncomingState.Pending;
            }

            received.Add(id, false);
            return IncomingState.New;
        }
    }

    /// <summary>The hook took the message; PUBREC follows when the commit that is returned is on disk.</summary>
    public ulong MarkReceived(ushort id)
    {
        lock (gate)
        {
            received![id] = true;
            return Recorder?.Received(id) ?? 0;
        }
    }

    /// <summary>An identifier that the journal kept.</summary>
    public void Restore(ushort id)
    {
        lock (gate)
        {
            (received ??= [])[id] = true;
        }
    }

    /// <summary>PUBREL, or a refusal, frees the identifier; false when it is not known.</summary>
    /// <param name="id">Of the message.</param>
    /// <param name="commit">PUBCOMP may follow when it is on disk; 0: at once.</param>
    public bool End(ushort id, out ulong commit)
    {
        lock (gate)
        {
            commit = 0;
            if (received is null || !received.Remove(id, out var isReceived))
            {
                return false;
            }

            if (received.Count == 0 && received.Capacity > SmallCapacity)
            {
                received = null;
            }

            commit = isReceived ? Recorder?.Forgotten(id) ?? 0 : 0;
            return true;
        }
    }
}
