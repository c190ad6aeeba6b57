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

    private ClientConnection(Socket socket, MqttClientOptions options)
    {
        this.socket = socket;
        version = options.Version;
        maxPacketSize = options.MaxPacketSize;
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

    public void Write(MqttPacket packet) => output.Write(PacketEncoder.Encode(packets, packet, version));

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

        return packet ?? throw new MqttClientException(error.Reason, $"The server sent a bad packet. {error.Complaint}");
    }
}
