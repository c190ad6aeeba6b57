using System.Buffers;
using System.Text;
using Jingwei.Mqtt;

namespace Jingwei.Tests.Mqtt;

/// <summary>How published messages are gathered for the hook, and answered (MQTT 5.0, sections 4.3, 4.6 and 4.9).</summary>
public sealed class PublishBatchTests
{
    // CONNECT, MQTT 3.1.1, session kept, client identifier "raw"; and MQTT 5.0, session kept for 60 s.
    private const string KeptV311 = "10 0F 00 04 4D 51 54 54 04 00 00 00 00 03 72 61 77";
    private const string KeptV5 = "10 15 00 04 4D 51 54 54 05 00 00 00 05 11 00 00 00 3C 00 03 72 61 77";

    [Fact]
    public async Task What_lies_in_the_buffer_is_one_batch_and_is_answered_in_order()
    {
        // [MQTT-4.6.0-2]
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        await using var client = new PipeClient(server.Server);
        await client.SendAsync(RawClient.ConnectV5, Publish(0x32, "a/b", 1, "one"), Publish(0x30, "a/c", 0, "two"), Publish(0x34, "a/b", 2, "three"));
        Assert.StartsWith("20", await client.ReadPacketAsync(), StringComparison.Ordinal);
        var held = await hooks.NextAsync();
        Assert.Equal(["a/b one", "a/c two", "a/b three"], Texts(held.Batch));
        Assert.Equal([MqttQoS.AtLeastOnce, MqttQoS.AtMostOnce, MqttQoS.ExactlyOnce], Enumerable.Range(0, 3).Select(i => held.Batch[i].QoS));
        held.Complete(MqttPublishOutcome.Refused(MqttReasonCode.QuotaExceeded), MqttPublishOutcome.Consumed, MqttPublishOutcome.Consumed);
        Assert.Equal("40 03 00 01 97", await client.ReadPacketAsync());
        Assert.Equal("50 02 00 02", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task A_batch_ends_at_its_limits_and_a_larger_packet_goes_alone()
    {
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(
            options => hooks.Configure(options) with { Limits = new() { MaxBatchMessages = 2, MaxBatchBytes = 128 } });
        await using var client = new PipeClient(server.Server);
        await client.ConnectAsync();
        await client.SendAsync(
            Publish(0x32, "a", 1, "1"), Publish(0x32, "a", 2, "2"), Publish(0x32, "a", 3, "3"), Publish(0x32, "a", 4, new string('x', 200)), Publish(0x32, "a", 5, "5"));
        string[][] expected = [["a 1", "a 2"], ["a 3"], ["a " + new string('x', 200)], ["a 5"]];
        foreach (var texts in expected)
        {
            var held = await hooks.NextAsync();
            Assert.Equal(texts, Texts(held.Batch));
            held.Complete(MqttPublishOutcome.Consumed);
        }

        for (var id = 1; id <= 5; id++)
        {
            Assert.Equal($"40 02 00 0{id}", await client.ReadPacketAsync());
        }
    }

    [Fact]
    public async Task Two_batches_are_at_work_and_a_third_waits_while_their_bytes_stay()
    {
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        await using var client = new PipeClient(server.Server);
        await client.ConnectAsync();
        await client.SendAsync(Publish(0x32, "a", 1, new string('1', 300)));
        var first = await hooks.NextAsync();
        await client.SendAsync(Publish(0x32, "a", 2, new string('2', 300)));
        var second = await hooks.NextAsync();
        await client.PingAsync();
        await client.SendAsync(Publish(0x32, "a", 3, "3"), Publish(0x32, "a", 4, "4"));
        Assert.False(hooks.HasNext);
        Assert.Equal(["a " + new string('1', 300)], Texts(first.Batch));
        first.Complete(MqttPublishOutcome.Consumed);
        Assert.Equal("40 02 00 01", await client.ReadPacketAsync());
        var third = await hooks.NextAsync();
        Assert.Equal(["a 3", "a 4"], Texts(third.Batch));
        Assert.Equal(["a " + new string('2', 300)], Texts(second.Batch));
        third.Complete(MqttPublishOutcome.Consumed);
        second.Complete(MqttPublishOutcome.Consumed);
        Assert.Equal(["40 02 00 02", "40 02 00 03", "40 02 00 04"], [await client.ReadPacketAsync(), await client.ReadPacketAsync(), await client.ReadPacketAsync()]);
    }

    [Fact]
    public async Task Any_cut_of_the_bytes_gives_the_same_messages()
    {
        var seen = new List<string>();
        await using var server = await TestServer.StartAsync(options => options with
        {
            Publishing = (batch, _) =>
            {
                seen.AddRange(Texts(batch));
                batch.DecideAll(MqttPublishOutcome.Consumed);
                return ValueTask.CompletedTask;
            },
        });
        await using var client = new PipeClient(server.Server);
        await client.ConnectAsync();
        // The topic, the properties (content type "json") and the payload lie across segments in one or another of these.
        var topic = new string('t', 70);
        var bytes = Enumerable.Range(0, 100).SelectMany(i => RawClient.Bytes(Publish(0x30, topic, 0, new string('p', i), "03 00 04 6A 73 6F 6E"))).ToArray();
        for (var at = 0; at < bytes.Length;)
        {
            var size = Math.Min(1 + at % 97, bytes.Length - at);
            await client.SendAsync(bytes[at..(at + size)]);
            at += size;
        }

        // PUBACK leaves after the hook has seen what came before; PINGRESP does not wait for it.
        await client.SendAsync(Publish(0x32, "end", 1, ""));
        Assert.Equal("40 02 00 01", await client.ReadPacketAsync());
        Assert.Equal([.. Enumerable.Range(0, 100).Select(i => $"{topic} {new string('p', i)}"), "end "], seen);
    }

    [Fact]
    public async Task A_topic_keeps_its_tag_and_what_is_known_of_it_is_bounded()
    {
        var tags = new List<string?>();
        await using var server = await TestServer.StartAsync(options => options with
        {
            Limits = new() { MaxKnownTopics = 2 },
            Publishing = (batch, _) =>
            {
                tags.Add(batch[0].Topic.Tag as string);
                batch[0].Topic.Tag = $"of {batch[0].Topic.Name}";
                batch.DecideAll(MqttPublishOutcome.Consumed);
                return ValueTask.CompletedTask;
            },
        });
        await using var client = new PipeClient(server.Server);
        await client.ConnectAsync();
        foreach (var topic in (string[])["a", "a", "b", "a", "b", "c", "c", "a"])
        {
            await client.SendAsync(Publish(0x32, topic, 1, ""));
            Assert.Equal("40 02 00 01", await client.ReadPacketAsync());
        }

        Assert.Equal([null, "of a", null, "of a", "of b", null, "of c", null], tags);
    }

    [Fact]
    public async Task The_right_to_a_topic_is_asked_once_and_anew_when_rights_have_changed()
    {
        var asked = 0;
        var isAllowed = true;
        await using var server = await TestServer.StartAsync(options => options with
        {
            AuthorizePublish = (_, _) =>
            {
                asked++;
                return isAllowed;
            },
        });
        await using var client = new PipeClient(server.Server);
        await client.ConnectAsync();
        await client.SendAsync(Publish(0x32, "a", 1, ""), Publish(0x32, "a", 2, ""), Publish(0x32, "b", 3, ""));
        Assert.Equal(["40 02 00 01", "40 02 00 02", "40 02 00 03"], [await client.ReadPacketAsync(), await client.ReadPacketAsync(), await client.ReadPacketAsync()]);
        Assert.Equal(2, asked);
        isAllowed = false;
        server.Server.AskRightsAnew();
        await client.SendAsync(Publish(0x32, "a", 1, ""), Publish(0x32, "a", 2, ""));
        Assert.Equal(["40 03 00 01 87", "40 03 00 02 87"], [await client.ReadPacketAsync(), await client.ReadPacketAsync()]);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_refused_message_keeps_its_place_and_the_hook_does_not_see_it()
    {
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        await using var client = new PipeClient(server.Server);
        await client.ConnectAsync();
        await client.SendAsync(Publish(0x32, "a", 1, "1"), Publish(0x32, "forbidden", 2, "2"), Publish(0x32, "a", 3, "3"));
        var first = await hooks.NextAsync();
        Assert.Equal(["a 1"], Texts(first.Batch));
        first.Complete(MqttPublishOutcome.Consumed);
        Assert.Equal("40 02 00 01", await client.ReadPacketAsync());
        Assert.Equal("40 03 00 02 87", await client.ReadPacketAsync());
        var second = await hooks.NextAsync();
        Assert.Equal(["a 3"], Texts(second.Batch));
        second.Complete(MqttPublishOutcome.Consumed);
        Assert.Equal("40 02 00 03", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task What_was_published_before_a_fault_is_acknowledged()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new PipeClient(server.Server);
        await client.ConnectAsync(RawClient.ConnectV311);
        await client.SendAsync(PublishV311("a", 1), PublishV311("a", 2), PublishV311("forbidden", 3), PublishV311("a", 4));
        Assert.Equal("40 02 00 01", await client.ReadPacketAsync());
        Assert.Equal("40 02 00 02", await client.ReadPacketAsync());
        Assert.Equal("", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task What_has_to_be_sent_again_ends_a_3_1_1_connection_after_the_acknowledgements_before_it()
    {
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        await using (var client = new PipeClient(server.Server))
        {
            await client.ConnectAsync(KeptV311);
            await client.SendAsync(PublishV311("a", 1), PublishV311("a", 2, first: 0x34), PublishV311("a", 3));
            (await hooks.NextAsync()).Complete(
                MqttPublishOutcome.Consumed, MqttPublishOutcome.Later(MqttReasonCode.QuotaExceeded), MqttPublishOutcome.Consumed);
            Assert.Equal("40 02 00 01", await client.ReadPacketAsync());
            Assert.Equal("", await client.ReadPacketAsync());
        }

        // The QoS 2 message comes again with its identifier, and is a new one.
        await using var again = new PipeClient(server.Server);
        await again.ConnectAsync(KeptV311);
        await again.SendAsync(PublishV311("a", 2, first: 0x3C));
        (await hooks.NextAsync()).Complete(MqttPublishOutcome.Consumed);
        Assert.Equal("50 02 00 02", await again.ReadPacketAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_of_unknown_outcome_closes_and_may_come_again(bool fails)
    {
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        server.ExpectsErrors = true;
        await using (var client = new PipeClient(server.Server))
        {
            await client.ConnectAsync(KeptV5);
            await client.SendAsync(Publish(0x34, "a", 1, "1"));
            var held = await hooks.NextAsync();
            if (fails)
            {
                held.Fail();
            }
            else
            {
                held.LeaveUndecided();
            }

            Assert.Equal("E0 01 80", await client.ReadPacketAsync());
        }

        await using var again = new PipeClient(server.Server);
        await again.ConnectAsync(KeptV5);
        await again.SendAsync(Publish(0x3C, "a", 1, "1"));
        (await hooks.NextAsync()).Complete(MqttPublishOutcome.Consumed);
        Assert.Equal("50 02 00 01", await again.ReadPacketAsync());
    }

    [Fact]
    public void A_message_is_decided_once()
    {
        var batch = MqttPublishBatch.Of("p", "c", new() { Topic = "a" });
        batch.Decide(0, MqttPublishOutcome.Consumed);
        Assert.Throws<InvalidOperationException>(() => batch.Decide(0, MqttPublishOutcome.Consumed));
        Assert.Throws<IndexOutOfRangeException>(() => batch.Decide(1, MqttPublishOutcome.Consumed));
    }

    private static string[] Texts(MqttPublishBatch batch)
    {
        var texts = new string[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            texts[i] = $"{batch[i].Topic.Name} {Encoding.UTF8.GetString(batch[i].Payload.ToArray())}";
        }

        return texts;
    }

    /// <summary>PUBLISH, MQTT 5.0 (section 3.3): QoS 0 has no identifier.</summary>
    private static string Publish(byte first, string topic, ushort id, string payload, string properties = "") =>
        Packet(first, topic, id, [(byte)RawClient.Bytes(properties).Length, .. RawClient.Bytes(properties), .. Encoding.ASCII.GetBytes(payload)]);

    private static string PublishV311(string topic, ushort id, byte first = 0x32) => Packet(first, topic, id, "x"u8.ToArray());

    private static string Packet(byte first, string topic, ushort id, byte[] rest)
    {
        byte[] body =
        [
            0, (byte)topic.Length, .. Encoding.ASCII.GetBytes(topic),
            .. (first & 6) == 0 ? Array.Empty<byte>() : [(byte)(id >> 8), (byte)id],
            .. rest,
        ];
        byte[] length = body.Length < 128 ? [(byte)body.Length] : [(byte)(body.Length | 0x80), (byte)(body.Length >> 7)];
        return Convert.ToHexString([first, .. length, .. body]);
    }
}
