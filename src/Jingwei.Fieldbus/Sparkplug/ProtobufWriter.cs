using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Jingwei.Fieldbus.Sparkplug;

/// <summary>Writes the fields of one protobuf message, in the order in which it is asked to.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    public void Varint(int field, ulong value)
    {
        Tag(field, ProtobufWire.Varint);
        Varint(value);
    }

    public void Fixed32(int field, uint value)
    {
        Tag(field, ProtobufWire.Fixed32);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.GetSpan(sizeof(uint)), value);
        bytes.Advance(sizeof(uint));
    }

    public void Fixed64(int field, ulong value)
    {
        Tag(field, ProtobufWire.Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.GetSpan(sizeof(ulong)), value);
        bytes.Advance(sizeof(ulong));
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, ProtobufWire.Bytes);
        Varint((ulong)value.Length);
        bytes.Write(value);
    }

    private void Tag(int field, ProtobufWire wire) => Varint(((ulong)field << 3) | (uint)wire);

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }
}
