using System.Net;
using System.Text.Json.Nodes;

namespace Jingwei.Tests.Identifiers.Node;

public sealed class PrefixTests : IAsyncLifetime
{
    private const string Applicant = """{"organisation":"一厂","creditCode":"91440300708461136T","contact":"王","purpose":"boards"}""";

    private NodeWorld world = null!;

    public async ValueTask InitializeAsync() => world = await NodeWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_prefix_is_applied_for_by_its_party_and_given_by_whoever_holds_the_one_above()
    {
        var applied = await world.PostAsync("engineer", "/api/prefixes", $$"""{"below":"88.118","party":"plant","applicant":{{Applicant}}}""");
        Assert.Equal(HttpStatusCode.Created, applied.Status);
        var prefix = JsonNode.Parse(applied.Text)!;
        Assert.Equal(("88.118.2", "applied", "88.118"), ((string?)prefix["prefix"], (string?)prefix["state"], (string?)prefix["above"]));

        Assert.Equal("unknown-prefix", Reason(await world.RegisterAsync("engineer", "", """{"handle":"88.118.3/a"}""")));
        Assert.Equal("prefix-suspended", Reason(await world.RegisterAsync("engineer", "", """{"handle":"88.118.2/a"}""")));
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync("engineer", "/api/prefixes/88.118.2/approve")).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.PostAsync("admin", "/api/prefixes/88.118.2/approve")).Status);
        Assert.Equal(1, (int)(await world.RegisterAsync("engineer", "", """{"handle":"88.118.2/a"}"""))["created"]!);
        Assert.Equal(["applied", "active"], await StatesAsync("88.118.2"));
    }

    [Fact]
    public async Task A_prefix_that_is_taken_is_not_given_again()
    {
        Assert.Equal(HttpStatusCode.Conflict, (await world.PostAsync("admin", "/api/prefixes", """{"prefix":"88.118.1","party":"plan"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.PostAsync("engineer", "/api/prefixes/88.118.1/withdraw", """{"why":"moved"}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await world.PostAsync("admin", "/api/prefixes", """{"prefix":"88.118.1","party":"plan"}""")).Status);
    }

    [Fact]
    public async Task What_others_have_looks_as_if_it_were_not_there()
    {
        var there = await world.GetAsync("outsider", "/api/prefixes/88.118.1");
        var nowhere = await world.GetAsync("outsider", "/api/prefixes/88.118.99");
        Assert.Equal((HttpStatusCode.NotFound, nowhere.Text), (there.Status, there.Text));
        Assert.DoesNotContain("88.118.1", (await world.GetAsync("outsider", "/api/prefixes")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", "/api/identifiers?prefix=88.118.1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", "/api/identifier-counts?prefix=88.118.1")).Status);
        Assert.Equal("unknown-prefix", Reason(await world.RegisterAsync("outsider", "", """{"handle":"88.118.1/a"}""")));
    }

    [Fact]
    public async Task A_suspended_prefix_neither_registers_nor_resolves_until_it_is_resumed()
    {
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a","values":[{"type":"URL","data":"u"}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, (await world.PostAsync("admin", "/api/prefixes/88.118.1/suspend")).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.PostAsync("admin", "/api/prefixes/88.118.1/suspend", """{"why":"unpaid"}""")).Status);
        Assert.Equal("100", await world.ResolveAsync(null, "88.118.1/a"));
        Assert.Equal("prefix-suspended", Reason(await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/b"}""")));
        Assert.Equal(HttpStatusCode.Conflict, (await world.PostAsync("admin", "/api/prefixes/88.118.1/suspend", """{"why":"again"}""")).Status);

        Assert.Equal(HttpStatusCode.OK, (await world.PostAsync("admin", "/api/prefixes/88.118.1/resume")).Status);
        Assert.Equal("URL", await world.ResolveAsync(null, "88.118.1/a"));
    }

    [Fact]
    public async Task A_quota_ends_registration_and_a_stale_version_changes_nothing()
    {
        var set = await world.SendAsync("admin", HttpMethod.Put, "/api/prefixes/88.118.1", """{"quota":2}""", ("If-Match", "\"1\""));
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (set.Status, set.Tag));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.SendAsync("admin", HttpMethod.Put, "/api/prefixes/88.118.1", "{}", ("If-Match", "\"1\""))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.SendAsync("outsider", HttpMethod.Put, "/api/prefixes/88.118", "{}")).Status);

        var report = await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a"}""", """{"handle":"88.118.1/b"}""", """{"handle":"88.118.1/c"}""");
        Assert.Equal((2, 1, "over-quota"), ((int)report["created"]!, (int)report["rejected"]!, Reason(report)));
        await world.SendAsync("engineer", HttpMethod.Delete, "/api/identifiers/88.118.1/a");
        Assert.Equal(1, (int)(await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/c"}"""))["created"]!);
    }

    private static string? Reason(JsonNode report) => (string?)report["rows"]![0]!["code"];

    private async Task<IEnumerable<string?>> StatesAsync(string prefix) =>
        JsonNode.Parse((await world.GetAsync("engineer", $"/api/prefixes/{prefix}/history")).Text)!["items"]!.AsArray().Select(item => (string?)item!["state"]);
}
