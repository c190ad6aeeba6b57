using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Server.Access;

namespace Jingwei.Tests.Identifiers.Node;

public sealed class ResolutionTests : IAsyncLifetime
{
    private NodeWorld world = null!;

    public async ValueTask InitializeAsync() => world = await NodeWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_answer_has_the_form_of_the_proxy()
    {
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a","values":[{"index":3,"type":"URL","data":"https://例.cn/?a=1&b=2","ttl":60}]}""");
        var answer = await world.GetAsync(null, "/api/handles/88.118.1/a");
        Assert.Equal(
            """{"responseCode":1,"handle":"88.118.1/a","values":[{"index":3,"type":"URL","data":{"format":"string","value":"https://例.cn/?a=1&b=2"},"ttl":60,"timestamp":"2026-03-02T08:00:00Z"}]}""",
            answer.Text);
        Assert.Equal((HttpStatusCode.OK, "application/json; charset=UTF-8"), (answer.Status, answer.ContentType));
        Assert.Equal((HttpStatusCode.NotFound, """{"responseCode":100,"handle":"88.118.1/b"}"""), Of(await world.GetAsync(null, "/api/handles/88.118.1/b")));
        Assert.Equal((HttpStatusCode.NotFound, """{"responseCode":100,"handle":"99.9/b"}"""), Of(await world.GetAsync(null, "/api/handles/99.9/b")));
        Assert.Equal((HttpStatusCode.OK, """{"responseCode":200,"handle":"88.118.1/a"}"""), Of(await world.GetAsync(null, "/api/handles/88.118.1/a?type=EMAIL")));
        Assert.Equal(HttpStatusCode.BadRequest, (await world.GetAsync(null, "/api/handles/88.118.1/a?index=x")).Status);
    }

    [Fact]
    public async Task A_suffix_may_hold_anything_and_its_case_counts()
    {
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a/B c?%","values":[{"type":"URL","data":"u"}]}""");
        Assert.Equal("URL", await world.ResolveAsync(null, "88.118.1/a/B%20c%3F%25"));
        Assert.Equal("URL", await world.ResolveAsync(null, "88.118.1/a%2FB%20c%3f%25"));
        Assert.Equal("100", await world.ResolveAsync(null, "88.118.1/A/B%20c%3F%25"));

