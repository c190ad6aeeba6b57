using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Jingwei.Mqtt;
using Jingwei.Tests.Mqtt;

namespace Jingwei.Acceptance.Intake;

/// <summary>Bytes that are no MQTT, on a raw socket of the real server: it closes with the right reason, and nobody else notices.</summary>
public sealed class MalformedPacketTests(IntakeServer intake) : IClassFixture<IntakeServer>
{
    // MQTT 5.0, 4.13: packet, and the reason code of the DISCONNECT that answers it.
    private static readonly (string Packet, string Code)[] Version5 =
    [
        ("00 00", "81"), // reserved type
        ("10 10 00 04 4D 51 54 54 05 02 00 00 00 00 03 72 61 77", "82"), // second CONNECT [MQTT-3.1.0-2]
        ("20 03 00 00 00", "82"), // CONNACK, from a client
        ("30 03 00 05 61", "81"), // topic longer than the packet
        ("30 06 00 03 61 00 62 00", "81"), // U+0000 [MQTT-1.5.4-2]
        ("30 06 00 03 ED A0 80 00", "81"), // a surrogate [MQTT-1.5.4-1]
        ("30 06 00 03 61 2F 23 00", "81"), // a wildcard in a topic name [MQTT-3.3.2-2]
        ("30 03 00 00 00", "82"), // no topic, no alias
        ("30 09 00 03 61 2F 62 03 23 00 00", "94"), // alias 0 [MQTT-3.3.2-8]
        ("30 09 00 03 61 2F 62 03 23 01 01", "94"), // alias 257, where 256 is the maximum [MQTT-3.3.2-9]
        ("36 08 00 03 61 2F 62 00 01 00", "81"), // QoS 3 [MQTT-3.3.1-4]
        ("38 06 00 03 61 2F 62 00", "81"), // DUP with QoS 0 [MQTT-3.3.1-2]
        ("32 08 00 03 61 2F 62 00 00 00", "82"), // packet identifier 0 [MQTT-2.2.1-3]
        ("30 FF FF FF 7F", "95"), // 268,435,455 bytes
        ("C0 80 80 80 80", "81"), // a length of five bytes
        ("40 03 00 01 55", "82"), // no reason code of PUBACK
        ("50 01 00", "81"), // PUBREC that is too short
        ("60 02 00 01", "81"), // PUBREL with wrong flags [MQTT-3.6.1-1]
        ("70 01 00", "81"), // PUBCOMP that is too short
        ("80 09 00 01 00 00 03 61 2F 62 01", "81"), // SUBSCRIBE with wrong flags [MQTT-3.8.1-1]
        ("82 03 00 01 00", "82"), // no filter [MQTT-3.8.3-2]
        ("82 09 00 01 00 00 03 61 2F 62 C1", "81"), // reserved options [MQTT-3.8.3-5]
        ("90 04 00 01 00 00", "82"), // SUBACK, from a client
        ("A0 08 00 01 00 00 03 61 2F 62", "81"), // UNSUBSCRIBE with wrong flags [MQTT-3.10.1-1]
        ("A2 03 00 01 00", "82"), // no filter [MQTT-3.10.3-2]
        ("B0 04 00 01 00 00", "82"), // UNSUBACK, from a client
        ("C1 00", "81"), // PINGREQ with flags [MQTT-2.1.3-1]
        ("C0 01 00", "81"), // PINGREQ with a body
        ("D0 00", "82"), // PINGRESP, from a client
        ("E0 07 00 05 11 00 00 00 01", "82"), // DISCONNECT that raises an expiry of 0
        ("F0 00", "82"), // AUTH without a method
        ("30 0A 00 03 61 2F 62 04 01 00 01 00", "82"), // a property twice
        ("30 08 00 03 61 2F 62 02 7F 00", "81"), // an unknown property
    ];

    // MQTT 3.1.1, 4.8: it has no DISCONNECT from the server; the connection just ends.
    private static readonly string[] Version311 =
    [
        "00 00", "10 0F 00 04 4D 51 54 54 04 02 00 00 00 03 72 61 77", "20 02 00 00", "30 02 00 00", "30 05 00 03 61 2F 23", "36 07 00 03 61 2F 62 00 01",
        "32 07 00 03 61 2F 62 00 00", "30 FF FF FF 7F", "40 03 00 01 00", "50 01 00", "60 02 00 01", "70 01 00", "82 02 00 01", "82 08 00 01 00 03 61 2F 62 03",
        "90 03 00 01 00", "A2 02 00 01", "B0 02 00 01", "C1 00", "D0 00", "F0 00",
    ];

