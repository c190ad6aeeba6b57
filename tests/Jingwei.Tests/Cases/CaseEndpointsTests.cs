using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;

namespace Jingwei.Tests.Cases;

/// <summary>The slice over real HTTP, with real sign-in.</summary>
public sealed class CaseEndpointsTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CaseHost host = new();

    public async ValueTask InitializeAsync() => await host.StartAsync(WorkOrder.Packs);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_case_is_opened_seen_moved_on_and_closed()
    {
        var wang = await host.SignInAsync("wang");
        var li = await host.SignInAsync("li");
        var (opened, location) = await OpenAsync(wang);
        var id = (string)opened["id"]!;
        Assert.Equal($"/api/cases/{id}", location);
        Assert.Equal(("M-01 主轴过热", "breakdown", "orange", "M-01"), ((string)opened["title"]!, (string)opened["state"]!, (string)opened["severity"]!, (string)opened["thingName"]!));

        var seen = await host.GetAsync(wang, $"/api/cases/{id}");
        Assert.Equal("duty", (string)seen["responsible"]!["kind"]!);
        Assert.Equal(["assign", "take"], Ids(seen["transitions"]!));
        Assert.Equal(["opened", "field"], seen["history"]!.AsArray().Select(line => (string)line!["kind"]!));
        Assert.Equal(64, ((string)seen["history"]![0]!["hash"]!).Length);

        Assert.Equal("wang", (string)(await host.PostAsync(wang, $"/api/cases/{id}/transitions/take", "")).Body["assignee"]!);
        seen = await host.GetAsync(li, $"/api/cases/{id}");
        var repair = seen["transitions"]!.AsArray().Single(each => (string)each!["id"]! == "repair")!;
        Assert.False((bool)repair["allowed"]!);
        Assert.Equal("只有经办人可以进行此操作", (string)repair["why"]!["zh"]!);
        Assert.Equal(("user", "wang"), ((string)seen["responsible"]!["kind"]!, (string)seen["responsible"]!["id"]!));

        var missing = await host.PostAsync(wang, $"/api/cases/{id}/transitions/repair", """{"fields":{"cause":"wear"}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "fields-missing"), (missing.Status, (string)missing.Body["code"]!));
        Assert.Equal("required", (string)missing.Body["errors"]!["action"]![0]!);
        await host.PostAsync(wang, $"/api/cases/{id}/transitions/repair", """{"fields":{"cause":"wear","action":"换轴承"}}""");
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync(wang, $"/api/cases/{id}/comments", """{"text":"已试机"}""")).Status);
        Assert.True((bool)(await host.PostAsync(li, $"/api/cases/{id}/transitions/verify", "{}")).Body["final"]!);
        seen = await host.GetAsync(wang, $"/api/cases/{id}");
        Assert.Null(seen["responsible"]);
        Assert.Empty(seen["transitions"]!.AsArray());
        Assert.Equal("换轴承", (string)seen["fields"]!["action"]!);
    }

    [Fact]
    public async Task Lists_filter_by_mine_and_words()
    {
        var wang = await host.SignInAsync("wang");
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        Assert.Empty((await host.GetAsync(wang, "/api/cases?mine=true"))["items"]!.AsArray());
        await host.PostAsync(wang, $"/api/cases/{id}/transitions/take", "{}");
        Assert.Equal([id], Ids((await host.GetAsync(wang, "/api/cases?mine=true&open=true"))["items"]!));
        Assert.Equal([id], Ids((await host.GetAsync(wang, $"/api/cases?q={Uri.EscapeDataString("主轴")}"))["items"]!));
        Assert.Empty((await host.GetAsync(wang, $"/api/cases?q={Uri.EscapeDataString("水泵")}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task An_older_version_is_refused_and_a_newer_one_is_told()
    {
        var wang = await host.SignInAsync("wang");
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        var stale = await host.PostAsync(wang, $"/api/cases/{id}/transitions/take", "{}", ifMatch: "\"1\"");
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version-conflict"), (stale.Status, (string)stale.Body["code"]!));
        var taken = await host.PostAsync(wang, $"/api/cases/{id}/transitions/take", "{}", ifMatch: "\"2\"");
        Assert.Equal((HttpStatusCode.OK, "\"4\""), (taken.Status, taken.Tag));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync(wang, $"/api/cases/{id}/comments", """{"text":"x"}""", ifMatch: "\"new\"")).Status);
    }

    [Fact]
    public async Task A_repeated_request_acts_once_and_a_reused_key_is_refused()
    {
        var wang = await host.SignInAsync("wang");
        var (first, _) = await OpenAsync(wang, "key-1");
        var (again, _) = await OpenAsync(wang, "key-1");
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        var other = await host.PostAsync(wang, "/api/cases", Opening.Replace("过热", "异响", StringComparison.Ordinal), "key-1");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"), (other.Status, (string)other.Body["code"]!));
        Assert.Single((await host.GetAsync(wang, "/api/cases"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Who_may_not_see_gets_404_and_who_may_not_act_403()
    {
        var wang = await host.SignInAsync("wang");
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        var stranger = await host.SignInAsync("stranger");
        var hidden = await host.PostAsync(stranger, $"/api/cases/{id}/comments", """{"text":"x"}""");
        var missing = await host.PostAsync(stranger, "/api/cases/2026-999999/comments", """{"text":"x"}""");
        Assert.Equal(HttpStatusCode.NotFound, hidden.Status);
        Assert.Equal(missing.Body.ToJsonString(), hidden.Body.ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync(stranger, "/api/cases", Opening)).Status);
        var guest = await host.SignInAsync("guest");
        var lacking = await host.PostAsync(guest, $"/api/cases/{id}/comments", """{"text":"x"}""");
        Assert.Equal((HttpStatusCode.Forbidden, "right-missing"), (lacking.Status, (string)lacking.Body["code"]!));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync("nobody", $"/api/cases/{id}/comments", """{"text":"x"}""")).Status);
    }

    [Fact]
    public async Task Assignees_are_those_who_may_operate_there()
    {
        var wang = await host.SignInAsync("wang");
        Assert.Equal(["admin", "li", "wang"], Ids((await host.GetAsync(wang, "/api/assignees?party=root"))["items"]!));
        Assert.Equal(["admin", "li", "stranger", "wang"], Ids((await host.GetAsync(wang, "/api/assignees?party=other"))["items"]!));
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        var refused = await host.PostAsync(wang, $"/api/cases/{id}/transitions/assign", """{"assignee":"guest"}""");
        Assert.Equal("assignee-not-allowed", (string)refused.Body["code"]!);
        Assert.Equal("li", (string)(await host.PostAsync(wang, $"/api/cases/{id}/transitions/assign", """{"assignee":"li"}""")).Body["assigneeName"]!);
    }

    [Fact]
    public async Task Case_types_are_described()
    {
        var type = (await host.GetAsync(await host.SignInAsync("guest"), "/api/case-types"))["items"]!.AsArray().Single()!;
        Assert.Equal("work-order", (string)type["id"]!);
        Assert.Equal(600, (double)type["states"]![0]!["within"]!);
        Assert.Equal(["assign", "take", "repair", "reject", "verify"], Ids(type["transitions"]!));
        Assert.Equal("enumeration", (string)type["fields"]![1]!["type"]!);
    }

    [Fact]
    public async Task A_case_is_revised_once_by_who_has_seen_it_as_it_is()
    {
        var wang = await host.SignInAsync("wang");
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        var stale = await PatchAsync(wang, id, """{"severity":"red","reason":"核实"}""", "\"1\"");
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version-conflict"), (stale.Status, (string)stale.Body["code"]!));
        var revised = await PatchAsync(wang, id, """{"severity":"red","title":"主轴冒烟","fields":{"symptom":null,"downtime":5},"reason":"核实"}""", "\"2\"");
        Assert.Equal(("red", "主轴冒烟", "\"4\""), ((string)revised.Body["severity"]!, (string)revised.Body["title"]!, revised.Tag));
        var again = await PatchAsync(wang, id, """{"severity":"red","title":"主轴冒烟","fields":{"symptom":null,"downtime":5},"reason":"核实"}""", "\"2\"");
        Assert.Equal((HttpStatusCode.OK, 4), (again.Status, (int)again.Body["version"]!));
        var seen = await host.GetAsync(wang, $"/api/cases/{id}");
        Assert.Equal("""{"downtime":5}""", seen["fields"]!.ToJsonString());
        Assert.Equal("""{"from":"orange","to":"red","reason":"核实"}""", seen["history"]![3]!["data"]!.ToJsonString(Readable));
        Assert.True((bool)seen["mayRevise"]!);
        Assert.False((bool)(await host.GetAsync(await host.SignInAsync("guest"), $"/api/cases/{id}"))["mayRevise"]!);

        Task<CaseAnswer> PatchAsync(string token, string at, string body, string version)
        {
            var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/cases/{at}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", version);
            request.Headers.TryAddWithoutValidation("If-Match", version);
            return host.SendAsync(token, request);
        }
    }

    [Fact]
    public async Task Those_above_ask_and_are_answered()
    {
        var (wang, li) = (await host.SignInAsync("wang"), await host.SignInAsync("li"));
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        var asked = await host.PostAsync(li, $"/api/cases/{id}/supervisions", """{"kind":"instruct","text":"停机检查","answerWithin":"2h"}""");
        Assert.Equal((HttpStatusCode.OK, 1), (asked.Status, (int)asked.Body["supervisions"]!));
        Assert.Equal([id], Ids((await host.GetAsync(wang, "/api/cases?supervised=open"))["items"]!));
        var seen = await host.GetAsync(wang, $"/api/cases/{id}");
        var open = seen["supervision"]![0]!;
        Assert.Equal(("instruct", "停机检查", "li", "root", 7200.0), ((string)open["kind"]!, (string)open["text"]!, (string)open["byName"]!, (string)open["region"]!, ((DateTimeOffset)open["due"]! - (DateTimeOffset)open["at"]!).TotalSeconds));
        Assert.Equal((false, true), ((bool)seen["maySupervise"]!, (bool)seen["mayAnswer"]!));
        Assert.Equal(0, (int)(await host.PostAsync(wang, $"/api/cases/{id}/supervisions/{(int)open["seq"]!}/answer", """{"text":"已停"}""")).Body["supervisions"]!);
        Assert.Equal("已停", (string)(await host.GetAsync(li, $"/api/cases/{id}"))["supervision"]![0]!["answer"]!["text"]!);
        Assert.Equal("supervision-kind-invalid", (string)(await host.PostAsync(li, $"/api/cases/{id}/supervisions", """{"text":"x"}""")).Body["code"]!);
        Assert.Equal("answer-within-invalid", (string)(await host.PostAsync(li, $"/api/cases/{id}/supervisions", """{"kind":"ask","text":"x","answerWithin":"soon"}""")).Body["code"]!);
    }

    [Fact]
    public async Task The_review_is_a_page_for_who_may_see_the_case()
    {
        var wang = await host.SignInAsync("wang");
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        using var page = await host.RawAsync(wang, new HttpRequestMessage(HttpMethod.Get, $"/api/cases/{id}/review?lang=en"));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.StartsWith("sandbox; default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains($"Review {id}", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var hidden = await host.RawAsync(await host.SignInAsync("stranger"), new HttpRequestMessage(HttpMethod.Get, $"/api/cases/{id}/review"));
        using var unspoken = await host.RawAsync(wang, new HttpRequestMessage(HttpMethod.Get, $"/api/cases/{id}/review?lang=fr"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (hidden.StatusCode, unspoken.StatusCode));
    }

    [Fact]
    public async Task An_exercise_is_opened_and_listed_as_one()
    {
        var wang = await host.SignInAsync("wang");
        var real = (string)(await OpenAsync(wang)).Body["id"]!;
        var opened = await host.PostAsync(wang, "/api/cases", """{"type":"work-order","title":"演练","severity":"red","exercise":true}""");
        var drill = (string)opened.Body["id"]!;
        Assert.Equal((true, false), ((bool)opened.Body["exercise"]!, (bool)(await host.GetAsync(wang, $"/api/cases/{real}"))["exercise"]!));
        Assert.Equal([real], await IdsAsync(""));
        Assert.Equal([drill], await IdsAsync("?exercise=true"));
        Assert.Equal([drill, real], await IdsAsync("?exercise=all"));
        Assert.Equal(2, (int)(await host.GetAsync(wang, "/api/cases/counts?exercise=all"))["items"]![0]!["cases"]!);
        using var malformed = await host.RawAsync(wang, new HttpRequestMessage(HttpMethod.Get, "/api/cases?exercise=perhaps"));
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);

        async Task<IEnumerable<string>> IdsAsync(string query) => Ids((await host.GetAsync(wang, $"/api/cases{query}"))["items"]!);
    }

    [Fact]
    public async Task An_administrator_erases_words()
    {
        var admin = await host.SignInAsync(Users.First);
        var id = (string)(await OpenAsync(admin)).Body["id"]!;
        await host.PostAsync(admin, $"/api/cases/{id}/comments", """{"text":"张三的电话"}""");
        using var erase = new HttpRequestMessage(HttpMethod.Delete, $"/api/cases/{id}/history/3?reason=gdpr");
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(admin, erase)).Status);
        var line = (await host.GetAsync(admin, $"/api/cases/{id}"))["history"]![2]!;
        Assert.True((bool)line["erased"]!);
        Assert.Null(line["data"]);
        Assert.Empty(CaseVerification.Run(host.Database).Altered);
    }

    private const string Opening = """{"type":"work-order","thing":"m-01","title":"M-01 主轴过热","severity":"orange","fields":{"symptom":"异响"}}""";

    private async Task<(JsonNode Body, string? Location)> OpenAsync(string token, string? key = null)
    {
        var answer = await host.PostAsync(token, "/api/cases", Opening, key);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return (answer.Body, answer.Location);
    }

    private static IEnumerable<string> Ids(JsonNode items) => items.AsArray().Select(item => (string)item!["id"]!);
}
