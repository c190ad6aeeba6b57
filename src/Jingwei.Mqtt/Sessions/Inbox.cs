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
/// section 4.3.3). Bounded by the identifiers there are.
/// </summary>
internal sealed class Inbox
{
    private readonly Lock gate = new();
    private readonly Dictionary<ushort, bool> received = [];

    /// <summary>The state before this PUBLISH.</summary>
    public IncomingState Begin(ushort id)
    {
        lock (gate)
        {
            if (received.TryGetValue(id, out var isReceived))
            {
                return isReceived ? IncomingState.Received : IncomingState.Pending;
            }

            received.Add(id, false);
            return IncomingState.New;
        }
    }

    /// <summary>The hook took the message, PUBREC follows.</summary>
    public void MarkReceived(ushort id)
    {
        lock (gate)
        {
            received[id] = true;
        }
    }

    /// <summary>PUBREL, or a refusal, frees the identifier; false when it is not known.</summary>
    public bool End(ushort id)
    {
        lock (gate)
        {
            return received.Remove(id);
        }
    }
}
