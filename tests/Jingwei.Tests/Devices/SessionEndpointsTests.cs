using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Server.Devices;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Devices;

/// <summary>The list of MQTT sessions, and who sees what of it.</summary>
public sealed class SessionEndpointsTests : IAsyncLifetime
{
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await AccessWorld.StartAsync();
        await world.AddThingAsync("m-1");
        await world.AddThingAsync("m-2", party: "plan");
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_session_tells_who_it_is_and_what_waits_in_it()
    {
        await using var machine = await ConnectAsync("m-1");
        await machine.SubscribeAsync("jw/m-1/commands/+", MqttQoS.AtLeastOnce, AccessWorld.Cancellation);

        var session = Assert.Single((await world.GetAsync(world.Session("engineer"), "/api/devices/sessions")).Json["items"]!.AsArray())!;

        Assert.Equal(("client-m-1", "m-1", "thing", true), ((string)session["id"]!, (string)session["user"]!, (string)session["kind"]!, (bool)session["connected"]!));
        Assert.Equal((600, 1, 0, 0, 0), ((int)session["expiry"]!, (int)session["subscriptions"]!, (int)session["queued"]!, (int)session["queuedBytes"]!, (int)session["dropped"]!));
    }

    [Fact]
    public async Task Only_sessions_of_things_that_one_operates_are_there()
    {
        await using var one = await ConnectAsync("m-1");
        await using var two = await ConnectAsync("m-2");

        Assert.Equal(["client-m-1"], (await world.GetAsync(world.Session("engineer"), "/api/devices/sessions")).Ids);
        Assert.Equal(["client-m-2"], (await world.GetAsync(world.Session("outsider"), "/api/devices/sessions")).Ids);
        Assert.Equal(["client-m-1", "client-m-2"], (await world.GetAsync(world.Session("admin"), "/api/devices/sessions")).Ids);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await world.GetAsync(world.Session("viewer"), "/api/devices/sessions")).Status);
    }

    [Fact]
    public async Task The_list_comes_in_pages()
    {
        await using var one = await ConnectAsync("m-1");
        await using var two = await ConnectAsync("m-2");
        var admin = world.Session("admin");

        var first = await world.GetAsync(admin, "/api/devices/sessions?limit=1");
        var second = await world.GetAsync(admin, $"/api/devices/sessions?limit=1&cursor={(string)first.Json["next"]!}");

        Assert.Equal(["client-m-1"], first.Ids);
        Assert.Equal(["client-m-2"], second.Ids);
        Assert.Null(second.Json["next"]);
    }

    private Task<MqttClient> ConnectAsync(string thing) => MqttClient.ConnectAsync(
        new()
        {
            Host = "127.0.0.1",
            Port = world.MqttPort,
            ClientId = $"client-{thing}",
            UserName = thing,
            Password = world.Get<Credentials>().Renew(thing),
            CleanStart = false,
            SessionExpirySeconds = 600,
        },
        AccessWorld.Cancellation);
}
