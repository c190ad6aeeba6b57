using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Conformance.Mqtt;
using Jingwei.Fieldbus.Sparkplug;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Devices;

/// <summary>An edge node of npm sparkplug-client against the real server, which is its MQTT server and its host application.</summary>
public sealed class SparkplugTests : IAsyncLifetime
{
    private const string Edge = "Mill:E1";
    private const string Press = "Mill:E1:Press-7";
    private const string State = "spBv1.0/STATE/jingwei";

    private static string Peers => Path.Combine(SourceTree.Root, "tests", "Jingwei.Acceptance", "Devices", "peers");

    private ServerProcess server = null!;
    private string secret = "";

    public async ValueTask InitializeAsync()
    {
        server = await PressPack.StartAsync();
        secret = await server.AddThingAsync(Edge, "edge");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Births_and_data_are_readings_and_the_device_comes_to_be()
    {
        using var node = await StartNodeAsync();
        await BornAsync(node);

        var press = await server.UntilAsync($"/api/things/{Press}/latest", answer => answer["values"]!["target"] is not null);
        Assert.Equal(
            (20.0, true, -3.0, "甲"),
            ((double)Value(press, "spindle_temperature")!, (bool)Value(press, "running")!, (double)Value(press, "offset")!, (string)Value(press, "recipe")!));
        Assert.Equal(1, (double)(await LatestAsync(Edge, "uptime"))["value"]!);
        var thing = await server.GetAsync($"/api/things/{Press}");
        Assert.Equal(("press", Edge, "Press 7", true), ((string)thing["type"]!, (string)thing["gateway"]!, (string)thing["name"]!, (bool)thing["connected"]!));

        await node.WriteLineAsync("temperature 41.5");
        await server.UntilAsync($"/api/things/{Press}/latest", answer => (double?)Value(answer, "spindle_temperature") == 41.5);
        // The birth's six metrics of which one is of no property, the node's one, and the data.
        var accounting = await server.UntilAsync("/api/accounting", answer => (long)answer["received"]! == 8 && (long)answer["pending"]! == 0);
        Assert.Equal((7, 1), ((long)accounting["stored"]!, (long)accounting["reasons"]!["unknown-property"]!));
        Assert.Equal("press-sparkplug", (string)Assert.Single(accounting["channels"]!.AsArray(), channel => (long)channel!["received"]! > 0)!["channel"]!);
    }

    [Fact]
    public async Task A_lost_message_makes_the_host_ask_for_births()
    {
        using var node = await StartNodeAsync();
        await BornAsync(node);
        await node.WriteLineAsync("temperature 30");
        await node.WriteLineAsync("lose");
        await node.WriteLineAsync("temperature 31");

        await node.WaitForAsync("rebirth");
        await node.WaitForAsync("born");

        // What came after the gap was taken all the same, and the new birth's values as well.
        await server.UntilAsync($"/api/things/{Press}/latest", answer => (double?)Value(answer, "spindle_temperature") == 31);
        await node.WriteLineAsync("temperature 32");
        await server.UntilAsync($"/api/things/{Press}/latest", answer => (double?)Value(answer, "spindle_temperature") == 32);
    }

    [Fact]
    public async Task An_edge_node_that_is_killed_leaves_stale_values_and_nothing_connected()
    {
        using var node = await StartNodeAsync();
        await BornAsync(node);
        await LatestAsync(Press, "target");

        node.Stop();

        var press = await server.UntilAsync($"/api/things/{Press}/latest", answer => (string?)answer["values"]!["target"]?["quality"] == "uncertain");
        Assert.All((string[])["spindle_temperature", "running", "offset", "recipe"], property => Assert.Equal("uncertain", (string)press["values"]![property]!["quality"]!));
        Assert.Equal(20, (double)Value(press, "spindle_temperature")!);
        Assert.Equal("uncertain", (string)(await server.UntilAsync($"/api/things/{Edge}/latest", answer => (string?)answer["values"]!["uptime"]?["quality"] == "uncertain"))["values"]!["uptime"]!["quality"]!);
        await server.UntilAsync($"/api/things/{Press}", thing => !(bool)thing["connected"]!);
        await server.UntilAsync($"/api/things/{Edge}", thing => !(bool)thing["connected"]!);

        // Born again, everything is good again.
        using var again = await StartNodeAsync();
        await again.WaitForAsync("born");
        await server.UntilAsync($"/api/things/{Press}/latest", answer => (string?)answer["values"]!["target"]?["quality"] == "good");
        await server.UntilAsync($"/api/things/{Press}", thing => (bool)thing["connected"]!);
    }

    [Fact]
    public async Task A_device_that_dies_is_stale_and_its_node_is_not()
    {
        using var node = await StartNodeAsync();
        await BornAsync(node);
        await LatestAsync(Press, "target");

        await node.WriteLineAsync("deviceDies");

        await server.UntilAsync($"/api/things/{Press}/latest", answer => (string?)answer["values"]!["target"]?["quality"] == "uncertain");
        await server.UntilAsync($"/api/things/{Press}", thing => !(bool)thing["connected"]!);
        Assert.Equal("good", (string)(await LatestAsync(Edge, "uptime"))["quality"]!);
    }

    [Fact]
    public async Task A_command_sets_a_metric_and_its_data_is_the_answer()
    {
        using var node = await StartNodeAsync();
        await BornAsync(node);
        await LatestAsync(Press, "target");

        var sent = await server.Admin.PostAsJsonAsync($"/api/things/{Press}/commands", new { command = "set", parameters = new { target = 12.5 } });

        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        await node.WaitForAsync("""command Press 7 [{"alias":5,"type":"Double","value":12.5}]""");
        var commands = await server.UntilAsync($"/api/things/{Press}/commands", answer => (string)answer["items"]![0]!["status"]! == "answered");
        Assert.Equal(12.5, (double)commands["items"]![0]!["reply"]!["Target"]!);
        await server.UntilAsync($"/api/things/{Press}/latest", answer => (double?)Value(answer, "target") == 12.5);
    }

    [Fact]
    public async Task After_a_kill_of_the_server_the_node_is_born_anew_and_nothing_accepted_is_lost()
    {
        using var node = await StartNodeAsync();
        await BornAsync(node);
        await node.WriteLineAsync("temperature 33");
        await server.UntilAsync($"/api/things/{Press}/latest", answer => (double?)Value(answer, "spindle_temperature") == 33);
        await server.KillAsync();

        await using var again = await PressPack.StartAsync(server.Data, server.MqttPort);
        await node.WaitForAsync("born");
        await node.WriteLineAsync("temperature 34");

        await again.UntilAsync($"/api/things/{Press}/latest", answer => (double?)Value(answer, "spindle_temperature") == 34);
        var from = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddHours(-1).ToString("O", CultureInfo.InvariantCulture));
        var points = await again.UntilAsync(
            $"/api/things/{Press}/readings?property=spindle_temperature&from={from}", answer => answer["points"]!.AsArray().Any(point => (double)point![1]! == 34));
        Assert.Contains(points["points"]!.AsArray(), point => (double)point![1]! == 20);
        Assert.Contains(points["points"]!.AsArray(), point => (double)point![1]! == 33);
    }

