using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace Jingwei.Mqtt.Connecting;

/// <summary>A WebSocket as a pair of pipes; packets may span frames and share them [MQTT-6.0.0-2].</summary>
internal sealed class WebSocketTransport : DefaultConnectionContext, IDuplexPipe
{
    // As Kestrel's: reading pauses when this much waits to be handled.
    private const int PauseAt = 64 * 1024;

    private readonly Pipe incoming = new(new PipeOptions(pauseWriterThreshold: PauseAt, useSynchronizationContext: false));
    private readonly Pipe outgoing = new(new PipeOptions(pauseWriterThreshold: PauseAt, useSynchronizationContext: false));

    private readonly WebSocket socket;

    public WebSocketTransport(WebSocket socket, EndPoint? remote)
    {
        this.socket = socket;
        RemoteEndPoint = remote;
        Transport = this;
    }

    public PipeReader Input => incoming.Reader;

    public PipeWriter Output => outgoing.Writer;

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => socket.Abort();

    public async Task ServeAsync(MqttServer server)
    {
        using var ended = new CancellationTokenSource();
        var receiving = ReceiveAsync(ended.Token);
        var sending = SendAsync();
        try
        {
            await server.ServeAsync(this);
        }
        finally
        {
            await outgoing.Writer.CompleteAsync();
            await sending;
            await ended.CancelAsync();
            await incoming.Reader.CompleteAsync();
            await receiving;
        }
    }

    private async Task ReceiveAsync(CancellationToken ended)
    {
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(incoming.Writer.GetMemory(), ended);
                if (received.MessageType != WebSocketMessageType.Binary)
                {
                    // A text frame ends the connection [MQTT-6.0.0-1], as a close frame does.
                    return;
                }

                incoming.Writer.Advance(received.Count);
                if ((await incoming.Writer.FlushAsync(CancellationToken.None)).IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // The reader sees the end of the pipe.
        }
        finally
        {
            await incoming.Writer.CompleteAsync();
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var result = await outgoing.Reader.ReadAsync();
                foreach (var segment in result.Buffer)
                {
                    await socket.SendAsync(segment, WebSocketMessageType.Binary, true, CancellationToken.None);
                }

                outgoing.Reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return;
                }
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // The writer sees that nobody reads.
        }
        finally
        {
            await outgoing.Reader.CompleteAsync();
        }
    }

    private static bool IsLoss(Exception e) =>
        e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;
}
