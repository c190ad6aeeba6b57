using System.Net;
using System.Text.Json.Nodes;

namespace Jingwei.Tests.Identifiers.Node;

public sealed class RegistrationTests : IAsyncLifetime
{
    private NodeWorld world = null!;

    public async ValueTask InitializeAsync() => world = await NodeWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Rows_are_registered_in_their_order_and_each_has_its_outcome()
    {
        const string First = """{"handle":"88.118.1/a","values":[{"type":"URL","data":"1"}]}""";
        const string Second = """{"handle":"88.118.1/a","values":[{"type":"URL","data":"2"}]}""";
        var created = await world.RegisterAsync("engineer", "?report=all", First, "", Second);
        Assert.Equal(["created", "rejected"], created["rows"]!.AsArray().Select(row => (string?)row!["result"]));
        Assert.Equal("exists", (string?)created["rows"]![1]!["code"]);

        var put = await world.RegisterAsync("engineer", "?mode=put&report=all", Second, Second, First);
        Assert.Equal(["changed", "unchanged", "changed"], put["rows"]!.AsArray().Select(row => (string?)row!["result"]));
        Assert.Equal(["3", "2", "1"], Items(await world.GetAsync("engineer", "/api/identifier-versions/88.118.1/a")).Select(item => item!["version"]!.ToString()));
        Assert.Equal(
            ["1", "2", "1"],
            Items(await world.GetAsync("engineer", "/api/identifier-versions/88.118.1/a")).Select(item => (string?)item!["values"]![0]!["data"]!["value"]));
    }