    [Fact]
    public async Task Data_of_a_node_that_nobody_knows_the_birth_of_makes_the_host_ask_for_it()
    {
        await using var node = await ConnectAsync();
        await node.SubscribeAsync("spBv1.0/Mill/NCMD/E1/#", MqttQoS.AtLeastOnce);

        // One metric by its name and type, one by an alias that means nothing yet.
        Assert.Equal(MqttReasonCode.Success, await node.PublishAsync(
            "spBv1.0/Mill/NDATA/E1", Payload("1805", "0a06557074696d65200a69000000000000f03f", "101169000000000000f03f"), MqttQoS.AtLeastOnce));

        var request = await node.Messages.ReadAsync();
        Assert.Equal(("spBv1.0/Mill/NCMD/E1", MqttQoS.AtMostOnce, false), (request.Topic, request.QoS, request.Retain));
        Assert.Equal("Node Control/Rebirth True", Single(request.Payload));
        Assert.Equal(1, (double)(await LatestAsync(Edge, "uptime"))["value"]!);
        await server.UntilAsync("/api/accounting", answer => (long?)answer["reasons"]!["unknown-metric"] == 1);
    }

    [Fact]
    public async Task Nulls_transients_history_and_what_is_no_reading_are_each_kept_or_refused_with_a_reason()
    {
        await using var node = await ConnectAsync();
        Assert.Equal(MqttReasonCode.Success, await node.PublishAsync(
            // bdSeq 0; Uptime = 5, then null; a null without a value before; a transient; a data set.
            "spBv1.0/Mill/NBIRTH/E1",
            Payload(
                "1800", "0a05626453657120085800", "0a06557074696d65200a690000000000001440", "0a06557074696d65200a3801", "0a04476f6e65200a3801",
                "0a05427269656620" + "0a300169000000000000f03f", "0a055461626c6520108a012208021201611201621803180c22090a0208010a0332017822090a0208020a03320179"),
            MqttQoS.AtLeastOnce));

        var accounting = await server.UntilAsync("/api/accounting", answer => (long)answer["received"]! == 5 && (long)answer["pending"]! == 0);
        Assert.Equal(
            (1L, 2L, 1L, 1L),
            ((long)accounting["stored"]!, (long)accounting["reasons"]!["no-value"]!, (long)accounting["reasons"]!["transient"]!, (long)accounting["reasons"]!["unknown-property"]!));
        // Once it has a value, a null says that this is not to be trusted any more.
        await node.PublishAsync("spBv1.0/Mill/NDATA/E1", Payload("1801", "0a06557074696d653801"), MqttQoS.AtLeastOnce);
        await server.UntilAsync($"/api/things/{Edge}/latest", answer => (string?)answer["values"]!["uptime"]?["quality"] == "bad");
    }

