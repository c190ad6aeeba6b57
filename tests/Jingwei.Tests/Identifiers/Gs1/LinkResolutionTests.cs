using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Resolution;

namespace Jingwei.Tests.Identifiers.Gs1;

/// <summary>GS1-Conformant Resolver Standard 1.2 and the criteria of GS1's test suite for resolvers.</summary>
public sealed class LinkResolutionTests
{
    private static readonly Gs1Element Gtin = new("01", "09506000164908");

    [Theory]
    [InlineData("", "item")]
    [InlineData("/22/2A", "variant")]
    [InlineData("/22/2B", "item")]
    [InlineData("/22/2A/10/L1", "lot")]
    [InlineData("/22/2A/10/L2", "variant")]
    [InlineData("/10/L1", "item")]
    [InlineData("/21/S1", "serial")]
    [InlineData("/22/2A/10/L1/21/S1", "serial")]
    [InlineData("/22/2A/10/L1/21/S2", "any-serial/S2")]
    public void A_request_goes_up_to_the_finest_level_that_has_links(string qualifiers, string location)
    {
        LinkLevel[] levels =
        [
            Level("item"),
            Level("variant", new Gs1Element("22", "2A")),
            Level("lot", new("22", "2A"), new("10", "L1")),
            Level("any-serial/{s}", new("22", "2A"), new("21", "{s}")),
            Level("serial", new Gs1Element("21", "S1")),
            new() { Path = [new("01", "09506000134376")], Links = [Pip("other")] },
        ];
        Assert.Equal("https://example.org/" + location, Ask(levels, qualifiers).Location);
    }

    [Fact]
    public void A_level_without_the_type_leaves_it_to_the_next_one()
    {
        LinkLevel[] levels = [Level("item") with { Links = [Pip("item"), Pip("recall") with { Type = "gs1:recallStatus" }] }, Level("serial", new Gs1Element("21", "S1"))];
        Assert.Equal("https://example.org/recall?linkType=gs1:recallStatus", Ask(levels, "/21/S1?linkType=gs1:recallStatus").Location);
        Assert.Equal("https://example.org/serial", Ask(levels, "/21/S1").Location);
        Assert.StartsWith("https://example.org/serial?", Ask(levels, "/21/S1?linkType=gs1:defaultLink").Location!, StringComparison.Ordinal);
        Assert.Equal(404, Ask(levels, "/21/S1?linkType=gs1:epil").Status);
        Assert.Equal(404, Ask([], "").Status);
    }

    [Theory]
    [InlineData("gs1:pip")]
    [InlineData("https://gs1.org/voc/pip")]
    [InlineData("https%3A%2F%2Fref.gs1.org%2Fvoc%2Fpip")]
    public void A_type_is_the_same_in_every_namespace_of_the_vocabulary(string type) =>
        Assert.Equal(307, Ask([Level("item")], "?linkType=" + type).Status);

    [Theory]
    [InlineData("https://example.org/a", "?foo=bar&17=261231", "https://example.org/a?foo=bar&17=261231")]
    [InlineData("https://example.org/a?x=1", "?foo=bar", "https://example.org/a?x=1&foo=bar")]
    [InlineData("https://example.org/a#part", "?foo=bar", "https://example.org/a?foo=bar#part")]
    [InlineData("https://example.org/a", "?", "https://example.org/a")]
    public void The_query_goes_on_to_the_target(string href, string query, string location)
    {
        LinkLevel[] levels = [Level("item") with { Links = [Pip("item") with { Href = href }] }];
        Assert.Equal(location, Ask(levels, query).Location);
        LinkLevel[] kept = [Level("item") with { Links = [Pip("item") with { Href = href, ForwardsQuery = false }] }];
        Assert.Equal(href, Ask(kept, query).Location);
    }

    [Fact]
    public void The_linkset_has_the_links_of_every_level_up_to_the_key()
    {
        LinkLevel[] levels = [Level("item"), Level("lot/{lot}", new Gs1Element("10", "{lot}"))];
        foreach (var answer in (ResolutionAnswer[])[Ask(levels, "/10/A%2FB?linkType=linkset"), Ask(levels, "/10/A%2FB?linkType=all"), Ask(levels, "/10/A%2FB", accept: "application/linkset+json")])
        {
            Assert.Equal((200, null), (answer.Status, answer.Location));
            Assert.Equal(["https://id.example.org/01/09506000164908/10/A%2FB", "https://id.example.org/01/09506000164908"], answer.Levels.Select(level => level.Anchor("https://id.example.org/")));
            Assert.Equal(["https://example.org/lot/A%2FB", "https://example.org/item"], answer.Levels.Select(level => level.Links[0].Href));
        }

        Assert.Equal(307, Ask(levels, "", accept: "text/html,application/xhtml+xml,*/*;q=0.8").Status);
    }

