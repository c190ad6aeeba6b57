using System.Buffers;
using System.IO.Pipelines;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Connecting;

/// <summary>Writes packets into a connection's pipe as its client wants them: its version, its maximum packet size.</summary>
internal sealed class PacketOutput(PipeWriter output, ServerConnection connection, TimeProvider time)
{
    private MqttProtocolVersion version = MqttProtocolVersion.V311;
    private int maxPacketSize = int.MaxValue;
    private TopicAliases? aliases;
    private Traffic written;

    /// <summary>Bytes that no flush took yet.</summary>
    public long Unflushed => output.UnflushedBytes;

    /// <summary>What CONNECT said; to be called before anything is sent.</summary>
    /// <param name="maxAliases">How many topics may be named by numbers.</param>
    public void Use(MqttProtocolVersion spoken, uint? maximumPacketSize, int maxAliases)
    {
        version = spoken;
        maxPacketSize = (int)Math.Min(maximumPacketSize ?? int.MaxValue, int.MaxValue);
        aliases = maxAliases > 0 ? new(maxAliases) : null;
    }

    /// <summary>Counts what was written before it leaves, so that who has got a packet finds it counted.</summary>
    public ValueTask<FlushResult> FlushAsync()
    {
        connection.CountOut(written);
        written = default;
        return output.FlushAsync();
    }

    public void Write(in Outgoing next)
    {
        switch (next.Content)
        {
            case Delivery delivery:
                Write(delivery, next.IsDuplicate);
                break;
            case MqttPacket packet:
                Write(packet);
                break;
            case Ack[] acks:
                Write(acks, next.Count);
                break;
        }
    }

    private void Write(Delivery delivery, bool duplicate)
    {
        if (delivery.QoS == MqttQoS.AtMostOnce && delivery.ExpiresAt <= time.GetUtcNow())
        {
            connection.CountDrop(MqttDropReason.Expired);
        }
        else if (!(aliases is null ? TryWrite(delivery, duplicate, default) : TryWriteWith(aliases, delivery, duplicate)))
        {
            // [MQTT-3.1.2-24] and [MQTT-3.1.2-25]: not sent, and treated as if it had been.
            connection.CountDrop(MqttDropReason.PacketTooLarge);
            if (delivery.QoS != MqttQoS.AtMostOnce)
            {
                connection.Session.Outbox.Skip(delivery.PacketId);
            }
        }
    }

    private bool TryWriteWith(TopicAliases known, Delivery delivery, bool duplicate)
    {
        var topic = delivery.Message.Topic;
        var alias = known.Of(topic);
        if (TryWrite(delivery, duplicate, alias))
        {
            known.Sent(topic, alias);
            return true;
        }

        // To make an alias known takes three bytes more.
        return alias.IsNew && TryWrite(delivery, duplicate, default);
    }

    private bool TryWrite(Delivery delivery, bool duplicate, TopicAlias alias) => delivery.IsLikeOthers
        ? TryWriteShared(delivery, duplicate, alias)
        : TryWriteOwn(delivery.ToPacket(time, duplicate, alias));

    private bool TryWriteShared(Delivery delivery, bool duplicate, TopicAlias alias)
    {
        var encoded = delivery.Routed.Encode(version, delivery.QoS, delivery.Retain);
        var length = encoded.Length(alias);
        if (length > maxPacketSize)
        {
            return false;
        }

        encoded.WriteTo(output, delivery.PacketId, duplicate || delivery.MayBeRepeated, alias);
        written.Add(length, isPublish: true);
        return true;
    }

    private bool TryWriteOwn(MqttPacket packet)
    {
        var bytes = PacketEncoder.Encode(PacketWriter.OfThread, packet, version);
        if (bytes.Length > maxPacketSize)
        {
            return false;
        }

        output.Write(bytes);
        written.Add(bytes.Length, packet.Type == PacketType.Publish);
        return true;
    }

    private void Write(MqttPacket packet)
    {
        if (!TryWriteOwn(packet))
        {
            // [MQTT-3.2.2-19] and its like: reason string and user properties go when they make the packet too large.
            TryWriteOwn(packet with { Properties = packet.Properties with { ReasonString = null, UserProperties = [] } });
        }
    }

    private void Write(Ack[] acks, int count)
    {
        var left = acks.AsSpan(0, count);
        while (!left.IsEmpty)
        {
            var bare = WriteBare(left);
            left = left[bare..];
            if (!left.IsEmpty && !left[0].IsBare(version))
            {
                Write(left[0].ToPacket());
                left = left[1..];
            }
        }

        acks.AsSpan(0, count).Clear();
        ArrayPool<Ack>.Shared.Return(acks);
    }

    /// <summary>As many as fit the pipe's block, up to the first that says more than yes.</summary>
    private int WriteBare(ReadOnlySpan<Ack> acks)
    {
        var block = output.GetSpan(Ack.BareLength);
        var count = 0;
        var most = Math.Min(acks.Length, block.Length / Ack.BareLength);
        while (count < most && acks[count].IsBare(version))
        {
            acks[count].WriteBare(block[(count * Ack.BareLength)..]);
            written.Add(Ack.BareLength, isPublish: false);
            count++;
        }

        output.Advance(count * Ack.BareLength);
        return count;
    }
}

/// <summary>Something that waits to be written.</summary>
/// <param name="Content">A <see cref="MqttPacket"/>, a <see cref="Delivery"/>, or an array of <see cref="Ack"/> that goes back to its pool.</param>
/// <param name="Count">Of acknowledgements.</param>
/// <param name="IsDuplicate">Of a delivery: it was sent before.</param>
internal readonly record struct Outgoing(object Content, int Count = 0, bool IsDuplicate = false);