    [Fact]
    public async Task Who_is_not_the_edge_node_changes_nothing_and_the_attempt_is_kept()
    {
        await server.AddThingAsync("Mill:E2", "edge");
        using var node = await StartNodeAsync();
        await BornAsync(node);
        await LatestAsync(Press, "target");
        var other = await server.Admin.PostAsync(new Uri("/api/things/Mill:E2/credentials", UriKind.Relative), null);
        var otherSecret = (string)(await other.Content.ReadFromJsonAsync<JsonNode>())!["secret"]!;
        await using var intruder = await ConnectAsync("Mill:E2", otherSecret);

        Assert.Equal(MqttReasonCode.NotAuthorized, await intruder.PublishAsync("spBv1.0/Mill/NDATA/E1", Payload("1801", "0a06557074696d65200a69000000000000f03f"), MqttQoS.AtLeastOnce));
        await intruder.PublishAsync("spBv1.0/Mill/NDEATH/E1", Payload("", "0a05626453657120085800"), MqttQoS.AtLeastOnce);
        Assert.Equal(MqttReasonCode.NotAuthorized, await intruder.PublishAsync("spBv1.0/Mill/NCMD/E1", Payload(""), MqttQoS.AtLeastOnce));
        Assert.Equal(MqttReasonCode.NotAuthorized, await intruder.PublishAsync(State, "{}"u8.ToArray(), MqttQoS.AtLeastOnce));
        Assert.Equal(MqttReasonCode.NotAuthorized, await intruder.SubscribeAsync("spBv1.0/Mill/NCMD/E1/#", MqttQoS.AtMostOnce));
        Assert.Equal(MqttReasonCode.NotAuthorized, await intruder.SubscribeAsync("spBv1.0/#", MqttQoS.AtMostOnce));

        await server.UntilAsync("/api/accounting", answer => (long?)answer["reasons"]!["not-allowed"] >= 1);
        Assert.True((bool)(await server.GetAsync($"/api/things/{Press}"))["connected"]!);
        Assert.Equal("good", (string)(await LatestAsync(Press, "target"))["quality"]!);
    }

    [Fact]
    public async Task The_death_of_an_earlier_session_ends_nothing()
    {
        await using var node = await ConnectAsync();
        await node.PublishAsync("spBv1.0/Mill/NBIRTH/E1", Payload("1800", "0a05626453657120085808", "0a06557074696d65200a690000000000001440"), MqttQoS.AtLeastOnce);
        await LatestAsync(Edge, "uptime");
        await node.PublishAsync("spBv1.0/Mill/NDEATH/E1", Payload("", "0a05626453657120085807"), MqttQoS.AtLeastOnce);
        Assert.Equal("good", (string)(await LatestAsync(Edge, "uptime"))["quality"]!);
        await node.PublishAsync("spBv1.0/Mill/NDEATH/E1", Payload("", "0a05626453657120085808"), MqttQoS.AtLeastOnce);
        await server.UntilAsync($"/api/things/{Edge}/latest", answer => (string?)answer["values"]!["uptime"]?["quality"] == "uncertain");
    }

