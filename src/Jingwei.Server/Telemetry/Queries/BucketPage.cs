using System.Buffers;
using System.Runtime.InteropServices;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>Buckets as the engine answered them, in a rented buffer; ascending in time.</summary>
public sealed class BucketPage : IDisposable
{
    /// <summary>Most buckets of a page: 3.5 MiB, which the engine gives in some 30 ms while the page before it is written out.</summary>
    internal const int MaximumCount = 65_536;

    private readonly Bucket[] buckets;

    /// <param name="memory">Further buckets, none of which is among the rows; ascending in time.</param>
    internal BucketPage(ReadOnlySpan<byte> rows, IReadOnlyList<BucketRow> memory)
    {
        // A row of RowBinary is seven little-endian numbers of eight bytes each, in the order of the fields of a bucket.
        var answered = MemoryMarshal.Cast<byte, Bucket>(rows);
        Count = answered.Length + memory.Count;
        buckets = ArrayPool<Bucket>.Shared.Rent(Count);
        answered.CopyTo(buckets);
        for (var index = 0; index < memory.Count; index++)
        {
            var (start, sum) = (memory[index].Start, memory[index].Sum);
            buckets[answered.Length + index] = new Bucket(start, sum.Count, sum.Sum, sum.Min, sum.Max, sum.First, sum.Last);
        }

        // Dirty ones are the engine's also where all others are in memory.
        if (memory.Count > 0 && !answered.IsEmpty && answered[^1].Start > memory[0].Start)
        {
            buckets.AsSpan(0, Count).Sort(static (one, other) => one.Start.CompareTo(other.Start));
        }
    }

    public int Count { get; }

    public ReadOnlySpan<Bucket> Buckets => buckets.AsSpan(0, Count);

    public void Dispose() => ArrayPool<Bucket>.Shared.Return(buckets);
}