    // What comes instead of CONNECT, and the CONNACK that answers it; "" for none.
    private static readonly (string Packet, string Answer)[] Openings =
    [
        ("C0 00", ""), // [MQTT-3.1.0-1]
        ("30 05 00 03 61 2F 62", ""),
        ("47 45 54 20 2F 20 48 54 54 50 2F 31 2E 31 0D 0A 0D 0A", ""), // "GET / HTTP/1.1"
        ("16 03 01 00 05 01 00 00 01 00", ""), // a TLS client
        ("10 10 00 04 4D 51 54 58 05 02 00 00 00 00 03 72 61 77", ""), // protocol name "MQTX" [MQTT-3.1.2-1]
        ("10 0F 00 04 4D 51 54 54 03 02 00 00 00 03 72 61 77", "20 02 00 01"), // version 3 [MQTT-3.1.2-2 of 3.1.1]
        ("10 0F 00 04 4D 51 54 54 04 02 00 00 00 03 72 61 77", "20 02 00 04"), // nobody signs in without a name
    ];

    [Fact]
    public async Task Each_ends_its_own_connection_and_a_neighbour_goes_on_publishing()
    {
        var secret = await intake.Server.AddThingAsync("raw", KindsPack.Type);
        await using var neighbour = await intake.ConnectAsync("neighbour", MqttProtocolVersion.V5);
        var before = await intake.SettledAsync();
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 60_000;
        var published = 0;

        foreach (var (packet, code) in Version5)
        {
            using var client = await OpenAsync();
            await client.ConnectAsync(ConnectHex(5, secret));
            await client.SendAsync(packet);
            Assert.Equal((packet, code), (packet, await client.ReadDisconnectAsync()));
            await NeighbourPublishesAsync();
        }

        foreach (var packet in Version311)
        {
            using var client = await OpenAsync();
            await client.ConnectAsync(ConnectHex(4, secret));
            await client.SendAsync(packet);
            Assert.Equal((packet, ""), (packet, await client.ReadPacketAsync()));
            await NeighbourPublishesAsync();
        }

        foreach (var (packet, expected) in Openings)
        {
            using var client = await OpenAsync();
            await client.SendAsync(packet);
            Assert.Equal((packet, expected), (packet, await client.ReadPacketAsync()));
            Assert.True(expected.Length == 0 || await client.ReadPacketAsync() == "");
            await NeighbourPublishesAsync();
        }

        Assert.False(neighbour.Closed.IsCompleted);
        Assert.Equal((published, published, 0, 0, 0), (await intake.SettledAsync()).Since(before));
        var points = (await intake.Server.GetAsync($"/api/things/neighbour/readings?property=number&from={start}"))["points"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, published).Select(number => (double)number), points.Select(point => (double)point![1]!));

        async Task NeighbourPublishesAsync()
        {
            var payload = string.Create(CultureInfo.InvariantCulture, $"{{\"ts\":{start + published},\"values\":{{\"number\":{published}}}}}");
            Assert.Equal(MqttReasonCode.Success, await neighbour.PublishAsync("jw/neighbour/readings", Encoding.UTF8.GetBytes(payload), MqttQoS.AtLeastOnce));
            published++;
        }
    }

    [Theory]
    [InlineData(5, "20 03 00 86 00")]
    [InlineData(4, "20 02 00 04")]
    public async Task A_wrong_secret_is_told_in_the_words_of_the_version(byte version, string answer)
    {
        await intake.Server.AddThingAsync($"secret-{version}", KindsPack.Type);
        using var client = await OpenAsync();
        await client.SendAsync(ConnectHex(version, "wrong"));
        Assert.Equal(answer, await client.ReadPacketAsync());
        Assert.Equal("", await client.ReadPacketAsync());
    }

    private async Task<RawClient> OpenAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(intake.Server.MqttHost, intake.Server.MqttPort, TestContext.Current.CancellationToken);
        return new RawClient(socket.GetStream(), socket);
    }

    // CONNECT with clean start, user name "raw" and a password; client identifier "raw".
    private static string ConnectHex(byte version, string secret)
    {
        byte[] properties = version == 5 ? [0] : [];
        byte[] body = [0, 4, .. "MQTT"u8, version, 0xC2, 0, 0, .. properties, 0, 3, .. "raw"u8, 0, 3, .. "raw"u8, 0, (byte)secret.Length, .. Encoding.UTF8.GetBytes(secret)];
        return Convert.ToHexString([0x10, (byte)body.Length, .. body]);
    }
}
