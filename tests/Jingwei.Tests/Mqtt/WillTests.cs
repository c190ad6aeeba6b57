using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Tests.Mqtt;

/// <summary>MQTT 5.0, sections 3.1.2.5 and 3.1.3.2.</summary>
public sealed class WillTests
{
    private readonly ManualTime time = new(DateTimeOffset.UnixEpoch);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_connection_publishes_its_will()
    {
        // [MQTT-3.1.2-8]
        await using var server = await TestServer.StartAsync(time: time);
        await using var watcher = await WatchAsync(server);
        await using (await server.ConnectAsync(WithWill(delay: 0)))
        {
            // Disposed without DISCONNECT.
        }

        var will = await watcher.Messages.ReadAsync(Cancel);
        Assert.Equal("wills/c", will.Topic);
        Assert.Equal("gone"u8.ToArray(), will.Payload);
        Assert.Equal([new("k", "v")], will.Properties.UserProperties);
    }

    [Fact]
    public async Task A_goodbye_takes_the_will_away_unless_it_asks_for_it()
    {
        // [MQTT-3.14.4-3]
        await using var server = await TestServer.StartAsync(time: time);
        await using var watcher = await WatchAsync(server);
        await using var polite = await server.ConnectAsync(WithWill(delay: 0) with { ClientId = "polite" });
        await polite.DisconnectAsync();
        Assert.Equal(("polite", MqttReasonCode.Success), await server.Left.Reader.ReadAsync(Cancel));
        await using var dramatic = await server.ConnectAsync(WithWill(delay: 0) with { ClientId = "dramatic" });
        await dramatic.DisconnectAsync(MqttReasonCode.DisconnectWithWill);
        await server.Left.Reader.ReadAsync(Cancel);

        Assert.Equal("gone"u8.ToArray(), (await watcher.Messages.ReadAsync(Cancel)).Payload);
        await server.Server.PublishAsync("wills/end", default);
        Assert.Equal("wills/end", (await watcher.Messages.ReadAsync(Cancel)).Topic);
    }

    [Fact]
    public async Task A_delayed_will_waits_for_its_delay()
    {
        // [MQTT-3.1.3-9]
        await using var server = await TestServer.StartAsync(time: time);
        await using var watcher = await WatchAsync(server);
        await LoseAsync(server, WithWill(delay: 30));
        time.Advance(TimeSpan.FromSeconds(29));
        await server.Server.PublishAsync("wills/before", default);
        Assert.Equal("wills/before", (await watcher.Messages.ReadAsync(Cancel)).Topic);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("wills/c", (await watcher.Messages.ReadAsync(Cancel)).Topic);
    }

    [Fact]
    public async Task A_return_in_time_takes_the_delayed_will_away()
    {
        await using var server = await TestServer.StartAsync(time: time);
        await using var watcher = await WatchAsync(server);
        await LoseAsync(server, WithWill(delay: 30));
        time.Advance(TimeSpan.FromSeconds(29));
        await using var back = await server.ConnectAsync(WithWill(delay: 30) with { Will = null, CleanStart = false });
        time.Advance(TimeSpan.FromSeconds(100));
        await server.Server.PublishAsync("wills/end", default);
        Assert.Equal("wills/end", (await watcher.Messages.ReadAsync(Cancel)).Topic);
    }

    [Fact]
    public async Task The_end_of_the_session_publishes_the_will_before_its_delay()
    {
        await using var server = await TestServer.StartAsync(time: time);
        await using var watcher = await WatchAsync(server);
        await LoseAsync(server, WithWill(delay: 3000));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("wills/c", (await watcher.Messages.ReadAsync(Cancel)).Topic);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_will_is_retained_when_its_client_said_so(bool retain, int kept)
    {
        // [MQTT-3.1.2-14] and [MQTT-3.1.2-15]
        await using var server = await TestServer.StartAsync(time: time);
        await using var watcher = await WatchAsync(server);
        var options = WithWill(delay: 0);
        await LoseAsync(server, options with { Will = options.Will! with { Retain = retain } });
        Assert.Equal("wills/c", (await watcher.Messages.ReadAsync(Cancel)).Topic);
        Assert.Equal(kept, server.Server.Counters.RetainedMessages);
    }

    [Fact]
    public async Task A_will_passes_the_hook()
    {
        var hooked = new TaskCompletionSource<(string ClientId, MqttMessage Will)>();
        await using var server = await TestServer.StartAsync(
            options => options with
            {
                Publishing = (batch, _) =>
                {
                    hooked.TrySetResult((batch.ClientId, batch[0].ToMessage()));
                    batch.DecideAll(MqttPublishOutcome.Consumed);
                    return ValueTask.CompletedTask;
                },
            },
            time);
        await LoseAsync(server, WithWill(delay: 0));
        var (clientId, will) = await hooked.Task.WaitAsync(Cancel);
        Assert.Equal("c", clientId);
        Assert.Equal("wills/c", will.Topic);
        Assert.Null(will.Properties.WillDelayInterval);
    }

    [Fact]
    public async Task A_will_that_may_not_be_published_refuses_the_connection()
    {
        await using var server = await TestServer.StartAsync(time: time);
        var error = await Assert.ThrowsAsync<MqttClientException>(
            () => server.ConnectAsync(new() { Host = "", Will = new() { Topic = "forbidden/x" } }));
        Assert.Equal(MqttReasonCode.NotAuthorized, error.Reason);
    }

    private static async Task LoseAsync(TestServer server, MqttClientOptions options)
    {
        await using (await server.ConnectAsync(options))
        {
            // Disposed without DISCONNECT.
        }

        await server.Left.Reader.ReadAsync(Cancel);
    }

    private static async Task<MqttClient> WatchAsync(TestServer server)
    {
        var watcher = await server.ConnectAsync(new() { Host = "", KeepAlive = TimeSpan.Zero });
        await watcher.SubscribeAsync("wills/#", cancel: Cancel);
        return watcher;
    }

    private static MqttClientOptions WithWill(uint delay) => new()
    {
        Host = "",
        ClientId = "c",
        SessionExpirySeconds = 60,
        Will = new()
        {
            Topic = "wills/c",
            Payload = "gone"u8.ToArray(),
            Properties = new() { WillDelayInterval = delay, UserProperties = [new("k", "v")] },
        },
    };
}
