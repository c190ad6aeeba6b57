using System.Buffers;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>A growing buffer for the body of a request, lent by the pool: bodies of megabytes would otherwise be garbage of the costly kind.</summary>
/// <param name="expected">Bytes that will come, as far as is known.</param>
internal sealed class PooledBody(int expected) : IDisposable
{
    private const int Least = 4096;

    // One more than expected, so that the end is seen without growing.
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(Math.Max(Least, expected + 1));

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <summary>Room for more.</summary>
    public Memory<byte> Free()
    {
        if (Length == bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
            bytes.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        return bytes.AsMemory(Length);
    }

    public void Advance(int count) => Length += count;

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);
}
