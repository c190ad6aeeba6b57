using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Server.Access;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Facts;

/// <summary>What sharing agreements show of events, and what they do not.</summary>
public sealed class SharingTests(FactWorld world) : IClassFixture<FactWorld>
{
    private const string Board = "urn:epc:id:sgtin:9520001.000010";

    [Fact]
    public async Task What_is_agreed_is_shown_from_acceptance_to_revocation_and_nothing_else()
    {
        Boss();
        var secret = $"{Board}.A1";
        await world.CaptureAsync("engineer", FactWorld.Observed(secret, "09:00:00", ",\"readPoint\":{\"id\":\"urn:x:press:1\"},\"disposition\":\"conformant\""));
        var id = await ProposeAsync("boss", "plant", "plan", fields: "\"bizStep\",\"disposition\"", products: "\"https://id.gs1.org/01/09520001000102\"");
        Assert.Empty(await SeenAsync(secret));

        Assert.Equal(HttpStatusCode.Forbidden, (await StepAsync("boss", id, "accept")).Status);
        Assert.Equal(HttpStatusCode.OK, (await StepAsync("outsider", id, "accept")).Status);
        var shown = Assert.Single(await SeenAsync(secret));
        Assert.Equal("conformant", (string?)shown["disposition"]);
        Assert.Equal("https://id.gs1.org/01/09520001000102/21/A1", (string?)shown["epcList"]![0]);
        Assert.Null(shown["readPoint"]);
        Assert.StartsWith("urn:jingwei:event:", (string?)shown["eventID"], StringComparison.Ordinal);
        Assert.Empty(await world.EventsAsync("outsider", "/epcis/events?EQ_readPoint=urn:x:press:1"));
        Assert.Single(await world.EventsAsync("outsider", $"/epcis/events?EQ_disposition=conformant&MATCH_epc={secret}"));

        Assert.Equal(HttpStatusCode.BadRequest, (await StepAsync("boss", id, "revoke")).Status);
        Assert.Equal(HttpStatusCode.OK, (await StepAsync("boss", id, "revoke", "not any more")).Status);
        Assert.Empty(await SeenAsync(secret));
        var again = await StepAsync("boss", id, "revoke", "twice");
        Assert.Equal((HttpStatusCode.Conflict, "wrong-state"), (again.Status, (string?)again.Json["code"]));
    }

    [Fact]
    public async Task An_event_is_found_by_its_alias_and_not_by_the_hash_of_what_is_not_shown()
    {
        Boss();
        var board = $"{Board}.B1";
        await world.CaptureAsync("engineer", FactWorld.Observed(board, "09:10:00", ",\"readPoint\":{\"id\":\"urn:x:press:2\"}"));
        var own = (string)(await world.EventsAsync("engineer", $"/epcis/events?MATCH_epc={board}"))[0]["eventID"]!;
        await AgreeAsync("plant", "plan", fields: "\"bizStep\"", products: $"\"{board}\"");
        var alias = (string)Assert.Single(await SeenAsync(board))["eventID"]!;
        Assert.NotEqual(own, alias);
        var found = await world.GetAsync("outsider", $"/epcis/events/{Uri.EscapeDataString(alias)}");
        Assert.Equal(alias, (string?)FactWorld.EventsOf(found)[0]["eventID"]);
        Assert.Single(await world.EventsAsync("outsider", $"/epcis/events?EQ_eventID={alias}"));
        var (byOwn, none) = (await world.GetAsync("outsider", $"/epcis/events/{Uri.EscapeDataString(own)}"), await world.GetAsync("outsider", "/epcis/events/urn:x:none"));
        Assert.Equal((HttpStatusCode.NotFound, none.Text), (byOwn.Status, byOwn.Text));
        Assert.Empty(await world.EventsAsync("outsider", $"/epcis/events?EQ_eventID={Uri.EscapeDataString(own)}"));
    }

