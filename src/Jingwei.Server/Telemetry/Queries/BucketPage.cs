using System.Buffers;
using System.Runtime.InteropServices;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>Buckets as the engine answered them, in a rented buffer; ascending in time.</summary>
public sealed class BucketPage : IDisposable
{
    /// <summary>Most buckets of a page: 3.5 MiB, which the engine gives in some 30 ms while the page before it is written out.</summary>
    internal const int MaximumCount = 65_536;

    private readonly Bucket[] buckets;

    internal BucketPage(ReadOnlySpan<byte> rows)
    {
        // A row of RowBinary is seven little-endian numbers of eight bytes each, in the order of the fields of a bucket.
        var answered = MemoryMarshal.Cast<byte, Bucket>(rows);
        Count = answered.Length;
        buckets = ArrayPool<Bucket>.Shared.Rent(Count);
        answered.CopyTo(buckets);
    }

    public int Count { get; }

    public ReadOnlySpan<Bucket> Buckets => buckets.AsSpan(0, Count);

    public void Dispose() => ArrayPool<Bucket>.Shared.Return(buckets);
}
