using System.Net;
using System.Net.Sockets;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Client;

/// <summary>Takes one request to one server and brings its answer.</summary>
internal sealed class HandleWire(HandleClientOptions options, TimeProvider clock)
{
    /// <summary>By UDP, asking again as often as the options say.</summary>
    /// <returns>Null when nobody answered.</returns>
    /// <param name="server">Whom to ask.</param>
    /// <param name="request">Envelope and message.</param>
    public async ValueTask<RawAnswer?> AskUdpAsync(IPEndPoint server, byte[] request, CancellationToken cancellation)
    {
        HandleEnvelope.TryRead(request, out var asked, out _);
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellation);
        foreach (var patience in options.UdpTries)
        {
            using var timeout = new CancellationTokenSource(patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
            try
            {
                await SendAsync(socket, request, either.Token);
                return await ReceiveAsync(socket, asked.RequestId, either.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // The next try.
            }
            catch (SocketException)
            {
                // Nobody listens there by UDP, and asking again does not change that.
                return null;
            }
        }

        return null;
    }

    /// <summary>By TCP; a list comes in several messages.</summary>
    /// <exception cref="HandleException">No whole answer came.</exception>
    public async ValueTask<RawAnswer> AskTcpAsync(IPEndPoint server, byte[] request, CancellationToken cancellation)
    {
        HandleEnvelope.TryRead(request, out var asked, out _);
        using var timeout = new CancellationTokenSource(options.TcpTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using var client = new TcpClient(server.AddressFamily) { NoDelay = true };
            await client.ConnectAsync(server, either.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(request, either.Token);
            var first = await ReadAsync(stream, asked.RequestId, either.Token);
            var last = first;
            List<HandleName> handles = [.. first.Response.Handles];
            for (var messages = 1; (last.Response.Flags & MessageOptions.Continuous) != 0; messages++)
            {
                if (messages == options.AnswerMessages)
                {
                    throw new HandleException($"The answer of {server} has more than {options.AnswerMessages} messages.");
                }

                last = await ReadAsync(stream, asked.RequestId, either.Token);
                handles.AddRange(last.Response.Handles);
            }

            return last == first ? first : first with { Response = first.Response with { Handles = handles } };
        }
        catch (Exception error) when (error is SocketException or IOException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new HandleException($"{server} does not answer: {error.Message}", error);
        }
    }

    private static async ValueTask SendAsync(Socket socket, byte[] request, CancellationToken cancellation)
    {
        if (request.Length <= WireLimits.Datagram)
        {
            await socket.SendAsync(request, cancellation);
            return;
        }

        var datagram = new byte[WireLimits.Datagram];
        for (var part = 0; part < Datagrams.Count(request.Length - WireLimits.Envelope); part++)
        {
            await socket.SendAsync(datagram.AsMemory(0, Datagrams.Write(request, part, datagram)), cancellation);
        }
    }

    private static async ValueTask<RawAnswer> ReceiveAsync(Socket socket, int requestId, CancellationToken cancellation)
    {
        var datagram = new byte[WireLimits.Datagram + 1];
        byte[]? message = null;
        bool[] seen = [];
        while (true)
        {
            var length = await socket.ReceiveAsync(datagram, cancellation);
            if (!HandleEnvelope.TryRead(datagram.AsSpan(0, length), out var envelope, out _) || envelope.RequestId != requestId)
            {
                continue;
            }

            if (message?.Length != envelope.MessageLength)
            {
                message = new byte[envelope.MessageLength];
                seen = new bool[Datagrams.Count(message.Length)];
            }

            var start = envelope.Sequence * WireLimits.DatagramPart;
            if (envelope.Sequence >= seen.Length || length - WireLimits.Envelope != Math.Min(WireLimits.DatagramPart, message.Length - start))
            {
                continue;
            }

            datagram.AsSpan(WireLimits.Envelope, length - WireLimits.Envelope).CopyTo(message.AsSpan(start));
            seen[envelope.Sequence] = true;
            if (!seen.AsSpan().Contains(false))
            {
                return RawAnswer.Read(envelope, message);
            }
        }
    }

    private static async ValueTask<RawAnswer> ReadAsync(NetworkStream stream, int requestId, CancellationToken cancellation)
    {
        var head = new byte[WireLimits.Envelope];
        await stream.ReadExactlyAsync(head, cancellation);
        if (!HandleEnvelope.TryRead(head, out var envelope, out var fault))
        {
            throw new HandleException($"The server's envelope cannot be read: {fault}.");
        }

        if (envelope.RequestId != requestId)
        {
            throw new HandleException("The server answers what was not asked.");
        }

        var message = new byte[envelope.MessageLength];
        await stream.ReadExactlyAsync(message, cancellation);
        return RawAnswer.Read(envelope, message);
    }
}