    [Fact]
    public async Task Objects_of_other_classes_are_withheld_without_being_counted_and_the_trace_says_whom_to_ask()
    {
        Boss();
        var (board, lots) = ("urn:epc:id:sgtin:9520001.000030.C1", new[] { "urn:x:lot:1", "urn:x:lot:2", "urn:x:lot:3" });
        await world.CaptureAsync("engineer", Made(board, lots, "09:20:00"));
        await AgreeAsync("plant", "plan", fields: "\"*\"", products: "\"urn:epc:idpat:sgtin:9520001.000030.*\"");
        var shown = Assert.Single(await SeenAsync(board));
        Assert.Equal(["urn:jingwei:withheld"], shown["inputEPCList"]!.AsArray().Select(each => (string)each!));
        Assert.Equal(["https://id.gs1.org/01/09520001000300/21/C1"], shown["outputEPCList"]!.AsArray().Select(each => (string)each!));
        var trace = (await world.GetAsync("outsider", $"/api/trace?id={board}")).Json;
        var node = Assert.Single(trace["nodes"]!.AsArray())!;
        Assert.Equal("plant", (string?)node["hidden"]![0]!["id"]);
        Assert.DoesNotContain("lot", trace.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", "/api/trace?id=urn:x:lot:1")).Status);
    }

    [Fact]
    public async Task An_event_that_is_shown_whole_keeps_its_id()
    {
        Boss();
        var board = $"{Board}.D1";
        await world.CaptureAsync("engineer", FactWorld.Observed(board, "09:30:00", ",\"readPoint\":{\"id\":\"urn:x:press:4\"},\"ext:note\":\"x\""));
        await AgreeAsync("plant", "plan", fields: "\"*\"", products: $"\"{board}\"");
        var own = await world.EventsAsync("engineer", $"/epcis/events?MATCH_epc={board}");
        Assert.Equal((string?)own[0]["eventID"], (string?)Assert.Single(await SeenAsync(board))["eventID"]);
    }

    [Fact]
    public async Task Both_sides_read_what_was_seen_by_an_agreement()
    {
        Boss();
        var board = $"{Board}.E1";
        await world.CaptureAsync("engineer", FactWorld.Observed(board, "09:40:00"), FactWorld.Observed(board, "09:41:00"));
        var id = await AgreeAsync("plant", "plan", fields: "\"bizStep\"", products: $"\"{board}\"");
        await SeenAsync(board);
        await SeenAsync(board);
        await world.GetAsync("outsider", $"/api/trace?id={board}");
        foreach (var reader in new[] { "boss", "outsider", "viewer" })
        {
            var uses = (await world.GetAsync(reader, $"/api/agreements/{id}/uses")).Json["items"]!.AsArray();
            Assert.Equal([("query", 2, 4), ("trace", 1, 2)], uses.Select(use => ((string)use!["use"]!, (int)use["times"]!, (int)use["rows"]!)));
        }

        world.Access.AddUser("stranger", Role.Administrator, "plant-hall");
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("stranger", $"/api/agreements/{id}")).Status);
    }

    [Fact]
    public async Task Who_sees_asks_and_who_shows_answers()
    {
        Boss();
        var board = $"{Board}.F1";
        world.Access.AddUser("clerk", Role.Operator, "plan");
        await world.CaptureAsync("clerk", FactWorld.Observed(board, "09:49:00"));
        await world.CaptureAsync("engineer", FactWorld.Observed(board, "09:50:00"));
        var node = (await world.GetAsync("clerk", $"/api/trace?id={board}")).Json["nodes"]![0]!;
        Assert.Equal("plant", (string?)node["hidden"]![0]!["id"]);

        var asked = await world.SendAsync("clerk", HttpMethod.Post, "/api/agreements", Form("plant", "plan", "\"bizStep\"", $"\"{board}\"", about: board));
        Assert.True(asked.Status == HttpStatusCode.Created, asked.Text);
        Assert.Equal(("plan", false, true), ((string?)asked.Json["proposedBy"], (bool)asked.Json["mayAnswer"]!, (bool)asked.Json["mayWithdraw"]!));
        Assert.Equal(HttpStatusCode.Forbidden, (await StepAsync("engineer", (string)asked.Json["id"]!, "accept")).Status);
        Assert.Equal(HttpStatusCode.OK, (await StepAsync("boss", (string)asked.Json["id"]!, "accept")).Status);
        Assert.Equal(2, (await world.EventsAsync("clerk", $"/epcis/events?MATCH_epc={board}")).Count);
        // A party that nothing names is not there for others.
        var unknown = await world.SendAsync("clerk", HttpMethod.Post, "/api/agreements", Form("plant", "plan", "", "", about: "urn:x:never"));
        var missing = await world.SendAsync("clerk", HttpMethod.Post, "/api/agreements", Form("nowhere", "plan", "", "", about: board));
        Assert.Equal((HttpStatusCode.NotFound, missing.Text), (unknown.Status, unknown.Text));
    }

    [Fact]
    public async Task Who_asks_does_not_find_out_what_an_event_withholds()
    {
        Boss();
        world.Access.AddUser("prober", Role.Operator, "plan");
        const string Panel = "urn:epc:id:sgtin:9520001.000050.H1";
        await world.CaptureAsync("engineer", Made(Panel, ["urn:x:probe:lot"], "09:55:00"));
        await AgreeAsync("plant", "plan", fields: "\"*\"", products: $"\"{Panel}\"");
        Assert.Single(await SeenAsync(Panel));
        // The panel is shown, and that there is more of it; the lot behind it is not.
        Assert.Equal(HttpStatusCode.Created, (await AskAboutAsync(Panel)).Status);
        var (withheld, never) = (await AskAboutAsync("urn:x:probe:lot"), await AskAboutAsync("urn:x:probe:never"));
        Assert.Equal((HttpStatusCode.NotFound, never.Text), (withheld.Status, withheld.Text));

        Task<Answer> AskAboutAsync(string about) => world.SendAsync("prober", HttpMethod.Post, "/api/agreements", Form("plant", "plan", "\"ilmd\"", "", about));
    }

    [Theory]
    [InlineData("\"fields\":[\"temperature\"]", "fields")]
    [InlineData("\"eventTypes\":[\"Event\"]", "eventTypes")]
    [InlineData("\"purpose\":\"\"", "purpose")]
    [InlineData("\"until\":\"2020-01-01T00:00:00Z\"", "until")]
    [InlineData("\"until\":\"2046-01-01T00:00:00Z\"", "until")]
    [InlineData("\"products\":[\"\"]", "products")]
    public async Task What_is_wrong_with_a_proposal_is_told_with_its_field(string wrong, string field)
    {
        Boss();
        var form = JsonNode.Parse(Form("plant", "plan", "", ""))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse($"{{{wrong}}}")!.AsObject().ToList())
        {
            form[name] = value!.DeepClone();
        }

        var answer = await world.SendAsync("boss", HttpMethod.Post, "/api/agreements", form.ToJsonString());
        Assert.Equal((HttpStatusCode.BadRequest, "bad-agreement"), (answer.Status, (string?)answer.Json["code"]));
        Assert.Contains(answer.Json["errors"]!.AsArray(), each => ((string)each!).Contains($"\"{field}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_on_a_version_that_was_not_seen_is_stale()
    {
        Boss();
        var id = await ProposeAsync("boss", "plant", "plan", "\"bizStep\"", $"\"{Board}.G1\"");
        var stale = await world.SendAsync("outsider", HttpMethod.Post, $"/api/agreements/{id}/accept", "{}", ("If-Match", "\"7\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync("outsider", HttpMethod.Post, $"/api/agreements/{id}/accept", "{}", ("If-Match", "\"1\""))).Status);
        var history = (await world.GetAsync("boss", $"/api/agreements/{id}")).Json["history"]!.AsArray();
        Assert.Equal([("propose", "plant"), ("accept", "plan")], history.Select(step => ((string)step!["step"]!, (string)step["party"]!["id"]!)));
        Assert.Equal(HttpStatusCode.OK, (await StepAsync("outsider", id, "revoke", "over")).Status);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_side_and_what_waits_for_the_caller_comes_first()
    {
        Boss();
        var answered = await AgreeAsync("plant", "plan", "\"bizStep\"", $"\"{Board}.H1\"");
        // Ids have the milliseconds in them in which agreements were made.
        world.Access.Time.Advance(TimeSpan.FromSeconds(1));
        var first = await ProposeAsync("boss", "plant", "plan", "\"bizStep\"", $"\"{Board}.H2\"");
        world.Access.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await ProposeAsync("boss", "plant", "plan", "\"bizStep\"", $"\"{Board}.H3\"");
        world.Access.Time.Advance(TimeSpan.FromSeconds(1));
        var later = await AgreeAsync("plant", "plan", "\"bizStep\"", $"\"{Board}.H4\"");
        world.Access.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await StepAsync("boss", answered, "revoke", "over")).Status);
        string[] mine = [answered, first, second, later];

        var waiting = await ListAsync("waiting=true&order=turn");
        Assert.Equal([first, second], waiting.Where(mine.Contains));
        var turn = await ListAsync("order=turn");
        Assert.Equal(waiting, turn.Take(waiting.Count));
        // Then what changed last.
        Assert.Equal([first, second, answered, later], turn.Where(mine.Contains));
        Assert.Equal([later, second, first, answered], (await ListAsync("")).Where(mine.Contains));
        Assert.DoesNotContain(await ListAsync("from=plan"), mine.Contains);
        Assert.Equal([later, second, first, answered], (await ListAsync("to=plan")).Where(mine.Contains));
        // The whole installation is above both.
        Assert.Equal(turn.Order(), (await ListAsync("from=root")).Order());
        Assert.Equal(HttpStatusCode.BadRequest, (await world.GetAsync("outsider", "/api/agreements?order=name")).Status);

        var counts = (await world.GetAsync("outsider", "/api/agreements/counts?party=plan")).Json;
        Assert.Equal(
            (waiting.Count, (await ListAsync("from=plan")).Count, (await ListAsync("to=plan")).Count, turn.Count),
            ((int)counts["waiting"]!, (int)counts["given"]!, (int)counts["taken"]!, (int)counts["all"]!));
        var inForce = (await world.GetAsync("outsider", "/api/agreements/counts?party=plan&state=accepted")).Json;
        Assert.Equal((waiting.Count, (await ListAsync("to=plan&state=accepted")).Count), ((int)inForce["waiting"]!, (int)inForce["taken"]!));
        world.Access.AddUser("bystander", Role.Administrator, "plant-hall");
        var none = (await world.GetAsync("bystander", "/api/agreements/counts")).Json;
        Assert.Equal((0, 0, 0, 0), ((int)none["waiting"]!, (int)none["given"]!, (int)none["taken"]!, (int)none["all"]!));
        foreach (var id in (string[])[first, second])
        {
            Assert.Equal(HttpStatusCode.OK, (await StepAsync("boss", id, "withdraw")).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await StepAsync("boss", later, "revoke", "over")).Status);
    }

    [Fact]
    public async Task An_event_of_another_type_is_shown_by_who_shows_everything_and_its_lists_may_be_anything()
    {
        Boss();
        const string Odd = """{"type":"ext:Odd","eventTime":"2026-03-01T08:00:00Z","eventTimeZoneOffset":"+08:00","epcList":"urn:x:odd:1","parentID":{"ext:of":1},"bizStep":5,"ext:note":"hidden"}""";
        await world.CaptureAsync("engineer", Odd);
        var id = await AgreeAsync("plant", "plan", "\"disposition\"", "");
        var shown = Assert.Single(await world.EventsAsync("outsider", "/epcis/events?eventType=ext:Odd", ("GS1-Extensions", "ext=http://example.com/ext/")));
        Assert.Equal("urn:x:odd:1", (string?)shown["epcList"]);
        Assert.Null(shown["bizStep"]);
        Assert.Null(shown["ext:note"]);
        Assert.Equal(HttpStatusCode.OK, (await StepAsync("boss", id, "revoke", "over")).Status);
    }

    [Fact]
    public async Task Prefixes_of_what_is_not_shown_are_not_told()
    {
        Boss();
        var epc = $"{Board}.PREFIX";
        var document = FactWorld.Document(FactWorld.Observed(epc, more: ",\"disposition\":\"own:good\",\"theirs:note\":\"x\""))
            .Replace("\"ext\":", "\"own\":\"http://example.com/own/\",\"theirs\":\"http://customer.example/\",\"ext\":", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await world.PostAsync("engineer", document)).Status);
        var id = await AgreeAsync("plant", "plan", "\"disposition\"", $"\"{Board}.PREFIX\"");
        var answer = await world.GetAsync("outsider", $"/epcis/events?MATCH_anyEPC={epc}");
        Assert.Equal("own:good", (string?)Assert.Single(FactWorld.EventsOf(answer))["disposition"]);
        Assert.Contains("http://example.com/own/", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("customer.example", answer.Text, StringComparison.Ordinal);
        Assert.Single(await world.EventsAsync("outsider", $"/epcis/events?MATCH_anyEPC={epc}&EQ_disposition=http://example.com/own/good"));
        Assert.Equal(HttpStatusCode.OK, (await StepAsync("boss", id, "revoke", "over")).Status);
    }

    // Page by page, two at a time: nothing is left out or told twice.
    private async Task<List<string>> ListAsync(string query)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await world.GetAsync("outsider", $"/api/agreements?limit=2&{query}&cursor={cursor}")).Json;
            ids.AddRange(page["items"]!.AsArray().Select(each => (string)each!["id"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        Assert.Equal(ids.Distinct(), ids);
        return ids;
    }

    private static string Made(string epc, string[] inputs, string time) =>
        $$"""{"type":"TransformationEvent","eventTime":"2026-03-01T{{time}}Z","eventTimeZoneOffset":"+08:00","inputEPCList":["{{string.Join("\",\"", inputs)}}"],"outputEPCList":["{{epc}}"]}""";

    private static string Form(string from, string to, string fields, string products, string? about = null) =>
        $$"""{"from":"{{from}}","to":"{{to}}","products":[{{products}}],"fields":[{{fields}}],"purpose":"quality","until":"2027-01-01T00:00:00Z","object":{{(about is null ? "null" : $"\"{about}\"")}}}""";

    private void Boss()
    {
        lock (world)
        {
            if (world.Access.Get<Users>().Find("boss") is null)
            {
                world.Access.AddUser("boss", Role.Administrator, "plant");
                // Known to each other, as holders of prefixes are.
                world.Access.Get<Jingwei.Server.Identifiers.Prefixes.Prefixes>().Add("88.777.1", "plan", null, Jingwei.Server.Identifiers.Prefixes.PrefixState.Active, "admin");
            }
        }
    }

    private async Task<string> ProposeAsync(string user, string from, string to, string fields, string products)
    {
        var answer = await world.SendAsync(user, HttpMethod.Post, "/api/agreements", Form(from, to, fields, products));
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return (string)answer.Json["id"]!;
    }

    private async Task<string> AgreeAsync(string from, string to, string fields, string products)
    {
        var id = await ProposeAsync("boss", from, to, fields, products);
        Assert.Equal(HttpStatusCode.OK, (await StepAsync("outsider", id, "accept")).Status);
        return id;
    }

    private Task<Answer> StepAsync(string user, string id, string step, string? reason = null) =>
        world.SendAsync(user, HttpMethod.Post, $"/api/agreements/{id}/{step}", reason is null ? "{}" : $$"""{"reason":"{{reason}}"}""");

    private Task<IReadOnlyList<JsonNode>> SeenAsync(string epc) => world.EventsAsync("outsider", $"/epcis/events?MATCH_anyEPC={epc}");
}
