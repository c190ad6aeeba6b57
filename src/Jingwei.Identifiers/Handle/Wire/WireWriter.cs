using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>
/// Writes fields one after the other into a buffer that the caller lends; when that is full, into one from the pool, up to a message's
/// limit. What does not fit even there is left out, and <see cref="IsFull"/> says so: nothing that is full may be sent.
/// </summary>
public ref struct WireWriter
{
    private readonly int limit;
    private Span<byte> buffer;
    private byte[]? rented;

    /// <param name="lent">Where writing begins; may be empty.</param>
    /// <param name="limit">Most bytes, <see cref="WireLimits.Message"/> and an envelope by default.</param>
    public WireWriter(Span<byte> lent, int limit = WireLimits.Message + WireLimits.Envelope)
    {
        buffer = lent;
        this.limit = limit;
    }

    /// <summary>Whether something was left out because the limit was reached.</summary>
    public bool IsFull { get; private set; }

    public int Length { get; private set; }

    public readonly Span<byte> Written => buffer[..Length];

    public void WriteByte(byte value)
    {
        if (Reserve(1) is [_, ..] place)
        {
            place[0] = value;
        }
    }

    public void WriteUInt16(int value)
    {
        if (Reserve(2) is { Length: 2 } place)
        {
            BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)value);
        }
    }

    public void WriteInt32(int value)
    {
        if (Reserve(4) is { Length: 4 } place)
        {
            BinaryPrimitives.WriteInt32BigEndian(place, value);
        }
    }

    public void WriteUInt32(uint value) => WriteInt32((int)value);

    /// <summary>As it is.</summary>
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        var place = Reserve(bytes.Length);
        if (place.Length == bytes.Length)
        {
            bytes.CopyTo(place);
        }
    }

    /// <summary>Behind its length.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        WriteInt32(bytes.Length);
        Write(bytes);
    }

    public void WriteText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteInt32(length);
        if (Reserve(length) is var place && place.Length == length)
        {
            Encoding.UTF8.GetBytes(text, place);
        }
    }

    public void WriteReference(HandleReference reference)
    {
        WriteBytes(reference.Handle.Utf8);
        WriteInt32(reference.Index);
    }

    /// <summary>Writes over what was written as zeros before.</summary>
    public readonly void WriteInt32At(int position, int value)
    {
        if (position + 4 <= Length)
        {
            BinaryPrimitives.WriteInt32BigEndian(buffer[position..], value);
        }
    }

    /// <summary>Forgets what was written behind a position.</summary>
    public void TruncateTo(int position)
    {
        Length = position;
        IsFull = false;
    }

    /// <summary>Room for bytes that the caller fills; empty when there is none.</summary>
    public Span<byte> Reserve(int length)
    {
        if (length > buffer.Length - Length && !Grow(length))
        {
            IsFull = true;
            return [];
        }

        var place = buffer.Slice(Length, length);
        Length += length;
        return place;
    }

    public readonly byte[] ToArray() => Written.ToArray();

    /// <summary>Gives back what was taken from the pool.</summary>
    public void Dispose()
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
            rented = null;
            buffer = [];
            Length = 0;
        }
    }

    private bool Grow(int length)
    {
        if (IsFull || length > limit - Length)
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(limit, Math.Max(Length + length, buffer.Length * 2)));
        Written.CopyTo(larger);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        buffer = rented = larger;
        return true;
    }
}
