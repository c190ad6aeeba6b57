using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>
/// The TCP side: an envelope, a message, an answer, and again until the client has no more or is silent too long. A Handle.Net server
/// closes after an answer unless it was asked to keep alive; its clients close themselves.
/// </summary>
internal sealed class ConnectionListener : IAsyncDisposable
{
    private readonly HandleServerLimits limits;
    private readonly Responder responder;
    private readonly Conversation conversation;
    private readonly HandleServerCounters counters;
    private readonly TimeProvider clock;
    private readonly Action<Exception> fail;
    private readonly Socket socket;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Task, bool> serving = [];
    private Task accepting = Task.CompletedTask;
    private int open;

    public ConnectionListener(HandleServerOptions options, Responder responder, Conversation conversation, HandleServerCounters counters, TimeProvider clock, Action<Exception> fail)
    {
        (limits, this.responder, this.conversation, this.counters, this.clock, this.fail) = (options.Limits, responder, conversation, counters, clock, fail);
        socket = new(options.Tcp!.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (options.Tcp.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.DualMode = true;
        }

        socket.Bind(options.Tcp);
        socket.Listen();
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    public void Start() => accepting = AcceptAsync();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        socket.Dispose();
        await accepting;
        await Task.WhenAll(serving.Keys);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await socket.AcceptAsync(stopping.Token);
                if (Volatile.Read(ref open) >= limits.Connections)
                {
                    counters.AddRefused();
                    client.Dispose();
                    continue;
                }

                counters.AddConnection();
                Interlocked.Increment(ref open);
                var task = ServeAsync(client);
                serving.TryAdd(task, true);
                _ = task.ContinueWith(ended => serving.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (Exception error) when (stopping.IsCancellationRequested && error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
        catch (Exception error) when (Fails(error))
        {
        }
    }

    private async Task ServeAsync(Socket client)
    {
        await Task.Yield();
        using var connection = client;
        client.NoDelay = true;
        try
        {
            await using var stream = new NetworkStream(client);
            var sink = new ConnectionSink(stream);
            while (await ServeOneAsync(stream, sink))
            {
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // The client is gone, or silent for too long.
        }
        catch (Exception error) when (Fails(error))
        {
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    private async Task<bool> ServeOneAsync(NetworkStream stream, ConnectionSink sink)
    {
        using var patience = new CancellationTokenSource(limits.ConnectionTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping.Token);
        var head = new byte[WireLimits.Envelope];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, either.Token) < head.Length)
        {
            return false;
        }

        if (!HandleEnvelope.TryRead(head, out var envelope, out var fault) || envelope.MessageLength > limits.MessageBytes)
        {
            // Where the next message would begin cannot be told.
            await sink.SendAsync(Refusal(envelope, fault.IsNone ? new WireFault(WireFaultCode.LengthOutOfRange, 16) : fault), either.Token);
            await DrainAsync(stream, either.Token);
            return false;
        }

        var message = ArrayPool<byte>.Shared.Rent(Math.Max(1, envelope.MessageLength));
        try
        {
            await stream.ReadExactlyAsync(message.AsMemory(0, envelope.MessageLength), either.Token);
            var answer = Answer(envelope, message.AsSpan(0, envelope.MessageLength), out var reply);
            if (reply == Reply.Later)
            {
                await conversation.AnswerAsync(envelope, message[..envelope.MessageLength], sink, either.Token);
            }
            else if (reply == Reply.Written)
            {
                await sink.SendAsync(answer, either.Token);
            }

            return reply != Reply.None;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    // A connection that is closed with unread bytes is reset, and what the client has not read of our answer is lost.
    private async Task DrainAsync(NetworkStream stream, CancellationToken cancellation)
    {
        stream.Socket.Shutdown(SocketShutdown.Send);
        var ignored = new byte[4096];
        for (var left = limits.MessageBytes; left > 0;)
        {
            var read = await stream.ReadAsync(ignored, cancellation);
            left = read == 0 ? 0 : left - read;
        }
    }

    private byte[] Answer(HandleEnvelope envelope, ReadOnlySpan<byte> message, out Reply reply)
    {
        var writer = new WireWriter(stackalloc byte[1024]);
        try
        {
            reply = responder.TryAnswer(envelope, default, message, ref writer);
            return reply == Reply.Written ? writer.ToArray() : [];
        }
        finally
        {
            writer.Dispose();
        }
    }

    private byte[] Refusal(HandleEnvelope envelope, WireFault fault)
    {
        var writer = new WireWriter(stackalloc byte[256]);
        responder.Refuse(ref writer, envelope with { Suggested = HandleVersion.Newest }, default, HandleResponseCode.ProtocolError, fault.ToString());
        return writer.ToArray();
    }

    private bool Fails(Exception error)
    {
        fail(error);
        return true;
    }

    private sealed class ConnectionSink(NetworkStream stream) : AnswerSink
    {
        public override bool TakesSeveral => true;

        public override ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => stream.WriteAsync(message, cancellation);
    }
}