    [Fact]
    public async Task What_is_no_payload_is_kept_and_refused()
    {
        await using var node = await ConnectAsync();
        Assert.Equal(MqttReasonCode.PayloadFormatInvalid, await node.PublishAsync("spBv1.0/Mill/NDATA/E1", "{\"a\":1}"u8.ToArray(), MqttQoS.AtLeastOnce));
        await server.UntilAsync("/api/accounting", answer => (long?)answer["reasons"]!["unparsable"] == 1);
    }

    [Fact]
    public async Task The_hosts_state_is_retained_online_and_offline_when_it_stops()
    {
        await using var node = await ConnectAsync();
        await node.SubscribeAsync(State, MqttQoS.AtLeastOnce);

        var online = await node.Messages.ReadAsync();
        Assert.Equal((State, MqttQoS.AtLeastOnce, true), (online.Topic, online.QoS, online.Retain));
        var (isOnline, since) = Read(online);
        Assert.True(isOnline);

        Assert.Equal((0, ""), await ExternalProgram.RunAsync("kill", "-TERM", server.Id.ToString(CultureInfo.InvariantCulture)));
        var offline = await node.Messages.ReadAsync();
        Assert.False(Read(offline).Online);
        Assert.True(Read(offline).Timestamp >= since);
        Assert.Equal(0, await server.EndAsync());

        await using var again = await PressPack.StartAsync(server.Data);
        await using var back = await ConnectAsync(Edge, secret, again.MqttPort);
        await back.SubscribeAsync("spBv1.0/STATE/+", MqttQoS.AtLeastOnce);
        var anew = Read(await back.Messages.ReadAsync());
        Assert.True(anew.Online);
        Assert.True(anew.Timestamp >= Read(offline).Timestamp);
    }

    private static (bool Online, long Timestamp) Read(MqttMessage message)
    {
        var json = JsonNode.Parse(message.Payload.Span)!.AsObject();
        Assert.Equal(["online", "timestamp"], json.Select(each => each.Key));
        return ((bool)json["online"]!, (long)json["timestamp"]!);
    }

    private static JsonNode? Value(JsonNode latest, string property) => latest["values"]![property]?["value"];

    private static string Single(ReadOnlyMemory<byte> bytes)
    {
        Assert.True(SparkplugPayload.TryRead(bytes.Span, out var payload));
        // A command has a time and no number in the sequence [tck-id-payloads-ncmd-timestamp] [tck-id-payloads-ncmd-seq].
        Assert.Equal((true, null), (payload.Timestamp > 0, payload.Seq));
        var all = new List<string>();
        foreach (var metric in payload.Metrics)
        {
            all.Add($"{Encoding.UTF8.GetString(metric.Name)} {metric.Bits != 0}");
        }

        return Assert.Single(all);
    }

    /// <summary>A payload of now: its time, more fields, and metrics, all as protobuf writes them.</summary>
    private static byte[] Payload(string more, params string[] metrics)
    {
        var time = new List<byte> { 0x08 };
        for (var left = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(); ; left >>= 7)
        {
            time.Add((byte)(left > 0x7F ? (left & 0x7F) | 0x80 : left));
            if (left <= 0x7F)
            {
                break;
            }
        }

        return [.. time, .. Convert.FromHexString(more), .. metrics.SelectMany(metric => (byte[])[0x12, (byte)(metric.Length / 2), .. Convert.FromHexString(metric)])];
    }

    /// <summary>Waits until the node said that it is born, and its device is a thing: it publishes with QoS 0, which nobody acknowledges.</summary>
    private async Task BornAsync(Peer node)
    {
        await node.WaitForAsync("born");
        await server.UntilAsync("/api/things", answer => answer["items"]!.AsArray().Any(thing => (string)thing!["id"]! == Press));
    }

    private async Task<JsonNode> LatestAsync(string thing, string property) =>
        (await server.UntilAsync($"/api/things/{thing}/latest", answer => answer["values"]![property] is not null))["values"]![property]!;

    private Task<MqttClient> ConnectAsync(string? user = null, string? password = null, int? port = null) => MqttClient.ConnectAsync(new()
    {
        Host = server.MqttHost,
        Port = port ?? server.MqttPort,
        ClientId = user ?? Edge,
        UserName = user ?? Edge,
        Password = password ?? secret,
    });

    private async Task<Peer> StartNodeAsync()
    {
        var folder = await NpmPackages.InstallAsync(Peers, "device-peers");
        return Peer.Start(
            External.Program("node", "https://nodejs.org"), Path.Combine(folder, "edge_node.mjs"),
            $"mqtt://127.0.0.1:{server.MqttPort}", "Mill", "E1", Edge, secret);
    }
}
