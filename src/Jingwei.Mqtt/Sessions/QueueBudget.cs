namespace Jingwei.Mqtt.Sessions;

/// <summary>The memory that all sessions together may fill with QoS 1 and 2 messages.</summary>
internal sealed class QueueBudget(long limit)
{
    private long used;

    public long Used => Interlocked.Read(ref used);

    /// <summary>False, and nothing taken, when the bytes do not fit any more.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref used, bytes) <= limit)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    /// <summary>Takes them also above the limit: what was restored was acknowledged.</summary>
    public void Take(int bytes) => Interlocked.Add(ref used, bytes);

    public void GiveBack(long bytes) => Interlocked.Add(ref used, -bytes);
}
