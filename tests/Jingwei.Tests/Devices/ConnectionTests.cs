using System.Net;
using System.Text;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Mqtt.Packets;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Devices.Commanding;
using Jingwei.Tests.Access;
using Jingwei.Tests.Mqtt;

namespace Jingwei.Tests.Devices;

/// <summary>Things and tokens over real MQTT.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await AccessWorld.StartAsync();
        await world.AddThingAsync("m-1");
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_command_reaches_its_thing_and_the_reply_its_asker()
    {
        await using var machine = await ConnectAsync("m-1", world.Get<Credentials>().Renew("m-1"));
        Assert.Equal(MqttReasonCode.GrantedQoS1, await machine.SubscribeAsync("jw/m-1/commands/+", MqttQoS.AtLeastOnce, AccessWorld.Cancellation));
        var sent = await world.PostAsync(world.Session("engineer"), "/api/things/m-1/commands", """{"command":"restart","parameters":{"after":5}}""");
        Assert.Equal(HttpStatusCode.Accepted, sent.Status);
        var id = (string)sent.Json["id"]!;
        var command = await machine.Messages.ReadAsync(AccessWorld.Cancellation);
        Assert.Equal($"jw/m-1/commands/{id}", command.Topic);
        Assert.Equal("""{"command":"restart","parameters":{"after":5}}""", Encoding.UTF8.GetString(command.Payload.Span));
        Assert.Equal(("sent", null), await CommandAsync());

        Assert.Equal(MqttReasonCode.PayloadFormatInvalid, await ReplyAsync("{\"half\":"));
        Assert.Equal(MqttReasonCode.Success, await ReplyAsync("{\"ok\":true}"));
        Assert.Equal(("answered", """{"ok":true}"""), await CommandAsync());
        Assert.Equal(MqttReasonCode.TopicNameInvalid, await ReplyAsync("{\"ok\":false}"));

        Task<MqttReasonCode> ReplyAsync(string json) => machine.PublishAsync(
            $"jw/m-1/replies/{id}", Encoding.UTF8.GetBytes(json), MqttQoS.AtLeastOnce, cancel: AccessWorld.Cancellation);
    }

    [Fact]
    public async Task A_command_without_an_answer_times_out()
    {
        await world.PostAsync(world.Session("engineer"), "/api/things/m-1/commands", """{"command":"restart"}""");
        world.Time.Advance(Commands.AnswerWithin);
        Assert.Equal("sent", (await CommandAsync()).Status);
        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("timeout", (await CommandAsync()).Status);
    }

    [Theory]
    [InlineData("""{"command":"explode"}""", "unknown-command")]
    [InlineData("""{}""", "unknown-command")]
    public async Task A_command_that_the_type_does_not_have_is_refused(string body, string code) =>
        Assert.Equal(code, (await world.PostAsync(world.Session("engineer"), "/api/things/m-1/commands", body)).Code);

    [Fact]
    public async Task A_viewer_sends_no_commands_and_makes_no_secrets()
    {
        var viewer = world.Session("viewer");
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync(viewer, "/api/things/m-1/commands", """{"command":"restart"}""")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync(viewer, "/api/things/m-1/credentials")).Status);
    }

    [Fact]
    public async Task A_new_secret_ends_the_connection_and_the_old_secret()
    {
        var old = world.Get<Credentials>().Renew("m-1");
        await using var machine = await ConnectAsync("m-1", old);
        var renewed = await world.PostAsync(world.Session("engineer"), "/api/things/m-1/credentials");
        await machine.Closed.WaitAsync(AccessWorld.Cancellation);
        await RefusedAsync("m-1", old);
        await using var again = await ConnectAsync("m-1", (string)renewed.Json["secret"]!);
    }

    [Fact]
    public async Task A_removed_thing_is_signed_out_and_stays_out()
    {
        var secret = world.Get<Credentials>().Renew("m-1");
        await using var machine = await ConnectAsync("m-1", secret);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync(world.Session("engineer"), HttpMethod.Delete, "/api/things/m-1")).Status);
        await machine.Closed.WaitAsync(AccessWorld.Cancellation);
        await RefusedAsync("m-1", secret);
    }

    [Fact]
    public async Task A_connection_ends_when_its_token_does_and_others_stay()
    {
        var grant = new Grant(0, Role.Viewer, "plant", "root");
        var (_, kept) = world.Get<Tokens>().Add("kept", "viewer", grant, null);
        var (ended, secret) = world.Get<Tokens>().Add("ended", "viewer", grant, null);
        await using var staying = await ConnectAsync(Authenticator.TokenUser, kept);
        await using var leaving = await ConnectAsync(Authenticator.TokenUser, secret);
        world.Get<Tokens>().Remove(token => token.Id == ended.Id);
        world.Get<DeviceServer>().SignOutChanged();
        await leaving.Closed.WaitAsync(AccessWorld.Cancellation);
        Assert.Equal(MqttReasonCode.Success, await staying.SubscribeAsync("jw/m-1/readings", MqttQoS.AtMostOnce, AccessWorld.Cancellation));
    }

    [Theory]
    [InlineData("m-1", "wrong")]
    [InlineData("m-2", "wrong")]
    [InlineData("admin", AccessWorld.Password)]
    [InlineData("token", AccessWorld.Password)]
    public Task Who_is_unknown_does_not_come_in(string user, string password) => RefusedAsync(user, password);

    [Fact]
    public async Task What_comes_together_goes_to_the_slice_of_each_topic_and_is_answered_in_order()
    {
        var secret = Encoding.UTF8.GetBytes(world.Get<Credentials>().Renew("m-1"));
        await using var machine = new PipeClient(world.Get<DeviceServer>().Mqtt);
        await machine.SendAsync(Bytes(new ConnectPacket { Version = MqttProtocolVersion.V5, ClientId = "m-1", CleanStart = true, UserName = "m-1", Password = secret }));
        Assert.StartsWith("20", await machine.ReadPacketAsync(), StringComparison.Ordinal);

        // Readings are not started in this world (0x83), and no command waits for a reply (0x90).
        string[] topics = ["jw/m-1/readings", "jw/m-1/replies/1", "jw/m-1/readings", "jw/m-1/replies/2"];
        await machine.SendAsync(topics.SelectMany((topic, index) => Bytes(new PublishPacket(
            new() { Topic = topic, QoS = MqttQoS.AtLeastOnce, Payload = Encoding.UTF8.GetBytes("""{"values":{"x":1}}""") }, (ushort)(index + 1)))).ToArray());
        foreach (var expected in (string[])["00 01 83", "00 02 90", "00 03 83", "00 04 90"])
        {
            Assert.Equal(expected, string.Join(' ', (await machine.ReadPacketAsync()).Split(' ')[2..5]));
        }

        static byte[] Bytes(MqttPacket packet) => PacketEncoder.Encode(new PacketWriter(), packet, MqttProtocolVersion.V5).ToArray();
    }

    private async Task RefusedAsync(string user, string password)
    {
        var refused = await Assert.ThrowsAsync<MqttClientException>(() => ConnectAsync(user, password));
        Assert.Equal(MqttReasonCode.BadUserNameOrPassword, refused.Reason);
    }

    private Task<MqttClient> ConnectAsync(string user, string password) => MqttClient.ConnectAsync(
        new MqttClientOptions { Host = "127.0.0.1", Port = world.MqttPort, UserName = user, Password = password }, AccessWorld.Cancellation);

    private async Task<(string Status, string? Reply)> CommandAsync()
    {
        var item = (await world.GetAsync(world.Session("viewer"), "/api/things/m-1/commands")).Json["items"]!.AsArray().Single()!;
        return ((string)item["status"]!, item["reply"]?.ToJsonString());
    }
}
