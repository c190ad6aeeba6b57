using System.Text;

namespace Jingwei.Mqtt.Journal;

/// <summary>A growing buffer of records: LEB128 integers, UTF-8 text.</summary>
internal sealed class JournalBuffer
{
    private byte[] bytes = new byte[16 << 10];

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

    /// <summary>Milliseconds since 1970, rounded up; <see cref="DateTimeOffset.MaxValue"/> as 0.</summary>
    public void Moment(DateTimeOffset moment) =>
        Unsigned(moment == DateTimeOffset.MaxValue ? 0 : (ulong)moment.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds());

    public void Text(string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        Unsigned((ulong)size);
        Encoding.UTF8.GetBytes(text, Reserve(size));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        value.CopyTo(Reserve(value.Length));
    }
}

/// <summary>Reads what <see cref="JournalBuffer"/> wrote. Its checksum was right, so anything malformed is a broken assumption.</summary>
internal ref struct JournalCursor(ReadOnlySpan<byte> bytes)
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

    public DateTimeOffset Moment() =>
        Unsigned() is var milliseconds and > 0 ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : DateTimeOffset.MaxValue;

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public ReadOnlySpan<byte> Bytes()
    {
        var size = (int)Unsigned();
        var value = rest[..size];
        rest = rest[size..];
        return value;
    }
}
