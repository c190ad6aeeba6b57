using System.Runtime.InteropServices;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>
/// Buckets of series that got readings after they were summed up, with the lowest stamp that did it. Those
/// that are being summed up count as dirty until that is done.
/// </summary>
internal sealed class DirtyBuckets(long width)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, Dictionary<long, long>> dirty = [];
    private Dictionary<BucketKey, long> rolling = [];
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
                var numbers = dirty.Values.SelectMany(starts => starts.Values).Concat(rolling.Values);
                return numbers.Select(number => (long?)number).Min();
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

    /// <summary>Takes up to <paramref name="limit"/> buckets, to be summed up.</summary>
    public IReadOnlyList<BucketKey> Take(int limit)
    {
        lock (gate)
        {
            rolling = dirty
                .SelectMany(pair => pair.Value.Select(start => (Key: new BucketKey(pair.Key, start.Key), Number: start.Value)))
                .Take(limit)
                .ToDictionary(bucket => bucket.Key, bucket => bucket.Number);
            foreach (var bucket in rolling.Keys)
            {
                dirty[bucket.Series].Remove(bucket.Start);
                if (dirty[bucket.Series].Count == 0)
                {
                    dirty.Remove(bucket.Series);
                }
            }

            count -= rolling.Count;
            return [.. rolling.Keys];
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
            var starts = rolling.Keys.Where(bucket => bucket.Series == series).Select(bucket => bucket.Start);
            if (dirty.TryGetValue(series, out var marked))
            {
                starts = starts.Concat(marked.Keys);
            }

            return [.. starts.Where(start => start < to && start + width > from).Distinct().Order()];
        }
    }
}
