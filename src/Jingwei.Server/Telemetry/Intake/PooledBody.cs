using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using Jingwei.Server.Telemetry.Journal;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Why a body was not taken.</summary>
internal enum BodyFault
{
    /// <summary>Too many large requests at once.</summary>
    NoRoom,
    TooLarge,

    /// <summary>It is no gzip, or not one whole member.</summary>
    NoGzip,
}

/// <summary>A growing buffer for the body of a request, lent by the pool: bodies of megabytes would otherwise be garbage of the costly kind.</summary>
/// <param name="room">The bytes that all bodies may take together; what every request has from the start does not count.</param>
/// <param name="expected">Bytes that will come, as far as is known.</param>
/// <param name="patience">How long it waits for room.</param>
internal sealed class PooledBody(ValueBudget room, int expected, TimeSpan patience, TimeProvider clock) : IDisposable
{
    private const int Least = 4096;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(Least);
    private int taken;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <summary>Room for more; empty until it grows.</summary>
    public Memory<byte> Free => bytes.AsMemory(Length);

    /// <summary>Makes room for more; false when there is none.</summary>
    public async ValueTask<bool> TryGrowAsync(CancellationToken cancellation)
    {
        // One more than expected, so that the end is seen without growing again; as large as the pool would give anyway.
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes.Length * 2, expected + 1));
        if (!await room.TryTakeAsync(size - taken, patience, clock, cancellation))
        {
            return false;
        }

        taken = size;
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
        return true;
    }

    /// <summary>Takes all that a source has.</summary>
    /// <param name="limit">Bytes.</param>
    public async ValueTask<BodyFault?> FillAsync(Stream source, int limit, CancellationToken cancellation)
    {
        while (Length <= limit)
        {
            if (Free.IsEmpty && !await TryGrowAsync(cancellation))
            {
                return BodyFault.NoRoom;
            }

            var read = await source.ReadAsync(Free, cancellation);
            if (read == 0)
            {
                return null;
            }

            Advance(read);
        }

        return BodyFault.TooLarge;
    }

    /// <summary>Takes what is packed in another body.</summary>
    public async ValueTask<BodyFault?> UnpackAsync(PooledBody packed, int limit, CancellationToken cancellation)
    {
        try
        {
            await using var source = new GZipStream(new MemoryStream(packed.bytes, 0, packed.Length, writable: false), CompressionMode.Decompress);
            // What is cut short is unpacked without complaint, so it is the length at its end that tells (RFC 1952, 2.3.1: ISIZE).
            return await FillAsync(source, limit, cancellation)
                ?? (packed.Length >= sizeof(int) && BinaryPrimitives.ReadInt32LittleEndian(packed.Written.Span[^sizeof(int)..]) == Length ? null : BodyFault.NoGzip);
        }
        catch (InvalidDataException)
        {
            return BodyFault.NoGzip;
        }
    }

    public void Advance(int count) => Length += count;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        room.Return(taken);
    }
}
