using System.Buffers.Binary;
using System.Text;

namespace Jingwei.Mqtt.Packets;

/// <summary>
/// Builds one packet at a time in a buffer that is used again. Room for the fixed header is left in front, so the body is written once
/// and its length put before it.
/// </summary>
internal sealed class PacketWriter
{
    private const int HeaderRoom = 5;

    [ThreadStatic]
    private static PacketWriter? ofThread;

    private byte[] buffer = new byte[512];
    private int end = HeaderRoom;

    /// <summary>For a packet that is copied away before anything else is called: an idle connection has no writer of its own.</summary>
    public static PacketWriter OfThread => ofThread ??= new();

    public void Begin() => end = HeaderRoom;

    /// <summary>Closes the packet; the bytes stay valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Finish(PacketType type, int flags = 0)
    {
        var length = end - HeaderRoom;
        var start = HeaderRoom - 1 - VariableByteIntegerSize((uint)length);
        buffer[start] = (byte)((int)type << 4 | flags);
        PutVariableByteInteger(buffer.AsSpan(start + 1), (uint)length);
        return buffer.AsSpan(start, end - start);
    }

    public void WriteByte(byte value) => Room(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Room(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Room(4), value);

    public void WriteVariableByteInteger(uint value) =>
        PutVariableByteInteger(Room(VariableByteIntegerSize(value)), value);

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    public void WriteBinary(ReadOnlySpan<byte> bytes)
    {
        WriteUInt16(checked((ushort)bytes.Length));
        WriteBytes(bytes);
    }

    public void WriteString(string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        WriteUInt16(checked((ushort)size));
        Encoding.UTF8.GetBytes(text, Room(size));
    }

    /// <summary>Marks where a block with a length in front begins.</summary>
    public int BeginBlock() => end;

    /// <summary>Puts the block's length before it.</summary>
    public void EndBlock(int start)
    {
        var length = end - start;
        var size = VariableByteIntegerSize((uint)length);
        Room(size);
        buffer.AsSpan(start, length).CopyTo(buffer.AsSpan(start + size));
        PutVariableByteInteger(buffer.AsSpan(start), (uint)length);
    }

    public static int VariableByteIntegerSize(uint value) => value switch
    {
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        _ => 4,
    };

    /// <summary>Bytes that were written.</summary>
    public static int PutVariableByteInteger(Span<byte> into, uint value)
    {
        var at = 0;
        while (value >= 0x80)
        {
            into[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        into[at] = (byte)value;
        return at + 1;
    }

    private Span<byte> Room(int count)
    {
        if (end + count > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(end + count, buffer.Length * 2));
        }

        var room = buffer.AsSpan(end, count);
        end += count;
        return room;
    }
}
