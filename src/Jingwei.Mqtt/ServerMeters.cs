namespace Jingwei.Mqtt;

/// <summary>Counters that many threads raise.</summary>
internal sealed class ServerMeters
{
    private readonly long[] dropped = new long[Enum.GetValues<MqttDropReason>().Length];
    private long packetsIn;
    private long packetsOut;
    private long bytesIn;
    private long bytesOut;
    private long publishesIn;
    private long publishesOut;
    private long droppedTotal;

    public long PacketsIn => Interlocked.Read(ref packetsIn);

    public long PacketsOut => Interlocked.Read(ref packetsOut);

    public long BytesIn => Interlocked.Read(ref bytesIn);

    public long BytesOut => Interlocked.Read(ref bytesOut);

    public long PublishesIn => Interlocked.Read(ref publishesIn);

    public long PublishesOut => Interlocked.Read(ref publishesOut);

    public long Dropped => Interlocked.Read(ref droppedTotal);

    public void CountIn(long bytes, bool isPublish)
    {
        Interlocked.Increment(ref packetsIn);
        Interlocked.Add(ref bytesIn, bytes);
        if (isPublish)
        {
            Interlocked.Increment(ref publishesIn);
        }
    }

    public void CountOut(long bytes, bool isPublish)
    {
        Interlocked.Increment(ref packetsOut);
        Interlocked.Add(ref bytesOut, bytes);
        if (isPublish)
        {
            Interlocked.Increment(ref publishesOut);
        }
    }

    public void CountDrop(MqttDropReason reason)
    {
        Interlocked.Increment(ref dropped[(int)reason]);
        Interlocked.Increment(ref droppedTotal);
    }

    public Dictionary<MqttDropReason, long> DroppedByReason() =>
        Enum.GetValues<MqttDropReason>().ToDictionary(reason => reason, reason => Interlocked.Read(ref dropped[(int)reason]));
}
