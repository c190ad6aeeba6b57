using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jingwei.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jingwei.Tests.Mqtt;

/// <summary>MQTT 5.0, section 4.2 and chapter 6.</summary>
public sealed class TransportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Packets_may_span_and_share_websocket_frames()
    {
        // [MQTT-6.0.0-2]
        await using var server = await TestServer.StartAsync();
        using var socket = await OpenAsync(server, "mqtt");
        Assert.Equal("mqtt", socket.SubProtocol);
        var bytes = RawClient.Bytes(RawClient.ConnectV311 + "C0 00 C0 00");
        await socket.SendAsync(bytes.AsMemory(0, 5), WebSocketMessageType.Binary, false, Cancel);
        await socket.SendAsync(bytes.AsMemory(5, 5), WebSocketMessageType.Binary, true, Cancel);
        await socket.SendAsync(bytes.AsMemory(10), WebSocketMessageType.Binary, true, Cancel);
        Assert.Equal("200200 00D000D000".Replace(" ", "", StringComparison.Ordinal), await ReadAsync(socket, 8));
    }

    [Fact]
    public async Task A_packet_larger_than_the_pipe_passes_over_websocket()
    {
        await using var server = await TestServer.StartAsync();
        using var socket = await OpenAsync(server, "mqtt");
        await socket.SendAsync(RawClient.Bytes(RawClient.ConnectV311), WebSocketMessageType.Binary, true, Cancel);
        Assert.Equal("20020000", await ReadAsync(socket, 4));

        // PUBLISH, QoS 1, topic "a", identifier 1, 200,000 bytes: remaining length 200,005.
        byte[] packet = [.. RawClient.Bytes("32 C5 9A 0C 00 01 61 00 01"), .. new byte[200_000]];
        await socket.SendAsync(packet, WebSocketMessageType.Binary, true, Cancel);
        Assert.Equal("40020001", await ReadAsync(socket, 4));
    }

    [Fact]
    public async Task A_text_frame_ends_the_connection()
    {
        // [MQTT-6.0.0-1]
        await using var server = await TestServer.StartAsync();
        using var socket = await OpenAsync(server, "mqtt");
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Cancel);
        var received = await socket.ReceiveAsync(new Memory<byte>(new byte[10]), Cancel);
        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
    }

    [Fact]
    public async Task Without_the_subprotocol_the_upgrade_is_refused()
    {
        // [MQTT-6.0.0-3]
        await using var server = await TestServer.StartAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(server, "chat"));
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{server.HttpPort}/mqtt"), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Tls_works_as_plain_tcp_does()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var server = new MqttServer(new()
        {
            Authenticate = (_, _) => ValueTask.FromResult(MqttAuthentication.Accepted("")),
            AuthorizePublish = (_, _) => true,
            AuthorizeSubscribe = (_, _) => true,
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(server);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.UseMqtt(new()
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificate = certificate }),
            })));
        await using var app = builder.Build();
        await app.StartAsync(Cancel);
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port, Cancel);
        await using var tls = new SslStream(tcp.GetStream(), false, (_, peer, _, _) => peer!.Equals(certificate));
        await tls.AuthenticateAsClientAsync("localhost");
        using var client = new RawClient(tls, tcp);
        await client.ConnectAsync();
        await client.SendAsync("E0 00");
        Assert.Equal("", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task Qos_0_for_a_client_that_does_not_read_is_dropped_and_counted()
    {
        await using var server = await TestServer.StartAsync(options => options with { Limits = new() { MaxOutgoingPackets = 10 } });
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync("82 09 00 01 00 00 03 61 2F 62 00");
        Assert.Equal("90 04 00 01 00 00", await client.ReadPacketAsync());
        var sent = 0;
        while (server.Server.Counters.Dropped[MqttDropReason.SlowConsumer] == 0)
        {
            // Socket buffers take some megabytes before the queue fills.
            Assert.True(sent++ < 10_000, "Nothing was dropped.");
            await server.Server.PublishAsync("a/b", new byte[100_000]);
        }

        Assert.Equal(server.Server.Counters.Dropped[MqttDropReason.SlowConsumer], server.Server.Connections.Single().Dropped);
    }

    private static async Task<ClientWebSocket> OpenAsync(TestServer server, string protocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.HttpPort}/mqtt"), Cancel);
        return socket;
    }

    private static async Task<string> ReadAsync(ClientWebSocket socket, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var received = await socket.ReceiveAsync(bytes.AsMemory(read), Cancel);
            Assert.Equal(WebSocketMessageType.Binary, received.MessageType);
            read += received.Count;
        }

        return Convert.ToHexString(bytes);
    }
}
