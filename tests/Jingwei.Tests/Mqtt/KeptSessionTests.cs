using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Tests.Mqtt;

/// <summary>
/// What outlives the server's process: session state (MQTT 5.0, section 4.1) and retained messages. A crash is played by a second server on
/// a copy of the files as they are at that moment; everything acknowledged is in them.
/// </summary>
public sealed class KeptSessionTests : IDisposable
{
    /// <summary>CONNECT, clean start 0, session expiry 60 s, client identifier "raw".</summary>
    private const string Resume = "10 15 00 04 4D 51 54 54 05 00 00 00 05 11 00 00 00 3C 00 03 72 61 77";

    private readonly string root = Directory.CreateTempSubdirectory("jingwei-mqtt-").FullName;
    private readonly ManualTime time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private int crashes;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(root, $"{crashes}");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task What_was_acknowledged_waits_for_an_absent_subscriber_after_a_crash()
    {
        await using var server = await StartAsync();
        await SubscribeAndLeaveAsync(server, new("a/#", MqttQoS.ExactlyOnce));
        await using var publisher = await server.ConnectAsync();
        await publisher.PublishAsync("a/1", "one"u8.ToArray(), MqttQoS.AtLeastOnce, cancel: Cancel);
        await publisher.PublishAsync("a/2", "two"u8.ToArray(), MqttQoS.ExactlyOnce, cancel: Cancel);
        await publisher.PublishAsync("a/3", "three"u8.ToArray(), MqttQoS.AtLeastOnce, cancel: Cancel);

        await using var after = await CrashAsync();
        await using var client = await after.ConnectAsync(Client());
        Assert.True(client.IsSessionResumed);
        Assert.Equal(["a/1 one", "a/2 two", "a/3 three"], await ReadAsync(client, 3));
        await publisher.PublishAsync("a/4", default, MqttQoS.AtLeastOnce, cancel: Cancel);
    }

