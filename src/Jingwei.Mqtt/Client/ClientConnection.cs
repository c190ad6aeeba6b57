using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Jingwei.Mqtt.Packets;

namespace Jingwei.Mqtt.Client;

/// <summary>Packets over one TCP connection: one reader, one writer at a time.</summary>
internal sealed class ClientConnection : IDisposable
{
    private readonly Socket socket;
    private readonly PipeReader input;
    private readonly PipeWriter output;
    private readonly PacketWriter packets = new();
    private readonly MqttProtocolVersion version;
    private readonly int maxPacketSize;
    private readonly string?[] numbered;
    private TopicAliases? aliases;

    private ClientConnection(Socket socket, MqttClientOptions options)
    {
        this.socket = socket;
        version = options.Version;
        maxPacketSize = options.MaxPacketSize;
        numbered = new string?[options.MaxTopicAliases + 1];
        var stream = new NetworkStream(socket);
        input = PipeReader.Create(stream, new(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024));
        output = PipeWriter.Create(stream, new(minimumBufferSize: 16 * 1024));
    }

    public long UnflushedBytes => output.UnflushedBytes;

    public static async Task<ClientConnection> OpenAsync(MqttClientOptions options, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancel);
            return new(socket, options);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>From now on topics go by number, as many as the server allows.</summary>
    public void UseAliases(int maximum) => aliases = maximum > 0 ? new(maximum) : null;

    public void Write(MqttPacket packet)
    {
        if (aliases is not null && packet is PublishPacket publish)
        {
            var alias = aliases.Of(publish.Message.Topic);
            aliases.Sent(publish.Message.Topic, alias);
            packet = publish with { Alias = alias };
        }

        output.Write(PacketEncoder.Encode(packets, packet, version));
    }

    public async ValueTask FlushAsync(CancellationToken cancel) => await output.FlushAsync(cancel);

    /// <summary>Hands every packet to <paramref name="handle"/> until the server closes or it answers false.</summary>
    public async Task ReadAsync(Func<MqttPacket, ValueTask<bool>> handle, CancellationToken cancel)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancel);
            var buffer = result.Buffer;
            while (ReadOne(ref buffer) is { } packet)
            {
                if (!await handle(packet))
                {
                    return;
                }
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        if (socket.Connected)
        {
            try
            {
                // Lets what was written arrive; a plain close with unread input would reset.
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The peer was faster.
            }
        }

        socket.Dispose();
    }

    private MqttPacket? ReadOne(ref ReadOnlySequence<byte> buffer)
    {
        var status = PacketFrame.TryRead(ref buffer, maxPacketSize, out var frame, out var error);
        if (status == FrameStatus.Partial)
        {
            return null;
        }

        MqttPacket? packet = null;
        if (status == FrameStatus.Whole)
        {
            packet = PacketDecoder.Decode(frame, version, out error);
        }

        return packet switch
        {
            null => throw new MqttClientException(error.Reason, $"The server sent a bad packet. {error.Complaint}"),
            PublishPacket publish => Named(publish),
            _ => packet,
        };
    }

    /// <summary>With its topic by name (MQTT 5.0, section 3.3.2.3.4).</summary>
    private PublishPacket Named(PublishPacket publish)
    {
        var (topic, number) = (publish.Message.Topic, publish.Alias.Number);
        if (number >= numbered.Length)
        {
            throw new MqttClientException(MqttReasonCode.TopicAliasInvalid, $"The server used topic alias {number} of {numbered.Length - 1}.");
        }

        if (topic.Length > 0)
        {
            numbered[number] = topic;
            return publish;
        }

        return number > 0 && numbered[number] is { } known
            ? publish with { Message = publish.Message with { Topic = known } }
            : throw new MqttClientException(MqttReasonCode.ProtocolError, "The server sent a message without a topic.");
    }
}
