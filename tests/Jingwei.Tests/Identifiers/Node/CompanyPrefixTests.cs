using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Server.Identifiers;

namespace Jingwei.Tests.Identifiers.Node;

/// <summary>Who may have the keys of a GS1 Company Prefix answered below his prefix; on a node that only tells who is signed in.</summary>
public sealed class CompanyPrefixTests : IAsyncLifetime
{
    private const string Item = "/01/" + DigitalLinkWorld.Gtin;

    private NodeWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await NodeWorld.StartAsync(new IdentifierOptions { PublicUrl = "https://id.acme.example" });
        Assert.Equal(HttpStatusCode.Created, (await world.PostAsync("admin", "/api/prefixes", """{"prefix":"88.118.2","party":"plan"}""")).Status);
        foreach (var (user, prefix) in new[] { ("engineer", "88.118.1"), ("outsider", "88.118.2") })
        {
            await world.RegisterAsync(user, "", $$"""{"handle":"{{prefix}}{{Item}}","values":[{"type":"GS1.LINK","data":"{\"linkType\":\"gs1:pip\",\"href\":\"https://{{user}}.example\",\"title\":\"板\"}"}]}""");
        }
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task It_is_asked_for_by_who_holds_the_prefix_and_given_by_the_operator_once()
    {
        foreach (var (digits, prefix, status) in new[]
        {
            ("691", "88.118.1", HttpStatusCode.BadRequest), ("6912345678901", "88.118.1", HttpStatusCode.BadRequest), ("69123a5", "88.118.1", HttpStatusCode.BadRequest),
            ("6912345", "88.118.2", HttpStatusCode.NotFound), ("6912345", "88.118.99", HttpStatusCode.NotFound),
        })
        {
            Assert.Equal(status, (await world.SendAsync("engineer", HttpMethod.Put, $"/api/company-prefixes/{digits}/{prefix}")).Status);
        }

        Assert.Equal("applied", await ApplyAsync("engineer", "6912345", "88.118.1"));
        Assert.Equal("applied", await ApplyAsync("outsider", "6912345", "88.118.2"));
        Assert.Equal(HttpStatusCode.NotFound, (await LinksetAsync("engineer")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await DecideAsync("engineer", "6912345/88.118.1/approve")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await DecideAsync("outsider", "6912345/88.118.2/approve")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await DecideAsync("outsider", "6912345/88.118.1/approve")).Status);

        Assert.Equal(HttpStatusCode.OK, (await DecideAsync("admin", "6912345/88.118.1/approve")).Status);
        Assert.Equal("https://engineer.example", Target(await LinksetAsync("engineer")));
        Assert.Equal("company-prefix-taken", (await DecideAsync("admin", "6912345/88.118.2/approve")).Code);
        Assert.Equal("wrong-state", (await DecideAsync("admin", "6912345/88.118.1/approve")).Code);
        Assert.Equal("bad-reason", (await DecideAsync("admin", "6912345/88.118.2/refuse")).Code);
        Assert.Equal("refused", (string?)(await DecideAsync("admin", "6912345/88.118.2/refuse", """{"why":"not yours"}""")).Json["state"]);
        Assert.Equal([("6912345", "refused", "not yours")], await ListAsync("outsider"));
        Assert.Equal([("6912345", "active", null)], await ListAsync("engineer"));

        // Who has it keeps it while somebody else asks again, and what he gives back is free.
        Assert.Equal("applied", await ApplyAsync("outsider", "6912345", "88.118.2"));
        Assert.Equal("active", await ApplyAsync("engineer", "6912345", "88.118.1"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.SendAsync("outsider", HttpMethod.Delete, "/api/company-prefixes/6912345/88.118.1")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync("engineer", HttpMethod.Delete, "/api/company-prefixes/6912345/88.118.1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await DecideAsync("admin", "6912345/88.118.2/approve")).Status);
        Assert.Equal("https://outsider.example", Target(await LinksetAsync("engineer")));
    }

    [Fact]
    public async Task The_longest_digits_that_fit_decide_and_only_an_active_prefix_answers()
    {
        Assert.Equal("active", await ApplyAsync("admin", "6912345", "88.118.1"));
        // General Specifications, 1.4.4: one key that was licensed alone, without indicator and check digit.
        Assert.Equal("active", await ApplyAsync("admin", "691234567890", "88.118.2"));
        Assert.Equal("https://outsider.example", Target(await LinksetAsync("engineer")));
        await world.SendAsync("admin", HttpMethod.Delete, "/api/company-prefixes/691234567890/88.118.2");
        Assert.Equal("https://engineer.example", Target(await LinksetAsync("engineer")));

        // What another node keeps is asked for there, where it has HTTP.
        await world.SendAsync("admin", HttpMethod.Put, "/api/prefixes/88.118.1", """{"delegation":{"host":"id.acme.example","port":2641,"http":"https://id.acme.example/"}}""");
        using (var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = world.Access.Http })
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", world.Access.Session("viewer"));
            using var referred = await http.GetAsync(Item + "/21/a%2Fb?linkType=all", TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.TemporaryRedirect, $"https://id.acme.example{Item}/21/a%2Fb?linkType=all"), (referred.StatusCode, referred.Headers.Location?.OriginalString));
        }

        await world.SendAsync("admin", HttpMethod.Put, "/api/prefixes/88.118.1", """{"delegation":{"host":"id.acme.example","port":2641}}""");
        Assert.Equal(HttpStatusCode.NotFound, (await LinksetAsync("engineer")).Status);
        await world.SendAsync("admin", HttpMethod.Put, "/api/prefixes/88.118.1", "{}");
        await world.PostAsync("admin", "/api/prefixes/88.118.1/suspend", """{"why":"unpaid"}""");
        Assert.Equal(HttpStatusCode.NotFound, (await LinksetAsync("engineer")).Status);
    }

