using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Identifiers.Gs1.Compression;
using Jingwei.Identifiers.Gs1.DigitalLinks;

namespace Jingwei.Tests.Identifiers.Node;

/// <summary>The server as a resolver: GS1-Conformant Resolver Standard 1.2, RFC 9264, Fetch standard.</summary>
public sealed class DigitalLinkRouteTests(DigitalLinkWorld world) : IClassFixture<DigitalLinkWorld>
{
    private const string Item = "/01/" + DigitalLinkWorld.Gtin;

    [Theory]
    [InlineData("", "https://acme.example/board")]
    [InlineData("/", "https://acme.example/board")]
    [InlineData("?17=261231&x=%C3%A4", "https://acme.example/board?17=261231&x=%C3%A4")]
    [InlineData("?linkType=gs1:defaultLink", "https://acme.example/board?linkType=gs1:defaultLink")]
    [InlineData("?linkType=https://ref.gs1.org/voc/recallStatus", "https://acme.example/recall?all=1&linkType=https://ref.gs1.org/voc/recallStatus")]
    [InlineData("/10/L%2F7", "https://acme.example/lot")]
    [InlineData("/10/L%2F7/21/S9", "https://acme.example/lot")]
    [InlineData("/10/L%2F7?linkType=gs1:recallStatus", "https://acme.example/recall?all=1&linkType=gs1:recallStatus")]
    [InlineData("/10/OTHER", "https://acme.example/board")]
    [InlineData("/21/HIDDEN", "https://acme.example/board")]
    public async Task A_key_goes_to_its_link_up_from_the_finest_level_that_has_one(string rest, string location) =>
        Assert.Equal((307, location), await world.WhereAsync(Item + rest));

    [Fact]
    public async Task Other_keys_and_printed_forms_of_gtins_are_answered_too()
    {
        Assert.Equal((307, "https://acme.example/pallet"), await world.WhereAsync("/00/069123450000000017"));
        Assert.Equal((307, "https://acme.example/board"), await world.WhereAsync("/01/6912345678902"));
    }

    [Fact]
    public async Task An_identifier_without_a_link_leads_to_its_page() =>
        Assert.Equal((307, $"{world.Stem}/id/88.118.1{Item}/21/S1"), await world.WhereAsync(Item + "/21/S1"));

    [Theory]
    [InlineData("en", null, "https://acme.example/board/en")]
    [InlineData("zh-CN, en;q=0.5", null, "https://acme.example/board.pdf")]
    [InlineData("fr", null, "https://acme.example/board")]
    [InlineData(null, "application/pdf", "https://acme.example/board.pdf")]
    [InlineData(null, "text/html,application/xhtml+xml,*/*;q=0.8", "https://acme.example/board")]
    public async Task Language_and_media_type_choose_the_link(string? language, string? accept, string location) =>
        Assert.Equal((307, location), await world.WhereAsync(Item, ("Accept-Language", language ?? "*;q=0"), ("Accept", accept ?? "*/*")));

