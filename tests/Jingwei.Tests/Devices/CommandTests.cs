using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Server.Devices;
using Jingwei.Server.Devices.Commanding;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Devices;

/// <summary>Commands over real MQTT by a clock that stands: confirmed, tried again, given up, taken back, in batches.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await AccessWorld.StartAsync();
        await world.AddThingAsync("m-1");
        await world.AddThingAsync("m-2");
        await world.AddThingAsync("m-3");
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("""{"after":5}""", null)]
    [InlineData("""{"after":null}""", null)]
    [InlineData("""{"after":61}""", "after: from 0 to 60 s.")]
    [InlineData("""{"after":"soon"}""", "after: a number.")]
    [InlineData("""{"mode":"warm"}""", null)]
    [InlineData("""{"mode":"tepid","after":-1}""", "mode: one of warm, cold. after: from 0 to 60 s.")]
    [InlineData("""{"speed":1}""", "speed: unknown.")]
    [InlineData("[1]", "parameters: an object by parameter.")]
    public async Task Parameters_are_checked_against_what_the_type_declares(string parameters, string? detail)
    {
        var answer = await world.PostAsync(world.Session("engineer"), "/api/things/m-1/commands", $$"""{"command":"restart","parameters":{{parameters}}}""");
        Assert.Equal(detail is null ? HttpStatusCode.Accepted : HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(detail, detail is null ? null : (string)answer.Json["detail"]!);
    }

    [Fact]
    public async Task A_dangerous_command_leaves_only_when_it_is_confirmed()
    {
        await using var machine = await ListenAsync("m-1");
        var asked = await SendAsync("m-1", "stop");
        Assert.Equal("unconfirmed", (string)asked["status"]!);
        Assert.Equal("unconfirmed", await StatusAsync("m-1"));
        Assert.False(machine.Messages.TryRead(out _));
        Assert.Equal(HttpStatusCode.OK, (await world.PostAsync(world.Session("engineer"), $"/api/things/m-1/commands/{asked["id"]}/confirm")).Status);
        Assert.Equal($"jw/m-1/commands/{asked["id"]}", (await machine.Messages.ReadAsync(AccessWorld.Cancellation)).Topic);
        Assert.Equal("not-waiting", (await world.PostAsync(world.Session("engineer"), $"/api/things/m-1/commands/{asked["id"]}/confirm")).Code);
    }

    [Fact]
    public async Task What_somebody_else_has_to_confirm_its_sender_cannot()
    {
        var asked = await SendAsync("m-1", "blow");
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync(world.Session("engineer"), $"/api/things/m-1/commands/{asked["id"]}/confirm")).Status);
        var confirmed = await world.PostAsync(world.Session("admin"), $"/api/things/m-1/commands/{asked["id"]}/confirm");
        Assert.Equal(("sent", "admin"), ((string)confirmed.Json["status"]!, (string)confirmed.Json["confirmedBy"]!));
    }

    [Fact]
    public async Task A_command_may_need_a_higher_right()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync(world.Session("engineer"), "/api/things/m-1/commands", """{"command":"wipe"}""")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await world.PostAsync(world.Session("admin"), "/api/things/m-1/commands", """{"command":"wipe"}""")).Status);
    }

    [Fact]
    public async Task What_nobody_confirms_in_ten_minutes_is_taken_back()
    {
        await SendAsync("m-1", "stop");
        await AdvanceAsync(CommandLimits.ConfirmWithin);
        Assert.Equal("canceled", await StatusAsync("m-1"));
    }

    [Fact]
    public async Task What_waits_to_be_confirmed_can_be_taken_back_and_what_was_sent_cannot()
    {
        var waiting = await SendAsync("m-1", "stop");
        Assert.Equal("canceled", (string)(await world.PostAsync(world.Session("engineer"), $"/api/things/m-1/commands/{waiting["id"]}/cancel")).Json["status"]!);
        var sent = await SendAsync("m-2", "restart");
        Assert.Equal("not-waiting", (await world.PostAsync(world.Session("engineer"), $"/api/things/m-2/commands/{sent["id"]}/cancel")).Code);
    }

    [Fact]
    public async Task Without_an_answer_it_is_sent_again_under_the_same_id_and_then_its_outcome_is_unknown()
    {
        await using var machine = await ListenAsync("m-1");
        var topic = $"jw/m-1/commands/{(await SendAsync("m-1", "again"))["id"]}";
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(topic, (await machine.Messages.ReadAsync(AccessWorld.Cancellation)).Topic);
            Assert.Equal(("sent", (long)attempt), ((string)(await NewestAsync("m-1"))["status"]!, (long)(await NewestAsync("m-1"))["attempts"]!));
            await AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        Assert.Equal("timeout", await StatusAsync("m-1"));
        Assert.Equal(MqttReasonCode.Success, await machine.PublishAsync(topic.Replace("commands", "replies", StringComparison.Ordinal), "true"u8.ToArray(), MqttQoS.AtLeastOnce, cancel: AccessWorld.Cancellation));
        Assert.Equal("answered", await StatusAsync("m-1"));
    }

    [Fact]
    public async Task A_batch_goes_to_each_thing_and_says_how_far_it_is()
    {
        await using var machine = await ListenAsync("m-2");
        var made = await world.PostAsync(world.Session("engineer"), "/api/command-batches", """{"command":"restart","parameters":{"after":1},"things":["m-1","m-2","m-3","m-2"]}""");
        Assert.Equal((HttpStatusCode.Accepted, 3), (made.Status, (int)made.Json["total"]!));
        await AdvanceAsync(TimeSpan.Zero);
        var command = await machine.Messages.ReadAsync(AccessWorld.Cancellation);
        await machine.PublishAsync(command.Topic.Replace("commands", "replies", StringComparison.Ordinal), "{}"u8.ToArray(), MqttQoS.AtLeastOnce, cancel: AccessWorld.Cancellation);
        var path = $"/api/command-batches/{made.Json["id"]}";
        var batch = (await world.GetAsync(world.Session("engineer"), path)).Json;
        Assert.Equal((3L, 2L, 1L), ((long)batch["total"]!, (long)batch["sent"]!, (long)batch["answered"]!));
        Assert.Equal(3, (await world.GetAsync(world.Session("engineer"), $"{path}/commands")).Json["items"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.GetAsync(world.Session("viewer"), path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync(world.Session("outsider"), path)).Status);
    }

    [Fact]
    public async Task Of_a_batch_what_was_not_sent_can_be_taken_back()
    {
        var made = await world.PostAsync(world.Session("engineer"), "/api/command-batches", """{"command":"stop","things":["m-1","m-2"]}""");
        var canceled = await world.PostAsync(world.Session("engineer"), $"/api/command-batches/{made.Json["id"]}/cancel");
        Assert.Equal((2L, 0L), ((long)canceled.Json["canceled"]!, (long)canceled.Json["unconfirmed"]!));
    }

    [Fact]
    public async Task A_batch_with_one_thing_that_cannot_is_not_sent_at_all()
    {
        var refused = await world.PostAsync(world.Session("engineer"), "/api/command-batches", """{"command":"restart","things":["m-1","nowhere"]}""");
        Assert.Equal("bad-things", refused.Code);
        Assert.Empty((await world.GetAsync(world.Session("engineer"), "/api/things/m-1/commands")).Json["items"]!.AsArray());
    }

    private async Task<MqttClient> ListenAsync(string thing)
    {
        var machine = await ConnectAsync(thing, world.Get<Credentials>().Renew(thing));
        Assert.Equal(MqttReasonCode.GrantedQoS1, await machine.SubscribeAsync($"jw/{thing}/commands/+", MqttQoS.AtLeastOnce, AccessWorld.Cancellation));
        return machine;
    }

    private async Task<JsonNode> SendAsync(string thing, string command)
    {
        var answer = await world.PostAsync(world.Session("engineer"), $"/api/things/{thing}/commands", $$"""{"command":"{{command}}"}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        return answer.Json;
    }

    private async Task<string> StatusAsync(string thing) => (string)(await NewestAsync(thing))["status"]!;

    private async Task<JsonNode> NewestAsync(string thing) => (await world.GetAsync(world.Session("engineer"), $"/api/things/{thing}/commands")).Json["items"]![0]!;

    /// <summary>Lets the clock go on, and what is due then be done.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        world.Time.Advance(by);
        while (await world.Get<Commands>().AdvanceAsync(AccessWorld.Cancellation) > 0)
        {
            // Turn by turn.
        }
    }

    private Task<MqttClient> ConnectAsync(string user, string password) => MqttClient.ConnectAsync(
        new MqttClientOptions { Host = "127.0.0.1", Port = world.MqttPort, UserName = user, Password = password }, AccessWorld.Cancellation);
}
