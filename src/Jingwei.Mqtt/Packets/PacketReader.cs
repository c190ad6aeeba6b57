using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Jingwei.Mqtt.Packets;

/// <summary>
/// Reads the data types of MQTT 5.0, section 1.5. The first failure sticks: later reads return defaults, and the caller asks once at the end.
/// </summary>
internal ref struct PacketReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> rest = body;

    public MqttReasonCode Error { get; private set; }

    public string? Complaint { get; private set; }

    public readonly bool Failed => Error != MqttReasonCode.Success;

    public readonly bool AtEnd => rest.IsEmpty;

    public readonly int Remaining => rest.Length;

    public void Fail(MqttReasonCode error, string complaint)
    {
        if (!Failed)
        {
            Error = error;
            Complaint = complaint;
            rest = default;
        }
    }

    public void Malformed(string complaint) => Fail(MqttReasonCode.MalformedPacket, complaint);

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            Malformed("The packet ends inside a field.");
            return default;
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    public byte ReadByte()
    {
        var bytes = Take(1);
        return bytes.IsEmpty ? (byte)0 : bytes[0];
    }

    public ushort ReadUInt16()
    {
        var bytes = Take(2);
        return bytes.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public uint ReadUInt32()
    {
        var bytes = Take(4);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <summary>A packet identifier, which is never 0 [MQTT-2.2.1-3].</summary>
    public ushort ReadPacketId()
    {
        var id = ReadUInt16();
        if (id == 0)
        {
            Fail(MqttReasonCode.ProtocolError, "A packet identifier is 0.");
        }

        return id;
    }

    public uint ReadVariableByteInteger()
    {
        uint value = 0;
        for (var shift = 0; shift <= 21; shift += 7)
        {
            var bytes = Take(1);
            if (bytes.IsEmpty)
            {
                return 0;
            }

            value |= (uint)(bytes[0] & 0x7F) << shift;
            if (bytes[0] < 0x80)
            {
                // [MQTT-1.5.5-1]: the shortest form only, so no last byte of zero.
                if (bytes[0] == 0 && shift > 0)
                {
                    Malformed("A variable byte integer is longer than it needs to be.");
                }

                return value;
            }
        }

        Malformed("A variable byte integer has more than four bytes.");
        return 0;
    }

    /// <summary>Well-formed UTF-8 without surrogates [MQTT-1.5.4-1] and without U+0000 [MQTT-1.5.4-2]; a BOM stays [MQTT-1.5.4-3].</summary>
    public string ReadString()
    {
        var bytes = Take(ReadUInt16());
        if (!Utf8.IsValid(bytes) || bytes.Contains((byte)0))
        {
            Malformed("A string is not well-formed UTF-8, or holds U+0000.");
            return "";
        }

        return Encoding.UTF8.GetString(bytes);
    }

    public byte[] ReadBinary() => Take(ReadUInt16()).ToArray();

    public byte[] ReadRest() => Take(rest.Length).ToArray();
}
