using System.Buffers;

namespace Jingwei.Mqtt.Packets;

internal enum FrameStatus
{
    /// <summary>A whole packet was cut off the buffer.</summary>
    Whole,

    /// <summary>More bytes are needed.</summary>
    Partial,

    /// <summary>What is there can never become a packet.</summary>
    Invalid,
}

/// <summary>One packet in its bytes: the first byte and what the remaining length covers.</summary>
internal readonly record struct PacketFrame(byte Header, ReadOnlySequence<byte> Body)
{
    public PacketType Type => (PacketType)(Header >> 4);

    /// <summary>Cuts the next packet off <paramref name="buffer"/>; judges header and size before the body has come.</summary>
    public static FrameStatus TryRead(
        ref ReadOnlySequence<byte> buffer, int maxSize, out PacketFrame frame, out PacketError error)
    {
        frame = default;
        error = default;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out var header))
        {
            return FrameStatus.Partial;
        }

        if (!HasValidFlags(header))
        {
            error = new(MqttReasonCode.MalformedPacket, "The first byte holds a reserved type or reserved flags.");
            return FrameStatus.Invalid;
        }

        var status = TryReadLength(ref reader, out var length);
        if (status != FrameStatus.Whole)
        {
            error = new(MqttReasonCode.MalformedPacket, "The remaining length is not a variable byte integer.");
            return status;
        }

        if (reader.Consumed + length > maxSize)
        {
            error = new(MqttReasonCode.PacketTooLarge, $"A packet of more than {maxSize} bytes.");
            return FrameStatus.Invalid;
        }

        if (reader.Remaining < length)
        {
            return FrameStatus.Partial;
        }

        frame = new(header, buffer.Slice(reader.Position, length));
        buffer = buffer.Slice(frame.Body.End);
        return FrameStatus.Whole;
    }

    /// <summary>[MQTT-2.1.3-1]: PUBREL, SUBSCRIBE and UNSUBSCRIBE have 0010, PUBLISH its own, all others 0000.</summary>
    private static bool HasValidFlags(byte header) => (PacketType)(header >> 4) switch
    {
        0 => false,
        PacketType.Publish => (header & 0b0110) != 0b0110,
        PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe => (header & 0x0F) == 0b0010,
        _ => (header & 0x0F) == 0,
    };

    private static FrameStatus TryReadLength(ref SequenceReader<byte> reader, out int length)
    {
        length = 0;
        for (var shift = 0; shift <= 21; shift += 7)
        {
            if (!reader.TryRead(out var digit))
            {
                return FrameStatus.Partial;
            }

            length |= (digit & 0x7F) << shift;
            if (digit < 0x80)
            {
                return digit == 0 && shift > 0 ? FrameStatus.Invalid : FrameStatus.Whole;
            }
        }

        return FrameStatus.Invalid;
    }
}

/// <summary>Why bytes are not a packet.</summary>
internal readonly record struct PacketError(MqttReasonCode Reason, string Complaint)
{
    public bool IsNone => Complaint is null;
}