    [Fact]
    public async Task The_linkset_lists_what_the_asker_may_see_of_every_level()
    {
        foreach (var (query, accept) in new[] { ("?linkType=linkset", "*/*"), ("?linkType=all", "text/html"), ("", "application/linkset+json") })
        {
            using var answer = await world.AskAsync(Item + "/10/L%2F7" + query, null, null, ("Accept", accept));
            Assert.Equal((HttpStatusCode.OK, "application/linkset+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Contains(answer.Headers.GetValues("Link"), link => link.Contains("http://www.w3.org/ns/json-ld#context", StringComparison.Ordinal));
            var linkset = (await JsonOf(answer))["linkset"]!.AsArray();
            Assert.Equal([$"{world.Stem}{Item}/10/L%2F7", world.Stem + Item], linkset.Select(level => (string?)level!["anchor"]));
            Assert.Equal("https://acme.example/board", (string?)linkset[1]!["https://ref.gs1.org/voc/defaultLink"]![0]!["href"]);
            Assert.Equal("电路板", (string?)linkset[1]!["itemDescription"]);
            Assert.Equal(["https://acme.example/board", "https://acme.example/board/en", "https://acme.example/board.pdf"], linkset[1]!["https://ref.gs1.org/voc/pip"]!.AsArray().Select(link => (string?)link!["href"]));
            Assert.Null(linkset[1]!["https://ref.gs1.org/voc/traceability"]);
        }

        using var owned = await world.AskAsync(Item + "?linkType=linkset", null, "viewer");
        Assert.Equal("https://acme.example/trace", (string?)(await JsonOf(owned))["linkset"]![0]!["https://ref.gs1.org/voc/traceability"]![0]!["href"]);
    }

    [Fact]
    public async Task The_linkset_comes_as_a_header_would_have_it_where_that_is_asked_for()
    {
        using var answer = await world.AskAsync("/00/069123450000000017", null, null, ("Accept", "application/linkset"));
        Assert.Equal((HttpStatusCode.OK, "application/linkset"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var anchor = $"{world.Stem}/00/069123450000000017";
        Assert.Equal(
            $"""
            <https://acme.example/pallet>; rel="https://ref.gs1.org/voc/defaultLink"; anchor="{anchor}"; title="(00)069123450000000017",
            <https://acme.example/pallet>; rel="describedby"; anchor="{anchor}"; type="text/html"; title="(00)069123450000000017"
            """,
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Links_that_fit_equally_well_are_left_to_choose_from()
    {
        using var answer = await world.AskAsync(Item + "?linkType=gs1:certificationInfo");
        Assert.Equal(300, (int)answer.StatusCode);
        Assert.Equal(["1", "2"], (await JsonOf(answer))["linkset"]![0]!["https://ref.gs1.org/voc/certificationInfo"]!.AsArray().Select(link => (string?)link!["title"]));
    }

    [Fact]
    public async Task Every_answer_names_the_linkset_and_is_open_to_pages_of_any_origin()
    {
        using var head = await world.AskAsync(Item + "/21/S9", HttpMethod.Head);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, 0L), (head.StatusCode, head.Content.Headers.ContentLength ?? 0));
        Assert.Equal($"<{world.Stem}{Item}?linkType=linkset>; rel=\"linkset\"; type=\"application/linkset+json\"", head.Headers.GetValues("Link").Single());
        Assert.Equal(["Accept", "Accept-Language"], head.Headers.Vary);
        using var nothing = await world.AskAsync(Item + "?linkType=gs1:epil");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        using var preflight = await world.AskAsync(Item, HttpMethod.Options, null, ("Origin", "https://shop.example"), ("Access-Control-Request-Method", "GET"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal($"<{world.Stem}{Item}?linkType=linkset>; rel=\"linkset\"; type=\"application/linkset+json\"", preflight.Headers.GetValues("Link").Single());
        using var unknown = await world.AskAsync("/01/09528765123457", HttpMethod.Options);
        Assert.Equal((HttpStatusCode.NoContent, false), (unknown.StatusCode, unknown.Headers.Contains("Link")));
        foreach (var answer in new[] { head, nothing, preflight })
        {
            Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
            Assert.Equal(["GET, HEAD, OPTIONS"], answer.Headers.GetValues("Access-Control-Allow-Methods"));
            Assert.Contains("Link", answer.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/01/06912345678901")]
    [InlineData("/01/069123456789")]
    [InlineData("/01")]
    [InlineData(Item + "/badrequest")]
    [InlineData(Item + "/21/S1/10/L7")]
    [InlineData(Item + "?36=5")]
    [InlineData(Item + "?21=S1")]
    public async Task What_is_no_digital_link_is_refused(string path)
    {
        using var answer = await world.AskAsync(path);
        Assert.Equal((HttpStatusCode.BadRequest, "bad-digital-link"), (answer.StatusCode, (string?)(await JsonOf(answer))["code"]));
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task What_nobody_has_and_what_the_asker_may_not_see_are_the_same()
    {
        await world.Node.RegisterAsync("engineer", "", """{"handle":"88.118.1/01/06912345000000","values":[{"type":"URL","data":"https://acme.example/x","read":"owner"}]}""");
        using var hidden = await world.AskAsync("/01/06912345000000");
        using var nothing = await world.AskAsync("/01/06912345000017");
        using var nobodys = await world.AskAsync("/01/09520123456788");
        foreach (var answer in new[] { hidden, nothing, nobodys })
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(await hidden.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.False(answer.Headers.Contains("Link"));
        }

        using var owned = await world.AskAsync("/01/06912345000000", null, "viewer");
        Assert.Equal("https://acme.example/x", owned.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_compressed_link_is_answered_as_what_it_stands_for()
    {
        var link = DigitalLink.Read($"{world.Stem}{Item}/10/L%2F7").Value!;
        var packed = CompressedLink.Write(link)[world.Stem.Length..];
        using var whole = await world.AskAsync(packed + "?x=1");
        Assert.Equal("https://acme.example/lot?x=1", whole.Headers.Location?.OriginalString);
        Assert.Contains($"<{world.Stem}{Item}/10/L%2F7?x=1>; rel=\"owl:sameAs\"", whole.Headers.GetValues("Link"));

        // The example of the standard for a key that is not compressed.
        var behind = CompressedLink.Write(DigitalLink.Read("https://id.gs1.org/01/09506000134376/10/ABC123/21/12345").Value!);
        Assert.Equal(404, (await world.WhereAsync(behind["https://id.gs1.org".Length..])).Status);
        Assert.Equal(404, (await world.WhereAsync("/nothing-of-the-kind")).Status);
    }

    [Fact]
    public async Task The_resolver_describes_itself()
    {
        using var answer = await world.AskAsync("/.well-known/gs1resolver");
        var json = await JsonOf(answer);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal((world.Stem, "all", "gs1:"), ((string?)json["resolverRoot"], (string?)json["supportedPrimaryKeys"]![0], (string?)json["supportedLinkType"]![0]!["prefix"]));
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Answers_are_counted_as_resolutions_of_the_prefix()
    {
        var before = await CountsAsync();
        await world.WhereAsync(Item);
        await world.WhereAsync(Item + "?linkType=linkset");
        await world.WhereAsync("/01/06912345000017");
        Assert.Equal((before.Found + 2, before.Missed + 1), await CountsAsync());
    }

    [Theory]
    [InlineData("""{\"linkType\":\"gs1:pip\",\"href\":\"https://a.example\"}""")]
    [InlineData("""{\"linkType\":\"gs1:pip\",\"href\":\"/relative\",\"title\":\"a\"}""")]
    [InlineData("""{\"linkType\":\"gs1:defaultLink\",\"href\":\"https://a.example\",\"title\":\"a\"}""")]
    [InlineData("""{\"linkType\":\"gs1:pip\",\"href\":\"javascript:alert(1)\",\"title\":\"a\"}""")]
    [InlineData("""{\"linkType\":\"gs1:pip\",\"href\":\"https://a.example\",\"title\":\"a\",\"hreflang\":\"en\"}""")]
    [InlineData("""{\"linkType\":\"gs1:pip\",\"href\":\"https://a.example\",\"title\":\"a\",\"type\":\"text\"}""")]
    [InlineData("""{\"linktype\":\"gs1:pip\",\"href\":\"https://a.example\",\"title\":\"a\"}""")]
    [InlineData("https://a.example")]
    public async Task A_value_that_is_no_link_is_not_registered_as_one(string data)
    {
        var report = await world.Node.RegisterAsync("engineer", "", $$"""{"handle":"88.118.1/01/06912345000024","values":[{"type":"gs1.link","data":"{{data}}"}]}""");
        Assert.Equal("bad-value", (string?)report["rows"]![0]!["code"]);
    }

    private async Task<(int Found, int Missed)> CountsAsync()
    {
        var counts = JsonNode.Parse((await world.Node.GetAsync("engineer", "/api/identifier-counts?prefix=88.118.1")).Text)!["items"]!.AsArray();
        return (counts.Where(count => count!["party"] is null).Sum(count => (int)count!["found"]!), counts.Where(count => count!["party"] is null).Sum(count => (int)count!["missed"]!));
    }

    private static async Task<JsonNode> JsonOf(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
}
