using System.Collections.Concurrent;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Tests.Mqtt;

/// <summary>MQTT 5.0, sections 3.3 to 3.7 and 4.3 to 4.9, from the publisher's side.</summary>
public sealed class PublishTests
{
    // PUBLISH to a/b with payload 'x', version 5, no properties: identifier in the two digits.
    private const string QoS1 = "32 09 00 03 61 2F 62 00 {0} 00 78";
    private const string QoS2 = "34 09 00 03 61 2F 62 00 {0} 00 78";
    private const string QoS2Again = "3C 09 00 03 61 2F 62 00 {0} 00 78";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acknowledgements_wait_for_the_hook_run_side_by_side_and_leave_in_order()
    {
        // [MQTT-4.6.0-2]
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync(Format(QoS1, "01"));
        var first = await hooks.NextAsync();
        await client.SendAsync(Format(QoS1, "02"));
        var second = await hooks.NextAsync();
        second.Complete(MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, "bad"));
        await client.PingAsync();

        first.Complete(MqttPublishOutcome.Consumed);
        Assert.Equal("40 02 00 01", await client.ReadPacketAsync());
        Assert.Equal("40 0A 00 02 99 06 1F 00 03 62 61 64", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task A_qos_2_message_reaches_the_hook_once_between_publish_and_pubrel()
    {
        // [MQTT-4.3.3-8] to [MQTT-4.3.3-12]
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync(Format(QoS2, "07"));
        await client.SendAsync(Format(QoS2Again, "07"));
        var hook = await hooks.NextAsync();
        await client.PingAsync();
        hook.Complete(MqttPublishOutcome.Consumed);
        Assert.Equal("50 02 00 07", await client.ReadPacketAsync());

        await client.SendAsync(Format(QoS2Again, "07"));
        Assert.Equal("50 02 00 07", await client.ReadPacketAsync());
        await client.SendAsync("62 02 00 07");
        Assert.Equal("70 02 00 07", await client.ReadPacketAsync());
        await client.SendAsync("62 02 00 07");
        Assert.Equal("70 03 00 07 92", await client.ReadPacketAsync());
        Assert.Equal(1, hooks.Messages);

        await client.SendAsync(Format(QoS2, "07"));
        (await hooks.NextAsync()).Complete(MqttPublishOutcome.Consumed);
        Assert.Equal("50 02 00 07", await client.ReadPacketAsync());
        Assert.Equal(2, hooks.Messages);
    }

    [Fact]
    public async Task Who_wants_no_problem_information_gets_the_code_alone()
    {
        // [MQTT-3.1.2-29]
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        using var client = await server.OpenAsync();
        await client.ConnectAsync("10 12 00 04 4D 51 54 54 05 02 00 00 02 17 00 00 03 72 61 77");
        await client.SendAsync(Format(QoS1, "01"));
        (await hooks.NextAsync()).Complete(MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, "bad"));
        Assert.Equal("40 03 00 01 99", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task A_refused_qos_2_message_frees_its_identifier()
    {
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync(Format(QoS2, "07"));
        (await hooks.NextAsync()).Complete(MqttPublishOutcome.Refused(MqttReasonCode.QuotaExceeded));
        Assert.Equal("50 03 00 07 97", await client.ReadPacketAsync());
        await client.SendAsync(Format(QoS2, "07"));
        (await hooks.NextAsync()).Complete(MqttPublishOutcome.Consumed);
        Assert.Equal("50 02 00 07", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task More_unacknowledged_than_the_receive_maximum_is_answered_0x93()
    {
        // [MQTT-3.3.4-8]
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(options => hooks.Configure(options) with { Limits = new() { ReceiveMaximum = 2 } });
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync(Format(QoS1, "01"));
        var first = await hooks.NextAsync();
        await client.SendAsync(Format(QoS2, "02"));
        var second = await hooks.NextAsync();
        await client.SendAsync(Format(QoS1, "03"));
        Assert.Equal("93", (await client.ReadPacketAsync()).Split(' ')[2]);
        first.Complete(MqttPublishOutcome.Consumed);
        second.Complete(MqttPublishOutcome.Consumed);
        Assert.Equal("", await client.ReadPacketAsync());
        Assert.Equal(2, hooks.Messages);
    }

    [Fact]
    public async Task Pubrel_gives_the_quota_back()
    {
        await using var server = await TestServer.StartAsync(options => options with { Limits = new() { ReceiveMaximum = 1 } });
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync(Format(QoS2, "02"));
            Assert.Equal("50 02 00 02", await client.ReadPacketAsync());
            await client.SendAsync("62 02 00 02");
            Assert.Equal("70 02 00 02", await client.ReadPacketAsync());
            await client.SendAsync(Format(QoS1, "01"));
            Assert.Equal("40 02 00 01", await client.ReadPacketAsync());
        }
    }

    [Fact]
    public async Task What_a_client_may_not_publish_is_refused_as_its_version_can_tell()
    {
        await using var server = await TestServer.StartAsync();
        await using var v5 = await server.ConnectAsync();
        Assert.Equal(MqttReasonCode.NotAuthorized, await v5.PublishAsync("forbidden/a", default, MqttQoS.AtLeastOnce, cancel: Cancel));
        Assert.Equal(MqttReasonCode.NotAuthorized, await v5.PublishAsync("forbidden/a", default, MqttQoS.ExactlyOnce, cancel: Cancel));
        await v5.PublishAsync("forbidden/a", default, MqttQoS.AtMostOnce, cancel: Cancel);
        Assert.Equal(MqttReasonCode.Success, await v5.PublishAsync("a", default, MqttQoS.AtLeastOnce, cancel: Cancel));
        Assert.Equal(1, server.Server.Counters.Dropped[MqttDropReason.NotAuthorized]);

        await using var v311 = await server.ConnectAsync(new() { Host = "", Version = MqttProtocolVersion.V311 });
        await Assert.ThrowsAsync<MqttClientException>(() => v311.PublishAsync("forbidden/a", default, MqttQoS.AtLeastOnce, cancel: Cancel));
    }

    [Fact]
    public async Task A_topic_beyond_the_limits_is_refused_0x90()
    {
        await using var server = await TestServer.StartAsync(options => options with { Limits = new() { MaxTopicLength = 8, MaxTopicLevels = 3 } });
        await using var client = await server.ConnectAsync();
        Assert.Equal(MqttReasonCode.Success, await client.PublishAsync("一/二", default, MqttQoS.AtLeastOnce, cancel: Cancel));
        Assert.Equal(MqttReasonCode.TopicNameInvalid, await client.PublishAsync("一/二三", default, MqttQoS.AtLeastOnce, cancel: Cancel));
        Assert.Equal(MqttReasonCode.TopicNameInvalid, await client.PublishAsync("a/b/c/d", default, MqttQoS.AtLeastOnce, cancel: Cancel));
    }

    [Fact]
    public async Task A_hook_that_fails_closes_without_an_acknowledgement()
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Publishing = (_, _) => ValueTask.FromException(new InvalidOperationException("disk")),
        });
        server.ExpectsErrors = true;
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync(Format(QoS1, "01"));
        Assert.Equal("80", await client.ReadDisconnectAsync());
    }

