using System.Net;
using System.Net.Sockets;
using Jingwei.Identifiers.Handle.Server;

namespace Jingwei.Load.Handles;

/// <summary>Gives every datagram back: what the sockets alone can do.</summary>
internal sealed class DatagramEcho : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 200 };
    private readonly List<Thread> loops = [];
    private volatile bool stopping;

    public DatagramEcho(DatagramPath path, int count)
    {
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        for (var at = 0; at < count; at++)
        {
            var loop = new Thread(() => Run(path)) { IsBackground = true };
            loops.Add(loop);
            loop.Start();
        }
    }

    public IPEndPoint EndPoint => (IPEndPoint)socket.LocalEndPoint!;

    public void Dispose()
    {
        stopping = true;
        loops.ForEach(loop => loop.Join());
        socket.Dispose();
    }

    private void Run(DatagramPath path)
    {
        using var port = path == DatagramPath.Fastest && BatchedDatagrams.IsSupported ? new BatchedDatagrams(socket) : (DatagramPort)new SocketDatagrams(socket);
        while (!stopping)
        {
            var count = port.Receive();
            for (var at = 0; at < count; at++)
            {
                var datagram = port.Received(at);
                datagram.CopyTo(port.Slot);
                port.Send(at, datagram.Length);
            }

            port.Flush();
        }
    }
}
