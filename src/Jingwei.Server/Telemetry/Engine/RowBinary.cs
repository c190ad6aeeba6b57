using System.Buffers.Binary;
using System.Text;

namespace Jingwei.Server.Telemetry.Engine;

/// <summary>Reads ClickHouse's RowBinary format: values of a row one after another, little-endian, text with a LEB128 length.</summary>
internal ref struct RowBinary(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>True while there is another row.</summary>
    public readonly bool More => !rest.IsEmpty;

    /// <summary>What is not read yet; belongs to the engine, and is gone when the reader returns.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;

    public byte UInt8() => Take(1)[0];

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double Float64() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public string Text()
    {
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = UInt8();
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return length == 0 ? "" : Encoding.UTF8.GetString(Take(length));
            }
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}

/// <summary>Turns the rows of an answer into what the caller wants; runs on the connection's thread.</summary>
internal delegate T RowReader<out T>(RowBinary rows);
