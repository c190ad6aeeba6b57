using System.Net;
using System.Net.Sockets;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Client;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Tests.Identifiers.Handle;

/// <summary>A server on free ports of the loopback address, and a hand to give it any bytes.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public TestServer(HandleServerLimits? limits = null, TimeProvider? clock = null)
    {
        Server = new(new() { Udp = new(IPAddress.Loopback, 0), Tcp = new(IPAddress.Loopback, 0), ReceiveLoops = 1, Limits = limits ?? new() }, Door, clock ?? TimeProvider.System);
        Server.Start();
    }

    public TestDoor Door { get; } = new();

    public HandleServer Server { get; }

    public HandleServerAddress Address => new(IPAddress.Loopback, Server.Udp!.Port, Server.Tcp!.Port);

    public HandleSite Site => new()
    {
        Servers = [new(1, IPAddress.Loopback, ReadOnlyMemory<byte>.Empty, [new(HandleServiceKinds.Resolution, HandleTransport.Udp, Server.Udp!.Port), new(HandleServiceKinds.Both, HandleTransport.Tcp, Server.Tcp!.Port)])],
    };

    /// <summary>A value that names this server's site.</summary>
    public HandleValue SiteValue(string type = HandleTypes.Site) => new() { Index = 1, Type = type, Data = Site.ToBytes() };

    /// <summary>Envelope and message.</summary>
    public static byte[] Message(HandleRequest request, int requestId = 1, int sessionId = 0, HandleVersion? version = null)
    {
        var writer = new WireWriter([]);
        writer.Reserve(WireLimits.Envelope);
        HandleRequestWire.Write(ref writer, request);
        new HandleEnvelope { Version = version ?? HandleVersion.Newest, Suggested = version ?? HandleVersion.Newest, RequestId = requestId, SessionId = sessionId, MessageLength = writer.Length - WireLimits.Envelope }.Write(writer.Written);
        var message = writer.ToArray();
        writer.Dispose();
        return message;
    }

    /// <summary>Gives a datagram and takes one.</summary>
    public async Task<(HandleEnvelope Envelope, HandleResponse Response)> AskUdpAsync(params byte[][] datagrams)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(Server.Udp!);
        foreach (var datagram in datagrams)
        {
            await socket.SendAsync(datagram);
        }

        var answer = new byte[2048];
        var length = await socket.ReceiveAsync(answer, SocketFlags.None, TestContext.Current.CancellationToken);
        return Read(answer.AsSpan(0, length));
    }

    public async Task<(HandleEnvelope Envelope, HandleResponse Response)> AskTcpAsync(byte[] message)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Server.Tcp!);
        return await AskAsync(client.GetStream(), message);
    }

    public static async Task<(HandleEnvelope Envelope, HandleResponse Response)> AskAsync(NetworkStream stream, byte[] message)
    {
        await stream.WriteAsync(message, TestContext.Current.CancellationToken);
        var head = new byte[WireLimits.Envelope];
        await stream.ReadExactlyAsync(head, TestContext.Current.CancellationToken);
        Assert.True(HandleEnvelope.TryRead(head, out var envelope, out _));
        var body = new byte[envelope.MessageLength];
        await stream.ReadExactlyAsync(body, TestContext.Current.CancellationToken);
        return Read([.. head, .. body]);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static (HandleEnvelope Envelope, HandleResponse Response) Read(ReadOnlySpan<byte> answer)
    {
        Assert.True(HandleEnvelope.TryRead(answer, out var envelope, out _));
        Assert.True(HandleResponseWire.TryRead(answer[WireLimits.Envelope..], envelope.Version, out var response, out var fault), fault.ToString());
        return (envelope, response!);
    }
}
