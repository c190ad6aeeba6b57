using Jingwei.Mqtt;

namespace Jingwei.Tests.Mqtt;

/// <summary>One message for many subscribers, each in its own form; and subscribers that have no room.</summary>
public sealed class FanOutTests
{
    private const string SubscribeV5 = "82 09 00 01 00 00 03 61 2F 62 ";
    private const string SubscribeV311 = "82 08 00 01 00 03 61 2F 62 ";

    [Fact]
    public async Task Each_subscriber_gets_the_message_in_its_version_and_qos_with_its_own_packet_identifiers()
    {
        await using var server = await TestServer.StartAsync();
        using var v5 = await OpenAsync(server, RawClient.ConnectV5.Replace("72 61 77", "72 61 31", StringComparison.Ordinal), SubscribeV5 + "01");
        using var v311 = await OpenAsync(server, RawClient.ConnectV311.Replace("72 61 77", "72 61 32", StringComparison.Ordinal), SubscribeV311 + "01");
        using var plain = await OpenAsync(server, RawClient.ConnectV5.Replace("72 61 77", "72 61 33", StringComparison.Ordinal), SubscribeV5 + "00");
        await server.Server.PublishAsync("a/b", "0"u8.ToArray(), MqttQoS.AtLeastOnce);
        Assert.Equal("32 09 00 03 61 2F 62 00 01 00 30", await v5.ReadPacketAsync());
        await v5.SendAsync("40 02 00 01");
        await v5.PingAsync();
        await server.Server.PublishAsync("a/b", "1"u8.ToArray(), MqttQoS.AtLeastOnce);
        Assert.Equal("32 09 00 03 61 2F 62 00 02 00 31", await v5.ReadPacketAsync());
        Assert.Equal("32 08 00 03 61 2F 62 00 01 30", await v311.ReadPacketAsync());
        Assert.Equal("32 08 00 03 61 2F 62 00 02 31", await v311.ReadPacketAsync());
        Assert.Equal("30 07 00 03 61 2F 62 00 30", await plain.ReadPacketAsync());
        Assert.Equal("30 07 00 03 61 2F 62 00 31", await plain.ReadPacketAsync());
    }

    [Fact]
    public async Task A_topic_and_a_payload_of_many_blocks_arrive_whole()
    {
        await using var server = await TestServer.StartAsync();
        await using var subscriber = await server.ConnectAsync();
        await subscriber.SubscribeAsync("#", MqttQoS.AtLeastOnce, TestContext.Current.CancellationToken);
        var topic = string.Join('/', Enumerable.Repeat("level", 100));
        var payload = Enumerable.Range(0, 100_000).Select(i => (byte)(i % 251)).ToArray();
        await server.Server.PublishAsync(topic, payload, MqttQoS.AtLeastOnce);
        var message = await subscriber.Messages.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(topic, message.Topic);
        Assert.Equal(payload, message.Payload.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_subscriber_without_room_holds_its_publisher_and_loses_nothing(int qos)
    {
        const int Messages = 200;
        await using var server = await TestServer.StartAsync(options => options with
        {
            Limits = new() { MaxOutgoingPackets = 2, MaxQueuedMessages = 2, MaxInflight = 1, SlowConsumerPatience = TimeSpan.FromHours(1) },
        });
        using var subscriber = await OpenAsync(
            server, RawClient.ConnectV5.Replace("72 61 77", "73 75 62", StringComparison.Ordinal), $"{SubscribeV5}0{qos}");
        using var publisher = await server.OpenAsync();
        await publisher.ConnectAsync();
        await publisher.SendAsync(string.Concat(Enumerable.Range(1, Messages).Select(i => $"32 09 00 03 61 2F 62 00 {i:X2} 00 {i:X2}")));
        for (var i = 1; i <= Messages; i++)
        {
            var expected = qos == 0 ? $"30 07 00 03 61 2F 62 00 {i:X2}" : $"32 09 00 03 61 2F 62 {Id(i)} 00 {i:X2}";
            Assert.Equal(expected, await subscriber.ReadPacketAsync());
            if (qos == 1)
            {
                await subscriber.SendAsync($"40 02 {Id(i)}");
            }
        }

        for (var i = 1; i <= Messages; i++)
        {
            Assert.Equal($"40 02 {Id(i)}", await publisher.ReadPacketAsync());
        }

        Assert.All(server.Server.Counters.Dropped, dropped => Assert.Equal(0, dropped.Value));
    }

    private static string Id(int id) => $"{id >> 8:X2} {id & 0xFF:X2}";

    private static async Task<RawClient> OpenAsync(TestServer server, string connect, string subscribe)
    {
        var client = await server.OpenAsync();
        await client.ConnectAsync(connect);
        await client.SendAsync(subscribe);
        Assert.StartsWith("90", await client.ReadPacketAsync(), StringComparison.Ordinal);
        return client;
    }
}
