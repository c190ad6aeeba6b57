using System.Net;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>Takes datagrams from a socket and gives answers to it. For one thread.</summary>
internal abstract class DatagramPort : IDisposable
{
    /// <summary>Bytes that are received of a datagram: one more than may be, so that a longer one is seen to be.</summary>
    protected const int ReceivedBytes = Wire.WireLimits.Datagram + 1;

    /// <summary>Bytes of an address with its family and port, IPv6 at most.</summary>
    protected const int AddressBytes = 28;

    /// <summary>Where the next answer is written; <see cref="Wire.WireLimits.Datagram"/> bytes.</summary>
    public abstract Span<byte> Slot { get; }

    /// <summary>Waits for datagrams, or until the socket's timeout.</summary>
    /// <returns>How many came.</returns>
    public abstract int Receive();

    /// <summary>One of those that came last.</summary>
    public abstract ReadOnlySpan<byte> Received(int at);

    /// <summary>Who sent it; copied.</summary>
    public abstract SocketAddress Sender(int at);

    /// <summary>Gives the first bytes of the slot to whoever sent a datagram; what the kernel has no room for is lost, as any datagram may be.</summary>
    public abstract void Send(int at, int length);

    /// <summary>Sends what was given so far.</summary>
    public abstract void Flush();

    public virtual void Dispose()
    {
    }

    protected static SocketAddress Copy(ReadOnlySpan<byte> address)
    {
        var copy = new SocketAddress((System.Net.Sockets.AddressFamily)(address.Length > 16 ? System.Net.Sockets.AddressFamily.InterNetworkV6 : System.Net.Sockets.AddressFamily.InterNetwork), address.Length);
        address.CopyTo(copy.Buffer.Span);
        return copy;
    }
}
