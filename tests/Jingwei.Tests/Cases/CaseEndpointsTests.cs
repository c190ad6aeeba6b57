using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Directory;
using Jingwei.Server.Hosting;
using Jingwei.Server.Packs;
using Jingwei.Server.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jingwei.Tests.Cases;

/// <summary>The slice over real HTTP, with real sign-in.</summary>
public sealed class CaseEndpointsTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-cases-").FullName;
    private WebApplication? app;
    private HttpClient? http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new Database(Path.Combine(folder, "jingwei.db")))
            .AddSingleton(new PackCatalog(WorkOrder.Packs))
            .ConfigureHttpJsonOptions(json => ServerApp.Speak(json.SerializerOptions))
            .AddAccess().AddDirectory().AddSingleton<Alarms>().AddCases();
        app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapAccess();
        app.MapDirectory();
        app.MapCases();
        app.Services.AddFirstUser(Password);
        app.Services.GetRequiredService<Parties>().Add(new Party("other", "二厂", "root", "Asia/Shanghai"));
        AddUser("li", Role.Engineer, "root");
        AddUser("wang", Role.Operator, "root");
        AddUser("guest", Role.Viewer, "root");
        AddUser("stranger", Role.Administrator, "other");
        await app.Services.GetRequiredService<Things>().AddAsync(
            new Thing("m-01", "machine", "M-01", "root", "root", null, null, DateTimeOffset.UnixEpoch, 1), Cancellation);
        await app.StartAsync(Cancellation);
        http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        System.IO.Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_case_is_opened_seen_moved_on_and_closed()
    {
        var wang = await SignInAsync("wang");
        var li = await SignInAsync("li");
        var (opened, location) = await OpenAsync(wang);
        var id = (string)opened["id"]!;
        Assert.Equal($"/api/cases/{id}", location);
        Assert.Equal(("M-01 主轴过热", "breakdown", "orange", "M-01"), ((string)opened["title"]!, (string)opened["state"]!, (string)opened["severity"]!, (string)opened["thingName"]!));

        var seen = await GetAsync(wang, $"/api/cases/{id}");
        Assert.Equal("duty", (string)seen["responsible"]!["kind"]!);
        Assert.Equal(["assign", "take"], Ids(seen["transitions"]!));
        Assert.Equal(["opened", "field"], seen["history"]!.AsArray().Select(line => (string)line!["kind"]!));
        Assert.Equal(64, ((string)seen["history"]![0]!["hash"]!).Length);

        Assert.Equal("wang", (string)(await PostAsync(wang, $"/api/cases/{id}/transitions/take", "")).Body["assignee"]!);
        seen = await GetAsync(li, $"/api/cases/{id}");
        var repair = seen["transitions"]!.AsArray().Single(each => (string)each!["id"]! == "repair")!;
        Assert.False((bool)repair["allowed"]!);
        Assert.Equal("只有经办人可以进行此操作", (string)repair["why"]!["zh"]!);
        Assert.Equal(("user", "wang"), ((string)seen["responsible"]!["kind"]!, (string)seen["responsible"]!["id"]!));

        var missing = await PostAsync(wang, $"/api/cases/{id}/transitions/repair", """{"fields":{"cause":"wear"}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "fields-missing"), (missing.Status, (string)missing.Body["code"]!));
        Assert.Equal("required", (string)missing.Body["errors"]!["action"]![0]!);
        await PostAsync(wang, $"/api/cases/{id}/transitions/repair", """{"fields":{"cause":"wear","action":"换轴承"}}""");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(wang, $"/api/cases/{id}/comments", """{"text":"已试机"}""")).Status);
        Assert.True((bool)(await PostAsync(li, $"/api/cases/{id}/transitions/verify", "{}")).Body["final"]!);
        seen = await GetAsync(wang, $"/api/cases/{id}");
        Assert.Null(seen["responsible"]);
        Assert.Empty(seen["transitions"]!.AsArray());
        Assert.Equal("换轴承", (string)seen["fields"]!["action"]!);
    }

    [Fact]
    public async Task Lists_filter_by_mine_and_words()
    {
        var wang = await SignInAsync("wang");
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        Assert.Empty((await GetAsync(wang, "/api/cases?mine=true"))["items"]!.AsArray());
        await PostAsync(wang, $"/api/cases/{id}/transitions/take", "{}");
        Assert.Equal([id], Ids((await GetAsync(wang, "/api/cases?mine=true&open=true"))["items"]!));
        Assert.Equal([id], Ids((await GetAsync(wang, $"/api/cases?q={Uri.EscapeDataString("主轴")}"))["items"]!));
        Assert.Empty((await GetAsync(wang, $"/api/cases?q={Uri.EscapeDataString("水泵")}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task An_older_version_is_refused_and_a_newer_one_is_told()
    {
        var wang = await SignInAsync("wang");
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        var stale = await PostAsync(wang, $"/api/cases/{id}/transitions/take", "{}", ifMatch: "\"1\"");
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version-conflict"), (stale.Status, (string)stale.Body["code"]!));
        var taken = await PostAsync(wang, $"/api/cases/{id}/transitions/take", "{}", ifMatch: "\"2\"");
        Assert.Equal((HttpStatusCode.OK, "\"4\""), (taken.Status, taken.Tag));
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(wang, $"/api/cases/{id}/comments", """{"text":"x"}""", ifMatch: "\"new\"")).Status);
    }

    [Fact]
    public async Task A_repeated_request_acts_once_and_a_reused_key_is_refused()
    {
        var wang = await SignInAsync("wang");
        var (first, _) = await OpenAsync(wang, "key-1");
        var (again, _) = await OpenAsync(wang, "key-1");
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        var other = await PostAsync(wang, "/api/cases", Opening.Replace("过热", "异响", StringComparison.Ordinal), "key-1");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"), (other.Status, (string)other.Body["code"]!));
        Assert.Single((await GetAsync(wang, "/api/cases"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Who_may_not_see_gets_404_and_who_may_not_act_403()
    {
        var wang = await SignInAsync("wang");
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        var stranger = await SignInAsync("stranger");
        var hidden = await PostAsync(stranger, $"/api/cases/{id}/comments", """{"text":"x"}""");
        var missing = await PostAsync(stranger, "/api/cases/2026-999999/comments", """{"text":"x"}""");
        Assert.Equal(HttpStatusCode.NotFound, hidden.Status);
        Assert.Equal(missing.Body.ToJsonString(), hidden.Body.ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(stranger, "/api/cases", Opening)).Status);
        var guest = await SignInAsync("guest");
        var lacking = await PostAsync(guest, $"/api/cases/{id}/comments", """{"text":"x"}""");
        Assert.Equal((HttpStatusCode.Forbidden, "right-missing"), (lacking.Status, (string)lacking.Body["code"]!));
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("nobody", $"/api/cases/{id}/comments", """{"text":"x"}""")).Status);
    }

    [Fact]
    public async Task Assignees_are_those_who_may_operate_there()
    {
        var wang = await SignInAsync("wang");
        Assert.Equal(["admin", "li", "wang"], Ids((await GetAsync(wang, "/api/assignees?party=root"))["items"]!));
        Assert.Equal(["admin", "li", "stranger", "wang"], Ids((await GetAsync(wang, "/api/assignees?party=other"))["items"]!));
        var id = (string)(await OpenAsync(wang)).Body["id"]!;
        var refused = await PostAsync(wang, $"/api/cases/{id}/transitions/assign", """{"assignee":"guest"}""");
        Assert.Equal("assignee-not-allowed", (string)refused.Body["code"]!);
        Assert.Equal("li", (string)(await PostAsync(wang, $"/api/cases/{id}/transitions/assign", """{"assignee":"li"}""")).Body["assigneeName"]!);
    }

    [Fact]
    public async Task Case_types_are_described()
    {
        var type = (await GetAsync(await SignInAsync("guest"), "/api/case-types"))["items"]!.AsArray().Single()!;
        Assert.Equal("work-order", (string)type["id"]!);
        Assert.Equal(600, (double)type["states"]![0]!["within"]!);
        Assert.Equal(["assign", "take", "repair", "reject", "verify"], Ids(type["transitions"]!));
        Assert.Equal("enumeration", (string)type["fields"]![1]!["type"]!);
    }

    [Fact]
    public async Task An_administrator_erases_words()
    {
        var admin = await SignInAsync(Users.First);
        var id = (string)(await OpenAsync(admin)).Body["id"]!;
        await PostAsync(admin, $"/api/cases/{id}/comments", """{"text":"张三的电话"}""");
        using var erase = new HttpRequestMessage(HttpMethod.Delete, $"/api/cases/{id}/history/3?reason=gdpr");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(admin, erase)).Status);
        var line = (await GetAsync(admin, $"/api/cases/{id}"))["history"]![2]!;
        Assert.True((bool)line["erased"]!);
        Assert.Null(line["data"]);
        Assert.Empty(CaseVerification.Run(app!.Services.GetRequiredService<Database>()).Altered);
    }

    private const string Opening = """{"type":"work-order","thing":"m-01","title":"M-01 主轴过热","severity":"orange","fields":{"symptom":"异响"}}""";

    private async Task<(JsonNode Body, string? Location)> OpenAsync(string token, string? key = null)
    {
        var answer = await PostAsync(token, "/api/cases", Opening, key);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return (answer.Body, answer.Location);
    }

    private async Task<JsonNode> GetAsync(string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var answer = await SendAsync(token, request);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body;
    }

    private async Task<Answer> PostAsync(string token, string path, string body, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await SendAsync(token, request);
    }

    private async Task<Answer> SendAsync(string token, HttpRequestMessage request)
    {
        request.Headers.Authorization = new("Bearer", token);
        using var response = await http!.SendAsync(request, Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        return new Answer(response.StatusCode, JsonNode.Parse(body)!, response.Headers.Location?.ToString(), response.Headers.ETag?.Tag);
    }

    private async Task<string> SignInAsync(string user)
    {
        using var response = await http!.PostAsJsonAsync("/api/login", new { user, password = Password }, Cancellation);
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["token"]!;
    }

    private void AddUser(string id, Role role, string party)
    {
        var users = app!.Services.GetRequiredService<Users>();
        users.Add(id, id, party, Password);
        users.AddGrant(id, role, party, "root");
    }

    private static IEnumerable<string> Ids(JsonNode items) => items.AsArray().Select(item => (string)item!["id"]!);

    private sealed record Answer(HttpStatusCode Status, JsonNode Body, string? Location, string? Tag);
}
