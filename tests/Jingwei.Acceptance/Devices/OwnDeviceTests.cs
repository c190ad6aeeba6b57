using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Devices;

/// <summary>Somebody attaches a device of his own with a foreign client.</summary>
public sealed class OwnDeviceTests
{
    private const string InstallClients = "apt-get install mosquitto-clients";

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task A_reading_of_mosquitto_pub_is_the_latest_value(string version)
    {
        var publisher = External.Program("mosquitto_pub", InstallClients);
        await using var server = await ServerProcess.StartAsync();
        var secret = await server.AddThingAsync("drill-of-mine", "drilling-machine");

        var (exitCode, output) = await Publish(publisher, server, version, "drill-of-mine", secret, "jw/drill-of-mine/readings", """{"values":{"spindle_temperature":41.5,"state":"producing"}}""");

        Assert.True(exitCode == 0, output);
        var latest = await server.UntilAsync("/api/things/drill-of-mine/latest", answer => answer["values"]!["spindle_temperature"] is not null);
        Assert.Equal(41.5, (double)latest["values"]!["spindle_temperature"]!["value"]!);
        Assert.Equal("producing", (string)latest["values"]!["state"]!["value"]!);
        Assert.Equal("good", (string)latest["values"]!["state"]!["quality"]!);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        var publisher = External.Program("mosquitto_pub", InstallClients);
        await using var server = await ServerProcess.StartAsync();
        await server.AddThingAsync("drill", "drilling-machine");

        var (exitCode, output) = await Publish(publisher, server, "mqttv5", "drill", "not the secret", "jw/drill/readings", """{"values":{"spindle_temperature":1}}""");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Bad User Name or Password", output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_thing_may_not_publish_for_another_and_the_attempt_is_accounted_for()
    {
        await using var server = await ServerProcess.StartAsync();
        var secret = await server.AddThingAsync("mine", "drilling-machine");
        await server.AddThingAsync("yours", "drilling-machine");
        await using var client = await ConnectAsync(server, "mine", secret);

        var reason = await client.PublishAsync("jw/yours/readings", """{"values":{"spindle_temperature":1}}"""u8.ToArray(), MqttQoS.AtLeastOnce);

        Assert.Equal(MqttReasonCode.NotAuthorized, reason);
        var accounting = await server.UntilAsync("/api/accounting", answer => (long)answer["rejected"]! == 1);
        Assert.Equal(1, (long)accounting["received"]!);
        Assert.Equal(1, (long)accounting["reasons"]!["not-allowed"]!);
        Assert.Empty((await server.GetAsync("/api/things/yours/latest"))["values"]!.AsObject());
    }

    [Fact]
    public async Task A_renewed_secret_ends_the_old_one_and_its_connection()
    {
        await using var server = await ServerProcess.StartAsync();
        var old = await server.AddThingAsync("drill", "drilling-machine");
        await using var client = await ConnectAsync(server, "drill", old);

        var answer = await server.Admin.PostAsync(new Uri("/api/things/drill/credentials", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await client.Closed;
        await Assert.ThrowsAsync<MqttClientException>(() => ConnectAsync(server, "drill", old));
        var renewed = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["secret"]!;
        await using var again = await ConnectAsync(server, "drill", renewed);
    }

    [Fact]
    public async Task A_command_reaches_the_thing_and_its_reply_comes_back()
    {
        await using var server = await ServerProcess.StartAsync();
        var secret = await server.AddThingAsync("drill", "drilling-machine");
        await using var client = await ConnectAsync(server, "drill", secret);
        Assert.True((byte)await client.SubscribeAsync("jw/drill/commands/+", MqttQoS.AtLeastOnce) < 0x80);

        var sent = await server.Admin.PostAsJsonAsync("/api/things/drill/commands", new { command = "reset", parameters = new { } });
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        var id = (string)(await sent.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        var message = await client.Messages.ReadAsync();

        Assert.Equal($"jw/drill/commands/{id}", message.Topic);
        Assert.Equal("reset", (string)JsonNode.Parse(message.Payload.Span)!["command"]!);
        Assert.Equal(MqttReasonCode.Success, await client.PublishAsync($"jw/drill/replies/{id}", """{"done":true}"""u8.ToArray(), MqttQoS.AtLeastOnce));
        var commands = await server.UntilAsync("/api/things/drill/commands", answer => (string)answer["items"]![0]!["status"]! == "answered");
        Assert.True((bool)commands["items"]![0]!["reply"]!["done"]!);
    }

    [Fact]
    public async Task A_gateway_publishes_for_the_things_behind_it()
    {
        await using var server = await ServerProcess.StartAsync();
        var secret = await server.AddThingAsync("gateway", "drilling-machine");
        (await server.Admin.PostAsJsonAsync("/api/things", new { id = "behind", type = "drilling-machine", gateway = "gateway" })).EnsureSuccessStatusCode();
        await using var client = await ConnectAsync(server, "gateway", secret);

        var reason = await client.PublishAsync("jw/behind/readings", """{"values":{"spindle_temperature":30}}"""u8.ToArray(), MqttQoS.AtLeastOnce);

        Assert.Equal(MqttReasonCode.Success, reason);
        await server.UntilAsync("/api/things/behind/latest", answer => answer["values"]!["spindle_temperature"] is not null);
    }

    private static Task<MqttClient> ConnectAsync(ServerProcess server, string thing, string secret) =>
        MqttClient.ConnectAsync(new() { Host = server.MqttHost, Port = server.MqttPort, ClientId = thing, UserName = thing, Password = secret });

    private static Task<(int ExitCode, string Output)> Publish(
        string publisher, ServerProcess server, string version, string thing, string secret, string topic, string payload) =>
        ExternalProgram.RunAsync(
            publisher, "-h", server.MqttHost, "-p", server.MqttPort.ToString(CultureInfo.InvariantCulture), "-V", version,
            "-u", thing, "-P", secret, "-q", "1", "-t", topic, "-m", payload);
}
