using System.Buffers.Binary;
using System.Text;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>A growing buffer that log frames are written into: LEB128 integers, little-endian doubles, UTF-8 text.</summary>
internal sealed class LogBuffer
{
    private byte[] bytes = new byte[64 << 10];

    public int Length { get; private set; }

    public Span<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public Span<byte> Reserve(int count)
    {
        if (Length + count > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        }

        Length += count;
        return bytes.AsSpan(Length - count, count);
    }

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Unsigned(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    /// <summary>Zigzag, so that small negative numbers are short too.</summary>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Reserve(sizeof(double)), value);

    public void Text(string? text)
    {
        text ??= "";
        var size = Encoding.UTF8.GetByteCount(text);
        Unsigned((ulong)size);
        Encoding.UTF8.GetBytes(text, Reserve(size));
    }
}

/// <summary>Reads what <see cref="LogBuffer"/> wrote. Its checksum was right, so anything malformed is a broken assumption.</summary>
internal ref struct LogCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool More => !rest.IsEmpty;

    public byte Byte()
    {
        var value = rest[0];
        rest = rest[1..];
        return value;
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public double Double()
    {
        var value = BinaryPrimitives.ReadDoubleLittleEndian(rest);
        rest = rest[sizeof(double)..];
        return value;
    }

    public string Text()
    {
        var size = (int)Unsigned();
        var text = Encoding.UTF8.GetString(rest[..size]);
        rest = rest[size..];
        return text;
    }
}
