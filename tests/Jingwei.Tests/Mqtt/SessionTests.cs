using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Tests.Mqtt;

/// <summary>MQTT 5.0, sections 3.1.2.4, 3.1.2.5, 3.1.2.11.2, 4.1 and 4.4.</summary>
public sealed class SessionTests
{
    /// <summary>CONNECT, clean start 0, session expiry 60 s, client identifier "raw".</summary>
    private const string Resume = "10 15 00 04 4D 51 54 54 05 00 00 00 05 11 00 00 00 3C 00 03 72 61 77";

    private readonly ManualTime time = new(DateTimeOffset.UnixEpoch);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_keeps_subscriptions_and_messages_for_its_clients_return()
    {
        // [MQTT-3.1.2-5] [MQTT-3.2.2-3]
        await using var server = await TestServer.StartAsync(time: time);
        await using (var first = await server.ConnectAsync(Client()))
        {
            Assert.False(first.IsSessionResumed);
            await first.SubscribeAsync("a", MqttQoS.AtLeastOnce, Cancel);
            await first.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        Assert.Equal(1, await server.Server.PublishAsync("a", "1"u8.ToArray(), MqttQoS.AtLeastOnce));
        await server.Server.PublishAsync("a", "lost"u8.ToArray());
        await server.Server.PublishAsync("a", "2"u8.ToArray(), MqttQoS.AtLeastOnce);
        time.Advance(TimeSpan.FromSeconds(59));
        await using var second = await server.ConnectAsync(Client());
        Assert.True(second.IsSessionResumed);
        Assert.Equal("1"u8.ToArray(), (await second.Messages.ReadAsync(Cancel)).Payload);
        Assert.Equal("2"u8.ToArray(), (await second.Messages.ReadAsync(Cancel)).Payload);
    }

    [Fact]
    public async Task A_session_ends_when_its_expiry_has_passed()
    {
        await using var server = await TestServer.StartAsync(time: time);
        await using (var first = await server.ConnectAsync(Client()))
        {
            await first.SubscribeAsync("a", MqttQoS.AtLeastOnce, Cancel);
            await first.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        Assert.Equal(1, server.Server.Counters.Sessions);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, server.Server.Counters.Sessions);
        Assert.Equal(0, await server.Server.PublishAsync("a", default, MqttQoS.AtLeastOnce));
        await using var second = await server.ConnectAsync(Client());
        Assert.False(second.IsSessionResumed);
    }

    [Fact]
    public async Task Clean_start_forgets_the_session()
    {
        // [MQTT-3.1.2-4]
        await using var server = await TestServer.StartAsync(time: time);
        await using (var first = await server.ConnectAsync(Client()))
        {
            await first.SubscribeAsync("a", MqttQoS.AtLeastOnce, Cancel);
            await first.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        await using var second = await server.ConnectAsync(Client() with { CleanStart = true });
        Assert.False(second.IsSessionResumed);
        Assert.Equal(0, await server.Server.PublishAsync("a", default, MqttQoS.AtLeastOnce));
    }

    [Fact]
    public async Task A_3_1_1_session_that_is_not_clean_is_kept()
    {
        await using var server = await TestServer.StartAsync(time: time);
        var options = new MqttClientOptions { Host = "", ClientId = "c", Version = MqttProtocolVersion.V311, CleanStart = false };
        await using (var first = await server.ConnectAsync(options))
        {
            await first.SubscribeAsync("a", MqttQoS.ExactlyOnce, Cancel);
            await first.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        await server.Server.PublishAsync("a", "1"u8.ToArray(), MqttQoS.ExactlyOnce);
        await using var second = await server.ConnectAsync(options);
        Assert.True(second.IsSessionResumed);
        Assert.Equal("1"u8.ToArray(), (await second.Messages.ReadAsync(Cancel)).Payload);
    }

    [Fact]
    public async Task A_second_connection_takes_the_session_over()
    {
        // [MQTT-3.1.4-3]
        await using var server = await TestServer.StartAsync(time: time);
        using var first = await server.OpenAsync();
        await first.ConnectAsync(Resume);
        await using var second = await server.ConnectAsync(Client());
        Assert.True(second.IsSessionResumed);
        Assert.Equal("8E", await first.ReadDisconnectAsync());
        Assert.Equal(1, server.Server.Counters.Connections);
    }

    [Fact]
    public async Task Another_owner_with_the_same_client_identifier_has_his_own_session()
    {
        await using var server = await TestServer.StartAsync(time: time);
        await using var mine = await server.ConnectAsync(Client() with { UserName = "me" });
        await using var theirs = await server.ConnectAsync(Client() with { UserName = "them" });
        Assert.False(theirs.IsSessionResumed);
        Assert.Equal(2, server.Server.Counters.Connections);
        Assert.Equal(MqttReasonCode.Success, await mine.PublishAsync("a", default, MqttQoS.AtLeastOnce, cancel: Cancel));
    }

    [Fact]
    public async Task What_was_in_flight_is_sent_again_first_and_in_order()
    {
        // [MQTT-4.4.0-1] [MQTT-4.6.0-1]
        await using var server = await TestServer.StartAsync(time: time);
        using (var first = await server.OpenAsync())
        {
            await first.ConnectAsync(Resume);
            await first.SendAsync("82 0F 00 01 00 00 03 61 2F 62 02 00 03 61 2F 63 01");
            Assert.Equal("90 05 00 01 00 02 01", await first.ReadPacketAsync());
            await server.Server.PublishAsync("a/b", "1"u8.ToArray(), MqttQoS.ExactlyOnce);
            await server.Server.PublishAsync("a/c", "2"u8.ToArray(), MqttQoS.AtLeastOnce);
            await server.Server.PublishAsync("a/b", "3"u8.ToArray(), MqttQoS.ExactlyOnce);
            Assert.Equal("34 09 00 03 61 2F 62 00 01 00 31", await first.ReadPacketAsync());
            Assert.Equal("32 09 00 03 61 2F 63 00 02 00 32", await first.ReadPacketAsync());
            Assert.Equal("34 09 00 03 61 2F 62 00 03 00 33", await first.ReadPacketAsync());
            await first.SendAsync("50 02 00 01");
            Assert.Equal("62 02 00 01", await first.ReadPacketAsync());
        }

        await server.Left.Reader.ReadAsync(Cancel);
        await server.Server.PublishAsync("a/c", "4"u8.ToArray(), MqttQoS.AtLeastOnce);
        using var second = await server.OpenAsync();
        await second.ConnectAsync(Resume);
        Assert.Equal("62 02 00 01", await second.ReadPacketAsync());
        Assert.Equal("3A 09 00 03 61 2F 63 00 02 00 32", await second.ReadPacketAsync());
        Assert.Equal("3C 09 00 03 61 2F 62 00 03 00 33", await second.ReadPacketAsync());
        Assert.Equal("32 09 00 03 61 2F 63 00 04 00 34", await second.ReadPacketAsync());
    }

    [Fact]
    public async Task An_incoming_qos_2_identifier_outlives_the_connection()
    {
        // [MQTT-4.3.3-10]: the message is taken once though PUBREC was lost.
        var taken = 0;
        await using var server = await TestServer.StartAsync(
            options => options with
            {
                Publishing = (batch, _) =>
                {
                    Interlocked.Add(ref taken, batch.Count);
                    batch.DecideAll(MqttPublishOutcome.Consumed);
                    return ValueTask.CompletedTask;
                },
            },
            time);
        using (var first = await server.OpenAsync())
        {
            await first.ConnectAsync(Resume);
            await first.SendAsync("34 09 00 03 61 2F 62 00 05 00 31");
            Assert.Equal("50 02 00 05", await first.ReadPacketAsync());
        }

        await server.Left.Reader.ReadAsync(Cancel);
        using var second = await server.OpenAsync();
        await second.ConnectAsync(Resume);
        await second.SendAsync("3C 09 00 03 61 2F 62 00 05 00 31");
        Assert.Equal("50 02 00 05", await second.ReadPacketAsync());
        await second.SendAsync("62 02 00 05");
        Assert.Equal("70 02 00 05", await second.ReadPacketAsync());
        Assert.Equal(1, taken);
    }

    [Fact]
    public async Task An_offline_queue_has_its_limit_and_counts_what_it_drops()
    {
        await using var server = await TestServer.StartAsync(options => options with { Limits = new() { MaxQueuedMessages = 2 } }, time);
        await using (var first = await server.ConnectAsync(Client()))
        {
            await first.SubscribeAsync("a", MqttQoS.AtLeastOnce, Cancel);
            await first.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        for (var i = 0; i < 5; i++)
        {
            await server.Server.PublishAsync("a", new[] { (byte)i }, MqttQoS.AtLeastOnce);
        }

        Assert.Equal(3, server.Server.Counters.Dropped[MqttDropReason.SessionQueueFull]);
        await using var second = await server.ConnectAsync(Client());
        Assert.Equal([0], (await second.Messages.ReadAsync(Cancel)).Payload.ToArray());
        Assert.Equal([1], (await second.Messages.ReadAsync(Cancel)).Payload.ToArray());
    }

    [Fact]
    public async Task A_message_that_expired_in_the_queue_is_not_delivered()
    {
        // [MQTT-3.3.2-5]
        await using var server = await TestServer.StartAsync(time: time);
        await using (var first = await server.ConnectAsync(Client()))
        {
            await first.SubscribeAsync("a", MqttQoS.AtLeastOnce, Cancel);
            await first.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        await server.Server.PublishAsync("a", "old"u8.ToArray(), MqttQoS.AtLeastOnce, properties: new() { MessageExpiryInterval = 10 });
        await server.Server.PublishAsync("a", "new"u8.ToArray(), MqttQoS.AtLeastOnce, properties: new() { MessageExpiryInterval = 30 });
        time.Advance(TimeSpan.FromSeconds(10));
        await using var second = await server.ConnectAsync(Client());
        var message = await second.Messages.ReadAsync(Cancel);
        Assert.Equal("new"u8.ToArray(), message.Payload);
        Assert.Equal(20u, message.Properties.MessageExpiryInterval);
        Assert.Equal(1, server.Server.Counters.Dropped[MqttDropReason.Expired]);
    }

    [Fact]
    public async Task Disconnect_may_shorten_the_session()
    {
        await using var server = await TestServer.StartAsync(time: time);
        using var client = await server.OpenAsync();
        await client.ConnectAsync(Resume);
        await client.SendAsync("E0 07 00 05 11 00 00 00 00");
        await server.Left.Reader.ReadAsync(Cancel);
        Assert.Equal(0, server.Server.Counters.Sessions);
    }

    [Fact]
    public async Task A_resumed_session_loses_what_its_client_may_no_longer_subscribe_to()
    {
        var allowed = true;
        await using var server = await TestServer.StartAsync(options => options with { AuthorizeSubscribe = (_, _) => allowed }, time);
        await using (var first = await server.ConnectAsync(Client()))
        {
            await first.SubscribeAsync("a", MqttQoS.AtLeastOnce, Cancel);
            await first.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        allowed = false;
        await using var second = await server.ConnectAsync(Client());
        Assert.True(second.IsSessionResumed);
        Assert.Equal(0, await server.Server.PublishAsync("a", default, MqttQoS.AtLeastOnce));
    }

    private static MqttClientOptions Client() => new()
    {
        Host = "",
        ClientId = "raw",
        CleanStart = false,
        SessionExpirySeconds = 60,
    };
}