    [Fact]
    public async Task Messages_read_before_disconnect_still_reach_subscribers()
    {
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        await using var subscriber = await server.ConnectAsync();
        await subscriber.SubscribeAsync("a/b", cancel: Cancel);
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync(Format(QoS1, "01") + "E0 00");
        (await hooks.NextAsync()).Complete(MqttPublishOutcome.Routed);
        var message = await subscriber.Messages.ReadAsync(Cancel);
        Assert.Equal("x"u8, message.Payload.Span);
    }

    [Fact]
    public async Task What_the_hook_consumes_is_not_routed_and_not_retained()
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Publishing = (batch, _) =>
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    batch.Decide(i, batch[i].Topic.Name == "a" ? MqttPublishOutcome.Consumed : MqttPublishOutcome.Routed);
                }

                return ValueTask.CompletedTask;
            },
        });
        await using var client = await server.ConnectAsync();
        await client.SubscribeAsync("#", cancel: Cancel);
        await client.PublishAsync("a", "1"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, Cancel);
        await client.PublishAsync("b", "2"u8.ToArray(), MqttQoS.AtLeastOnce, cancel: Cancel);
        Assert.Equal("b", (await client.Messages.ReadAsync(Cancel)).Topic);
        Assert.Equal(0, server.Server.Counters.RetainedMessages);
    }

    [Fact]
    public async Task The_hook_sees_everything_of_the_message()
    {
        var seen = new ConcurrentQueue<(object Principal, string ClientId, MqttMessage Message)>();
        await using var server = await TestServer.StartAsync(options => options with
        {
            Publishing = (batch, _) =>
            {
                seen.Enqueue((batch.Principal, batch.ClientId, batch[0].ToMessage()));
                batch.DecideAll(MqttPublishOutcome.Routed);
                return ValueTask.CompletedTask;
            },
        });
        await using var client = await server.ConnectAsync(new() { Host = "", ClientId = "c1", UserName = "m1", Password = "p" });
        await client.PublishAsync(
            new()
            {
                Topic = "jw/m1/readings",
                Payload = "{}"u8.ToArray(),
                QoS = MqttQoS.AtLeastOnce,
                Retain = true,
                Properties = new() { ContentType = "application/json", UserProperties = [new("k", "v"), new("k", "w")] },
            },
            Cancel);
        var (principal, clientId, message) = Assert.Single(seen);
        Assert.Equal("m1", principal);
        Assert.Equal("c1", clientId);
        Assert.Equal("jw/m1/readings", message.Topic);
        Assert.Equal("{}"u8, message.Payload.Span);
        Assert.Equal(MqttQoS.AtLeastOnce, message.QoS);
        Assert.True(message.Retain);
        Assert.Equal("application/json", message.Properties.ContentType);
        Assert.Equal([new("k", "v"), new("k", "w")], message.Properties.UserProperties);
    }

    private static string Format(string packet, string id) => packet.Replace("{0}", id, StringComparison.Ordinal);
}
