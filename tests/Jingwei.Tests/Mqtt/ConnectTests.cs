using Jingwei.Mqtt;
using Jingwei.Mqtt.Connecting;

namespace Jingwei.Tests.Mqtt;

/// <summary>MQTT 5.0, section 3.1, and MQTT 3.1.1, section 3.1. The bytes are written from the tables there.</summary>
public sealed class ConnectTests
{
    [Fact]
    public async Task Version_3_1_1_gets_a_connack_without_properties()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(RawClient.ConnectV311);
        Assert.Equal("20 02 00 00", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task Version_5_is_told_the_limits()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(RawClient.ConnectV5);

        // Receive Maximum 1024, Topic Alias Maximum 256, Maximum Packet Size 256 KiB, Server Keep Alive 3600 (none was asked), no shared subscriptions.
        Assert.Equal(
            "20 13 00 00 10 21 04 00 22 01 00 27 00 04 00 00 13 0E 10 2A 01", await client.ReadPacketAsync());
    }

    [Theory]
    [InlineData("C0 00", "")] // [MQTT-3.1.0-1]: something else first
    [InlineData("00 00", "")]
    [InlineData("F0 00", "")] // AUTH, which has its place after a CONNECT with a method only
    [InlineData("10 0A 00 04 4D 51 54 58 05 02 00 00", "")] // protocol name MQTX [MQTT-3.1.2-1]
    [InlineData("11 10 00 04 4D 51 54 54 05 02 00 00 00 00 03 72 61 77", "")] // reserved bits of the fixed header
    [InlineData("10 10 00 04 4D 51 54 54 06 02 00 00 00 00 03 72 61 77", "84")] // a later version
    [InlineData("10 11 00 06 4D 51 49 73 64 70 03 02 00 00 00 03 72 61 77", "01")] // MQTT 3.1 [MQTT-3.1.2-2]
    [InlineData("10 0F 00 04 4D 51 54 54 03 02 00 00 00 03 72 61 77", "01")]
    [InlineData("10 10 00 04 4D 51 54 54 05 03 00 00 00 00 03 72 61 77", "81")] // reserved flag [MQTT-3.1.2-3]
    [InlineData("10 0F 00 04 4D 51 54 54 04 03 00 00 00 03 72 61 77", "")]
    [InlineData("10 10 00 04 4D 51 54 54 05 1E 00 00 00 00 03 72 61 77", "81")] // will QoS 3 [MQTT-3.1.2-12]
    [InlineData("10 10 00 04 4D 51 54 54 05 0A 00 00 00 00 03 72 61 77", "81")] // will QoS without will [MQTT-3.1.2-11]
    [InlineData("10 10 00 04 4D 51 54 54 05 22 00 00 00 00 03 72 61 77", "81")] // will retain without will [MQTT-3.1.2-13]
    [InlineData("10 12 00 04 4D 51 54 54 04 42 00 00 00 03 72 61 77 00 01 70", "")] // 3.1.1: password without user [MQTT-3.1.2-22]
    [InlineData("10 0F 00 04 4D 51 54 54 05 02 00 00 00 00 03 72 61", "81")] // the client identifier is cut off
    [InlineData("10 11 00 04 4D 51 54 54 05 02 00 00 00 00 03 72 61 77 00", "81")] // one byte too many
    [InlineData("10 13 00 04 4D 51 54 54 05 02 00 00 03 21 00 00 00 03 72 61 77", "82")] // Receive Maximum 0
    [InlineData("10 15 00 04 4D 51 54 54 05 02 00 00 05 27 00 00 00 00 00 03 72 61 77", "82")] // Maximum Packet Size 0
    [InlineData("10 14 00 04 4D 51 54 54 05 02 00 00 04 19 00 19 00 00 03 72 61 77", "82")] // a property twice
    [InlineData("10 12 00 04 4D 51 54 54 05 02 00 00 02 01 00 00 03 72 61 77", "81")] // a property of another packet
    [InlineData("10 14 00 04 4D 51 54 54 05 02 00 00 04 15 00 01 78 00 03 72 61 77", "8C")] // authentication method
    [InlineData("10 14 00 04 4D 51 54 54 05 02 00 00 04 16 00 01 78 00 03 72 61 77", "82")] // authentication data alone
    [InlineData("10 10 00 04 4D 51 54 54 05 02 00 00 00 00 03 72 00 77", "81")] // U+0000 [MQTT-1.5.4-2]
    [InlineData("10 0C 00 04 4D 51 54 54 04 00 00 00 00 00", "02")] // [MQTT-3.1.3-8] of 3.1.1
    [InlineData("10 17 00 04 4D 51 54 54 05 06 00 00 00 00 03 72 61 77 00 00 01 23 00 01 78", "90")] // will topic "#"
    public async Task A_bad_connect_is_refused_with_its_code_and_closed(string connect, string code)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(connect);

