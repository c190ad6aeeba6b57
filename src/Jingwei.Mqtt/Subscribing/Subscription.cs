using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Subscribing;

/// <summary>What hangs at a topic filter: the subscription of one session, or a group that shares one. Its place is the tree's own affair.</summary>
internal abstract class Subscriber
{
    // Guarded by the tree's lock.
    internal int Node { get; set; }

    internal int Slot { get; set; }
}

/// <summary>One subscription of one session. Immutable; another SUBSCRIBE with the same filter replaces it whole.</summary>
internal sealed class Subscription(Session session, FilterRequest request, uint identifier) : Subscriber
{
    public Session Session => session;

    /// <summary>As asked, a shared one with its group.</summary>
    public string Filter { get; } = request.Filter;

    /// <summary>The subscription identifier; 0: none.</summary>
    public uint Identifier => identifier;

    public MqttQoS QoS { get; } = request.QoS;

    public bool NoLocal { get; } = request.NoLocal;

    public bool RetainAsPublished { get; } = request.RetainAsPublished;

    public bool IsShared => SharedFilter.IsShared(Filter);
}