        await world.PostAsync("admin", "/api/prefixes", """{"prefix":"Q.x","party":"plant"}""");
        await world.RegisterAsync("engineer", "", """{"handle":"q.X/1","values":[{"type":"URL","data":"u"}]}""");
        Assert.Equal("URL", await world.ResolveAsync(null, "Q.x/1"));
    }

    [Fact]
    public async Task Values_are_chosen_by_type_and_index()
    {
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a","values":[{"type":"URL","data":"u"},{"type":"EMAIL","data":"e"},{"type":"X.1","data":"1"},{"type":"X.2","data":"2"}]}""");
        Assert.Equal("URL EMAIL X.1 X.2", await world.ResolveAsync(null, "88.118.1/a"));
        Assert.Equal("EMAIL", await world.ResolveAsync(null, "88.118.1/a", "?type=email"));
        Assert.Equal("URL X.1 X.2", await world.ResolveAsync(null, "88.118.1/a", "?type=X.&index=1"));
        Assert.Equal("200", await world.ResolveAsync(null, "88.118.1/a", "?index=9"));
    }

    [Fact]
    public async Task Each_asker_sees_what_he_may_and_nothing_tells_of_the_rest()
    {
        await world.RegisterAsync(
            "engineer", "",
            """{"handle":"88.118.1/a","values":[{"type":"ALL","data":"1"},{"type":"OWNER","data":"2","read":"owner"},{"type":"PLAN","data":"3","read":{"parties":["plan"]}},{"type":"VIEWERS","data":"4","read":{"roles":["viewer"]}},{"type":"QUALITY","data":"5","read":{"parties":["plan"],"purposes":["quality"]}}]}""",
            """{"handle":"88.118.1/hidden","values":[{"type":"OWNER","data":"2","read":"owner"}]}""");
        world.Access.AddUser("reader", Role.Viewer, "plan");
        Assert.Equal("ALL", await world.ResolveAsync(null, "88.118.1/a"));
        Assert.Equal("ALL OWNER PLAN VIEWERS QUALITY", await world.ResolveAsync("viewer", "88.118.1/a"));
        Assert.Equal("ALL PLAN", await world.ResolveAsync("outsider", "88.118.1/a"));
        Assert.Equal("ALL PLAN QUALITY", await world.ResolveAsync("outsider", "88.118.1/a", "?purpose=quality"));
        Assert.Equal("ALL PLAN VIEWERS", await world.ResolveAsync("reader", "88.118.1/a"));
        Assert.Equal("200", await world.ResolveAsync("outsider", "88.118.1/a", "?type=OWNER"));

        var hidden = await world.GetAsync("outsider", "/api/handles/88.118.1/hidden");
        var nothing = await world.GetAsync("outsider", "/api/handles/88.118.1/nowhere");
        Assert.Equal((HttpStatusCode.NotFound, nothing.Text.Replace("nowhere", "hidden", StringComparison.Ordinal)), Of(hidden));
        Assert.Equal("100", await world.ResolveAsync("outsider", "88.118.1/hidden", "?type=OWNER"));
    }

    [Fact]
    public async Task What_is_blocked_is_not_there_for_anybody_but_its_owner_until_it_is_again()
    {
        await world.RegisterAsync(
            "engineer", "",
            """{"handle":"88.118.1/a","values":[{"type":"URL","data":"u"}]}""", """{"handle":"88.118.1/b","values":[{"type":"URL","data":"u"}]}""");
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync("outsider", "/api/identifier-blocks", """{"kind":"identifier","target":"88.118.1/a","reason":"x"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.PostAsync("admin", "/api/identifier-blocks", """{"kind":"identifier","target":"88.118.1/a"}""")).Status);
        Assert.Equal(HttpStatusCode.Created, (await world.PostAsync("admin", "/api/identifier-blocks", """{"kind":"identifier","target":"88.118.1/a","reason":"counterfeit"}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await world.PostAsync("admin", "/api/identifier-blocks", """{"kind":"identifier","target":"88.118.1/a","reason":"again"}""")).Status);
        Assert.Equal(("100", "URL", "URL"), (await world.ResolveAsync(null, "88.118.1/a"), await world.ResolveAsync("viewer", "88.118.1/a"), await world.ResolveAsync(null, "88.118.1/b")));

        Assert.Equal(HttpStatusCode.Created, (await world.PostAsync("admin", "/api/identifier-blocks", """{"kind":"party","target":"plan","reason":"harvests"}""")).Status);
        Assert.Equal(("100", "URL"), (await world.ResolveAsync("outsider", "88.118.1/b"), await world.ResolveAsync(null, "88.118.1/b")));
        Assert.Equal(["88.118.1/a", "二厂"], (await world.GetAsync("admin", "/api/identifier-blocks")).Json["items"]!.AsArray().Select(item => (string)item!["targetName"]!));
        Assert.Equal(["二厂"], await BlockedAsync("kind=party"));
        Assert.Equal(["88.118.1/a"], await BlockedAsync("kind=identifier&target=88.118.1%2Fa"));
        Assert.Empty(await BlockedAsync("kind=identifier&target=88.118.1%2Fb"));
        Assert.Empty(await BlockedAsync("kind=party&target=88.118.1%2Fa"));
        Assert.Equal(HttpStatusCode.BadRequest, (await world.GetAsync("admin", "/api/identifier-blocks?target=plan")).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync("admin", HttpMethod.Delete, "/api/identifier-blocks/identifier/88.118.1/a")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync("admin", HttpMethod.Delete, "/api/identifier-blocks/party/plan")).Status);
        Assert.Equal(("URL", "URL"), (await world.ResolveAsync(null, "88.118.1/a"), await world.ResolveAsync("outsider", "88.118.1/b")));
    }

    private async Task<IEnumerable<string>> BlockedAsync(string query) =>
        (await world.GetAsync("admin", $"/api/identifier-blocks?{query}")).Json["items"]!.AsArray().Select(item => (string)item!["targetName"]!);

    [Fact]
    public async Task Nobody_reads_a_secret_key_but_who_may_write_it()
    {
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a","values":[{"type":"HS_SECKEY","data":"s","read":"owner"},{"type":"URL","data":"u"}]}""");
        Assert.Equal("URL", await world.ResolveAsync("engineer", "88.118.1/a"));
        Assert.DoesNotContain("HS_SECKEY", (await world.GetAsync("viewer", "/api/identifiers/88.118.1/a")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("HS_SECKEY", (await world.GetAsync("viewer", "/api/identifier-versions/88.118.1/a")).Text, StringComparison.Ordinal);
        Assert.Contains("HS_SECKEY", (await world.GetAsync("engineer", "/api/identifiers/88.118.1/a")).Text, StringComparison.Ordinal);
        Assert.Equal("bad-value", (string?)(await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/b","values":[{"type":"HS_SECKEY","data":"s"}]}"""))["rows"]![0]!["code"]);
    }

    [Fact]
    public async Task A_value_that_changed_is_told_at_once()
    {
        for (var number = 0; number < 200; number++)
        {
            await world.SendAsync("engineer", HttpMethod.Put, "/api/identifiers/88.118.1/a", $$"""{"values":[{"type":"N","data":"{{number}}"}]}""");
            var json = JsonNode.Parse((await world.GetAsync(null, "/api/handles/88.118.1/a")).Text)!;
            Assert.Equal($"{number}", (string?)json["values"]![0]!["data"]!["value"]);
        }
    }

    [Fact]
    public async Task Resolutions_are_counted_by_day_prefix_and_asker()
    {
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a","values":[{"type":"URL","data":"u"}]}""");
        await world.ResolveAsync(null, "88.118.1/a");
        await world.ResolveAsync(null, "88.118.1/none");
        await world.ResolveAsync("outsider", "88.118.1/a");
        await world.GetAsync("engineer", "/api/identifier-counts");
        world.Access.Time.Advance(TimeSpan.FromDays(1));
        await world.ResolveAsync(null, "88.118.1/a");
        var counts = JsonNode.Parse((await world.GetAsync("engineer", "/api/identifier-counts?prefix=88.118.1")).Text)!["items"]!.AsArray();
        Assert.Equal(
            [("2026-03-02", null, 1, 1, 1), ("2026-03-02", "plan", 1, 0, 0), ("2026-03-03", null, 1, 0, 0)],
            counts.Select(count => ((string?)count!["day"], (string?)count["party"], (int)count["found"]!, (int)count["missed"]!, (int)count["registered"]!)));
    }

    [Fact]
    public async Task What_is_read_of_a_value_can_be_written_back()
    {
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a","values":[{"type":"X","data":"1","read":{"parties":["plan"],"roles":["viewer"],"purposes":["quality"]}}]}""");
        var values = JsonNode.Parse((await world.GetAsync("engineer", "/api/identifiers/88.118.1/a")).Text)!["values"]!;
        var put = await world.SendAsync("engineer", HttpMethod.Put, "/api/identifiers/88.118.1/a", new JsonObject { ["values"] = values.DeepClone() }.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, put.Status);
        Assert.Equal(1, (int)JsonNode.Parse(put.Text)!["version"]!);
    }

    private static (HttpStatusCode Status, string Body) Of(Jingwei.Tests.Access.Answer answer) => (answer.Status, answer.Text);
}