        var answer = await client.ReadPacketAsync();
        Assert.Equal(code, answer.Length == 0 ? "" : answer.Split(' ')[3]);
        if (answer.Length > 0)
        {
            Assert.StartsWith("20", answer, StringComparison.Ordinal);
            Assert.Equal("00", answer.Split(' ')[2]); // [MQTT-3.2.2-6]: session present is 0
            Assert.Equal("", await client.ReadPacketAsync());
        }
    }

    [Theory]
    [InlineData("10 14 00 04 4D 51 54 54 05 02 00 00 04 15 00 01 78 00 03 72 61 77", "8C")]
    [InlineData("10 15 00 04 4D 51 54 54 05 82 00 00 00 00 03 72 61 77 00 03 62 61 64", "86")] // user name "bad"
    public async Task What_follows_a_refused_connect_is_not_processed(string connect, string code)
    {
        // [MQTT-3.1.4-6]: a client need not wait for CONNACK, and what it sends meanwhile comes to nothing when it is refused.
        var hooks = new HeldHooks();
        await using var server = await TestServer.StartAsync(hooks.Configure);
        await using (var client = new PipeClient(server.Server))
        {
            await client.SendAsync(connect, "30 08 00 03 61 2F 62 00 68 69");
            Assert.Equal(code, (await client.ReadPacketAsync()).Split(' ')[3]);
            Assert.Equal("", await client.ReadPacketAsync());
        }

        Assert.Equal(0, hooks.Messages);
    }

    [Fact]
    public async Task A_client_identifier_beyond_the_limit_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var error = await Assert.ThrowsAsync<Jingwei.Mqtt.Client.MqttClientException>(
            () => server.ConnectAsync(new() { Host = "", ClientId = new('x', 257) }));
        Assert.Equal(MqttReasonCode.ClientIdentifierNotValid, error.Reason);
    }

    [Fact]
    public async Task An_empty_client_identifier_is_replaced_and_told()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        Assert.Equal(server.Server.Connections.Single().Info.ClientId, client.ServerProperties.AssignedClientIdentifier);
    }

    [Fact]
    public async Task Without_connect_in_time_the_connection_is_closed()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        await using var server = await TestServer.StartAsync(time: time);
        await using var client = new PipeClient(server.Server);
        await client.SendAsync("10 10 00");
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("", await client.ReadPacketAsync());
    }

    [Fact]
    public async Task Silence_of_one_and_a_half_keep_alives_ends_the_connection()
    {
        // [MQTT-3.1.2-22]
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        await using var server = await TestServer.StartAsync(time: time);
        using var client = await server.OpenAsync();
        await client.ConnectAsync("10 10 00 04 4D 51 54 54 05 02 00 0A 00 00 03 72 61 77");
        await client.PingAsync();
        time.Advance(TimeSpan.FromSeconds(14));
        await client.PingAsync();
        time.Advance(TimeSpan.FromSeconds(14));
        await client.PingAsync();
        time.Advance(TimeSpan.FromSeconds(14.9));
        await client.PingAsync();
        time.Advance(TimeSpan.FromSeconds(15) + KeepAlive.Grain);
        Assert.Equal("8D", await client.ReadDisconnectAsync());
        Assert.Equal(("raw", MqttReasonCode.KeepAliveTimeout), await server.Left.Reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_keep_alive_a_client_may_be_silent_for_ever()
    {
        // Section 3.1.2.10: zero turns it off. CONNECT of 3.1.1, which no Server Keep Alive can be told to.
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        await using var server = await TestServer.StartAsync(time: time);
        using var client = await server.OpenAsync();
        await client.ConnectAsync(RawClient.ConnectV311);
        time.Advance(TimeSpan.FromDays(1));
        await client.PingAsync();
    }

    [Fact]
    public async Task A_client_above_the_limit_is_refused()
    {
        await using var server = await TestServer.StartAsync(options => options with { Limits = new() { MaxClients = 1 } });
        await using var first = await server.ConnectAsync();
        foreach (var (version, reason) in new[] { (MqttProtocolVersion.V5, MqttReasonCode.QuotaExceeded), (MqttProtocolVersion.V311, MqttReasonCode.ServerUnavailable) })
        {
            var error = await Assert.ThrowsAsync<Jingwei.Mqtt.Client.MqttClientException>(
                () => server.ConnectAsync(new() { Host = "", Version = version }));
            Assert.Equal(reason, error.Reason);
        }
    }

    [Fact]
    public void Wrong_limits_are_all_told_at_once()
    {
        var problems = new MqttServerLimits { MaxClients = 0, ReceiveMaximum = 0, MaxSessionExpiry = TimeSpan.FromDays(50) }.Validate();
        Assert.Equal(3, problems.Count);
    }
}
