using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Connecting;

/// <summary>
/// The only writer of a connection. Answers and QoS 0 messages come through a bounded queue; QoS 1 and 2 messages are taken from the
/// session's outbox as the client's receive maximum allows.
/// </summary>
internal sealed class ConnectionWriter(PipeWriter output, MqttServerLimits limits, TimeProvider time, Action<Traffic> countOut, Action<MqttDropReason> countDrop)
{
    // As Kestrel's default MaxResponseBufferSize: what a flush may carry before it has to wait for the client.
    private const int FlushSize = 64 * 1024;

    private readonly Channel<Outgoing> queue = Channel.CreateBounded<Outgoing>(
        new BoundedChannelOptions(limits.MaxOutgoingPackets) { SingleReader = true });

    private readonly PacketWriter packets = new();
    private MqttProtocolVersion version = MqttProtocolVersion.V311;
    private int maxPacketSize = int.MaxValue;
    private volatile Outbox? outbox;
    private int awake;
    private Traffic written;
    private MqttPacket? last;

    /// <summary>What CONNECT said; to be called before anything is sent.</summary>
    public void Use(MqttProtocolVersion spoken, uint? maximumPacketSize)
    {
        version = spoken;
        maxPacketSize = (int)Math.Min(maximumPacketSize ?? int.MaxValue, int.MaxValue);
    }

    /// <summary>From now on the session's messages leave too.</summary>
    public void Open(Outbox messages)
    {
        outbox = messages;
        Wake();
    }

    /// <summary>The outbox has something, or may send more. A full queue needs no waking: the writer is at work.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref awake, 1) == 0)
        {
            queue.Writer.TryWrite(default);
        }
    }

    public bool TrySend(Delivery delivery) => queue.Writer.TryWrite(new(null, delivery, null, 0));

    /// <summary>Waits while the queue is full; a closing connection swallows the packet.</summary>
    public ValueTask SendAsync(MqttPacket packet) => SendAsync(new Outgoing(packet, null, null, 0));

    /// <summary>As many acknowledgements at once; the array goes back to its pool.</summary>
    public ValueTask SendAsync(Ack[] acks, int count) => SendAsync(new Outgoing(null, null, acks, count));

    /// <summary>Lets what is queued leave, then <paramref name="farewell"/>, then ends <see cref="RunAsync"/>.</summary>
    public void Complete(MqttPacket? farewell)
    {
        last ??= farewell;
        queue.Writer.TryComplete();
    }

    public async Task RunAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            while (WriteBatch())
            {
                CountWritten();
                if ((await output.FlushAsync()).IsCompleted)
                {
                    queue.Writer.TryComplete();
                    return;
                }
            }
        }

        if (last is not null)
        {
            Write(last, null);
            CountWritten();
            await output.FlushAsync();
        }
    }

    private ValueTask SendAsync(in Outgoing next) => queue.Writer.TryWrite(next) ? ValueTask.CompletedTask : SendWhenThereIsRoomAsync(next);

    private async ValueTask SendWhenThereIsRoomAsync(Outgoing next)
    {
        while (await queue.Writer.WaitToWriteAsync())
        {
            if (queue.Writer.TryWrite(next))
            {
                return;
            }
        }
    }

    /// <summary>Before the flush, so that who has got a packet finds it counted.</summary>
    private void CountWritten()
    {
        countOut(written);
        written = default;
    }

    /// <summary>Writes what there is, up to one flush; false when there was nothing.</summary>
    private bool WriteBatch()
    {
        var wrote = false;
        while (output.UnflushedBytes < FlushSize)
        {
            if (queue.Reader.TryRead(out var next))
            {
                wrote = true;
                Write(next);
                continue;
            }

            Volatile.Write(ref awake, 0);
            Interlocked.MemoryBarrier();
            if (outbox?.Take() is not { } packet)
            {
                break;
            }

            wrote = true;
            Write(packet, null);
        }

        return wrote;
    }

    private void Write(in Outgoing next)
    {
        if (next.Acks is not null)
        {
            Write(next.Acks, next.AckCount);
        }
        else if (next.Packet is not null)
        {
            Write(next.Packet, null);
        }
        else if (next.Delivery is { } delivery)
        {
            if (delivery.ExpiresAt <= time.GetUtcNow())
            {
                countDrop(MqttDropReason.Expired);
            }
            else
            {
                Write(delivery.ToPacket(time), delivery);
            }
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
                Write(left[0].ToPacket(), null);
                left = left[1..];
            }
        }

        acks.AsSpan(0, count).Clear();
        ArrayPool<Ack>.Shared.Return(acks);
    }

    /// <summary>As many as fit the writer's block, up to the first that says more than yes.</summary>
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

    private void Write(MqttPacket packet, Delivery? delivery)
    {
        var bytes = PacketEncoder.Encode(packets, packet, version);
        if (bytes.Length > maxPacketSize && packet is not PublishPacket)
        {
            // [MQTT-3.2.2-19] and its like: reason string and user properties go when they make the packet too large.
            bytes = PacketEncoder.Encode(
                packets, packet with { Properties = packet.Properties with { ReasonString = null, UserProperties = [] } }, version);
        }

        if (bytes.Length <= maxPacketSize)
        {
            output.Write(bytes);
            written.Add(bytes.Length, packet.Type == PacketType.Publish);
        }
        else if (packet is PublishPacket publish)
        {
            countDrop(MqttDropReason.PacketTooLarge);
            if (delivery is null)
            {
                outbox?.Skip(publish.PacketId);
            }
        }
    }

    /// <summary>An answer, a QoS 0 message, acknowledgements, or nothing: only a call to look into the outbox.</summary>
    private readonly record struct Outgoing(MqttPacket? Packet, Delivery? Delivery, Ack[]? Acks, int AckCount);
}
