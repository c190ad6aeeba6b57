using System.Buffers.Binary;

namespace Jingwei.Fieldbus.Sparkplug;

/// <summary>
/// Reads the fields of one protobuf message off its bytes, without copies (protobuf.dev, "Encoding"). A fault ends the reading; so nothing
/// here throws on bad bytes. Sparkplug's messages are few and proto2, so they need no generated code.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    // Varints have at most ten bytes, of seven bits each.
    private const int LongestVarint = 10;

    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>The number of the field that <see cref="Next"/> found.</summary>
    public int Field { get; private set; }

    /// <summary>The value of a number; 0 for a field of bytes.</summary>
    public ulong Number { get; private set; }

    /// <summary>The value of text, bytes or a message; empty for a number.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>How the value stands there.</summary>
    public ProtobufWire Wire { get; private set; }

    /// <summary>True when the bytes are no message; then nothing of it counts.</summary>
    public bool IsFaulty { get; private set; }

    /// <summary>Moves to the next field; false at the end and at a fault.</summary>
    public bool Next()
    {
        if (rest.IsEmpty || IsFaulty)
        {
            return false;
        }

        IsFaulty = !TryNext();
        return !IsFaulty;
    }

    private bool TryNext()
    {
        Number = 0;
        Bytes = default;
        if (!TryVarint(out var tag) || tag >> 3 is 0 or > 0x1FFF_FFFF)
        {
            return false;
        }

        Field = (int)(tag >> 3);
        Wire = (ProtobufWire)(tag & 7);
        switch (Wire)
        {
            case ProtobufWire.Varint:
                var ok = TryVarint(out var number);
                Number = number;
                return ok;
            case ProtobufWire.Fixed64 when rest.Length >= sizeof(ulong):
                Number = BinaryPrimitives.ReadUInt64LittleEndian(rest);
                rest = rest[sizeof(ulong)..];
                return true;
            case ProtobufWire.Fixed32 when rest.Length >= sizeof(uint):
                Number = BinaryPrimitives.ReadUInt32LittleEndian(rest);
                rest = rest[sizeof(uint)..];
                return true;
            case ProtobufWire.Bytes when TryVarint(out var length) && length <= (ulong)rest.Length:
                Bytes = rest[..(int)length];
                rest = rest[(int)length..];
                return true;
            default:
                // Groups (3, 4) are not used by Sparkplug, 6 and 7 do not exist.
                return false;
        }
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var at = 0; at < rest.Length && at < LongestVarint; at++)
        {
            value |= (ulong)(rest[at] & 0x7F) << (7 * at);
            if (rest[at] < 0x80)
            {
                rest = rest[(at + 1)..];
                return true;
            }
        }

        return false;
    }
}

/// <summary>How a field's value stands in a message.</summary>
internal enum ProtobufWire
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