    [Theory]
    [InlineData(null, null, "", "en")]
    [InlineData("fr", null, "", "fr")]
    [InlineData("fr-CA", null, "", "fr")]
    [InlineData("de, fr;q=0.5", null, "", "fr")]
    [InlineData("fr;q=0, en", null, "", "en")]
    [InlineData("ja", null, "", "en")]
    [InlineData("fr", null, "&context=LK", "fr")]
    [InlineData("pt", null, "&context=LK", "lk")]
    [InlineData(null, "application/pdf", "", "pdf")]
    [InlineData(null, "text/html, application/pdf;q=0.5", "", "en")]
    [InlineData("fr", "application/pdf", "", "fr")]
    [InlineData(null, "image/png", "", "en")]
    public void Language_then_context_then_media_type_choose_among_the_defaults(string? acceptLanguage, string? accept, string more, string location)
    {
        LinkLevel[] levels = [Level("item") with
        {
            Links =
            [
                Pip("en") with { Languages = ["en"], MediaType = "text/html" },
                Pip("fr") with { Languages = ["fr"], MediaType = "text/html" },
                Pip("pdf") with { MediaType = "application/pdf" },
                Pip("lk") with { Languages = ["pt"], Contexts = ["LK"] },
                Pip("br") with { Languages = ["pt"], Contexts = ["BR"] },
            ],
        }];
        Assert.StartsWith("https://example.org/" + location, Ask(levels, "?x=" + more, accept, acceptLanguage).Location!, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_links_are_a_choice_unless_one_is_the_default()
    {
        var certificate = Pip("1") with { Type = "gs1:certificationInfo", Languages = ["en"] };
        var other = certificate with { Href = "https://example.org/2" };
        LinkLevel[] levels = [Level("item") with { Links = [Pip("item"), certificate, other, certificate with { Href = "https://example.org/3", Languages = ["fr"] }] }];
        var answer = Ask(levels, "?linkType=gs1:certificationInfo", acceptLanguage: "en");
        Assert.Equal((300, null), (answer.Status, answer.Location));
        Assert.Equal([certificate, other], answer.Choices);

        LinkLevel[] byDefault = [levels[0] with { DefaultLinkType = "gs1:certificationInfo" }];
        Assert.StartsWith("https://example.org/1?", Ask(byDefault, "?linkType=gs1:certificationInfo", acceptLanguage: "en").Location!, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_entered_as_a_target_cannot_end_the_header()
    {
        LinkLevel[] levels = [Level("item") with { Links = [Pip("item") with { Href = "https://example.org/产品\r\nSet-Cookie: a" }] }];
        Assert.Equal("https://example.org/%E4%BA%A7%E5%93%81%0D%0ASet-Cookie:%20a", Ask(levels, "").Location);
    }

    [Fact]
    public void A_slash_at_the_end_is_tolerated() =>
        Assert.Equal(DigitalLink.Read("https://a/01/09506000164908").Value!.Path, DigitalLink.Read("https://a/01/09506000164908/?x", Gs1Limits.Lenient).Value!.Path);

    [Fact]
    public void A_level_says_what_the_standard_misses_in_it()
    {
        var level = Level("item") with { Links = [Pip("a") with { Title = "", Href = "/relative", Type = "a b" }], DefaultLinkType = "gs1:epil" };
        Assert.Equal([0, 0, 0, 0], level.Check().Select(problem => problem.Position));
        Assert.Empty(Level("item").Check());
    }

    private static ResolutionAnswer Ask(LinkLevel[] levels, string rest, string? accept = null, string? acceptLanguage = null) =>
        LinkResolution.Resolve(DigitalLink.Read("https://id.example.org/01/09506000164908" + rest).Value!, levels, new(accept, acceptLanguage));

    private static LinkLevel Level(string name, params Gs1Element[] qualifiers) => new() { Path = [Gtin, .. qualifiers], Links = [Pip(name)] };

    private static Link Pip(string name) => new() { Type = "gs1:pip", Href = "https://example.org/" + name, Title = name };
}
