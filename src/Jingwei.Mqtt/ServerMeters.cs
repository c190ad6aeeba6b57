namespace Jingwei.Mqtt;

/// <summary>The server's counters.</summary>
internal sealed class ServerMeters
{
    private readonly long[] dropped = new long[Enum.GetValues<MqttDropReason>().Length];
    private TrafficMeters all;

    public ref readonly TrafficMeters All => ref all;

    public void CountIn(in Traffic traffic) => all.CountIn(traffic);

    public void CountOut(in Traffic traffic) => all.CountOut(traffic);

    public void CountDrop(MqttDropReason reason)
    {
        Interlocked.Increment(ref dropped[(int)reason]);
        all.CountDrop();
    }

    public Dictionary<MqttDropReason, long> DroppedByReason() =>
        Enum.GetValues<MqttDropReason>().ToDictionary(reason => reason, reason => Interlocked.Read(ref dropped[(int)reason]));
}

/// <summary>Counters that many threads raise. Never copy them.</summary>
internal struct TrafficMeters
{
    private long packetsIn;
    private long packetsOut;
    private long bytesIn;
    private long bytesOut;
    private long publishesIn;
    private long publishesOut;
    private long dropped;

    public readonly long PacketsIn => Interlocked.Read(in packetsIn);

    public readonly long PacketsOut => Interlocked.Read(in packetsOut);

    public readonly long BytesIn => Interlocked.Read(in bytesIn);

    public readonly long BytesOut => Interlocked.Read(in bytesOut);

    public readonly long PublishesIn => Interlocked.Read(in publishesIn);

    public readonly long PublishesOut => Interlocked.Read(in publishesOut);

    public readonly long Dropped => Interlocked.Read(in dropped);

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

    public void CountDrop() => Interlocked.Increment(ref dropped);
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
