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
        var answered = MemoryMarshal.Cast<byte, Row>(rows);
        Count = answered.Length + memory.Count;
        buckets = ArrayPool<Bucket>.Shared.Rent(Count);
        for (var index = 0; index < answered.Length; index++)
        {
            ref readonly var row = ref answered[index];
            buckets[index] = new Bucket(
                row.Start, row.Count, NumberCode.Number(row.Sum), NumberCode.Number(row.Min), NumberCode.Number(row.Max), NumberCode.Number(row.First),
                NumberCode.Number(row.Last));
        }

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

    // A row of RowBinary: little-endian numbers of eight bytes each. The engine would take several times as long to make numbers of the codes.
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    private readonly record struct Row(long Start, long Count, long Sum, long Min, long Max, long First, long Last);
}
