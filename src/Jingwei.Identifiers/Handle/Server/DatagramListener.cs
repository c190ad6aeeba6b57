using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>The UDP side: threads that receive and answer what is known at once, and tasks for the rest.</summary>
internal sealed class DatagramListener : IAsyncDisposable
{
    /// <summary>How long a receive loop may not see that it is to end.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private readonly HandleServerOptions options;
    private readonly Responder responder;
    private readonly Conversation conversation;
    private readonly HandleServerCounters counters;
    private readonly Action<Exception> fail;
    private readonly Socket socket;
    private readonly PartialRequests partial;
    private readonly Channel<Waiting> waiting;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Thread> loops = [];
    private readonly List<Task> workers = [];

    public DatagramListener(HandleServerOptions options, Responder responder, Conversation conversation, HandleServerCounters counters, TimeProvider clock, Action<Exception> fail)
    {
        (this.options, this.responder, this.conversation, this.counters, this.fail) = (options, responder, conversation, counters, fail);
        partial = new(options.Limits, clock);
        waiting = Channel.CreateBounded<Waiting>(options.Limits.Waiting);
        socket = new(options.Udp!.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        if (options.Udp.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.DualMode = true;
        }

        socket.ReceiveBufferSize = options.Limits.SocketBuffer;
        socket.SendBufferSize = options.Limits.SocketBuffer;
        socket.ReceiveTimeout = (int)Glance.TotalMilliseconds;
        socket.Bind(options.Udp);
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    public void Start()
    {
        for (var at = 0; at < options.ReceiveLoops; at++)
        {
            // A thread each: they wait in the kernel, and the pool's threads are for what waits otherwise.
            var loop = new Thread(Run) { IsBackground = true, Name = $"Handle UDP {at}" };
            loops.Add(loop);
            loop.Start();
        }

        workers.AddRange(Enumerable.Range(0, options.Limits.Working).Select(_ => WorkAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        waiting.Writer.TryComplete();
        await Task.WhenAll(workers);
        foreach (var loop in loops)
        {
            loop.Join();
        }

        socket.Dispose();
        stopping.Dispose();
    }

    private void Run()
    {
        try
        {
            using var port = options.DatagramPath == DatagramPath.Fastest && BatchedDatagrams.IsSupported ? new BatchedDatagrams(socket) : (DatagramPort)new SocketDatagrams(socket);
            while (!stopping.IsCancellationRequested)
            {
                var count = port.Receive();
                for (var at = 0; at < count; at++)
                {
                    Answer(port, at);
                }

                port.Flush();
                counters.AddDatagrams(count);
            }
        }
        catch (Exception error) when (Fails(error))
        {
        }
    }

    private void Answer(DatagramPort port, int at)
    {
        var datagram = port.Received(at);
        if (!HandleEnvelope.TryRead(datagram, out var envelope, out var fault) && datagram.Length < WireLimits.Envelope)
        {
            return;
        }

        var part = datagram[WireLimits.Envelope..];
        if (fault.IsNone && (envelope.IsTruncated || envelope.MessageLength > part.Length))
        {
            if (datagram.Length <= WireLimits.Datagram && partial.Add(port.Sender(at), envelope, part) is { } whole)
            {
                Answer(port, at, envelope with { IsTruncated = false, Sequence = 0 }, fault, whole);
            }

            return;
        }

        Answer(port, at, envelope, fault, fault.IsNone ? part[..envelope.MessageLength] : part);
    }

    private void Answer(DatagramPort port, int at, HandleEnvelope envelope, WireFault fault, ReadOnlySpan<byte> message)
    {
        var writer = new WireWriter(port.Slot);
        var reply = responder.TryAnswer(envelope, fault, message, ref writer);
        if (reply == Reply.Later && !waiting.Writer.TryWrite(new(envelope, message.ToArray(), port.Sender(at))))
        {
            HandleHeader.TryRead(message, out var header, out _);
            reply = responder.Refuse(ref writer, envelope, header, HandleResponseCode.ServerBusy, "");
        }

        if (reply == Reply.Written)
        {
            Send(port, at, ref writer);
        }

        writer.Dispose();
    }

    private static void Send(DatagramPort port, int at, ref WireWriter writer)
    {
        // As long as the message fits into the slot it was written there.
        if (writer.Length <= WireLimits.Datagram)
        {
            port.Send(at, writer.Length);
            return;
        }

        for (var part = 0; part < Datagrams.Count(writer.Length - WireLimits.Envelope); part++)
        {
            port.Send(at, Datagrams.Write(writer.Written, part, port.Slot));
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var each in waiting.Reader.ReadAllAsync(stopping.Token))
            {
                await conversation.AnswerAsync(each.Envelope, each.Message, new DatagramSink(socket, each.Client), stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception error) when (Fails(error))
        {
        }
    }

    private bool Fails(Exception error)
    {
        fail(error);
        return true;
    }

    private readonly record struct Waiting(HandleEnvelope Envelope, byte[] Message, SocketAddress Client);
}
