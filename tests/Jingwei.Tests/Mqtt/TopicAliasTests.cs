using System.Buffers;
using System.Text;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Publishing;

namespace Jingwei.Tests.Mqtt;

/// <summary>MQTT 5.0, sections 3.1.2.11.5, 3.2.2.3.8 and 3.3.2.3.4: numbers in place of topic names, each direction by itself.</summary>
public sealed class TopicAliasTests
{
    // PUBLISH, QoS 1, topic "a/b" or none, property 0x23: {0} identifier, {1} alias, payload 'x'.
    private const string Named = "32 0C 00 03 61 2F 62 00 {0} 03 23 00 {1} 78";
    private const string Numbered = "32 09 00 00 00 {0} 03 23 00 {1} 78";

    // CONNECT, MQTT 5.0, client identifier "raw", Topic Alias Maximum 2.
    private const string ConnectWithAliases = "10 13 00 04 4D 51 54 54 05 02 00 00 03 22 00 02 00 03 72 61 77";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alias_stands_for_its_topic_until_it_is_given_to_another()
    {
        // [MQTT-3.3.2-12]: a new topic with the same alias replaces the old one.
        var topics = new List<string>();
        await using var server = await TestServer.StartAsync(options => Seen(options, topics));
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await SendAsync(client, Named, 1, 1);
        await SendAsync(client, Numbered, 2, 1);
        await client.SendAsync("32 0C 00 03 63 2F 64 00 03 03 23 00 01 78");
        Assert.Equal("40 02 00 03", await client.ReadPacketAsync());
        await SendAsync(client, Numbered, 4, 1);
        await client.SendAsync("32 09 00 03 61 2F 62 00 05 00 78");
        Assert.Equal("40 02 00 05", await client.ReadPacketAsync());
        await SendAsync(client, Numbered, 6, 1);
        Assert.Equal(["a/b", "a/b", "c/d", "c/d", "a/b", "c/d"], topics);
    }

    [Fact]
    public async Task Every_alias_up_to_the_maximum_is_taken_in_any_order()
    {
        var topics = new List<string>();
        await using var server = await TestServer.StartAsync(options => Seen(options, topics) with { Limits = new() { TopicAliasMaximum = 5 } });
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        foreach (var alias in (int[])[5, 1, 3, 2, 4])
        {
            await client.SendAsync($"30 09 00 03 61 2F 3{alias} 03 23 00 0{alias}");
        }

        for (var alias = 1; alias <= 5; alias++)
        {
            await SendAsync(client, Numbered, alias, alias);
        }

        Assert.Equal(["a/5", "a/1", "a/3", "a/2", "a/4", "a/1", "a/2", "a/3", "a/4", "a/5"], topics);
    }

    [Theory]
    [InlineData("30 09 00 03 61 2F 62 03 23 00 06", "94")] // above the maximum of 5 [MQTT-3.3.2-9]
    [InlineData("30 06 00 00 03 23 00 06", "94")]
    [InlineData("30 09 00 03 61 2F 62 03 23 FF FF", "94")]
    [InlineData("30 09 00 03 61 2F 62 03 23 00 00", "94")] // 0 [MQTT-3.3.2-8]
    [InlineData("30 06 00 00 03 23 00 03", "94")] // given to no topic
    [InlineData("30 0C 00 03 61 2F 62 06 23 00 01 23 00 01", "82")] // twice
    [InlineData("30 09 00 03 61 2F 23 03 23 00 01", "81")] // to a topic name with a wildcard
    public async Task An_alias_that_cannot_be_ends_the_connection(string publish, string code)
    {
        await using var server = await TestServer.StartAsync(options => options with { Limits = new() { TopicAliasMaximum = 5 } });
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync(publish);
        Assert.Equal(code, await client.ReadDisconnectAsync());
    }

    [Fact]
    public void Reading_a_numbered_message_allocates_nothing()
    {
        var topics = new TopicCache(new());
        var packet = new ReadOnlySequence<byte>(RawClient.Bytes(Format(Numbered, 1, 1)));
        Assert.Equal("a/b", Read(new(RawClient.Bytes(Format(Named, 1, 1)))));
        Assert.Equal("a/b", Read(packet));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Read(packet);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        string? Read(ReadOnlySequence<byte> bytes)
        {
            PacketFrame.TryRead(ref bytes, 1000, out var frame, out _);
            return PublishDecoder.TryDecode(frame, v5: true, out var fields, out _) ? topics.Find(fields, out _)?.Name : null;
        }
    }

