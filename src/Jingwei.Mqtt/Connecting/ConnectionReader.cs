using System.Buffers;
using System.IO.Pipelines;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Publishing;

namespace Jingwei.Mqtt.Connecting;

/// <summary>
/// The read loop of a connection. Takes every whole packet that is in the pipe, then starts what was published as one batch. The bytes of
/// a batch stay in the pipe until it is answered; reading goes on behind them and pauses when two batches are at work.
/// </summary>
internal sealed class ConnectionReader(ServerConnection connection, PipeReader input, MqttServerOptions options)
{
    // Bytes since the start of the connection: given back to the pipe, and read as packets.
    private long released;
    private long parsed;
    private Traffic read;
    private IncomingPublishes? publishes;
    private KeepAlive keepAlive = new(options.Time.GetTimestamp(), options.Limits.ConnectTimeout);

    private enum Step
    {
        /// <summary>A packet that is no PUBLISH.</summary>
        Packet,

        /// <summary>More bytes are needed.</summary>
        Partial,

        /// <summary>The batch has to be started before the next packet is read.</summary>
        BatchIsFull,

        /// <summary>A batch at work has to be answered before the next packet is read.</summary>
        Busy,

        /// <summary>The connection ends.</summary>
        Ended,
    }

    // Made when it is needed: many a device waits for commands and publishes nothing.
    private IncomingPublishes Publishes => publishes ??= connection.BeginPublishes();

    /// <summary>The client is in: from now on it may be silent so long; zero: for ever.</summary>
    public void RestartKeepAlive(TimeSpan patience) => keepAlive.Restart(options.Time.GetTimestamp(), patience);

    /// <summary>Whether nothing was heard for longer than may be; on any thread.</summary>
    public bool IsSilent(long now) => keepAlive.IsOver(options.Time, now);

    /// <summary>Ends when the client is gone or the connection is closed.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            var result = await input.ReadAsync();
            if (connection.IsClosing)
            {
                return;
            }

            var step = await HandleAsync(result.Buffer.Slice(parsed - released));
            if (step == Step.Ended || connection.IsClosing)
            {
                return;
            }

            Advance(result.Buffer, step);
            if (step == Step.Busy)
            {
                keepAlive.Hold();
                await Publishes.OldestDoneAsync();
                keepAlive.Release(options.Time.GetTimestamp());
            }
            else if (result.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>No more is read. Ends when everything that was published is answered.</summary>
    public Task CompleteAsync() => publishes?.CompleteAsync() ?? Task.CompletedTask;

    private void Advance(in ReadOnlySequence<byte> buffer, Step step)
    {
        var held = publishes?.HeldFrom ?? parsed;
        // What is not examined makes the next read return at once.
        var examined = step == Step.Busy ? buffer.GetPosition(parsed - released) : buffer.End;
        input.AdvanceTo(buffer.GetPosition(held - released), examined);
        released = held;
    }

    private async ValueTask<Step> HandleAsync(ReadOnlySequence<byte> rest)
    {
        while (true)
        {
            var step = TakeNext(ref rest, out var frame, out var error);
            CountRead();
            switch (step)
            {
                case Step.Packet when !connection.IsConnected:
                    if (!await connection.ConnectAsync(frame))
                    {
                        return Step.Ended;
                    }

                    break;
                case Step.Packet:
                    if (PacketDecoder.Decode(frame, connection.Info.ProtocolVersion, out error) is not { } packet)
                    {
                        return End(error);
                    }

                    await HandleAsync(packet);
                    if (connection.IsClosing)
                    {
                        return Step.Ended;
                    }

                    break;
                case Step.BatchIsFull:
                    Publishes.Start();
                    break;
                case Step.Ended:
                    return End(error);
                default:
                    publishes?.Start();
                    return step;
            }
        }
    }

    private ValueTask HandleAsync(MqttPacket packet)
    {
        // Acknowledgements and pings have nothing to do with what was published before them; the rest comes after it.
        if (packet is not (AckPacket or PingPacket))
        {
            publishes?.Start();
        }

        return packet is AckPacket { Type: PacketType.PubRel } release
            ? Publishes.ReleaseAsync(release)
            : new ClientPackets(options, connection).HandleAsync(packet);
    }

    /// <summary>Reads on to the first packet that is no PUBLISH, or to whatever stops before.</summary>
    private Step TakeNext(ref ReadOnlySequence<byte> rest, out PacketFrame frame, out PacketError error)
    {
        while (true)
        {
            if (!connection.IsConnected && !rest.IsEmpty && rest.FirstSpan[0] >> 4 != (int)PacketType.Connect)
            {
                // [MQTT-3.1.0-1]: CONNECT comes first; to anything else there is no version to answer in.
                frame = default;
                error = new(MqttReasonCode.ProtocolError, "The first packet is not CONNECT.");
                return Step.Ended;
            }

            var after = rest;
            var status = PacketFrame.TryRead(ref after, options.Limits.MaxPacketSize, out frame, out error);
            if (status != FrameStatus.Whole)
            {
                return status == FrameStatus.Partial ? Step.Partial : Step.Ended;
            }

            var size = rest.Length - after.Length;
            var isPublish = frame.Type == PacketType.Publish;
            if (isPublish && Publishes.Take(frame, parsed, size, out error) is not PublishStep.Taken and var step)
            {
                return step switch
                {
                    PublishStep.NeedsNewBatch => Step.BatchIsFull,
                    PublishStep.Busy => Step.Busy,
                    _ => Step.Ended,
                };
            }

            rest = after;
            parsed += size;
            read.Add(size, isPublish);
            if (!isPublish)
            {
                return Step.Packet;
            }
        }
    }

    /// <summary>What was published before the fault is still taken.</summary>
    private Step End(PacketError error)
    {
        publishes?.Start();
        connection.BeginClose(error.Reason, error.Complaint);
        return Step.Ended;
    }

    /// <summary>Before anything is answered, so that who has got an answer finds its packet counted.</summary>
    private void CountRead()
    {
        if (read.Packets > 0)
        {
            keepAlive.Heard(options.Time.GetTimestamp());
            connection.CountIn(read);
            read = default;
        }
    }
}
