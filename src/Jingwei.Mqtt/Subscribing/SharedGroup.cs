namespace Jingwei.Mqtt.Subscribing;

/// <summary>The sessions that share one filter under one group name: each message goes to one of them (MQTT 5.0, section 4.8.2).</summary>
/// <param name="filter">With the group's name in front.</param>
internal sealed class SharedGroup(string filter) : Subscriber
{
    private volatile Subscription[] members = [];
    private int turn;

    public string Filter => filter;

    public bool IsEmpty => members.Length == 0;

    // Changed under the lock of Subscriptions; read by routers at any time.
    public void Add(Subscription member) => members = [.. members, member];

    public void Replace(Subscription old, Subscription by) => members = [.. members.Select(member => member == old ? by : member)];

    public void Remove(Subscription member) => members = [.. members.Where(each => each != member)];

    /// <summary>
    /// The next member by turns that is connected and has room; failing that, for QoS 1 and 2, the next whose session is kept and has room.
    /// Null when nobody can take the message.
    /// </summary>
    public Subscription? Choose(MqttQoS published)
    {
        var all = members;
        if (all.Length == 0)
        {
            return null;
        }

        var first = (int)((uint)Interlocked.Increment(ref turn) % (uint)all.Length);
        Subscription? waiting = null;
        for (var i = 0; i < all.Length; i++)
        {
            var member = all[(first + i) % all.Length];
            var needsRoom = published != MqttQoS.AtMostOnce && member.QoS != MqttQoS.AtMostOnce;
            if (needsRoom && !member.Session.Outbox.HasRoom)
            {
                continue;
            }

            if (member.Session.IsConnected)
            {
                return member;
            }

            waiting ??= needsRoom ? member : null;
        }

        return waiting;
    }
}
