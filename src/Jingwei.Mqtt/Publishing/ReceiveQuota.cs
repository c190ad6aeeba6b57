namespace Jingwei.Mqtt.Publishing;

/// <summary>How many QoS 1 and 2 messages of one client are not yet acknowledged (MQTT 5.0, section 4.9).</summary>
internal sealed class ReceiveQuota(int limit)
{
    private int used;

    /// <summary>Whether the client may send no more.</summary>
    public bool IsUsedUp => Volatile.Read(ref used) >= limit;

    /// <summary>Counts one more; false when the client sent more than it was allowed.</summary>
    public bool Take() => Interlocked.Increment(ref used) <= limit;

    /// <summary>A resumed session may give back messages that this connection never counted.</summary>
    public void Return()
    {
        if (Interlocked.Decrement(ref used) < 0)
        {
            Interlocked.Increment(ref used);
        }
    }
}