    [Fact]
    public async Task Properties_and_subscription_identifiers_are_kept()
    {
        await using var server = await StartAsync();
        await using (var client = await server.ConnectAsync(Client()))
        {
            await client.SubscribeAsync([new("a/+", MqttQoS.AtLeastOnce)], new() { SubscriptionIdentifiers = [9] }, Cancel);
            await client.SubscribeAsync([new("a/b", MqttQoS.AtLeastOnce, RetainAsPublished: true)], new() { SubscriptionIdentifiers = [300] }, Cancel);
            await client.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        var properties = new MqttProperties
        {
            ContentType = "text/plain",
            ResponseTopic = "r",
            CorrelationData = new byte[] { 1, 2 },
            UserProperties = [new("k", "1"), new("k", "2")],
        };
        await server.Server.PublishAsync("a/b", "1"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, properties);

        await using var after = await CrashAsync();
        await after.Server.PublishAsync("a/b", "2"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true);
        await using var back = await after.ConnectAsync(Client());
        var first = await back.Messages.ReadAsync(Cancel);
        Assert.True(first.Retain);
        Assert.Equal([9u, 300u], first.Properties.SubscriptionIdentifiers.Order());
        Assert.Equal(("text/plain", "r"), (first.Properties.ContentType, first.Properties.ResponseTopic));
        Assert.Equal(new byte[] { 1, 2 }, first.Properties.CorrelationData!.Value.ToArray());
        Assert.Equal(properties.UserProperties, first.Properties.UserProperties);
        var second = await back.Messages.ReadAsync(Cancel);
        Assert.True(second.Retain);
        Assert.Equal([9u, 300u], second.Properties.SubscriptionIdentifiers.Order());
    }

    [Fact]
    public async Task What_the_subscriber_acknowledged_does_not_come_again_after_a_stop()
    {
        await using (var server = await StartAsync())
        {
            using var raw = await server.OpenAsync();
            await raw.ConnectAsync(Resume);
            await raw.SendAsync("82 09 00 01 00 00 03 61 2F 62 01");
            Assert.Equal("90 04 00 01 00 01", await raw.ReadPacketAsync());
            await server.Server.PublishAsync("a/b", "1"u8.ToArray(), MqttQoS.AtLeastOnce);
            Assert.Equal("32 09 00 03 61 2F 62 00 01 00 31", await raw.ReadPacketAsync());
            await raw.SendAsync("40 02 00 01");
            await raw.PingAsync();
        }

        await using var again = await StartAsync();
        await again.Server.PublishAsync("a/b", "2"u8.ToArray(), MqttQoS.AtLeastOnce);
        using var back = await again.OpenAsync();
        await back.ConnectAsync(Resume);
        Assert.Equal("32 09 00 03 61 2F 62 00 01 00 32", await back.ReadPacketAsync());
    }

    [Fact]
    public async Task An_outgoing_qos_2_message_goes_on_where_it_was()
    {
        // [MQTT-4.4.0-1] with [MQTT-4.3.3-6]: one message before PUBREC, one after it.
        await using var server = await StartAsync();
        using var raw = await server.OpenAsync();
        await raw.ConnectAsync(Resume);
        await raw.SendAsync("82 09 00 01 00 00 03 61 2F 62 02");
        Assert.Equal("90 04 00 01 00 02", await raw.ReadPacketAsync());
        await server.Server.PublishAsync("a/b", "1"u8.ToArray(), MqttQoS.ExactlyOnce);
        await server.Server.PublishAsync("a/b", "2"u8.ToArray(), MqttQoS.ExactlyOnce);
        Assert.Equal("34 09 00 03 61 2F 62 00 01 00 31", await raw.ReadPacketAsync());
        Assert.Equal("34 09 00 03 61 2F 62 00 02 00 32", await raw.ReadPacketAsync());
        await raw.SendAsync("50 02 00 01");
        Assert.Equal("62 02 00 01", await raw.ReadPacketAsync());

        await using var after = await CrashAsync();
        using var back = await after.OpenAsync();
        await back.ConnectAsync(Resume);
        Assert.Equal("62 02 00 01", await back.ReadPacketAsync());
        Assert.Equal("3C 09 00 03 61 2F 62 00 02 00 32", await back.ReadPacketAsync());
        await after.Server.PublishAsync("a/b", "3"u8.ToArray(), MqttQoS.ExactlyOnce);
        Assert.Equal("34 09 00 03 61 2F 62 00 03 00 33", await back.ReadPacketAsync());
    }

    [Fact]
    public async Task An_incoming_qos_2_message_is_taken_once_across_a_crash()
    {
        // [MQTT-4.3.3-10]
        await using var server = await StartAsync();
        await SubscribeAndLeaveAsync(server, new("a/b", MqttQoS.ExactlyOnce));
        using (var raw = await server.OpenAsync())
        {
            await raw.ConnectAsync(Resume);
            await raw.SendAsync("34 09 00 03 61 2F 62 00 05 00 31");
            Assert.Equal("50 02 00 05", await raw.ReadPacketAsync());
        }

        await using var after = await CrashAsync();
        using (var raw = await after.OpenAsync())
        {
            await raw.ConnectAsync(Resume);
            await raw.SendAsync("3C 09 00 03 61 2F 62 00 05 00 31");
            Assert.Equal("50 02 00 05", await raw.ReadPacketAsync());
            await raw.SendAsync("62 02 00 05");
            Assert.Equal("70 02 00 05", await raw.ReadPacketAsync());
        }

        await using var last = await CrashAsync();
        using (var raw = await last.OpenAsync())
        {
            // PUBCOMP was sent, so the identifier is free for a new message.
            await raw.ConnectAsync(Resume);
            await raw.SendAsync("34 09 00 03 61 2F 62 00 05 00 32");
            Assert.Equal("50 02 00 05", await raw.ReadPacketAsync());
        }

        await using var subscriber = await last.ConnectAsync(Client());
        await last.Server.PublishAsync("a/b", "end"u8.ToArray(), MqttQoS.ExactlyOnce);
        Assert.Equal(["a/b 1", "a/b 2", "a/b end"], await ReadAsync(subscriber, 3));
    }

    [Fact]
    public async Task Retained_messages_are_kept_until_they_are_cleared()
    {
        await using var server = await StartAsync();
        await using var publisher = await server.ConnectAsync();
        await publisher.PublishAsync("a", "1"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, Cancel);
        await publisher.PublishAsync("b", "2"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, Cancel);
        await publisher.PublishAsync("a", "3"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, Cancel);
        await publisher.PublishAsync("b", default, MqttQoS.AtLeastOnce, retain: true, Cancel);

        await using var after = await CrashAsync();
        Assert.Equal(1, after.Server.Counters.RetainedMessages);
        await using var client = await after.ConnectAsync();
        await client.SubscribeAsync("#", cancel: Cancel);
        Assert.Equal(["a 3"], await ReadAsync(client, 1));
    }

    [Fact]
    public async Task An_unsubscribed_filter_stays_away()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync(Client());
        await client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Cancel);
        await client.SubscribeAsync("b", MqttQoS.AtLeastOnce, Cancel);
        await client.UnsubscribeAsync("a", Cancel);

