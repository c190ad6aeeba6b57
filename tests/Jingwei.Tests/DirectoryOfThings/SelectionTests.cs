using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Server.Directory;
using Jingwei.Server.Directory.Edits;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.DirectoryOfThings;

public sealed class SelectionTests : IAsyncLifetime
{
    private AccessWorld world = null!;
    private string engineer = null!;

    public async ValueTask InitializeAsync()
    {
        world = await AccessWorld.StartAsync();
        engineer = world.Session("engineer");
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Each_selected_thing_is_judged_by_itself_and_the_whole_undone_at_once()
    {
        await world.AddThingAsync("m-1");
        await world.AddThingAsync("m-2");
        await world.AddThingAsync("line");
        await world.AddThingAsync("theirs", "plan");
        const string request = """{"things":["m-2","m-1","theirs","line"],"set":{"party":"plant-hall","parent":"line","name":"冲床 {n:2}"}}""";
        var preview = await world.PostAsync(engineer, "/api/things/edit?preview=true", request);
        Assert.Null(preview.Json["edit"]);
        Assert.Equal("m-1", Name("m-1"));

        var answer = await world.PostAsync(engineer, "/api/things/edit", request);
        Assert.Equal(
            [("m-2", "change", null), ("m-1", "change", null), ("theirs", "refused", "not-found"), ("line", "refused", "cycle")],
            answer.Json["items"]!.AsArray().Select(item => ((string)item!["thing"]!, (string)item["outcome"]!, (string?)item["code"])));
        Assert.Equal(("冲床 02", "冲床 01", "line"), (Name("m-1"), Name("m-2"), Name("line")));

        var undone = await world.PostAsync(engineer, $"/api/edits/{answer.Json["edit"]!["id"]}/undo");
        Assert.Equal((HttpStatusCode.OK, 2), (undone.Status, (int)undone.Json["takesBack"]!));
        Assert.True(world.Get<Things>().TryGet("m-1", out var thing));
        Assert.Equal(("m-1", "plant", null), (thing.Name, thing.Party, thing.Parent));
        Assert.Equal("not-undoable", (await world.PostAsync(engineer, $"/api/edits/{answer.Json["edit"]!["id"]}/undo")).Code);
    }

    [Theory]
    [InlineData("""{"things":[],"set":{"party":"plant"}}""", "bad-things")]
    [InlineData("""{"things":["m-1"],"set":{}}""", "bad-set")]
    [InlineData("""{"things":["m-1"],"set":{"name":"{m}"}}""", "bad-name")]
    [InlineData("""{"things":["m-1"],"set":{"parent":"nowhere"}}""", "unknown-parent")]
    public async Task A_change_that_says_nothing_sensible_is_refused(string body, string code) =>
        Assert.Equal((HttpStatusCode.BadRequest, code), (await world.PostAsync(engineer, "/api/things/edit", body)) is var answer ? (answer.Status, answer.Code) : default);

    [Fact]
    public async Task An_edit_is_there_for_who_made_it_and_for_the_operator_of_the_platform()
    {
        await world.AddThingAsync("m-1");
        var edit = (string)(await world.PostAsync(engineer, "/api/things/edit", """{"things":["m-1"],"set":{"name":"x"}}""")).Json["edit"]!["id"]!;
        Assert.Equal(HttpStatusCode.OK, (await world.GetAsync(world.Session("admin"), $"/api/edits/{edit}")).Status);
        var outsider = world.Session("outsider");
        Assert.Empty((await world.GetAsync(outsider, "/api/edits")).Ids);
        Assert.Equal((await world.GetAsync(outsider, "/api/edits/none")).Text, (await world.GetAsync(outsider, $"/api/edits/{edit}")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await world.PostAsync(outsider, $"/api/edits/{edit}/undo")).Status);
    }

    [Theory]
    [InlineData("{name} ({id})", "Press (m-1)")]
    [InlineData("P{n}", "P7")]
    [InlineData("P{n:3}", "P007")]
    public void A_pattern_names_by_name_id_and_number(string pattern, string name) =>
        Assert.Equal(name, NamePattern.Of(pattern).For(new Thing("m-1", "machine", "Press", "root", "root", null, null, default, 1), 7));

    [Fact]
    public async Task The_history_says_who_changed_what_from_what_to_what()
    {
        await world.PostAsync(engineer, "/api/things", """{"id":"m-1","type":"machine","party":"plant","name":"一号","identifiers":{"serial":"A"}}""");
        await world.SendAsync(engineer, HttpMethod.Patch, "/api/things/m-1", """{"name":"二号","identifiers":{"serial":"","asset":"B"}}""");
        var entries = (await world.GetAsync(engineer, "/api/things/m-1/changes")).Json["items"]!.AsArray();
        Assert.Equal(2, entries.Count);
        Assert.Equal(("engineer", "changed", 2), ((string)entries[0]!["actor"]!, (string)entries[0]!["deed"]!, (int)entries[0]!["version"]!));
        Assert.Equal(
            [("name", "一号", "二号"), ("identifiers.serial", "A", null), ("identifiers.asset", null, "B")],
            entries[0]!["fields"]!.AsArray().Select(field => ((string)field!["field"]!, (string?)field["from"], (string?)field["to"])));
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync(world.Session("outsider"), "/api/things/m-1/changes")).Status);
    }

    [Fact]
    public async Task Relations_are_seen_from_both_ends_by_who_sees_both()
    {
        await world.AddThingAsync("feeder");
        await world.AddThingAsync("press");
        await world.AddThingAsync("theirs", "plan");
        const string path = "/api/things/feeder/relations/powers/press";
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync(engineer, HttpMethod.Put, path)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync(engineer, HttpMethod.Put, path)).Status);
        Assert.Equal(("powers", false, "press"), Relation(await world.GetAsync(engineer, "/api/things/feeder/relations")));
        Assert.Equal(("powers", true, "feeder"), Relation(await world.GetAsync(engineer, "/api/things/press/relations")));
        Assert.Equal("unknown-thing", (await world.SendAsync(engineer, HttpMethod.Put, "/api/things/feeder/relations/powers/theirs")).Code);
        Assert.Equal("bad-kind", (await world.SendAsync(engineer, HttpMethod.Put, "/api/things/feeder/relations/likes/press")).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.SendAsync(world.Session("viewer"), HttpMethod.Put, path)).Status);
        Assert.Equal("relation.powers", (string)(await world.GetAsync(engineer, "/api/things/feeder/changes")).Json["items"]![0]!["fields"]![0]!["field"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync(engineer, HttpMethod.Delete, path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.SendAsync(engineer, HttpMethod.Delete, path)).Status);
    }

    private string Name(string id) => world.Get<Things>().TryGet(id, out var thing) ? thing.Name : "";

    private static (string, bool, string) Relation(Answer answer) =>
        Assert.Single(answer.Json["items"]!.AsArray()) is JsonNode item ? ((string)item["kind"]!, (bool)item["back"]!, (string)item["other"]!) : default;
}
