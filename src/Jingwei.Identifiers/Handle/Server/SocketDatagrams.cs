using System.Net;
using System.Net.Sockets;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>Datagrams one by one, on every system.</summary>
internal sealed class SocketDatagrams(Socket socket) : DatagramPort
{
    private readonly byte[] received = new byte[ReceivedBytes];
    private readonly byte[] slot = new byte[WireLimits.Datagram];
    private readonly SocketAddress sender = new(socket.AddressFamily, AddressBytes);
    private int length;

    public override Span<byte> Slot => slot;

    public override int Receive()
    {
        try
        {
            length = socket.ReceiveFrom(received, SocketFlags.None, sender);
            return 1;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock or SocketError.MessageSize or SocketError.ConnectionReset or SocketError.Interrupted)
        {
            // Windows tells of a client that is gone by an error of the next receive, and of a datagram that is too long.
            return 0;
        }
    }

    public override ReadOnlySpan<byte> Received(int at) => received.AsSpan(0, length);

    public override SocketAddress Sender(int at) => Copy(sender.Buffer.Span[..sender.Size]);

    public override void Send(int at, int length)
    {
        try
        {
            socket.SendTo(slot.AsSpan(0, length), SocketFlags.None, sender);
        }
        catch (SocketException)
        {
            // Lost, as any datagram may be; the client asks again.
        }
    }

    public override void Flush()
    {
    }
}
