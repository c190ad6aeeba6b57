using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Devices;

/// <summary>Devices that were made for ThingsBoard, with its topics, payloads and sign-in.</summary>
public sealed class ThingsBoardTests : IAsyncLifetime
{
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync() => server = await PressPack.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("v1/devices/me/telemetry", """{"temp":41.5,"running":true,"recipe":"A1"}""")]
    [InlineData("v1/devices/me/telemetry", """[{"spindleTemperature":"41.5"},{"running":true,"recipe":"A1"}]""")]
    [InlineData("v1/devices/me/attributes", """{"spindle_temperature":41.5,"running":true,"recipe":"A1"}""")]
    public async Task What_mosquitto_pub_sends_with_the_token_as_user_is_the_latest_value(string topic, string payload)
    {
        var token = await server.AddThingAsync("press", "press");

        await PublishAsync(token, topic, payload);

        var latest = await server.UntilAsync("/api/things/press/latest", answer => answer["values"]!["recipe"] is not null);
        Assert.Equal(41.5, (double)latest["values"]!["spindle_temperature"]!["value"]!);
        Assert.True((bool)latest["values"]!["running"]!["value"]!);
        Assert.Equal("A1", (string)latest["values"]!["recipe"]!["value"]!);
        Assert.Equal(3, (long)Channel(await server.UntilAsync("/api/accounting", answer => (long)answer["stored"]! == 3))["stored"]!);
    }

    [Fact]
    public async Task A_time_in_milliseconds_is_kept_and_a_repeat_is_a_duplicate()
    {
        var token = await server.AddThingAsync("press", "press");
        var ts = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds();
        var payload = $$$"""{"ts":{{{ts}}},"values":{"temp":41.5}}""";

        await PublishAsync(token, "v1/devices/me/telemetry", payload);
        await PublishAsync(token, "v1/devices/me/telemetry", payload);

        await server.UntilAsync("/api/accounting", answer => (long)answer["stored"]! == 1 && (long)answer["duplicate"]! == 1 && (long)answer["received"]! == 2);
        var latest = await server.GetAsync("/api/things/press/latest");
        Assert.Equal(ts, DateTimeOffset.Parse((string)latest["values"]!["spindle_temperature"]!["ts"]!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_device_keeps_the_token_that_it_has_and_no_two_have_the_same()
    {
        const string token = "Dx8rPz1kQ0wYt5LmNb7c";
        await server.AddThingAsync("press", "press");
        await server.AddThingAsync("other", "press");

        var given = await GiveAsync("press", token);
        Assert.Equal(HttpStatusCode.Created, given.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await GiveAsync("other", token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await GiveAsync("other", "guessable")).StatusCode);

        await PublishAsync(token, "v1/devices/me/telemetry", """{"temp":1}""");
        await server.UntilAsync("/api/things/press/latest", answer => answer["values"]!["spindle_temperature"] is not null);
    }

    [Theory]
    [InlineData("press")]
    [InlineData("Dx8rPz1kQ0wYt5LmNb7x")]
    [InlineData("token")]
    public async Task Who_has_no_token_does_not_come_in(string user)
    {
        await server.AddThingAsync("press", "press");
        var refused = await Assert.ThrowsAsync<MqttClientException>(() => ConnectAsync(user));
        Assert.Equal(MqttReasonCode.BadUserNameOrPassword, refused.Reason);
    }

    [Fact]
    public async Task What_is_refused_is_said_kept_with_its_reason_and_counted()
    {
        await using var press = await ConnectAsync(await server.AddThingAsync("press", "press"));

        Assert.Equal(MqttReasonCode.PayloadFormatInvalid, await SendAsync(press, "v1/devices/me/telemetry", "{\"temp\":"));
        Assert.Equal(MqttReasonCode.PayloadFormatInvalid, await SendAsync(press, "v1/devices/me/telemetry", "[1]"));
        Assert.Equal(MqttReasonCode.PayloadFormatInvalid, await SendAsync(press, "v1/devices/me/attributes", """{"nested":{"a":1}}"""));
        Assert.Equal(MqttReasonCode.PayloadFormatInvalid, await SendAsync(press, "v1/devices/me/telemetry", """{"temp":"warm"}"""));
        Assert.Equal(MqttReasonCode.Success, await SendAsync(press, "v1/devices/me/telemetry", """{"temp":"warm","running":false}"""));
        Assert.Equal(MqttReasonCode.Success, await SendAsync(press, "v1/devices/me/telemetry", "{}"));
        Assert.Equal(MqttReasonCode.NotAuthorized, await SendAsync(press, "v1/devices/me/unknown", "{}"));

        var accounting = await server.UntilAsync("/api/accounting", answer => (long)answer["received"]! == 6 && (long)answer["pending"]! == 0);
        Assert.Equal((1, 5), ((long)accounting["stored"]!, (long)accounting["rejected"]!));
        Assert.Equal((2, 1, 2), ((long)accounting["reasons"]!["unparsable"]!, (long)accounting["reasons"]!["unknown-property"]!, (long)accounting["reasons"]!["wrong-type"]!));
    }

    [Fact]
    public async Task A_command_is_an_rpc_of_its_thing_alone_and_the_answer_comes_back()
    {
        await using var press = await ConnectAsync(await server.AddThingAsync("press", "press"));
        await using var other = await ConnectAsync(await server.AddThingAsync("other", "press"));
        await press.SubscribeAsync("v1/devices/me/rpc/request/+", MqttQoS.AtLeastOnce);
        await other.SubscribeAsync("v1/devices/me/rpc/request/+", MqttQoS.AtLeastOnce);

        await CommandAsync("press", new { command = "reset", parameters = new { reason = "jam" } });
        var request = await press.Messages.ReadAsync();
        Assert.Equal("v1/devices/me/rpc/request/1", request.Topic);
        Assert.Equal("""{"method":"reset","params":{"reason":"jam"}}""", Encoding.UTF8.GetString(request.Payload.Span));
        Assert.Equal(MqttReasonCode.TopicNameInvalid, await SendAsync(other, "v1/devices/me/rpc/response/1", "{}"));
        Assert.Equal(MqttReasonCode.Success, await SendAsync(press, "v1/devices/me/rpc/response/1", """{"done":true}"""));
        await server.UntilAsync("/api/things/press/commands", answer => (bool?)answer["items"]![0]!["reply"]?["done"] == true);

        // The first thing that the other one hears is meant for it.
        await CommandAsync("other", new { command = "set", parameters = new { target = 5 } });
        Assert.Equal("""{"method":"set","params":{"target":5}}""", Encoding.UTF8.GetString((await other.Messages.ReadAsync()).Payload.Span));
    }

    [Fact]
    public async Task A_kept_session_gets_the_command_that_came_while_it_was_away()
    {
        var token = await server.AddThingAsync("press", "press");
        await using (var press = await ConnectAsync(token, 300))
        {
            await press.SubscribeAsync("v1/devices/me/rpc/request/+", MqttQoS.AtLeastOnce);
        }

        await server.UntilAsync("/api/devices/sessions", answer => (bool?)answer["items"]!.AsArray().SingleOrDefault()?["connected"] == false);
        await CommandAsync("press", new { command = "reset" });
        await using var back = await ConnectAsync(token, 300);
        Assert.Equal("v1/devices/me/rpc/request/1", (await back.Messages.ReadAsync()).Topic);
    }

    [Fact]
    public async Task A_question_of_the_device_is_refused_in_words()
    {
        await using var press = await ConnectAsync(await server.AddThingAsync("press", "press"));
        await press.SubscribeAsync("v1/devices/me/rpc/response/+", MqttQoS.AtLeastOnce);

        Assert.Equal(MqttReasonCode.ImplementationSpecificError, await SendAsync(press, "v1/devices/me/rpc/request/7", """{"method":"getTime","params":{}}"""));

        var answer = await press.Messages.ReadAsync();
        Assert.Equal("v1/devices/me/rpc/response/7", answer.Topic);
        Assert.Contains("not offered", Encoding.UTF8.GetString(answer.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_are_answered_with_the_newest_values()
    {
        await using var press = await ConnectAsync(await server.AddThingAsync("press", "press"));
        await press.SubscribeAsync("v1/devices/me/attributes/response/+", MqttQoS.AtLeastOnce);
        Assert.Equal(MqttReasonCode.Success, await SendAsync(press, "v1/devices/me/attributes", """{"recipe":"A1","running":true,"temp":3}"""));

        Assert.Equal(MqttReasonCode.Success, await SendAsync(press, "v1/devices/me/attributes/request/9", """{"clientKeys":"recipe,running,offset","sharedKeys":"temp"}"""));

        var answer = await press.Messages.ReadAsync();
        Assert.Equal("v1/devices/me/attributes/response/9", answer.Topic);
        Assert.Equal("""{"client":{"recipe":"A1","running":true},"shared":{"temp":3}}""", Encoding.UTF8.GetString(answer.Payload.Span));
    }

    [Fact]
    public async Task What_somebody_else_sets_is_an_update_of_shared_attributes()
    {
        await using var press = await ConnectAsync(await server.AddThingAsync("press", "press"));
        await press.SubscribeAsync("v1/devices/me/attributes", MqttQoS.AtLeastOnce);
        var made = await server.Admin.PostAsJsonAsync("/api/tokens", new { name = "settings", role = "operator", party = "root", region = "root" });
        made.EnsureSuccessStatusCode();
        var token = (string)(await made.Content.ReadFromJsonAsync<JsonNode>())!["token"]!;
        await using var setter = await MqttClient.ConnectAsync(new() { Host = server.MqttHost, Port = server.MqttPort, UserName = "token", Password = token });

        Assert.Equal(MqttReasonCode.PayloadFormatInvalid, await SendAsync(setter, "jw/press/readings", """{"values":{"target":"high"}}"""));
        Assert.Equal(MqttReasonCode.Success, await SendAsync(press, "jw/press/readings", """{"values":{"target":1}}"""));
        Assert.Equal(MqttReasonCode.Success, await SendAsync(setter, "jw/press/readings", """{"values":{"target":7}}"""));

        var update = await press.Messages.ReadAsync();
        Assert.Equal(("v1/devices/me/attributes", """{"target":7}"""), (update.Topic, Encoding.UTF8.GetString(update.Payload.Span)));
    }

    [Fact]
    public async Task A_gateway_brings_its_devices_along()
    {
        var token = await server.AddThingAsync("gateway", "edge");
        await using var gateway = await ConnectAsync(token);
        await gateway.SubscribeAsync("v1/gateway/rpc", MqttQoS.AtLeastOnce);
        await gateway.SubscribeAsync("v1/gateway/attributes/response", MqttQoS.AtLeastOnce);

        Assert.Equal(MqttReasonCode.Success, await SendAsync(gateway, "v1/gateway/connect", """{"device":"Press 7"}"""));
        var thing = await server.GetAsync("/api/things/Press-7");
        Assert.Equal(("press", "gateway", "Press 7", true), ((string)thing["type"]!, (string)thing["gateway"]!, (string)thing["name"]!, (bool)thing["connected"]!));

        var ts = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(MqttReasonCode.Success, await SendAsync(
            gateway, "v1/gateway/telemetry",
            $$$"""{"Press 7":[{"ts":{{{ts - 1000}}},"values":{"temp":1}},{"ts":{{{ts}}},"values":{"temp":2}}],"Press 8":[{"ts":{{{ts}}},"values":{"temp":3}}]}"""));
        Assert.Equal(MqttReasonCode.Success, await SendAsync(gateway, "v1/gateway/attributes", """{"Press 8":{"recipe":"B"}}"""));
        Assert.Equal(2, (double)(await LatestAsync("Press-7", "spindle_temperature"))!);
        Assert.Equal(3, (double)(await LatestAsync("Press-8", "spindle_temperature"))!);
        Assert.Equal("B", (string)(await LatestAsync("Press-8", "recipe"))!);

        Assert.Equal(MqttReasonCode.Success, await SendAsync(gateway, "v1/gateway/attributes/request", """{"id":4,"device":"Press 8","client":["recipe"]}"""));
        Assert.Equal("""{"id":4,"device":"Press 8","value":"B"}""", Encoding.UTF8.GetString((await gateway.Messages.ReadAsync()).Payload.Span));

        await CommandAsync("Press-7", new { command = "set", parameters = new { target = 5 } });
        Assert.Equal(
            """{"device":"Press 7","data":{"method":"set","params":{"target":5},"id":1}}""", Encoding.UTF8.GetString((await gateway.Messages.ReadAsync()).Payload.Span));
        Assert.Equal(MqttReasonCode.Success, await SendAsync(gateway, "v1/gateway/rpc", """{"device":"Press 7","id":1,"data":{"success":true}}"""));
        await server.UntilAsync("/api/things/Press-7/commands", answer => (string)answer["items"]![0]!["status"]! == "answered");

        Assert.Equal(MqttReasonCode.Success, await SendAsync(gateway, "v1/gateway/disconnect", """{"device":"Press 7"}"""));
        Assert.False((bool)(await server.GetAsync("/api/things/Press-7"))["connected"]!);
    }

    [Fact]
    public async Task A_device_that_is_no_gateway_brings_nothing_along()
    {
        await using var press = await ConnectAsync(await server.AddThingAsync("press", "press"));

        Assert.Equal(MqttReasonCode.NotAuthorized, await SendAsync(press, "v1/gateway/connect", """{"device":"Press 9"}"""));
        Assert.Equal(MqttReasonCode.NotAuthorized, await SendAsync(press, "v1/gateway/telemetry", """{"Press 9":[{"temp":1}]}"""));

        Assert.Equal(HttpStatusCode.NotFound, (await server.Admin.GetAsync(new Uri("/api/things/Press-9", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_gateway_does_not_speak_for_the_things_of_others()
    {
        await server.AddThingAsync("foreign", "press");
        await using var gateway = await ConnectAsync(await server.AddThingAsync("gateway", "press"));

        Assert.Equal(MqttReasonCode.NotAuthorized, await SendAsync(gateway, "v1/gateway/telemetry", """{"foreign":[{"temp":1}]}"""));
        Assert.Equal(MqttReasonCode.NotAuthorized, await SendAsync(gateway, "v1/gateway/connect", """{"device":"foreign"}"""));
        Assert.Equal(MqttReasonCode.NotAuthorized, await SendAsync(gateway, "v1/gateway/attributes/request", """{"id":1,"device":"foreign","client":["temp"]}"""));
        Assert.Equal(MqttReasonCode.NotAuthorized, await SendAsync(gateway, "v1/gateway/rpc", """{"device":"foreign","id":1,"data":{}}"""));

        await server.UntilAsync("/api/accounting", answer => (long?)answer["reasons"]!["not-allowed"] == 1);
        Assert.Empty((await server.GetAsync("/api/things/foreign/latest"))["values"]!.AsObject());
    }

    private static JsonNode Channel(JsonNode accounting) => Assert.Single(accounting["channels"]!.AsArray(), channel => (string)channel!["channel"]! == "press-thingsboard")!;

    private static Task<MqttReasonCode> SendAsync(MqttClient client, string topic, string payload) =>
        client.PublishAsync(topic, Encoding.UTF8.GetBytes(payload), MqttQoS.AtLeastOnce);

    private async Task<JsonNode?> LatestAsync(string thing, string property) =>
        (await server.UntilAsync($"/api/things/{thing}/latest", answer => answer["values"]![property] is not null))["values"]![property]!["value"];

    private async Task CommandAsync(string thing, object command) =>
        Assert.Equal(HttpStatusCode.Accepted, (await server.Admin.PostAsJsonAsync($"/api/things/{thing}/commands", command)).StatusCode);

    private Task<HttpResponseMessage> GiveAsync(string thing, string secret) =>
        server.Admin.PostAsJsonAsync($"/api/things/{thing}/credentials", new { secret });

    private Task<MqttClient> ConnectAsync(string token, uint expiry = 0) => MqttClient.ConnectAsync(new()
    {
        Host = server.MqttHost,
        Port = server.MqttPort,
        ClientId = "device",
        UserName = token,
        CleanStart = expiry == 0,
        SessionExpirySeconds = expiry,
    });

    private async Task PublishAsync(string token, string topic, string payload)
    {
        var (exitCode, output) = await ExternalProgram.RunAsync(
            External.Program("mosquitto_pub", "apt-get install mosquitto-clients"),
            "-h", server.MqttHost, "-p", server.MqttPort.ToString(CultureInfo.InvariantCulture), "-u", token, "-q", "1", "-t", topic, "-m", payload);
        Assert.True(exitCode == 0, output);
    }
}
