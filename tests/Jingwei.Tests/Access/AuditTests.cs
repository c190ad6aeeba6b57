using System.Net;
using Jingwei.Server.Access;

namespace Jingwei.Tests.Access;

public sealed class AuditTests : IAsyncLifetime
{
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AccessWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Changes_and_refusals_are_written_and_reads_are_not()
    {
        var (admin, engineer, viewer) = (world.Session("admin"), world.Session("engineer"), world.Session("viewer"));
        await world.GetAsync(engineer, "/api/things");
        await world.PostAsync(engineer, "/api/things", """{"id":"m-1","type":"machine","party":"plant"}""");
        await world.PostAsync(viewer, "/api/things", """{"id":"m-2","type":"machine","party":"plant"}""");
        await world.GetAsync(null, "/api/things");
        await world.LoginAsync("viewer", "guess");
        var items = (await world.GetAsync(admin, "/api/audit")).Json["items"]!.AsArray();
        Assert.Equal(
            [
                ("viewer", "POST /api/login", "/api/login", 401),
                ("-", "GET /api/things", "/api/things", 401),
                ("viewer", "POST /api/things", "/api/things", 403),
                ("engineer", "POST /api/things", "/api/things", 201),
            ],
            items.Select(item => ((string)item!["actor"]!, (string)item["action"]!, (string)item["target"]!, (int)item["outcome"]!)));
    }

    [Fact]
    public async Task No_password_and_no_secret_is_ever_written()
    {
        var admin = world.Session("admin");
        await world.AddThingAsync("m-1");
        await world.LoginAsync("viewer", "a wrong password");
        await world.PostAsync(admin, "/api/users", """{"id":"new","password":"first password","party":"plant"}""");
        await world.PostAsync(admin, "/api/users/new/password", """{"password":"second password"}""");
        var token = (string)(await world.PostAsync(admin, "/api/tokens", """{"name":"t","role":"viewer"}""")).Json["token"]!;
        var secret = (string)(await world.PostAsync(admin, "/api/things/m-1/credentials")).Json["secret"]!;
        await world.PostAsync(null, $"/write?db=none&u=token&p=wrong-{token}");
        var written = (await world.GetAsync(admin, "/api/audit")).Text;
        Assert.Contains("/api/things/m-1/credentials", written, StringComparison.Ordinal);
        Assert.Contains("\"action\":\"POST /write\"", written, StringComparison.Ordinal);
        Assert.All(
            ["a wrong password", "first password", "second password", token, secret, admin],
            word => Assert.DoesNotContain(word, written, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_thing_is_not_taken_for_a_user_of_the_same_id()
    {
        await world.AddThingAsync("admin");
        var secret = (string)(await world.PostAsync(world.Session("engineer"), "/api/things/admin/credentials")).Json["secret"]!;
        Assert.Equal(HttpStatusCode.Forbidden, (await world.GetAsync($"admin:{secret}", "/api/users")).Status);
        var newest = (await world.GetAsync(world.Session("admin"), "/api/audit?limit=1")).Json["items"]![0]!;
        Assert.Equal(("thing/admin", 403), ((string)newest["actor"]!, (int)newest["outcome"]!));
    }

    [Fact]
    public async Task It_is_open_to_administrators_of_the_whole_platform_alone()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await world.GetAsync(world.Session("outsider"), "/api/audit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.GetAsync(world.Session("engineer"), "/api/audit")).Status);
    }

    [Fact]
    public async Task It_pages_from_the_newest_and_narrows_by_user_action_and_time()
    {
        var (audit, admin, start) = (world.Get<Audit>(), world.Session("admin"), world.Time.GetUtcNow());
        for (var number = 0; number < 5; number++)
        {
            audit.Record(number % 2 == 0 ? "even" : "odd", "POST /api/x", $"/{number}", 200);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var (seen, path) = (new List<string>(), "/api/audit?limit=2");
        for (string? next = ""; next is not null;)
        {
            var page = (await world.GetAsync(admin, next.Length == 0 ? path : $"{path}&cursor={next}")).Json;
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["target"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(["/4", "/3", "/2", "/1", "/0"], seen);
        var narrowed = $"/api/audit?user=even&action=api/x&from={start.AddMinutes(1):yyyy-MM-ddTHH:mm:ssZ}&to={start.AddMinutes(4):yyyy-MM-ddTHH:mm:ssZ}";
        Assert.Equal(["/2"], (await world.GetAsync(admin, narrowed)).Json["items"]!.AsArray().Select(item => (string)item!["target"]!));
        Assert.Empty((await world.GetAsync(admin, "/api/audit?action=%25")).Ids);
    }

    [Fact]
    public async Task It_narrows_by_what_it_happened_to_and_what_came_of_it()
    {
        var (audit, admin) = (world.Get<Audit>(), world.Session("admin"));
        foreach (var outcome in (int[])[200, 204, 401, 403, 404, 409, 500])
        {
            audit.Record("li", "POST /api/x", $"/api/x/m-{outcome}", outcome);
        }

        Assert.Equal([204, 200], await OutcomesAsync("user=li&outcome=done"));
        Assert.Equal([403, 401], await OutcomesAsync("user=li&outcome=refused"));
        Assert.Equal([500, 409, 404], await OutcomesAsync("user=li&outcome=failed"));
        Assert.Equal([404], await OutcomesAsync("target=m-404"));
        Assert.Equal(HttpStatusCode.BadRequest, (await world.GetAsync(admin, "/api/audit?outcome=2")).Status);

        async Task<IEnumerable<int>> OutcomesAsync(string query) =>
            (await world.GetAsync(admin, $"/api/audit?{query}")).Json["items"]!.AsArray().Select(item => (int)item!["outcome"]!);
    }
}
