using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Tests.Mqtt;

public sealed class RoundTripTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttQoS.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQoS.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQoS.ExactlyOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQoS.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQoS.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQoS.ExactlyOnce)]
    public async Task A_subscriber_gets_what_is_published_in_order(MqttProtocolVersion version, MqttQoS qos)
    {
        await using var server = await TestServer.StartAsync();
        await using var subscriber = await server.ConnectAsync(new() { Host = "", Version = version });
        await using var publisher = await server.ConnectAsync(new() { Host = "", Version = version });
        Assert.Equal((MqttReasonCode)qos, await subscriber.SubscribeAsync("a/+/c", qos, Cancel));

        var sent = Enumerable.Range(0, 500).Select(i => publisher.PublishAsync("a/b/c", BitConverter.GetBytes(i), qos, cancel: Cancel)).ToList();
        Assert.All(await Task.WhenAll(sent), reason => Assert.Equal(MqttReasonCode.Success, reason));

        for (var i = 0; i < 500; i++)
        {
            var message = await subscriber.Messages.ReadAsync(Cancel);
            Assert.Equal("a/b/c", message.Topic);
            Assert.Equal(qos, message.QoS);
            Assert.Equal(i, BitConverter.ToInt32(message.Payload.Span));
        }

        await publisher.DisconnectAsync();
        await subscriber.DisconnectAsync();
        Assert.False(await subscriber.Messages.WaitToReadAsync(Cancel));
    }

    [Fact]
    public async Task The_platform_publishes_to_subscribers()
    {
        await using var server = await TestServer.StartAsync();
        await using var subscriber = await server.ConnectAsync();
        await subscriber.SubscribeAsync("jw/+/commands/#", MqttQoS.AtLeastOnce, Cancel);

        Assert.Equal(1, await server.Server.PublishAsync("jw/m1/commands/7", "go"u8.ToArray(), MqttQoS.AtLeastOnce));

        var message = await subscriber.Messages.ReadAsync(Cancel);
        Assert.Equal("jw/m1/commands/7", message.Topic);
        Assert.Equal("go"u8, message.Payload.Span);
        Assert.Equal(0, await server.Server.PublishAsync("jw/m1/replies/7", default));
    }

    [Fact]
    public async Task A_refused_client_is_told_why()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var version in Enum.GetValues<MqttProtocolVersion>())
        {
            var error = await Assert.ThrowsAsync<MqttClientException>(
                () => server.ConnectAsync(new() { Host = "", Version = version, UserName = "bad", Password = "x" }));
            Assert.Equal(MqttReasonCode.BadUserNameOrPassword, error.Reason);
        }
    }
}