    [Fact]
    public async Task Aliases_end_with_their_connection_also_when_the_session_stays()
    {
        // [MQTT-3.3.2-7]
        const string Kept = "10 15 00 04 4D 51 54 54 05 00 00 00 05 11 00 00 00 3C 00 03 72 61 77";
        await using var server = await TestServer.StartAsync();
        using (var client = await server.OpenAsync())
        {
            await client.ConnectAsync(Kept);
            await SendAsync(client, Named, 1, 1);
            await client.SendAsync("E0 00");
            Assert.Equal("", await client.ReadPacketAsync());
        }

        using var again = await server.OpenAsync();
        await again.ConnectAsync(Kept);
        await again.SendAsync(Format(Numbered, 2, 1));
        Assert.Equal("94", await again.ReadDisconnectAsync());
    }

    [Fact]
    public async Task Subscribers_get_the_name_and_not_the_publishers_alias()
    {
        await using var server = await TestServer.StartAsync();
        using var subscriber = await server.OpenAsync();
        await subscriber.ConnectAsync(RawClient.ConnectV5.Replace("72 61 77", "73 75 62", StringComparison.Ordinal));
        await subscriber.SendAsync("82 09 00 01 00 00 03 61 2F 62 00");
        Assert.Equal("90 04 00 01 00 00", await subscriber.ReadPacketAsync());
        using var publisher = await server.OpenAsync();
        await publisher.ConnectAsync();
        await SendAsync(publisher, Named, 1, 1);
        // Payload format indicator 1 beside the alias.
        await publisher.SendAsync("32 0B 00 00 00 02 05 23 00 01 01 01 79");
        Assert.Equal("40 02 00 02", await publisher.ReadPacketAsync());
        Assert.Equal("30 07 00 03 61 2F 62 00 78", await subscriber.ReadPacketAsync());
        Assert.Equal("30 09 00 03 61 2F 62 02 01 01 79", await subscriber.ReadPacketAsync());
    }

