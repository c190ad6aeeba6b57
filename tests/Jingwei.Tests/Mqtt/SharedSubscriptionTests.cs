using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Tests.Mqtt;

/// <summary>MQTT 5.0, section 4.8.2.</summary>
public sealed class SharedSubscriptionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_take_turns_and_everybody_else_gets_his_own_copy()
    {
        await using var server = await TestServer.StartAsync();
        await using var one = await server.ConnectAsync();
        await using var two = await server.ConnectAsync();
        await using var other = await server.ConnectAsync();
        await one.SubscribeAsync("$share/g/a/+", MqttQoS.AtLeastOnce, Cancel);
        await two.SubscribeAsync("$share/g/a/+", MqttQoS.AtLeastOnce, Cancel);
        await other.SubscribeAsync("$share/h/a/#", MqttQoS.AtLeastOnce, Cancel);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(2, await server.Server.PublishAsync("a/b", new[] { (byte)i }, MqttQoS.AtLeastOnce));
        }

        var first = await ReadAsync(one, 3);
        var second = await ReadAsync(two, 3);
        Assert.Equal([0, 1, 2, 3, 4, 5], first.Concat(second).Order());
        Assert.Equal([0, 1, 2, 3, 4, 5], await ReadAsync(other, 6));
    }

    [Fact]
    public async Task A_session_with_a_shared_and_a_plain_subscription_gets_a_copy_for_each()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.SubscribeAsync([new("$share/g/a", MqttQoS.AtMostOnce)], new() { SubscriptionIdentifiers = [7] }, Cancel);
        await client.SubscribeAsync([new("a", MqttQoS.AtMostOnce)], new() { SubscriptionIdentifiers = [8] }, Cancel);
        Assert.Equal(2, await server.Server.PublishAsync("a", default));
        var ids = new[] { await client.Messages.ReadAsync(Cancel), await client.Messages.ReadAsync(Cancel) }
            .Select(message => Assert.Single(message.Properties.SubscriptionIdentifiers));
        Assert.Equal([7u, 8u], ids.Order());
    }

    [Fact]
    public async Task Nothing_retained_is_sent_to_a_shared_subscription()
    {
        await using var server = await TestServer.StartAsync();
        await server.Server.PublishAsync("a", "kept"u8.ToArray(), retain: true);
        await using var client = await server.ConnectAsync();
        await client.SubscribeAsync("$share/g/a", cancel: Cancel);
        await server.Server.PublishAsync("a", "live"u8.ToArray());
        Assert.Equal("live"u8.ToArray(), (await client.Messages.ReadAsync(Cancel)).Payload);
    }

    [Fact]
    public async Task No_local_on_a_shared_subscription_is_a_protocol_error()
    {
        // [MQTT-3.8.3-4]: SUBSCRIBE "$share/g/a" with option 0x04.
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync("82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 67 2F 61 04");
        Assert.Equal("82", await client.ReadDisconnectAsync());
    }

    [Fact]
    public async Task The_filter_inside_is_what_is_authorised()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        Assert.Equal(MqttReasonCode.NotAuthorized, await client.SubscribeAsync("$share/g/forbidden/a", cancel: Cancel));
        Assert.Equal(MqttReasonCode.Success, await client.SubscribeAsync("$share/forbidden/a", cancel: Cancel));
    }

    [Fact]
    public async Task Version_3_1_1_may_share_too()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(new() { Host = "", Version = MqttProtocolVersion.V311 });
        Assert.Equal(MqttReasonCode.GrantedQoS1, await client.SubscribeAsync("$share/g/a", MqttQoS.AtLeastOnce, Cancel));
        Assert.Equal(1, await server.Server.PublishAsync("a", "1"u8.ToArray(), MqttQoS.AtLeastOnce));
        Assert.Equal("1"u8.ToArray(), (await client.Messages.ReadAsync(Cancel)).Payload);
    }

    [Fact]
    public async Task Who_unsubscribes_or_leaves_gets_nothing_more()
    {
        await using var server = await TestServer.StartAsync();
        await using var one = await server.ConnectAsync();
        await using var two = await server.ConnectAsync();
        await one.SubscribeAsync("$share/g/a", MqttQoS.AtLeastOnce, Cancel);
        await two.SubscribeAsync("$share/g/a", MqttQoS.AtLeastOnce, Cancel);
        await one.UnsubscribeAsync("$share/g/a", Cancel);
        await server.Server.PublishAsync("a", new byte[] { 1 }, MqttQoS.AtLeastOnce);
        await server.Server.PublishAsync("a", new byte[] { 2 }, MqttQoS.AtLeastOnce);
        Assert.Equal([1, 2], await ReadAsync(two, 2));
        await two.DisconnectAsync();
        await server.Left.Reader.ReadAsync(Cancel);
        Assert.Equal(0, await server.Server.PublishAsync("a", default, MqttQoS.AtLeastOnce));
    }

    [Fact]
    public async Task A_connected_member_is_preferred_and_an_absent_one_waits_for_its_return()
    {
        await using var server = await TestServer.StartAsync();
        await using (var away = await server.ConnectAsync(Kept("away")))
        {
            await away.SubscribeAsync("$share/g/a", MqttQoS.AtLeastOnce, Cancel);
            await away.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        Assert.Equal(1, await server.Server.PublishAsync("a", new byte[] { 1 }, MqttQoS.AtLeastOnce));
        Assert.Equal(0, await server.Server.PublishAsync("a", new byte[] { 9 }));
        await using var here = await server.ConnectAsync();
        await here.SubscribeAsync("$share/g/a", MqttQoS.AtLeastOnce, Cancel);
        await server.Server.PublishAsync("a", new byte[] { 2 }, MqttQoS.AtLeastOnce);
        await server.Server.PublishAsync("a", new byte[] { 3 }, MqttQoS.AtLeastOnce);
        Assert.Equal([2, 3], await ReadAsync(here, 2));
        await using var back = await server.ConnectAsync(Kept("away"));
        Assert.Equal([1], await ReadAsync(back, 1));
    }

    [Fact]
    public async Task What_a_member_did_not_acknowledge_goes_to_another_when_its_session_ends()
    {
        await using var server = await TestServer.StartAsync();
        await using var two = await server.ConnectAsync();
        using (var one = await server.OpenAsync())
        {
            // SUBSCRIBE "$share/g/a", QoS 1; the message is sent, and PUBACK never comes.
            await one.ConnectAsync();
            await one.SendAsync("82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 67 2F 61 01");
            Assert.Equal("90 04 00 01 00 01", await one.ReadPacketAsync());
            await server.Server.PublishAsync("a", new byte[] { 5 }, MqttQoS.AtLeastOnce);
            Assert.Equal("32 07 00 01 61 00 01 00 05", await one.ReadPacketAsync());
            await two.SubscribeAsync("$share/g/a", MqttQoS.AtLeastOnce, Cancel);
        }

        Assert.Equal([5], await ReadAsync(two, 1));
    }

    [Fact]
    public async Task What_was_sent_at_qos_2_goes_to_nobody_else()
    {
        // [MQTT-4.8.2-5]
        await using var server = await TestServer.StartAsync();
        await using var two = await server.ConnectAsync();
        using (var one = await server.OpenAsync())
        {
            await one.ConnectAsync();
            await one.SendAsync("82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 67 2F 61 02");
            Assert.Equal("90 04 00 01 00 02", await one.ReadPacketAsync());
            await server.Server.PublishAsync("a", new byte[] { 5 }, MqttQoS.ExactlyOnce);
            Assert.Equal("34 07 00 01 61 00 01 00 05", await one.ReadPacketAsync());
            await two.SubscribeAsync("$share/g/a", MqttQoS.ExactlyOnce, Cancel);
        }

        await server.Left.Reader.ReadAsync(Cancel);
        await server.Server.PublishAsync("a", new byte[] { 6 }, MqttQoS.ExactlyOnce);
        Assert.Equal([6], await ReadAsync(two, 1));
    }

    [Fact]
    public async Task What_a_member_refuses_goes_to_nobody_else()
    {
        // [MQTT-4.8.2-6]: PUBACK with 0x80.
        await using var server = await TestServer.StartAsync();
        await using var two = await server.ConnectAsync();
        using (var one = await server.OpenAsync())
        {
            await one.ConnectAsync();
            await one.SendAsync("82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 67 2F 61 01");
            Assert.Equal("90 04 00 01 00 01", await one.ReadPacketAsync());
            await server.Server.PublishAsync("a", new byte[] { 5 }, MqttQoS.AtLeastOnce);
            Assert.Equal("32 07 00 01 61 00 01 00 05", await one.ReadPacketAsync());
            await two.SubscribeAsync("$share/g/a", MqttQoS.AtLeastOnce, Cancel);
            await one.SendAsync("40 03 00 01 80");
            await one.PingAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        await server.Server.PublishAsync("a", new byte[] { 6 }, MqttQoS.AtLeastOnce);
        Assert.Equal([6], await ReadAsync(two, 1));
    }

    private static async Task<List<int>> ReadAsync(MqttClient client, int count)
    {
        var bytes = new List<int>();
        for (var i = 0; i < count; i++)
        {
            bytes.Add((await client.Messages.ReadAsync(Cancel)).Payload.Span[0]);
        }

        return bytes;
    }

    private static MqttClientOptions Kept(string id) => new() { Host = "", ClientId = id, CleanStart = false, SessionExpirySeconds = 60 };
}