        await using var after = await CrashAsync();
        Assert.Equal(0, await after.Server.PublishAsync("a", default, MqttQoS.AtLeastOnce));
        Assert.Equal(1, await after.Server.PublishAsync("b", default, MqttQoS.AtLeastOnce));
    }

    [Fact]
    public async Task The_session_expiry_runs_on_while_the_server_is_down()
    {
        await using (var server = await StartAsync())
        {
            await SubscribeAndLeaveAsync(server, new("a", MqttQoS.AtLeastOnce));
        }

        time.Advance(TimeSpan.FromSeconds(40));
        await using (var second = await StartAsync())
        {
            Assert.Equal(1, second.Server.Counters.Sessions);
        }

        time.Advance(TimeSpan.FromSeconds(20));
        await using var third = await StartAsync();
        Assert.Equal(0, third.Server.Counters.Sessions);
        Assert.Equal(0, await third.Server.PublishAsync("a", default, MqttQoS.AtLeastOnce));
    }

    [Fact]
    public async Task A_message_expires_on_disk_too()
    {
        // [MQTT-3.3.2-5] [MQTT-3.3.2-6]
        await using (var server = await StartAsync())
        {
            await SubscribeAndLeaveAsync(server, new("a", MqttQoS.AtLeastOnce));
            await server.Server.PublishAsync("a", "old"u8.ToArray(), MqttQoS.AtLeastOnce, properties: new() { MessageExpiryInterval = 10 });
            await server.Server.PublishAsync("a", "new"u8.ToArray(), MqttQoS.AtLeastOnce, properties: new() { MessageExpiryInterval = 30 });
        }

        time.Advance(TimeSpan.FromSeconds(12));
        await using var again = await StartAsync();
        await using var client = await again.ConnectAsync(Client());
        var message = await client.Messages.ReadAsync(Cancel);
        Assert.Equal("new"u8, message.Payload.Span);
        Assert.Equal(18u, message.Properties.MessageExpiryInterval);
    }

    [Fact]
    public async Task A_session_whose_owner_is_gone_is_forgotten()
    {
        await using (var server = await StartAsync())
        {
            await SubscribeAndLeaveAsync(server, new("a", MqttQoS.AtLeastOnce));
        }

        await using (var without = await StartAsync(_ => null))
        {
            Assert.Equal(0, without.Server.Counters.Sessions);
        }

        await using var again = await StartAsync();
        Assert.Equal(0, again.Server.Counters.Sessions);
    }

    [Fact]
    public async Task Clean_start_and_revoked_principals_are_forgotten_on_disk_too()
    {
        await using var server = await StartAsync();
        await SubscribeAndLeaveAsync(server, new("a", MqttQoS.AtLeastOnce));
        server.Server.Disconnect(_ => true);
        await SubscribeAndLeaveAsync(server, new("b", MqttQoS.AtLeastOnce));
        await using (var clean = await server.ConnectAsync(Client() with { CleanStart = true }))
        {
            await clean.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
        await using var after = await CrashAsync();
        Assert.Equal(0, await after.Server.PublishAsync("a", default, MqttQoS.AtLeastOnce));
        Assert.Equal(0, await after.Server.PublishAsync("b", default, MqttQoS.AtLeastOnce));
    }

    [Fact]
    public async Task A_shared_subscription_and_what_waits_in_it_are_kept()
    {
        await using var server = await StartAsync();
        await SubscribeAndLeaveAsync(server, new("$share/g/a", MqttQoS.AtLeastOnce));
        await server.Server.PublishAsync("a", "1"u8.ToArray(), MqttQoS.AtLeastOnce);

        await using var after = await CrashAsync();
        Assert.Equal(1, await after.Server.PublishAsync("a", "2"u8.ToArray(), MqttQoS.AtLeastOnce));
        await using var other = await after.ConnectAsync();
        await other.SubscribeAsync("$share/g/a", MqttQoS.AtLeastOnce, Cancel);
        after.Server.Disconnect(principal => (string)principal == "keeper");
        Assert.Equal(["a 1", "a 2"], await ReadAsync(other, 2));
    }

    [Fact]
    public async Task A_session_that_ends_with_its_connection_costs_the_journal_nothing()
    {
        await using var server = await StartAsync();
        var before = server.Server.Counters.JournalBytes;
        await using var client = await server.ConnectAsync();
        await client.SubscribeAsync("a", MqttQoS.ExactlyOnce, Cancel);
        await client.PublishAsync("a", "1"u8.ToArray(), MqttQoS.ExactlyOnce, cancel: Cancel);
        Assert.Equal(["a 1"], await ReadAsync(client, 1));
        Assert.Equal(before, server.Server.Counters.JournalBytes);
    }

    [Fact]
    public async Task Sessions_tell_what_waits_in_them()
    {
        await using var server = await StartAsync(limits: new() { MaxQueuedMessages = 2 });
        await SubscribeAndLeaveAsync(server, new("a", MqttQoS.AtLeastOnce));
        for (var i = 0; i < 3; i++)
        {
            await server.Server.PublishAsync("a", "1"u8.ToArray(), MqttQoS.AtLeastOnce);
        }

        var session = Assert.Single(server.Server.Sessions);
        Assert.Equal(("kept", "keeper", false, 1, 2, 1), (session.ClientId, session.Principal, session.IsConnected, session.Subscriptions, session.Queued, session.Dropped));
        Assert.Equal(session.QueuedBytes, server.Server.Counters.QueuedBytes);
        Assert.Equal(1, server.Server.Counters.Dropped[MqttDropReason.SessionQueueFull]);
    }

    [Fact]
    public async Task Memory_for_waiting_messages_is_bounded_in_a_session_and_in_all()
    {
        await using var server = await StartAsync(limits: new() { MaxQueuedBytes = 3000, MaxQueuedBytesTotal = 5000 });
        await SubscribeAndLeaveAsync(server, new("a", MqttQoS.AtLeastOnce));
        await SubscribeAndLeaveAsync(server, new("a", MqttQoS.AtLeastOnce), Client() with { ClientId = "second" });
        for (var i = 0; i < 5; i++)
        {
            await server.Server.PublishAsync("a", new byte[1000], MqttQoS.AtLeastOnce);
        }

        // 1,000 bytes and the overhead: two fit into one session, four into all.
        Assert.All(server.Server.Sessions, session => Assert.Equal((2, 3), (session.Queued, session.Dropped)));
        Assert.InRange(server.Server.Counters.QueuedBytes, 4000, 5000);
        server.Server.Disconnect(_ => true);
        Assert.Equal(0, server.Server.Counters.QueuedBytes);
    }

    private static MqttClientOptions Client() => new()
    {
        Host = "",
        ClientId = "kept",
        UserName = "keeper",
        CleanStart = false,
        SessionExpirySeconds = 60,
    };

    private static async Task SubscribeAndLeaveAsync(TestServer server, FilterAsked subscription, MqttClientOptions? options = null)
    {
        await using (var client = await server.ConnectAsync(options ?? Client()))
        {
            await client.SubscribeAsync(subscription.Filter, subscription.QoS, Cancel);
            await client.DisconnectAsync();
        }

        await server.Left.Reader.ReadAsync(Cancel);
    }

    private static async Task<List<string>> ReadAsync(MqttClient client, int count)
    {
        var read = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var message = await client.Messages.ReadAsync(Cancel);
            read.Add($"{message.Topic} {System.Text.Encoding.UTF8.GetString(message.Payload.Span)}");
        }

        return read;
    }

    private Task<TestServer> StartAsync(Func<string, object?>? findPrincipal = null, MqttServerLimits? limits = null) =>
        TestServer.StartAsync(options => options with { Storage = new(Folder, findPrincipal ?? (owner => owner)), Limits = limits ?? new() }, time);

    /// <summary>A server that finds the files of the one before as a kill would leave them.</summary>
    private Task<TestServer> CrashAsync()
    {
        var old = Folder;
        crashes++;
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(old))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }

        return StartAsync();
    }


    private readonly record struct FilterAsked(string Filter, MqttQoS QoS);
}
