using System.Net;
using System.Net.Sockets;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Tests;

namespace Jingwei.Conformance.Mqtt;

/// <summary>Our client against Eclipse Mosquitto as the broker.</summary>
public sealed class MosquittoBrokerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttQoS.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQoS.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQoS.ExactlyOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQoS.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQoS.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQoS.ExactlyOnce)]
    public async Task Our_client_publishes_and_receives(MqttProtocolVersion version, MqttQoS qos)
    {
        using var broker = await StartAsync();
        await using var subscriber = await ConnectAsync(broker, new() { Host = "", Version = version });

        // Mosquitto lets 20 messages be in flight, which in 3.1.1 it cannot say; beyond them it leaves QoS 2 unanswered.
        await using var publisher = await ConnectAsync(broker, new() { Host = "", Version = version, MaxInflight = 20 });
        Assert.Equal((MqttReasonCode)qos, await subscriber.SubscribeAsync("a/#", qos, Cancel));
        var answers = await Task.WhenAll(Enumerable.Range(0, 90).Select(i => publisher.PublishAsync("a/b", new[] { (byte)i }, qos, cancel: Cancel)));
        Assert.All(answers, reason => Assert.Equal(MqttReasonCode.Success, reason));
        for (var i = 0; i < 90; i++)
        {
            Assert.Equal([(byte)i], (await subscriber.Messages.ReadAsync(Cancel)).Payload.ToArray());
        }

        Assert.Equal(MqttReasonCode.Success, await subscriber.UnsubscribeAsync("a/#", Cancel));
        await subscriber.DisconnectAsync();
        await publisher.DisconnectAsync();
    }

    [Fact]
    public async Task A_will_of_our_client_is_published_when_it_is_cut()
    {
        using var broker = await StartAsync();
        await using var watcher = await ConnectAsync(broker, new() { Host = "" });
        await watcher.SubscribeAsync("wills", cancel: Cancel);
        await using (await ConnectAsync(broker, new() { Host = "", Will = new() { Topic = "wills", Payload = "gone"u8.ToArray() } }))
        {
            // Disposed without DISCONNECT.
        }

        Assert.Equal("gone"u8.ToArray(), (await watcher.Messages.ReadAsync(Cancel)).Payload);
    }

    [Fact]
    public async Task A_lost_broker_fails_what_is_outstanding()
    {
        using var broker = await StartAsync();
        await using var client = await ConnectAsync(broker, new() { Host = "" });
        broker.Process.Stop();
        await client.Closed;
        var error = await Assert.ThrowsAsync<MqttClientException>(() => client.PublishAsync("a", default, MqttQoS.AtLeastOnce, cancel: Cancel));
        Assert.Contains("closed the connection", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MqttClientException>(async () => await client.Messages.WaitToReadAsync(Cancel));
    }

    private static Task<MqttClient> ConnectAsync(Broker broker, MqttClientOptions options) =>
        MqttClient.ConnectAsync(options with { Host = "127.0.0.1", Port = broker.Port }, Cancel);

    private static async Task<Broker> StartAsync()
    {
        var program = External.Program("mosquitto", "apt-get install mosquitto");

        // Mosquitto takes no port 0; a port that was free a moment ago is the best there is.
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var configuration = Path.GetTempFileName();
        await File.WriteAllTextAsync(configuration, $"listener {port} 127.0.0.1\nallow_anonymous true\nlog_dest stdout\n", Cancel);
        var broker = new Broker(Peer.Start(program, "-c", configuration), port, configuration);
        await broker.Process.WaitForAsync("running");
        return broker;
    }

    private sealed record Broker(Peer Process, int Port, string Configuration) : IDisposable
    {
        public void Dispose()
        {
            Process.Dispose();
            File.Delete(Configuration);
        }
    }
}
