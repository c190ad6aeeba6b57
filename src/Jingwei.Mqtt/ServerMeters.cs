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

    public void CountIn(in Traffic traffic)
    {
        Interlocked.Add(ref packetsIn, traffic.Packets);
        Interlocked.Add(ref bytesIn, traffic.Bytes);
        Interlocked.Add(ref publishesIn, traffic.Publishes);
    }

    public void CountOut(in Traffic traffic)
    {
        Interlocked.Add(ref packetsOut, traffic.Packets);
        Interlocked.Add(ref bytesOut, traffic.Bytes);
        Interlocked.Add(ref publishesOut, traffic.Publishes);
    }

    public void CountDrop(MqttDropReason reason)
    {
        Interlocked.Increment(ref dropped[(int)reason]);
        Interlocked.Increment(ref droppedTotal);
    }

    public Dictionary<MqttDropReason, long> DroppedByReason() =>
        Enum.GetValues<MqttDropReason>().ToDictionary(reason => reason, reason => Interlocked.Read(ref dropped[(int)reason]));
}

/// <summary>Packets that were read or written together, counted at once.</summary>
internal record struct Traffic(int Packets, long Bytes, int Publishes)
{
    public void Add(long bytes, bool isPublish)
    {
        Packets++;
        Bytes += bytes;
        Publishes += isPublish ? 1 : 0;
    }
}
