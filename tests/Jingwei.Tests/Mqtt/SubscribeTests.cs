using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Mqtt.Packets;

namespace Jingwei.Tests.Mqtt;

/// <summary>MQTT 5.0, sections 3.3.1.3, 3.3.4 and 3.8 to 3.11.</summary>
public sealed class SubscribeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_filter_gets_its_own_answer()
    {
        await using var server = await TestServer.StartAsync(options => options with { Limits = new() { MaxSubscriptionsPerSession = 2 } });
        await using var client = await server.ConnectAsync();
        Assert.Equal(
            [
                MqttReasonCode.GrantedQoS2,
                MqttReasonCode.NotAuthorized,
                MqttReasonCode.TopicFilterInvalid,
                MqttReasonCode.TopicFilterInvalid,
                MqttReasonCode.GrantedQoS1,
                MqttReasonCode.QuotaExceeded,
                MqttReasonCode.Success,
            ],
            await client.SubscribeAsync(
                [
                    new("a", MqttQoS.ExactlyOnce),
                    new("forbidden/#", MqttQoS.AtLeastOnce),
                    new("a#", MqttQoS.AtLeastOnce),
                    new("$share/g", MqttQoS.AtLeastOnce),
                    new("b", MqttQoS.AtLeastOnce),
                    new("c", MqttQoS.AtMostOnce),
                    new("a", MqttQoS.AtMostOnce),
                ],
                MqttProperties.None,
                Cancel));
        Assert.Equal((byte)1, client.ServerProperties.SharedSubscriptionAvailable);
    }

    [Fact]
    public async Task Version_3_1_1_gets_0x80_for_every_refusal()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(new() { Host = "", Version = MqttProtocolVersion.V311 });
        foreach (var filter in (string[])["forbidden/#", "a#", "$share/g/forbidden/a"])
        {
            Assert.Equal(MqttReasonCode.UnspecifiedError, await client.SubscribeAsync(filter, cancel: Cancel));
        }
    }

    [Fact]
    public async Task Unsubscribe_says_whether_there_was_a_subscription()
    {
        // [MQTT-3.10.4-1] [MQTT-3.11.3-2]
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.SubscribeAsync("a", cancel: Cancel);
        Assert.Equal(MqttReasonCode.Success, await client.UnsubscribeAsync("a", Cancel));
        Assert.Equal(MqttReasonCode.NoSubscriptionExisted, await client.UnsubscribeAsync("a", Cancel));
        Assert.Equal(0, await server.Server.PublishAsync("a", default));
    }

    [Fact]
    public async Task Overlapping_subscriptions_give_one_copy_at_the_highest_qos_with_all_identifiers()
    {
        // [MQTT-3.3.4-2] [MQTT-3.3.4-4]
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.SubscribeAsync([new("a/#", MqttQoS.AtMostOnce)], new() { SubscriptionIdentifiers = [1] }, Cancel);
        await client.SubscribeAsync([new("a/+", MqttQoS.AtLeastOnce)], new() { SubscriptionIdentifiers = [268_435_455] }, Cancel);
        await client.SubscribeAsync([new("+/b", MqttQoS.AtMostOnce)], MqttProperties.None, Cancel);
        Assert.Equal(1, await server.Server.PublishAsync("a/b", default, MqttQoS.ExactlyOnce));
        await server.Server.PublishAsync("a/end", default, MqttQoS.AtLeastOnce);

        var message = await client.Messages.ReadAsync(Cancel);
        Assert.Equal(MqttQoS.AtLeastOnce, message.QoS);
        Assert.Equal([1u, 268_435_455u], message.Properties.SubscriptionIdentifiers.Order());
        Assert.Equal("a/end", (await client.Messages.ReadAsync(Cancel)).Topic);
    }

    [Fact]
    public async Task No_local_keeps_a_client_from_hearing_itself()
    {
        // [MQTT-3.8.3-3]
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.SubscribeAsync([new("a", MqttQoS.AtMostOnce, NoLocal: true)], MqttProperties.None, Cancel);
        await client.PublishAsync("a", "mine"u8.ToArray(), MqttQoS.AtLeastOnce, cancel: Cancel);
        await server.Server.PublishAsync("a", "theirs"u8.ToArray());
        var message = await client.Messages.ReadAsync(Cancel);
        Assert.Equal("theirs"u8, message.Payload.Span);
    }

    [Fact]
    public async Task Retained_message_is_cleared_by_an_empty_payload()
    {
        // [MQTT-3.3.1-6] [MQTT-3.3.1-7]
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.PublishAsync("a", "1"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, Cancel);
        await client.PublishAsync("a", "2"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, Cancel);
        Assert.Equal(1, server.Server.Counters.RetainedMessages);
        await client.SubscribeAsync("+", MqttQoS.ExactlyOnce, Cancel);
        var message = await client.Messages.ReadAsync(Cancel);
        Assert.Equal("2"u8, message.Payload.Span);
        Assert.True(message.Retain);
        Assert.Equal(MqttQoS.AtLeastOnce, message.QoS);

        await client.PublishAsync("a", default, MqttQoS.AtLeastOnce, retain: true, Cancel);
        Assert.Equal(0, server.Server.Counters.RetainedMessages);
    }

    [Fact]
    public async Task Retain_handling_decides_when_retained_messages_come()
    {
        // [MQTT-3.3.1-9] to [MQTT-3.3.1-11]
        await using var server = await TestServer.StartAsync();
        await server.Server.PublishAsync("a", "kept"u8.ToArray(), retain: true);
        await using var client = await server.ConnectAsync();
        await client.SubscribeAsync([new("a", MqttQoS.AtMostOnce, RetainHandling: RetainHandling.DoNotSend)], MqttProperties.None, Cancel);
        await client.SubscribeAsync([new("a", MqttQoS.AtMostOnce, RetainHandling: RetainHandling.SendIfNew)], MqttProperties.None, Cancel);
        await server.Server.PublishAsync("a", "live"u8.ToArray());
        Assert.False((await client.Messages.ReadAsync(Cancel)).Retain);

        await client.SubscribeAsync("a", cancel: Cancel);
        Assert.True((await client.Messages.ReadAsync(Cancel)).Retain);
    }

    [Fact]
    public async Task Retain_as_published_keeps_the_flag()
    {
        // [MQTT-3.3.1-12] [MQTT-3.3.1-13]
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.SubscribeAsync([new("a", MqttQoS.AtMostOnce), new("b", MqttQoS.AtMostOnce, RetainAsPublished: true)], MqttProperties.None, Cancel);
        await server.Server.PublishAsync("a", "1"u8.ToArray(), retain: true);
        await server.Server.PublishAsync("b", "1"u8.ToArray(), retain: true);
        Assert.False((await client.Messages.ReadAsync(Cancel)).Retain);
        Assert.True((await client.Messages.ReadAsync(Cancel)).Retain);
    }

    [Fact]
    public async Task Properties_pass_through_and_expiry_counts_down()
    {
        // [MQTT-3.3.2-4] [MQTT-3.3.2-6] [MQTT-3.3.2-15] [MQTT-3.3.2-16] [MQTT-3.3.2-17]
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        await using var server = await TestServer.StartAsync(time: time);
        var sent = new MqttProperties
        {
            PayloadFormatIndicator = 1,
            MessageExpiryInterval = 60,
            ContentType = "text/plain",
            ResponseTopic = "answers",
            CorrelationData = "id"u8.ToArray(),
            UserProperties = [new("a", "1"), new("a", "2")],
        };
        await server.Server.PublishAsync("a", "x"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, properties: sent);
        time.Advance(TimeSpan.FromSeconds(20));
        await using var client = await server.ConnectAsync();
        await client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Cancel);
        var got = (await client.Messages.ReadAsync(Cancel)).Properties;
        Assert.Equal((byte)1, got.PayloadFormatIndicator);
        Assert.Equal(40u, got.MessageExpiryInterval);
        Assert.Equal("text/plain", got.ContentType);
        Assert.Equal("answers", got.ResponseTopic);
        Assert.Equal("id"u8, got.CorrelationData!.Value.Span);
        Assert.Equal(sent.UserProperties, got.UserProperties);

        time.Advance(TimeSpan.FromSeconds(40));
        await client.SubscribeAsync([new("a", MqttQoS.AtMostOnce)], MqttProperties.None, Cancel);
        await server.Server.PublishAsync("a", "live"u8.ToArray());
        Assert.False((await client.Messages.ReadAsync(Cancel)).Retain);
    }

    [Fact]
    public async Task A_message_larger_than_the_client_takes_is_skipped_and_counted()
    {
        // [MQTT-3.1.2-24] [MQTT-3.1.2-25]
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(new() { Host = "", MaxPacketSize = 100 });
        await client.SubscribeAsync("#", MqttQoS.AtLeastOnce, Cancel);
        await server.Server.PublishAsync("big", new byte[200], MqttQoS.AtLeastOnce);
        await server.Server.PublishAsync("big", new byte[200]);
        await server.Server.PublishAsync("small", new byte[20], MqttQoS.AtLeastOnce);
        Assert.Equal("small", (await client.Messages.ReadAsync(Cancel)).Topic);
        Assert.Equal(2, server.Server.Counters.Dropped[MqttDropReason.PacketTooLarge]);
    }

    [Fact]
    public async Task The_clients_receive_maximum_bounds_what_is_in_flight()
    {
        // [MQTT-3.3.4-9]: CONNECT with Receive Maximum 1, SUBSCRIBE a/b with QoS 1
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync("10 13 00 04 4D 51 54 54 05 02 00 00 03 21 00 01 00 03 72 61 77");
        await client.SendAsync("82 09 00 01 00 00 03 61 2F 62 01");
        Assert.Equal("90 04 00 01 00 01", await client.ReadPacketAsync());
        await server.Server.PublishAsync("a/b", "1"u8.ToArray(), MqttQoS.AtLeastOnce);
        await server.Server.PublishAsync("a/b", "2"u8.ToArray(), MqttQoS.AtLeastOnce);
        Assert.Equal("32 09 00 03 61 2F 62 00 01 00 31", await client.ReadPacketAsync());
        await client.PingAsync();
        await client.SendAsync("40 02 00 01");
        Assert.Equal("32 09 00 03 61 2F 62 00 02 00 32", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task The_same_filter_again_replaces_the_subscription()
    {
        // [MQTT-3.8.4-3]
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync("82 09 00 01 00 00 03 61 2F 62 00");
        Assert.Equal("90 04 00 01 00 00", await client.ReadPacketAsync());
        await client.SendAsync("82 09 00 02 00 00 03 61 2F 62 01");
        Assert.Equal("90 04 00 02 00 01", await client.ReadPacketAsync());
        await server.Server.PublishAsync("a/b", "1"u8.ToArray(), MqttQoS.AtLeastOnce);
        Assert.Equal("32 09 00 03 61 2F 62 00 01 00 31", await client.ReadPacketAsync());
        await client.PingAsync();
    }

    [Fact]
    public async Task A_delivery_that_has_begun_is_completed_after_unsubscribe()
    {
        // [MQTT-3.10.4-3]
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync("82 09 00 01 00 00 03 61 2F 62 02");
        Assert.Equal("90 04 00 01 00 02", await client.ReadPacketAsync());
        await server.Server.PublishAsync("a/b", "1"u8.ToArray(), MqttQoS.ExactlyOnce);
        Assert.Equal("34 09 00 03 61 2F 62 00 01 00 31", await client.ReadPacketAsync());
        await client.SendAsync("A2 08 00 02 00 00 03 61 2F 62");
        Assert.Equal("B0 04 00 02 00 00", await client.ReadPacketAsync());
        await client.SendAsync("50 02 00 01");
        Assert.Equal("62 02 00 01", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task A_qos_2_delivery_goes_through_its_four_packets()
    {
        // [MQTT-4.3.3-1] to [MQTT-4.3.3-7]
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync("82 09 00 01 00 00 03 61 2F 62 02");
        Assert.Equal("90 04 00 01 00 02", await client.ReadPacketAsync());
        await server.Server.PublishAsync("a/b", "1"u8.ToArray(), MqttQoS.ExactlyOnce);
        Assert.Equal("34 09 00 03 61 2F 62 00 01 00 31", await client.ReadPacketAsync());
        await client.SendAsync("50 02 00 01");
        Assert.Equal("62 02 00 01", await client.ReadPacketAsync());
        await client.SendAsync("70 02 00 01");
        await client.SendAsync("50 02 00 01");
        Assert.Equal("62 03 00 01 92", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task A_puback_for_a_qos_2_message_is_a_protocol_error()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync("82 09 00 01 00 00 03 61 2F 62 02");
        Assert.Equal("90 04 00 01 00 02", await client.ReadPacketAsync());
        await server.Server.PublishAsync("a/b", "1"u8.ToArray(), MqttQoS.ExactlyOnce);
        Assert.StartsWith("34", await client.ReadPacketAsync(), StringComparison.Ordinal);
        await client.SendAsync("40 02 00 01");
        Assert.Equal("82", await client.ReadDisconnectAsync());
    }

    [Fact]
    public async Task A_full_queue_drops_and_counts_and_only_a_stalled_subscriber_is_let_go_with_0x97()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        var limits = new MqttServerLimits { MaxQueuedMessages = 3, MaxInflight = 2, SlowConsumerPatience = TimeSpan.Zero, StalledSubscriberTimeout = TimeSpan.FromSeconds(60) };
        await using var server = await TestServer.StartAsync(options => options with { Limits = limits }, time);
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync("82 09 00 01 00 00 03 61 2F 62 01");
        Assert.Equal("90 04 00 01 00 01", await client.ReadPacketAsync());
        for (var i = 0; i < 2; i++)
        {
            await server.Server.PublishAsync("a/b", default, MqttQoS.AtLeastOnce);
            Assert.StartsWith("32", await client.ReadPacketAsync(), StringComparison.Ordinal);
        }

        await PublishAsync(4);
        Assert.Equal(1, Assert.Single(server.Server.Sessions).Dropped);

        // An acknowledgement is a sign of life: the next message comes, and the time begins anew.
        time.Advance(TimeSpan.FromSeconds(59));
        await client.SendAsync("40 02 00 01");
        Assert.Equal("32 08 00 03 61 2F 62 00 03 00", await client.ReadPacketAsync());
        await PublishAsync(2);
        time.Advance(TimeSpan.FromSeconds(59));
        await PublishAsync(1);
        Assert.Equal(3, Assert.Single(server.Server.Sessions).Dropped);
        time.Advance(TimeSpan.FromSeconds(1));
        await PublishAsync(1);
        Assert.Equal("97", await client.ReadDisconnectAsync());
        Assert.Equal(4, server.Server.Counters.Dropped[MqttDropReason.SessionQueueFull]);

        async Task PublishAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await server.Server.PublishAsync("a/b", default, MqttQoS.AtLeastOnce);
            }
        }
    }

    [Fact]
    public async Task Revoking_a_principal_closes_its_connections_and_forgets_its_sessions()
    {
        await using var server = await TestServer.StartAsync();
        await using var other = await server.ConnectAsync(new() { Host = "", UserName = "other" });
        await using var client = await server.ConnectAsync(
            new() { Host = "", ClientId = "m1", UserName = "m1", SessionExpirySeconds = 100 });
        Assert.Equal(1, server.Server.Disconnect(principal => (string)principal == "m1", MqttReasonCode.NotAuthorized));
        await client.Closed;
        Assert.Equal(("m1", MqttReasonCode.NotAuthorized), await server.Left.Reader.ReadAsync(Cancel));
        Assert.Equal(1, server.Server.Counters.Sessions);
        Assert.Equal("other", server.Server.Connections.Single().Info.Principal);
        var error = await Assert.ThrowsAsync<MqttClientException>(() => client.PublishAsync("a", default, MqttQoS.AtLeastOnce, cancel: Cancel));
        Assert.Equal(MqttReasonCode.NotAuthorized, error.Reason);
    }
}
