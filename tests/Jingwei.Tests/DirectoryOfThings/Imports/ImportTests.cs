using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Server.Directory;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.DirectoryOfThings.Imports;

public sealed class ImportTests : IAsyncLifetime
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
    public async Task Nothing_is_written_before_somebody_says_so_and_then_all_of_it_is()
    {
        await world.AddThingAsync("old");
        await world.AddThingAsync("kept");
        var import = await SendAsync("id,type,name,party,region,parent\nm-1,machine,一号,plant,east,line\nline,machine,产线,plant,east,\nold,,新名,,,\nkept,machine,kept,plant,east,\n");
        Assert.Equal((2, 1, 1, 0), Counts(import));
        Assert.Equal(2, world.Get<Things>().All.Count);

        var edit = await ApplyAsync(import);
        Assert.Equal((2, 1, "done"), ((int)edit["made"]!, (int)edit["changed"]!, (string)edit["state"]!));
        Assert.True(world.Get<Things>().TryGet("m-1", out var made));
        Assert.Equal(("一号", "line", "plant", "east"), (made.Name, made.Parent, made.Party, made.Region));
        Assert.Equal("新名", (string)(await world.GetAsync(engineer, "/api/things/old")).Json["name"]!);
        // Asked twice, written once.
        Assert.Equal(HttpStatusCode.NotFound, (await world.PostAsync(engineer, $"/api/imports/{import["id"]}/apply")).Status);
    }

    [Fact]
    public async Task Every_bad_row_says_what_was_expected_where()
    {
        await world.AddThingAsync("theirs", "plan");
        await world.AddThingAsync("mine");
        var import = await SendAsync(
            """
            编号,类型,名称,主体,区域,上级,经度,纬度
            a/b,machine,x,plant,east,,,
            m-1,spaceship,x,plant,east,,,
            m-2,machine,x,plan,east,,,
            m-3,machine,x,plant,nowhere,,,
            m-4,machine,x,plant,east,gone,,
            m-5,machine,x,plant,east,,200,1
            m-6,machine,x,plant,east,,,
            m-6,machine,x,plant,east,,,
            theirs,machine,x,plant,east,,,
            m-7,machine,x,plant,east,m-8,,
            m-8,machine,x,plant,east,m-7,,
            m-9,machine,x,plant,east,m-1,,
            mine,,x,plan,east,,,
            """);
        Assert.Equal((1, 0, 0, 12), Counts(import));
        var rows = (await world.GetAsync(engineer, $"/api/imports/{import["id"]}/rows?outcome=bad")).Json["items"]!.AsArray();
        var first = rows.ToDictionary(row => (int)row!["row"]!, row => row!["faults"]![0]!);
        Assert.Equal([2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14], first.Keys.Order());
        Assert.Equal(["编号", "类型", "主体", "区域", "上级", "经度", "编号", "编号", "上级", "上级", "上级", "主体"], first.OrderBy(pair => pair.Key).Select(pair => (string)pair.Value["column"]!));
        Assert.Equal("the id or name of a type that things can have", (string)first[3]["expected"]!);
        Assert.Equal("plan", (string)first[4]["value"]!);
        Assert.Equal("each id once; row 8 has it", (string)first[9]["expected"]!);
        Assert.Equal("an id that is free", (string)first[10]["expected"]!);
        Assert.Equal("a row without faults; row 3 has some", (string)first[13]["expected"]!);

        var refused = await world.PostAsync(engineer, $"/api/imports/{import["id"]}/apply");
        Assert.Equal((HttpStatusCode.Conflict, "bad-rows"), (refused.Status, refused.Code));
        Assert.Equal(1, (int)(await ApplyAsync(import, "?bad=leave"))["made"]!);
        Assert.Equal(["m-6", "mine", "theirs"], world.Get<Things>().All.Select(thing => thing.Id).Order());
    }

    [Fact]
    public async Task An_import_is_undone_where_nobody_changed_anything_since()
    {
        await world.AddThingAsync("old");
        var edit = await ApplyAsync(await SendAsync("id,type,name,party,region,serial\nm-1,machine,一号,plant,east,SN-1\nm-2,machine,二号,plant,east,\nold,,新名,,,SN-9\n"));
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync(engineer, HttpMethod.Patch, "/api/things/m-2", """{"name":"手改"}""")).Status);

        var blocked = await world.PostAsync(engineer, $"/api/edits/{edit["id"]}/undo");
        Assert.Equal((HttpStatusCode.Conflict, "in-the-way"), (blocked.Status, blocked.Code));
        var obstacle = Assert.Single(blocked.Json["existing"]!["obstacles"]!.AsArray())!;
        Assert.Equal(("m-2", "changed-since"), ((string)obstacle["thing"]!, (string)obstacle["code"]!));
        Assert.Equal(3, world.Get<Things>().All.Count);

        var undone = await world.PostAsync(engineer, $"/api/edits/{edit["id"]}/undo?partial=true");
        Assert.Equal((HttpStatusCode.OK, 1, 1), (undone.Status, (int)undone.Json["edit"]!["takenBack"]!, (int)undone.Json["edit"]!["changed"]!));
        Assert.Equal(["m-2", "old"], world.Get<Things>().All.Select(thing => thing.Id).Order());
        Assert.True(world.Get<Things>().TryGet("old", out var old));
        Assert.Equal(("old", 0), (old.Name, old.Identifiers.Count));
        Assert.Equal("undone", (string)(await world.GetAsync(engineer, $"/api/edits/{edit["id"]}")).Json["state"]!);
    }

    [Fact]
    public async Task The_id_of_a_thing_that_an_undo_took_back_is_free_for_its_party_alone()
    {
        const string file = "id,type,name,party,region\nm-1,machine,一号,plant,east\n";
        var edit = await ApplyAsync(await SendAsync(file));
        Assert.Equal(HttpStatusCode.OK, (await world.PostAsync(engineer, $"/api/edits/{edit["id"]}/undo")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await world.PostAsync(world.Session("outsider"), "/api/things", """{"id":"m-1","type":"machine","party":"plan"}""")).Status);
        Assert.Equal(1, (int)(await ApplyAsync(await SendAsync(file)))["made"]!);
        Assert.Equal(["made", "takenBack", "made"], (await world.GetAsync(engineer, "/api/things/m-1/changes")).Json["items"]!.AsArray().Select(entry => (string)entry!["deed"]!));
    }

    [Fact]
    public async Task Something_that_came_to_be_part_of_a_made_thing_stands_in_the_way()
    {
        var edit = await ApplyAsync(await SendAsync("id,type,party\nline,machine,plant\n"));
        await world.AddThingAsync("m-1", parent: "line");
        var preview = await world.PostAsync(engineer, $"/api/edits/{edit["id"]}/undo?preview=true");
        Assert.Equal("has-children", (string)Assert.Single(preview.Json["obstacles"]!.AsArray())!["code"]!);
    }

    [Fact]
    public async Task Columns_are_named_by_the_request_where_the_head_does_not()
    {
        var import = await SendAsync("工装号;说明\nm-1;一号\n", "?type=machine&party=plant&map=" + Uri.EscapeDataString("工装号=id") + "&map=" + Uri.EscapeDataString("说明=name"));
        Assert.Equal("semicolon", (string)import["separator"]!);
        Assert.Equal((1, 0, 0, 0), Counts(import));
        var unnamed = await world.PostAsync(engineer, "/api/imports", "工装号;说明\nm-1;一号\n");
        Assert.Equal((HttpStatusCode.BadRequest, "bad-file"), (unnamed.Status, unnamed.Code));
        Assert.Contains("工装号, 说明", (string)unnamed.Json["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_seen_by_who_sent_it_alone()
    {
        var import = await SendAsync("id,type,party\nm-1,machine,plant\n");
        var path = $"/api/imports/{import["id"]}";
        Assert.Equal(HttpStatusCode.OK, (await world.GetAsync(engineer, path)).Status);
        foreach (var answer in new[] { await world.GetAsync(world.Session("admin"), path), await world.GetAsync(world.Session("admin"), path + "/rows"), await world.PostAsync(world.Session("admin"), path + "/apply") })
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync(world.Session("viewer"), "/api/imports", "id\n")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync(engineer, HttpMethod.Delete, path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync(engineer, path)).Status);
    }

    [Fact]
    public async Task What_somebody_changed_since_the_preview_is_told_and_left()
    {
        await world.AddThingAsync("m-1");
        var import = await SendAsync("id,name\nm-1,neu\n");
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync(engineer, HttpMethod.Patch, "/api/things/m-1", """{"name":"手改"}""")).Status);
        var edit = await ApplyAsync(import);
        Assert.Equal(("m-1", "stale"), ((string)edit["failures"]![0]!["thing"]!, (string)edit["failures"]![0]!["code"]!));
        Assert.True(world.Get<Things>().TryGet("m-1", out var thing));
        Assert.Equal("手改", thing.Name);
    }

    [Fact]
    public async Task A_position_says_the_region_where_the_row_does_not()
    {
        // A square of one degree: 113.5, 23.5 lies in it, 115, 23.5 does not.
        Assert.Equal(HttpStatusCode.OK, (await world.PostAsync(world.Session("admin"), "/api/regions/import",
            """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"east","name":"东","level":"province"},"geometry":{"type":"Polygon","coordinates":[[[113,23],[114,23],[114,24],[113,24],[113,23]]]}}]}""")).Status);
        await ApplyAsync(await SendAsync("id,type,party,lon,lat\nin,machine,plant,113.5,23.5\nout,machine,plant,115,23.5\n"));
        Assert.Equal(["east", "root"], world.Get<Things>().All.OrderBy(thing => thing.Id).Select(thing => thing.Region));
        Assert.Equal(113.5, (double)(await world.GetAsync(engineer, "/api/things/in")).Json["position"]!["lon"]!);
    }

    private async Task<JsonNode> SendAsync(string file, string query = "")
    {
        var answer = await world.PostAsync(engineer, "/api/imports" + query, file);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json;
    }

    private async Task<JsonNode> ApplyAsync(JsonNode import, string query = "")
    {
        var answer = await world.PostAsync(engineer, $"/api/imports/{import["id"]}/apply{query}");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    private static (int Make, int Change, int Same, int Bad) Counts(JsonNode import) =>
        ((int)import["make"]!, (int)import["change"]!, (int)import["same"]!, (int)import["bad"]!);
}