    [Fact]
    public async Task Anybody_is_told_nothing_where_the_node_is_not_open()
    {
        await ApplyAsync("admin", "6912345", "88.118.1");
        foreach (var path in new[] { Item, "/.well-known/gs1resolver" })
        {
            Assert.Equal((HttpStatusCode.Unauthorized, "not-signed-in"), (await world.GetAsync(null, path) is var answer ? answer.Status : default, answer.Code));
        }

        // What was said to be the address of the node is what its links begin with.
        Assert.Equal("https://id.acme.example" + Item, (string?)(await LinksetAsync("viewer")).Json["linkset"]![0]!["anchor"]);
        Assert.Equal("https://id.acme.example", (string?)(await world.GetAsync("viewer", "/.well-known/gs1resolver")).Json["resolverRoot"]);
    }

    private async Task<string?> ApplyAsync(string user, string digits, string prefix) =>
        (string?)(await world.SendAsync(user, HttpMethod.Put, $"/api/company-prefixes/{digits}/{prefix}")).Json["state"];

    private Task<Jingwei.Tests.Access.Answer> DecideAsync(string user, string path, string body = "{}") => world.PostAsync(user, $"/api/company-prefixes/{path}", body);

    private Task<Jingwei.Tests.Access.Answer> LinksetAsync(string user) => world.GetAsync(user, Item + "?linkType=linkset");

    private static string? Target(Jingwei.Tests.Access.Answer linkset) => (string?)linkset.Json["linkset"]![0]!["https://ref.gs1.org/voc/pip"]![0]!["href"];

    private async Task<IEnumerable<(string?, string?, string?)>> ListAsync(string user) =>
        JsonNode.Parse((await world.GetAsync(user, "/api/company-prefixes")).Text)!["items"]!.AsArray()
            .Select(item => ((string?)item!["digits"], (string?)item["state"], (string?)item["why"]));
}
