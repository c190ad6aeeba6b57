using System.Net;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Packs;

public sealed class PackPartiesTests : IAsyncLifetime
{
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AccessWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Where_a_pack_is_not_enabled_no_things_of_it_are_made_and_what_is_there_stays()
    {
        await world.AddThingAsync("m-1");
        Assert.Equal(HttpStatusCode.OK, (await EnableAsync("""["plan"]""")).Status);
        var engineer = world.Session("engineer");
        Assert.Equal("pack-disabled", (await MakeAsync(engineer, "m-2", "plant")).Code);
        Assert.Equal("pack-disabled", (await MakeAsync(engineer, "m-2", "plant-hall")).Code);
        Assert.Equal(HttpStatusCode.Created, (await MakeAsync(world.Session("outsider"), "m-3", "plan")).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync(engineer, HttpMethod.Patch, "/api/things/m-1", """{"name":"x"}""")).Status);
        Assert.Equal("pack-disabled", (await world.SendAsync(world.Session("admin"), HttpMethod.Patch, "/api/things/m-3", """{"party":"plant"}""")).Code);
        var import = (await world.PostAsync(engineer, "/api/imports", "id,type,party\nm-4,machine,plant\n")).Json;
        Assert.Equal(1, (int)import["bad"]!);

        Assert.Equal(HttpStatusCode.OK, (await EnableAsync("""["root"]""")).Status);
        Assert.Equal(HttpStatusCode.Created, (await MakeAsync(engineer, "m-2", "plant")).Status);
    }

    [Theory]
    [InlineData("""[]""", "bad-parties")]
    [InlineData("""["plant-hall"]""", "bad-parties")]
    [InlineData("""["nowhere"]""", "bad-parties")]
    public async Task Packs_are_enabled_for_tenants(string parties, string code) => Assert.Equal(code, (await EnableAsync(parties)).Code);

    [Fact]
    public async Task Only_the_operator_of_the_platform_says_for_whom_a_pack_is()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await world.SendAsync(world.Session("outsider"), HttpMethod.Put, "/api/packs/works/parties", """{"parties":["plan"]}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.SendAsync(world.Session("admin"), HttpMethod.Put, "/api/packs/none/parties", """{"parties":["plan"]}""")).Status);
    }

    private Task<Answer> EnableAsync(string parties) => world.SendAsync(world.Session("admin"), HttpMethod.Put, "/api/packs/works/parties", $$"""{"parties":{{parties}}}""");

    private Task<Answer> MakeAsync(string session, string id, string party) => world.PostAsync(session, "/api/things", $$"""{"id":"{{id}}","type":"machine","party":"{{party}}"}""");
}
