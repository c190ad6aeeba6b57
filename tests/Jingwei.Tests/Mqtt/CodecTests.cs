using System.Buffers;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Packets;

namespace Jingwei.Tests.Mqtt;

/// <summary>Packets against bytes written by hand from chapter 3 of MQTT 5.0, both ways.</summary>
public sealed class CodecTests
{
    public static TheoryData<string, string> Packets => new()
    {
        { "CONNACK", "20 06 00 00 03 22 00 0A" },
        { "CONNACK refused", "20 0B 00 87 08 1F 00 05 6E 6F 20 67 6F" },
        { "PUBLISH QoS 0", "30 08 00 03 61 2F 62 00 68 69" },
        { "PUBLISH QoS 2, DUP, RETAIN", "3D 09 00 03 61 2F 62 12 34 00 21" },
        { "PUBLISH with properties", "32 1D 00 01 61 00 01 16 01 01 02 00 00 00 3C 03 00 01 74 08 00 01 72 09 00 01 63 0B 80 01 78" },
        { "PUBACK", "40 02 00 01" },
        { "PUBACK 0x10", "40 03 00 01 10" },
        { "PUBREC with reason string", "50 0A 00 02 97 06 1F 00 03 66 75 6C" },
        { "PUBREL", "62 02 00 02" },
        { "PUBCOMP 0x92", "70 03 00 02 92" },
        { "SUBSCRIBE", "82 0F 00 0A 02 0B 07 00 03 61 2F 23 2E 00 01 2B 01" },
        { "SUBACK", "90 05 00 0A 00 02 87" },
        { "UNSUBSCRIBE", "A2 0B 00 0B 00 00 03 61 2F 23 00 01 2B" },
        { "UNSUBACK", "B0 05 00 0B 00 00 11" },
        { "PINGREQ", "C0 00" },
        { "PINGRESP", "D0 00" },
        { "DISCONNECT", "E0 00" },
        { "DISCONNECT with will", "E0 01 04" },
        { "DISCONNECT with properties", "E0 11 8B 0F 1F 00 03 62 79 65 26 00 02 6B 31 00 02 76 31" },
        { "AUTH", "F0 09 18 07 15 00 04 53 41 53 4C" },
    };

    [Theory]
    [MemberData(nameof(Packets))]
    public void Packets_are_read_and_written_byte_for_byte(string name, string hex)
    {
        var bytes = RawClient.Bytes(hex);
        foreach (var sequence in (ReadOnlySequence<byte>[])[new(bytes), OneByteSegments(bytes)])
        {
            var buffer = sequence;
            Assert.Equal(FrameStatus.Whole, PacketFrame.TryRead(ref buffer, 1000, out var frame, out _));
            Assert.True(buffer.IsEmpty);
            var packet = PacketDecoder.Decode(frame, MqttProtocolVersion.V5, out var error);
            Assert.True(error.IsNone, $"{name}: {error.Complaint}");
            Assert.Equal(bytes, PacketEncoder.Encode(new(), packet!, MqttProtocolVersion.V5).ToArray());
        }
    }

    [Theory]
    [InlineData("10 10 00 04 4D 51 54 54 05 02 00 3C 00 00 03 72 61 77")]
    [InlineData("10 0F 00 04 4D 51 54 54 04 02 00 3C 00 03 72 61 77")]
    [InlineData("10 2E 00 04 4D 51 54 54 05 EE 00 3C 05 11 00 00 00 0A 00 01 63 05 18 00 00 00 05 00 03 61 2F 62 00 02 68 69 00 04 75 73 65 72 00 04 70 61 73 73")]
    public void Connect_is_read_and_written_byte_for_byte(string hex)
    {
        var bytes = RawClient.Bytes(hex);
        var buffer = OneByteSegments(bytes);
        Assert.Equal(FrameStatus.Whole, PacketFrame.TryRead(ref buffer, 1000, out var frame, out _));
        var packet = ConnectDecoder.Decode(frame, out var error, out var version);
        Assert.True(error.IsNone, error.Complaint);
        Assert.Equal(bytes, PacketEncoder.Encode(new(), packet!, version!.Value).ToArray());
    }

    [Theory]
    [InlineData(0, "00")] // table 1-1 of section 1.5.5
    [InlineData(127, "7F")]
    [InlineData(128, "80 01")]
    [InlineData(16_383, "FF 7F")]
    [InlineData(16_384, "80 80 01")]
    [InlineData(2_097_151, "FF FF 7F")]
    [InlineData(2_097_152, "80 80 80 01")]
    [InlineData(268_435_455, "FF FF FF 7F")]
    public void Variable_byte_integers_have_their_shortest_form(uint value, string hex)
    {
        var reader = new PacketReader(RawClient.Bytes(hex));
        Assert.Equal(value, reader.ReadVariableByteInteger());
        Assert.True(reader.AtEnd);
        var writer = new PacketWriter();
        writer.Begin();
        writer.WriteVariableByteInteger(value);
        Assert.Equal(RawClient.Bytes(hex), writer.Finish(PacketType.PingReq)[2..].ToArray());
    }

    [Fact]
    public void A_byte_order_mark_stays()
    {
        // [MQTT-1.5.4-3]
        var reader = new PacketReader(RawClient.Bytes("00 04 EF BB BF 61"));
        Assert.Equal("\uFEFFa", reader.ReadString());
    }

    [Fact]
    public void Every_prefix_of_a_packet_asks_for_more()
    {
        var bytes = RawClient.Bytes("32 09 00 03 61 2F 62 00 01 00 78");
        for (var length = 0; length < bytes.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.Equal(FrameStatus.Partial, PacketFrame.TryRead(ref buffer, 1000, out _, out _));
            Assert.Equal(length, buffer.Length);
        }
    }

    private static ReadOnlySequence<byte> OneByteSegments(byte[] bytes)
    {
        var first = new Segment(bytes.AsMemory(0, 1), 0);
        var last = first;
        for (var i = 1; i < bytes.Length; i++)
        {
            last = last.Append(bytes.AsMemory(i, 1));
        }

        return new(first, 0, last, 1);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + 1);
            Next = next;
            return next;
        }
    }
}
