using System.Runtime.InteropServices;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>
/// Buckets of series that got readings after they were summed up, with the lowest stamp that did it. Those
/// that are being summed up count as dirty until that is done.
/// </summary>
internal sealed class DirtyBuckets(long width)
{
    private readonly Lock gate = new();
    private Dictionary<long, Dictionary<long, long>> dirty = [];
    private Dictionary<long, Dictionary<long, long>> rolling = [];
    private int count;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return count;
            }
        }
    }

    /// <summary>The lowest stamp that is not in the rollups for certain; null when all are.</summary>
    public long? Lowest
    {
        get
        {
            lock (gate)
            {
                return dirty.Values.Concat(rolling.Values).SelectMany(starts => starts.Values).Select(stamp => (long?)stamp).Min();
            }
        }
    }

    public long StartOf(long time) => Math.DivRem(time, width) is var (whole, rest) && rest < 0 ? (whole - 1) * width : time / width * width;

    public void Mark(long series, long time, long stamp)
    {
        lock (gate)
        {
            ref var starts = ref CollectionsMarshal.GetValueRefOrAddDefault(dirty, series, out _);
            starts ??= [];
            count += starts.TryAdd(StartOf(time), stamp) ? 1 : 0;
        }
    }

    /// <summary>Takes all of them, to be summed up; what was taken before must be.</summary>
    public IReadOnlyList<BucketKey> Take()
    {
        lock (gate)
        {
            (rolling, dirty, count) = (dirty, [], 0);
            return [.. rolling.SelectMany(pair => pair.Value.Keys.Select(start => new BucketKey(pair.Key, start)))];
        }
    }

    /// <summary>What was taken is summed up.</summary>
    public void Rolled()
    {
        lock (gate)
        {
            rolling = [];
        }
    }

    /// <summary>The starts of a series' dirty buckets that overlap a time range, ascending.</summary>
    public List<long> Of(long series, long from, long to)
    {
        lock (gate)
        {
            var starts = new[] { dirty, rolling }.SelectMany(each => each.GetValueOrDefault(series)?.Keys.AsEnumerable() ?? []);
            return [.. starts.Where(start => start < to && start + width > from).Distinct().Order()];
        }
    }
}