    [Fact]
    public async Task A_file_of_columns_is_registered_as_lines_are()
    {
        var report = await world.RegisterFileAsync(
            "engineer", "?report=all", "text/csv", "handle,URL,5:NOTE,read\n88.118.1/a,https://a,\"a \"\"b\"\"\",\n88.118.1/b,https://b,,owner\n88.118.1/c,x,y,all\n");
        Assert.Equal(["created", "created", "rejected"], report["rows"]!.AsArray().Select(row => (string?)row!["result"]));
        var values = JsonNode.Parse((await world.GetAsync(null, "/api/handles/88.118.1/a")).Text)!["values"]!.AsArray();
        Assert.Equal([("1", "URL", "https://a"), ("5", "NOTE", "a \"b\"")], values.Select(value => (value!["index"]!.ToString(), (string?)value["type"], (string?)value["data"]!["value"])));
        Assert.Equal("100", await world.ResolveAsync(null, "88.118.1/b"));

        var broken = await world.Access.SendContentAsync(
            world.Access.Session("engineer"), HttpMethod.Post, "/api/identifiers/batch", new StringContent("name,URL\n1,2\n", System.Text.Encoding.UTF8, "text/csv"));
        Assert.Equal(HttpStatusCode.BadRequest, broken.Status);
        Assert.Contains("handle", broken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_has_the_time_of_its_own_last_change()
    {
        await world.SendAsync("engineer", HttpMethod.Put, "/api/identifiers/88.118.1/a", """{"values":[{"type":"URL","data":"u"},{"type":"NOTE","data":"1"}]}""");
        world.Access.Time.Advance(TimeSpan.FromMinutes(1));
        await world.SendAsync("engineer", HttpMethod.Put, "/api/identifiers/88.118.1/a", """{"values":[{"type":"URL","data":"u"},{"type":"NOTE","data":"2"}]}""");
        var values = JsonNode.Parse((await world.GetAsync(null, "/api/handles/88.118.1/a")).Text)!["values"]!.AsArray();
        Assert.Equal(["2026-03-02T08:00:00Z", "2026-03-02T08:01:00Z"], values.Select(value => (string?)value!["timestamp"]));
    }

    [Fact]
    public async Task What_was_deleted_is_gone_and_goes_on_where_it_was()
    {
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a","values":[{"type":"URL","data":"u"}]}""");
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync("engineer", HttpMethod.Delete, "/api/identifiers/88.118.1/a")).Status);
        Assert.Equal("100", await world.ResolveAsync("engineer", "88.118.1/a"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("engineer", "/api/identifiers/88.118.1/a")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.SendAsync("engineer", HttpMethod.Delete, "/api/identifiers/88.118.1/a")).Status);
        Assert.Empty(Items(await world.GetAsync("engineer", "/api/identifiers?prefix=88.118.1")));

        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a","values":[{"type":"URL","data":"v"}]}""");
        Assert.Equal(3, (int)JsonNode.Parse((await world.GetAsync("engineer", "/api/identifiers/88.118.1/a")).Text)!["version"]!);
        Assert.Equal([false, true, false], Items(await world.GetAsync("engineer", "/api/identifier-versions/88.118.1/a")).Select(item => (bool)item!["deleted"]!));
    }

    [Fact]
    public async Task Only_who_saw_the_newest_version_changes_it()
    {
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a"}""");
        Assert.Equal("\"1\"", (await world.GetAsync("engineer", "/api/identifiers/88.118.1/a")).Tag);
        const string Next = """{"values":[{"type":"URL","data":"u"}]}""";
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync("engineer", HttpMethod.Put, "/api/identifiers/88.118.1/a", Next, ("If-Match", "\"1\""))).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.SendAsync("engineer", HttpMethod.Put, "/api/identifiers/88.118.1/a", "{}", ("If-Match", "\"1\""))).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.SendAsync("engineer", HttpMethod.Delete, "/api/identifiers/88.118.1/a", null, ("If-Match", "\"1\""))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.SendAsync("viewer", HttpMethod.Put, "/api/identifiers/88.118.1/a", Next)).Status);
    }

    [Fact]
    public async Task A_template_says_what_must_be_there()
    {
        const string Template =
            """{"party":"plant","name":{"zh":"板","en":"Board"},"fields":[{"type":"LOT","name":{"zh":"批","en":"Lot"},"format":"text","required":true,"pattern":"[A-Z]\\d+"},{"type":"MADE","name":{"zh":"日","en":"Made"},"format":"date","required":false}]}""";
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync("engineer", HttpMethod.Put, "/api/identifier-templates/board", Template)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", "/api/identifier-templates/board")).Status);
        var report = await world.RegisterAsync(
            "engineer", "?report=all",
            """{"handle":"88.118.1/1","template":"board","values":[{"type":"LOT","data":"L7"},{"type":"MADE","data":"2026-11-29"}]}""",
            """{"handle":"88.118.1/2","template":"board","values":[{"type":"MADE","data":"2026-11-29"}]}""",
            """{"handle":"88.118.1/3","template":"board","values":[{"type":"LOT","data":"7"}]}""",
            """{"handle":"88.118.1/4","template":"board","values":[{"type":"LOT","data":"L7"},{"type":"MADE","data":"29.11.2026"}]}""");
        Assert.Equal([null, "against-template", "against-template", "against-template"], report["rows"]!.AsArray().Select(row => (string?)row!["code"]));
        Assert.Equal("board", (string?)JsonNode.Parse((await world.GetAsync("engineer", "/api/identifiers/88.118.1/1")).Text)!["template"]);
    }

    [Fact]
    public async Task A_list_goes_on_where_the_page_before_ended()
    {
        await world.RegisterAsync("engineer", "", [.. Enumerable.Range(0, 25).Select(number => $$"""{"handle":"88.118.1/{{number:d2}}"}""")]);
        var seen = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = JsonNode.Parse((await world.GetAsync("viewer", $"/api/identifiers?prefix=88.118.1&limit=10&cursor={next}")).Text)!;
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["handle"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(number => $"88.118.1/{number:d2}"), seen);
        Assert.Equal(["88.118.1/20"], Items(await world.GetAsync("viewer", "/api/identifiers?prefix=88.118.1&from=20&limit=1")).Select(item => (string?)item!["handle"]));
    }

    private static JsonArray Items(Jingwei.Tests.Access.Answer answer) => JsonNode.Parse(answer.Text)!["items"]!.AsArray();
}
