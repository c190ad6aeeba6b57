using System.Buffers.Binary;
using System.Text;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>A growing buffer that log frames are written into: LEB128 integers, numbers, UTF-8 text.</summary>
internal sealed class LogBuffer
{
    // LEB128 of 64 bits.
    private const int LongestInteger = 10;

    // What a double holds exactly, and no more bytes than it has.
    private const long LargestWhole = 1L << 53;

    // A frame larger than this was a burst; its room is given back.
    private const int Kept = 16 << 20;

    private byte[] bytes = new byte[64 << 10];

    public int Length { get; private set; }

    public Span<byte> Written => bytes.AsSpan(0, Length);

    public void Clear()
    {
        Length = 0;
        if (bytes.Length > Kept)
        {
            bytes = new byte[Kept];
        }
    }

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
        if (bytes.Length - Length < LongestInteger)
        {
            Array.Resize(ref bytes, bytes.Length * 2);
        }

        var length = Length;
        while (value >= 0x80)
        {
            bytes[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[length++] = (byte)value;
        Length = length;
    }

    /// <summary>Zigzag, so that small negative numbers are short too.</summary>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Whole numbers, which most are, as integers; 0 stands before the eight bytes of any other.</summary>
    public void Number(double value)
    {
        var whole = (long)value;
        if (whole is > -LargestWhole and < LargestWhole && BitConverter.DoubleToInt64Bits(whole) == BitConverter.DoubleToInt64Bits(value))
        {
            Unsigned((ulong)((whole << 1) ^ (whole >> 63)) + 1);
        }
        else
        {
            Byte(0);
            BinaryPrimitives.WriteDoubleLittleEndian(Reserve(sizeof(double)), value);
        }
    }

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

    public double Number()
    {
        if (Unsigned() is var whole and > 0)
        {
            whole--;
            return (long)(whole >> 1) ^ -(long)(whole & 1);
        }

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
