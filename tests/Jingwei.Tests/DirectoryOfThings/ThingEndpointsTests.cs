using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.DirectoryOfThings;

public sealed class ThingEndpointsTests : IAsyncLifetime
{
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AccessWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("GET", "/api/things/{id}", null)]
    [InlineData("PATCH", "/api/things/{id}", """{"name":"x"}""")]
    [InlineData("DELETE", "/api/things/{id}", null)]
    [InlineData("POST", "/api/things/{id}/credentials", null)]
    [InlineData("DELETE", "/api/things/{id}/credentials", null)]
    [InlineData("POST", "/api/things/{id}/commands", """{"command":"restart"}""")]
    [InlineData("GET", "/api/things/{id}/commands", null)]
    [InlineData("GET", "/api/things/{id}/latest", null)]
    [InlineData("GET", "/api/things/{id}/readings?property=x", null)]
    [InlineData("GET", "/api/things/{id}/states?property=x", null)]
    [InlineData("GET", "/api/indicators/oee/{id}", null)]
    [InlineData("GET", "/api/indicators/oee/{id}/history", null)]
    public async Task A_thing_out_of_sight_answers_as_one_that_is_not_there(string method, string path, string? body)
    {
        await world.AddThingAsync("m-1");
        var outsider = world.Session("outsider");
        var hidden = await AskAsync("m-1");
        var missing = await AskAsync("m-2");
        Assert.Equal((HttpStatusCode.NotFound, "not-found", missing.Text), (hidden.Status, hidden.Code, hidden.Text));

        Task<Answer> AskAsync(string id) => world.SendAsync(outsider, new(method), path.Replace("{id}", id, StringComparison.Ordinal), body);
    }

    [Fact]
    public async Task Alarms_and_cases_of_things_out_of_sight_are_not_there()
    {
        await world.AddThingAsync("m-1");
        var rule = new Rule("hot", "works", "machine", Band.Red, "true", null, default, default, null, null, Label.Of("hot"), Label.Of("cool"));
        var cause = new AlarmCause("true", [], world.Time.GetUtcNow());
        var alarm = Assert.Single(await world.Get<Alarms>().ApplyAsync(
            [new RuleEvent(rule, "m-1", RuleTransition.Raise, world.Time.GetUtcNow(), cause)], AccessWorld.Cancellation));
        var opened = await world.Get<CaseStore>().OpenAsync(
            Caller.System, new OpenCase("work-order", Label.Of("秘密"), Band.Red, "m-1", "plant", "east", new Dictionary<string, System.Text.Json.JsonElement>()), null, AccessWorld.Cancellation);
        var (outsider, viewer, id) = (world.Session("outsider"), world.Session("viewer"), opened.Row!.Id);

        Assert.Single((await world.GetAsync(viewer, "/api/alarms")).Ids);
        Assert.Single((await world.GetAsync(viewer, "/api/cases")).Ids);
        Assert.Equal(2, (await world.GetAsync(viewer, $"/api/search?q={Uri.EscapeDataString("秘密")}")).Ids.Count + (await world.GetAsync(viewer, "/api/search?q=m-1")).Ids.Count(each => each == "m-1"));
        foreach (var list in new[] { "/api/alarms", "/api/cases", "/api/things", "/api/latest", "/api/search?q=m-1", $"/api/search?q={Uri.EscapeDataString("秘密")}", "/api/rejects", "/api/indicators" })
        {
            Assert.Empty((await world.GetAsync(outsider, list)).Json["items"]!.AsArray());
            var csv = await world.GetAsync(outsider, list + (list.Contains('?', StringComparison.Ordinal) ? "&format=csv" : "?format=csv"));
            Assert.Equal("\ufeff\r\n", csv.Text);
        }

        await SameAsync(HttpMethod.Get, $"/api/alarms/{alarm.Id}", "/api/alarms/999", null);
        await SameAsync(HttpMethod.Post, $"/api/alarms/{alarm.Id}/acknowledge", "/api/alarms/999/acknowledge", "{}");
        await SameAsync(HttpMethod.Get, $"/api/cases/{id}", "/api/cases/2026-999999", null);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync(viewer, $"/api/alarms/{alarm.Id}/acknowledge")).Status);

        async Task SameAsync(HttpMethod method, string there, string nowhere, string? body)
        {
            var (hidden, missing) = (await world.SendAsync(outsider, method, there, body), await world.SendAsync(outsider, method, nowhere, body));
            Assert.Equal((HttpStatusCode.NotFound, missing.Text), (hidden.Status, hidden.Text));
        }
    }

    [Fact]
    public async Task A_conflict_shows_what_is_there_only_to_who_may_see_it()
    {
        await world.AddThingAsync("m-1");
        var mine = await world.PostAsync(world.Session("engineer"), "/api/things", """{"id":"m-1","type":"machine","party":"plant"}""");
        Assert.Equal((HttpStatusCode.Conflict, "m-1"), (mine.Status, (string)mine.Json["existing"]!["id"]!));
        var others = await world.PostAsync(world.Session("outsider"), "/api/things", """{"id":"m-1","type":"machine","party":"plan"}""");
        Assert.Equal((HttpStatusCode.Conflict, null), (others.Status, others.Json["existing"]));
    }

    [Fact]
    public async Task The_id_of_a_removed_thing_is_never_used_again()
    {
        var engineer = world.Session("engineer");
        const string thing = """{"id":"m-1","type":"machine","party":"plant"}""";
        Assert.Equal(HttpStatusCode.Created, (await world.PostAsync(engineer, "/api/things", thing)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync(engineer, HttpMethod.Delete, "/api/things/m-1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync(engineer, "/api/things/m-1")).Status);
        var again = await world.PostAsync(engineer, "/api/things", thing);
        Assert.Equal((HttpStatusCode.Conflict, null), (again.Status, again.Json["existing"]));
    }

    [Theory]
    [InlineData("""{"id":"token","type":"machine","party":"plant"}""", "bad-id")]
    [InlineData("""{"id":"a/b","type":"machine","party":"plant"}""", "bad-id")]
    [InlineData("""{"id":"m-1","type":"spaceship","party":"plant"}""", "bad-type")]
    [InlineData("""{"id":"m-1","type":"machine","party":"plant","parent":"hidden"}""", "unknown-parent")]
    [InlineData("""{"id":"m-1","type":"machine","party":"plant","parent":"nowhere"}""", "unknown-parent")]
    [InlineData("""{"id":"m-1","type":"machine","party":"plant","gateway":"hidden"}""", "unknown-gateway")]
    public async Task What_cannot_be_made_is_refused_by_name(string body, string code)
    {
        await world.AddThingAsync("hidden", "plan");
        var refused = await world.PostAsync(world.Session("engineer"), "/api/things", body);
        Assert.Equal((HttpStatusCode.BadRequest, code), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("plan", "east")]
    [InlineData("root", "east")]
    [InlineData("plant", "nowhere")]
    [InlineData("nowhere", "east")]
    public async Task Things_are_made_only_where_one_configures_both_party_and_region(string party, string region) =>
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await world.PostAsync(world.Session("engineer"), "/api/things", $$"""{"id":"m-1","type":"machine","party":"{{party}}","region":"{{region}}"}""")).Status);

    [Fact]
    public async Task A_thing_in_any_script_stands_in_its_path()
    {
        var engineer = world.Session("engineer");
        Assert.Equal(HttpStatusCode.Created, (await world.PostAsync(engineer, "/api/things", """{"id":"主轴:𠮷-1","type":"machine","party":"plant"}""")).Status);
        Assert.Equal("主轴:𠮷-1", (string)(await world.GetAsync(engineer, $"/api/things/{Uri.EscapeDataString("主轴:𠮷-1")}")).Json["id"]!);
    }

    [Fact]
    public async Task A_change_carries_the_version_that_it_was_made_to()
    {
        await world.AddThingAsync("m-1");
        var engineer = world.Session("engineer");
        Assert.Equal("\"1\"", (await world.GetAsync(engineer, "/api/things/m-1")).Tag);
        var first = await RenameAsync("first", "\"1\"");
        Assert.Equal((HttpStatusCode.OK, "\"2\"", "first"), (first.Status, first.Tag, (string)first.Json["name"]!));
        var second = await RenameAsync("second", "\"1\"");
        Assert.Equal((HttpStatusCode.PreconditionFailed, "stale-version"), (second.Status, second.Code));
        Assert.Equal("first", (string)(await world.GetAsync(engineer, "/api/things/m-1")).Json["name"]!);

        Task<Answer> RenameAsync(string name, string version) =>
            world.SendAsync(engineer, HttpMethod.Patch, "/api/things/m-1", $$"""{"name":"{{name}}"}""", ("If-Match", version));
    }

    [Fact]
    public async Task A_thing_cannot_stand_below_itself()
    {
        await world.AddThingAsync("a");
        await world.AddThingAsync("b", parent: "a");
        await world.AddThingAsync("c", parent: "b");
        foreach (var parent in new[] { "a", "b", "c" })
        {
            Assert.Equal("cycle", (await PatchAsync("a", parent)).Code);
        }

        Assert.Equal(HttpStatusCode.OK, (await PatchAsync("c", "a")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync("c", "")).Status);
        Assert.Null(world.Get<Things>().All.Single(thing => thing.Id == "c").Parent);
    }

    [Fact]
    public async Task Two_moves_at_once_make_no_circle()
    {
        for (var round = 0; round < 20; round++)
        {
            var (a, b) = ($"a-{round}", $"b-{round}");
            await world.AddThingAsync(a);
            await world.AddThingAsync(b);
            var answers = await Task.WhenAll(PatchAsync(a, b), PatchAsync(b, a));
            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_tree_of_things_ends_at_its_deepest_level()
    {
        await world.AddThingAsync("level-1");
        for (var level = 2; level <= Things.MaximumDepth; level++)
        {
            await world.AddThingAsync($"level-{level}", parent: $"level-{level - 1}");
        }

        Assert.Equal("too-deep", (await world.PostAsync(world.Session("engineer"), "/api/things", $$"""{"id":"x","type":"machine","party":"plant","parent":"level-{{Things.MaximumDepth}}"}""")).Code);
        await world.AddThingAsync("top");
        Assert.Equal("too-deep", (await PatchAsync("level-1", "top")).Code);
    }

    [Fact]
    public async Task A_thing_with_parts_stays_and_a_part_that_left_does_not_count()
    {
        await world.AddThingAsync("line");
        await world.AddThingAsync("m-1", parent: "line");
        var engineer = world.Session("engineer");
        Assert.Equal((HttpStatusCode.Conflict, "has-children"), (await world.SendAsync(engineer, HttpMethod.Delete, "/api/things/line") is var kept ? (kept.Status, kept.Code) : default));
        await PatchAsync("m-1", "");
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync(engineer, HttpMethod.Delete, "/api/things/line")).Status);
    }

    [Fact]
    public async Task Detail_tells_of_ancestors_and_parts_only_what_the_caller_may_see()
    {
        await world.AddThingAsync("top", "root");
        await world.AddThingAsync("line", parent: "top");
        await world.AddThingAsync("m-1", parent: "line");
        await world.AddThingAsync("m-2", "plan", parent: "line");
        var seen = (await world.GetAsync(world.Session("viewer"), "/api/things/line")).Json;
        Assert.Equal((0, 1), (seen["path"]!.AsArray().Count, (int)seen["children"]!));
        var all = (await world.GetAsync(world.Session("admin"), "/api/things/line")).Json;
        Assert.Equal((1, 2), (all["path"]!.AsArray().Count, (int)all["children"]!));
    }

    [Fact]
    public async Task Pages_hold_each_thing_once_while_others_are_made()
    {
        for (var number = 10; number < 20; number++)
        {
            await world.AddThingAsync($"m-{number}");
        }

        var (viewer, seen) = (world.Session("viewer"), new List<string>());
        for (string? cursor = null, more = ""; more is not null; cursor = more)
        {
            var page = await world.GetAsync(viewer, $"/api/things?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.Ids);
            more = (string?)page.Json["next"];
            await world.AddThingAsync($"a-{seen.Count}");
        }

        Assert.Equal(Enumerable.Range(10, 10).Select(number => $"m-{number}"), seen);
    }

    private Task<Answer> PatchAsync(string id, string parent) => world.SendAsync(
        world.Session("engineer"), HttpMethod.Patch, $"/api/things/{id}", new JsonObject { ["parent"] = parent }.ToJsonString());
}