    [Fact]
    public async Task A_right_that_is_taken_away_ends_for_the_alias_too()
    {
        var isAllowed = true;
        await using var server = await TestServer.StartAsync(options => options with { AuthorizePublish = (_, _) => isAllowed });
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await SendAsync(client, Named, 1, 1);
        isAllowed = false;
        server.Server.AskRightsAnew();
        await client.SendAsync(Format(Numbered, 2, 1));
        Assert.Equal("40 03 00 02 87", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task The_server_numbers_topics_for_a_client_that_asks_for_it()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync(ConnectWithAliases);
        await client.SendAsync("82 07 00 01 00 00 01 23 01");
        Assert.Equal("90 04 00 01 00 01", await client.ReadPacketAsync());

        // Topics "aa/1" to "aa/3": two get a number, the third goes by name; "a" is no longer than the property.
        string[] expected =
        [
            "32 0D 00 04 61 61 2F 31 00 01 03 23 00 01 78", "32 09 00 00 00 02 03 23 00 01 78", // one name, then none
            "30 0B 00 04 61 61 2F 32 03 23 00 02 78", "30 07 00 00 03 23 00 02 78", // without an identifier
            "32 0A 00 04 61 61 2F 33 00 03 00 78", "32 0A 00 04 61 61 2F 33 00 04 00 78",
            "32 07 00 01 61 00 05 00 78",
            "32 09 00 00 00 06 03 23 00 01 78",
        ];
        (string Topic, MqttQoS QoS)[] published =
        [
            ("aa/1", MqttQoS.AtLeastOnce), ("aa/1", MqttQoS.AtLeastOnce), ("aa/2", MqttQoS.AtMostOnce), ("aa/2", MqttQoS.AtMostOnce),
            ("aa/3", MqttQoS.AtLeastOnce), ("aa/3", MqttQoS.AtLeastOnce), ("a", MqttQoS.AtLeastOnce), ("aa/1", MqttQoS.ExactlyOnce),
        ];
        for (var i = 0; i < published.Length; i++)
        {
            await server.Server.PublishAsync(published[i].Topic, "x"u8.ToArray(), published[i].QoS);
            Assert.Equal(expected[i], await client.ReadPacketAsync());
        }
    }

    [Fact]
    public async Task A_numbered_message_keeps_its_other_properties_and_shares_its_bytes()
    {
        await using var server = await TestServer.StartAsync();
        using var numbered = await server.OpenAsync();
        await numbered.ConnectAsync(ConnectWithAliases);
        using var named = await server.OpenAsync();
        await named.ConnectAsync(RawClient.ConnectV5.Replace("72 61 77", "73 75 62", StringComparison.Ordinal));
        foreach (var client in (RawClient[])[numbered, named])
        {
            await client.SendAsync("82 09 00 01 00 00 03 61 2F 23 00");
            Assert.Equal("90 04 00 01 00 00", await client.ReadPacketAsync());
        }

        // A property block of 126 bytes takes one byte to say so; with the alias it is 129 and takes two.
        var properties = new MqttProperties { ContentType = new('t', 123) };
        var content = $"03 00 7B {string.Join(' ', Enumerable.Repeat("74", 123))}";
        for (var round = 0; round < 2; round++)
        {
            await server.Server.PublishAsync("a/bcd", "x"u8.ToArray(), properties: properties);
            var topic = round == 0 ? "00 05 61 2F 62 63 64" : "00 00";
            var length = round == 0 ? "8B 01" : "86 01";
            Assert.Equal($"30 {length} {topic} 81 01 23 00 01 {content} 78", await numbered.ReadPacketAsync());
            Assert.Equal($"30 87 01 00 05 61 2F 62 63 64 7E {content} 78", await named.ReadPacketAsync());
        }
    }

    [Fact]
    public async Task With_a_subscription_identifier_the_topic_is_numbered_too()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync(ConnectWithAliases);
        await client.SendAsync("82 0B 00 01 02 0B 07 00 03 61 2F 23 00");
        Assert.Equal("90 04 00 01 00 00", await client.ReadPacketAsync());
        await server.Server.PublishAsync("a/bc", "x"u8.ToArray());
        Assert.Equal("30 0D 00 04 61 2F 62 63 05 23 00 01 0B 07 78", await client.ReadPacketAsync());
        await server.Server.PublishAsync("a/bc", "y"u8.ToArray());
        Assert.Equal("30 09 00 00 05 23 00 01 0B 07 79", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task A_packet_that_the_alias_would_make_too_large_goes_by_name()
    {
        // CONNECT with Topic Alias Maximum 2 and Maximum Packet Size 64; a message of just that size.
        var payload = new byte[55];
        var expected = $"30 3E 00 04 61 2F 62 63 00 {string.Join(' ', Enumerable.Repeat("00", 55))}";
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync("10 18 00 04 4D 51 54 54 05 02 00 00 08 22 00 02 27 00 00 00 40 00 03 72 61 77");
        await client.SendAsync("82 09 00 01 00 00 03 61 2F 23 00");
        Assert.Equal("90 04 00 01 00 00", await client.ReadPacketAsync());
        for (var round = 0; round < 2; round++)
        {
            await server.Server.PublishAsync("a/bc", payload);
            Assert.Equal(expected, await client.ReadPacketAsync());
        }

        Assert.Equal(0, server.Server.Counters.Dropped[MqttDropReason.PacketTooLarge]);
    }

    [Fact]
    public async Task Our_client_numbers_topics_both_ways()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(new() { Host = "", MaxTopicAliases = 2 });
        Assert.Equal((ushort)256, client.ServerProperties.TopicAliasMaximum);
        await client.SubscribeAsync("plant/+", MqttQoS.AtMostOnce, Cancel);
        string[] topics = ["plant/one", "plant/two", "plant/three"];
        var sizes = new List<(long In, long Out)>();
        for (var round = 0; round < 2; round++)
        {
            var before = server.Server.Counters;
            foreach (var topic in topics)
            {
                Assert.Equal(MqttReasonCode.Success, await client.PublishAsync(topic, Encoding.UTF8.GetBytes($"{topic} {round}"), MqttQoS.AtLeastOnce, cancel: Cancel));
                var message = await client.Messages.ReadAsync(Cancel);
                Assert.Equal((topic, $"{topic} {round}"), (message.Topic, Encoding.UTF8.GetString(message.Payload.Span)));
            }

            var after = server.Server.Counters;
            sizes.Add((after.BytesIn - before.BytesIn, after.BytesOut - before.BytesOut));
        }

        // In: PUBLISH at QoS 1. Out: at QoS 0, and three times PUBACK. The second round leaves two names of nine bytes out.
        Assert.Equal([(30 + 30 + 31, 28 + 28 + 29 + 12), (21 + 21 + 31, 19 + 19 + 29 + 12)], sizes);
    }

    private static MqttServerOptions Seen(MqttServerOptions options, List<string> topics) => options with
    {
        Publishing = (batch, _) =>
        {
            for (var i = 0; i < batch.Count; i++)
            {
                topics.Add(batch[i].Topic.Name);
            }

            batch.DecideAll(MqttPublishOutcome.Consumed);
            return ValueTask.CompletedTask;
        },
    };

    private static string Format(string packet, int id, int alias) =>
        packet.Replace("{0}", id.ToString("X2", null), StringComparison.Ordinal).Replace("{1}", alias.ToString("X2", null), StringComparison.Ordinal);

    private static async Task SendAsync(RawClient client, string packet, int id, int alias)
    {
        await client.SendAsync(Format(packet, id, alias));
        Assert.Equal($"40 02 00 {id:X2}", await client.ReadPacketAsync());
    }
}
