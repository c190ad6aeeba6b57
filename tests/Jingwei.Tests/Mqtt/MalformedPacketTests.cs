namespace Jingwei.Tests.Mqtt;

/// <summary>MQTT 5.0, section 4.13: a malformed packet or a protocol error closes the connection, with the reason code of the specification.</summary>
public sealed class MalformedPacketTests
{
    [Theory]
    [InlineData("00 00", "81")] // reserved type
    [InlineData("C1 00", "81")] // [MQTT-2.1.3-1] reserved flags
    [InlineData("80 09 00 01 00 00 03 61 2F 62 01", "81")] // [MQTT-3.8.1-1]
    [InlineData("A0 08 00 01 00 00 03 61 2F 62", "81")] // [MQTT-3.10.1-1]
    [InlineData("60 02 00 01", "81")] // [MQTT-3.6.1-1]
    [InlineData("E1 00", "81")] // [MQTT-3.14.1-1]
    [InlineData("36 08 00 03 61 2F 62 00 01 00", "81")] // QoS 3 [MQTT-3.3.1-4]
    [InlineData("38 06 00 03 61 2F 62 00", "81")] // DUP with QoS 0 [MQTT-3.3.1-2]
    [InlineData("C0 80 00", "81")] // [MQTT-1.5.5-1] not the shortest form
    [InlineData("C0 80 80 80 80", "81")] // a length of five bytes
    [InlineData("30 FF FF FF 7F", "95")] // 268,435,455 bytes
    [InlineData("30 80 80 10", "95")] // 256 KiB and its header
    [InlineData("C0 01 00", "81")] // PINGREQ with a body
    [InlineData("30 03 00 05 61", "81")] // topic longer than the packet
    [InlineData("30 06 00 03 61 00 62 00", "81")] // U+0000 [MQTT-1.5.4-2]
    [InlineData("30 06 00 03 ED A0 80 00", "81")] // a surrogate [MQTT-1.5.4-1]
    [InlineData("30 05 00 02 C0 80 00", "81")] // overlong U+0000
    [InlineData("30 06 00 03 61 2F 23 00", "81")] // '#' in a topic name [MQTT-3.3.2-2]
    [InlineData("30 06 00 03 61 2F 2B 00", "81")] // '+'
    [InlineData("30 03 00 00 00", "82")] // no topic, no alias
    [InlineData("32 08 00 03 61 2F 62 00 00 00", "82")] // packet identifier 0 [MQTT-2.2.1-3]
    [InlineData("82 09 00 00 00 00 03 61 2F 62 01", "82")]
    [InlineData("62 02 00 00", "82")]
    [InlineData("82 03 00 01 00", "82")] // no filter [MQTT-3.8.3-2]
    [InlineData("82 09 00 01 00 00 03 61 2F 62 C1", "81")] // reserved options [MQTT-3.8.3-5]
    [InlineData("82 09 00 01 00 00 03 61 2F 62 03", "82")] // QoS 3
    [InlineData("82 09 00 01 00 00 03 61 2F 62 31", "82")] // retain handling 3
    [InlineData("82 08 00 01 00 00 03 61 2F 62", "81")] // options missing
    [InlineData("82 0B 00 01 02 0B 00 00 03 61 2F 62 00", "82")] // subscription identifier 0
    [InlineData("82 0D 00 01 04 0B 01 0B 02 00 03 61 2F 62 00", "82")] // two of them
    [InlineData("A2 03 00 01 00", "82")] // no filter [MQTT-3.10.3-2]
    [InlineData("30 0B 00 03 61 2F 62 05 11 00 00 00 01", "81")] // session expiry in PUBLISH
    [InlineData("30 08 00 03 61 2F 62 02 7F 00", "81")] // unknown property
    [InlineData("30 0A 00 03 61 2F 62 04 01 00 01 00", "82")] // a property twice
    [InlineData("30 08 00 03 61 2F 62 02 01 02", "82")] // payload format 2
    [InlineData("30 08 00 03 61 2F 62 02 0B 01", "82")] // subscription identifier from a client [MQTT-3.3.4-6]
    [InlineData("30 0A 00 03 61 2F 62 04 03 00 01 FF", "81")] // a content type that is no UTF-8 [MQTT-3.3.2-19]
    [InlineData("30 0C 00 03 61 2F 62 06 26 00 01 00 00 00", "81")] // U+0000 in the name of a user property [MQTT-1.5.7-1]
    [InlineData("30 0A 00 03 61 2F 62 04 08 00 01 23", "82")] // response topic '#' [MQTT-3.3.2-14]
    [InlineData("30 07 00 03 61 2F 62 09 01", "81")] // properties longer than the packet
    [InlineData("10 10 00 04 4D 51 54 54 05 02 00 00 00 00 03 72 61 77", "82")] // second CONNECT [MQTT-3.1.0-2]
    [InlineData("F0 00", "82")] // AUTH, where CONNECT named no method [MQTT-4.12.0-7]
    [InlineData("F0 07 19 05 15 00 02 61 62", "82")] // re-authentication with a method
    [InlineData("F0 02 18 00", "82")] // continuation of no exchange
    [InlineData("F1 00", "81")] // [MQTT-3.15.1-1]
    [InlineData("20 03 00 00 00", "82")] // only servers send CONNACK
    [InlineData("90 04 00 01 00 00", "82")]
    [InlineData("B0 04 00 01 00 00", "82")]
    [InlineData("D0 00", "82")]
    [InlineData("40 03 00 01 55", "82")] // no reason code of PUBACK
    [InlineData("40 01 00", "81")]
    [InlineData("E0 07 00 05 11 00 00 00 01", "82")] // section 3.14.2.2.2: expiry 0 cannot be raised
    public async Task In_version_5_it_is_answered_by_disconnect_with_the_reason(string packet, string code)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync();
        await client.SendAsync(packet);
        Assert.Equal(code, await client.ReadDisconnectAsync());
    }

    [Theory]
    [InlineData("C1 00")]
    [InlineData("36 07 00 03 61 2F 62 00 01")] // [MQTT-3.3.1-4]
    [InlineData("30 05 00 03 61 2F 23")] // [MQTT-3.3.2-2]
    [InlineData("30 02 00 00")] // [MQTT-4.7.3-1]
    [InlineData("32 07 00 03 61 2F 62 00 00")] // [MQTT-2.3.1-1]
    [InlineData("82 02 00 01")] // [MQTT-3.8.3-3]
    [InlineData("82 08 00 01 00 03 61 2F 62 04")] // [MQTT-3.8.3-4] reserved bits
    [InlineData("82 08 00 01 00 03 61 2F 62 03")]
    [InlineData("40 03 00 01 00")] // PUBACK has no reason code in 3.1.1
    [InlineData("F0 00")] // no AUTH in 3.1.1
    [InlineData("10 0F 00 04 4D 51 54 54 04 02 00 00 00 03 72 61 77")]
    public async Task In_version_3_1_1_the_connection_is_just_closed(string packet)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.ConnectAsync(RawClient.ConnectV311);
        await client.SendAsync(packet);
        Assert.Equal("", await client.ReadPacketAsync());
    }
}
