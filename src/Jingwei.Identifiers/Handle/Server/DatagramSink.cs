using System.Net;
using System.Net.Sockets;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>Answers by UDP what took longer than the receive loop may.</summary>
internal sealed class DatagramSink(Socket socket, SocketAddress client) : AnswerSink
{
    public override bool TakesSeveral => false;

    public override ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        try
        {
            if (message.Length <= WireLimits.Datagram)
            {
                socket.SendTo(message.Span, SocketFlags.None, client);
                return default;
            }

            Span<byte> datagram = stackalloc byte[WireLimits.Datagram];
            for (var part = 0; part < Datagrams.Count(message.Length - WireLimits.Envelope) && !cancellation.IsCancellationRequested; part++)
            {
                socket.SendTo(datagram[..Datagrams.Write(message.Span, part, datagram)], SocketFlags.None, client);
            }
        }
        catch (SocketException)
        {
            // Lost, as any datagram may be; the client asks again.
        }

        return default;
    }
}
