using System.Net;
using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;

namespace Jingwei.Tests.Access;

public sealed class TokenTests : IAsyncLifetime
{
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AccessWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("""{"name":"t","role":"administrator","party":"plant","region":"root"}""")]
    [InlineData("""{"name":"t","role":"engineer","party":"root","region":"root"}""")]
    [InlineData("""{"name":"t","role":"engineer","party":"plan","region":"root"}""")]
    [InlineData("""{"name":"t","role":"engineer","party":"nowhere","region":"root"}""")]
    [InlineData("""{"name":"t","role":"engineer"}""")]
    public async Task A_token_never_does_more_than_its_maker(string body) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync(world.Session("engineer"), "/api/tokens", body)).Status);

    [Theory]
    [InlineData("""{"name":"","role":"viewer","party":"plant"}""")]
    [InlineData("""{"name":"t","role":7,"party":"plant"}""")]
    [InlineData("""{"name":"t","role":"viewer","party":"plant","expires":"2026-03-02T08:00:00Z"}""")]
    public async Task A_token_needs_a_name_a_role_and_an_end_in_the_future(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await world.PostAsync(world.Session("engineer"), "/api/tokens", body)).Status);

    [Fact]
    public async Task A_token_shrinks_with_its_maker_and_ends_with_him()
    {
        await world.AddThingAsync("m-1");
        var token = await MakeAsync("engineer", "engineer");
        Assert.Equal(HttpStatusCode.OK, (await world.GetAsync(token, "/api/things/m-1")).Status);

        var users = world.Get<Users>();
        users.RemoveGrant("engineer", users.Find("engineer")!.Grants.Single().Id);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.GetAsync(token, "/api/things/m-1")).Status);
        users.AddGrant("engineer", Role.Viewer, "plant", "root");
        Assert.Equal(HttpStatusCode.Forbidden, (await world.GetAsync(token, "/api/things/m-1")).Status);
        users.AddGrant("engineer", Role.Administrator, "root", "root");
        Assert.Equal(HttpStatusCode.OK, (await world.GetAsync(token, "/api/things/m-1")).Status);

        users.Update("engineer", null, null, disabled: true);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.GetAsync(token, "/api/things/m-1")).Status);
        users.Update("engineer", null, null, disabled: false);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync(world.Session("admin"), HttpMethod.Delete, "/api/users/engineer")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.GetAsync(token, "/api/things/m-1")).Status);
    }

    [Fact]
    public async Task A_token_ends_at_its_time_and_when_it_is_removed()
    {
        var timed = await MakeAsync("engineer", "viewer", """ ,"expires":"2026-03-02T09:00:00Z" """);
        var kept = await MakeAsync("engineer", "viewer");
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.GetAsync(timed, "/api/things")).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.GetAsync(kept, "/api/things")).Status);

        var id = world.Get<Tokens>().Find(kept)!.Id;
        Assert.Equal(HttpStatusCode.NotFound, (await world.SendAsync(world.Session("outsider"), HttpMethod.Delete, $"/api/tokens/{id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync(world.Session("engineer"), HttpMethod.Delete, $"/api/tokens/{id}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.GetAsync(kept, "/api/things")).Status);
    }

    [Fact]
    public async Task A_token_makes_no_tokens() =>
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await world.PostAsync(await MakeAsync("engineer", "engineer"), "/api/tokens", """{"name":"t","role":"viewer","party":"plant"}""")).Status);

    [Fact]
    public async Task Only_hashes_of_secrets_reach_the_disk()
    {
        await world.AddThingAsync("m-1");
        var secrets = new[]
        {
            await MakeAsync("engineer", "viewer"), world.Session("viewer"), world.Get<Credentials>().Renew("m-1"), AccessWorld.Password,
        };
        foreach (var file in System.IO.Directory.GetFiles(world.Folder, "jingwei.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var stored = await reader.ReadToEndAsync(AccessWorld.Cancellation);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, stored, StringComparison.Ordinal));
        }
    }

    private async Task<string> MakeAsync(string user, string role, string more = "")
    {
        var made = await world.PostAsync(world.Session(user), "/api/tokens", $$"""{"name":"t","role":"{{role}}","party":"plant","region":"root"{{more}}}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return (string)made.Json["token"]!;
    }
}
