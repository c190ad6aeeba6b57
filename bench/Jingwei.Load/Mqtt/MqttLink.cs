using System.Net;
using System.Net.Sockets;

namespace Jingwei.Load.Mqtt;

/// <summary>One MQTT 3.1.1 connection: a socket that has signed in, and nothing else, so that the load costs little.</summary>
public sealed class MqttLink : IDisposable
{
    // SOL_SOCKET and SO_RCVLOWAT of Linux.
    private const int SocketLevel = 1;
    private const int ReceiveLowWater = 18;

    private MqttLink(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    /// <summary>Connects and signs in.</summary>
    /// <exception cref="InvalidOperationException">The server refused.</exception>
    /// <exception cref="SocketException">There is no server, or it ended.</exception>
    public static async Task<MqttLink> ConnectAsync(int port, Login login, bool clean, CancellationToken cancellation)
    {
        var link = new MqttLink(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        try
        {
            await link.Socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            await link.AskAsync(Packets.Connect(login.ClientId, login.User, login.Password, clean), 4, cancellation);
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Connects clients a few at a time, as many as there are logins; returns them in that order.</summary>
    public static async Task<IReadOnlyList<MqttLink>> ConnectAllAsync(int port, IReadOnlyList<Login> logins, bool clean, CancellationToken cancellation)
    {
        var links = new MqttLink[logins.Count];
        await Parallel.ForAsync(0, logins.Count, cancellation, async (number, stop) => links[number] = await ConnectAsync(port, logins[number], clean, stop));
        return links;
    }

    /// <summary>Subscribes to one filter.</summary>
    public Task SubscribeAsync(string filter, int qos, CancellationToken cancellation) => AskAsync(Packets.Subscribe(filter, qos), 5, cancellation);

    /// <summary>
    /// Waiting to receive ends only when so many bytes are there (SO_RCVLOWAT, socket(7)). A server that sends its packets one by one would
    /// otherwise wake the load for each of them, which takes its processor time from the server.
    /// </summary>
    /// <param name="bytes">Fewer than those that are sure to come; where the system is not Linux it has no effect.</param>
    public void WakeAt(int bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            Socket.SetRawSocketOption(SocketLevel, ReceiveLowWater, BitConverter.GetBytes(Math.Max(1, bytes)));
        }
    }

    public void Dispose() => Socket.Dispose();

    // Sends a packet and takes its answer, whose last byte tells a refusal (CONNACK, 3.2.2.3; SUBACK, 3.9.3).
    private async Task AskAsync(byte[] packet, int answerBytes, CancellationToken cancellation)
    {
        await Socket.SendAsync(packet, cancellation);
        var answer = new byte[answerBytes];
        for (var read = 0; read < answerBytes;)
        {
            var count = await Socket.ReceiveAsync(answer.AsMemory(read), cancellation);
            read += count > 0 ? count : throw new SocketException((int)SocketError.ConnectionReset);
        }

        if (answer[^1] > 2 || (answerBytes == 4 && answer[^1] != 0))
        {
            throw new InvalidOperationException("The MQTT server refused: " + Convert.ToHexString(answer));
        }
    }
}
