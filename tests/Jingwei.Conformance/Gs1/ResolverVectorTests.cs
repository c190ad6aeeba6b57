using System.Text.Json;
using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Resolution;
using Jingwei.Tests;

namespace Jingwei.Conformance.Gs1;

/// <summary>The data of GS1's Resolver Community Edition, with the answers that its own test (tests/setup_test.py) expects to requests on them.</summary>
[Trait("Category", "Vectors")]
public sealed class ResolverVectorTests
{
    [Theory]
    [InlineData("/01/09506000134376", "https://dalgiardino.com/medicinal-compound/pil.html")]
    [InlineData("/01/09506000134376/21/HELLOWORLD", "https://dalgiardino.com/medicinal-compound/pil.html?serial=HELLOWORLD")]
    [InlineData("/01/09506000134376/10/LOT01", "https://dalgiardino.com/medicinal-compound/pil.html?lot=LOT01")]
    [InlineData("/8004/0950600013430000001", "https://dalgiardino.com/medicinal-compound/assets/8004/0950600013430000001.html")]
    public void An_object_goes_to_its_default_link(string path, string location)
    {
        var answer = Ask(path);
        Assert.Equal((307, location), (answer.Status, answer.Location));
    }

    [Fact]
    public void The_type_and_the_language_choose_the_link()
    {
        foreach (var type in (string[])["gs1:hasRetailers", "gs1:pip", "gs1:recipeInfo", "gs1:sustainabilityInfo"])
        {
            foreach (var language in (string[])["en", "es", "vi", "ja"])
            {
                var answer = Ask("/01/09506000134352?linktype=" + type, language);
                Assert.Equal(307, answer.Status);
                Assert.Contains($"test_lt={type}", answer.Location!, StringComparison.Ordinal);
                Assert.Contains($"test_lang={language}", answer.Location!, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("en-GB,en;q=0.9,en-US;q=0.8,en-IE;q=0.7", "en-GB")]
    [InlineData("en,en-US;q=0.8,en-IE;q=0.7", "en-GB")]
    [InlineData("en-US,en;q=0.9,en-GB;q=0.8,en-IE;q=0.7", "en-US")]
    [InlineData("en-IE;q=0.9,en;q=0.8,en-GB;q=0.7,en-US;q=0.6", "en-IE")]
    [InlineData("fr-BE,fr-FR;q=0.8,fr;q=0.7", "non-English")]
    public void The_language_that_is_wanted_most_chooses_the_link(string acceptLanguage, string register) =>
        Assert.Contains($"register={register}", Ask("/01/09506000134376?linktype=gs1:registerProduct", acceptLanguage).Location!, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_digital_link_is_refused() =>
        Assert.False(DigitalLink.Read("https://id.example.org/01/09506000134376/badrequest", Gs1Limits.Lenient).IsValid);

    [Fact]
    public void A_type_that_no_link_has_is_not_found() =>
        Assert.Equal(404, Ask("/01/09506000134376?linktype=gs1:safetyInfo").Status);

    [Fact]
    public void Links_that_fit_equally_well_are_left_to_choose_from()
    {
        var answer = Ask("/01/09506000134376/10/LOT01?linktype=gs1:certificationInfo");
        Assert.Equal(300, answer.Status);
        Assert.Equal(
            [
                "https://dalgiardino.com/medicinal-compound/certificate_1?lot=LOT01",
                "https://dalgiardino.com/medicinal-compound/certificate_2?lot=LOT01",
                "https://dalgiardino.com/medicinal-compound/certificate_3?lot=LOT01",
            ],
            answer.Choices.Select(link => link.Href));
    }

    [Fact]
    public void Every_entry_is_one_that_a_resolver_may_have() =>
        Assert.All(Entries(), level => Assert.Empty(level.Check()));

    private static ResolutionAnswer Ask(string request, string? acceptLanguage = null) =>
        LinkResolution.Resolve(DigitalLink.Read("https://id.example.org" + request, Gs1Limits.Lenient).Value!, Entries(), new("*/*", acceptLanguage));

    private static List<LinkLevel> Entries() =>
        [.. Directory.GetFiles(External.Vectors("gs1-digital-link", "open", "resolver-ce"), "test_*.json").Order(StringComparer.Ordinal).SelectMany(file =>
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Select(Entry).ToList() : [Entry(root)];
        })];

    private static LinkLevel Entry(JsonElement entry)
    {
        var anchor = entry.GetProperty("anchor").GetString()!.Split('/');
        var qualifiers = entry.TryGetProperty("qualifiers", out var list) ? list.EnumerateArray().SelectMany(qualifier => qualifier.EnumerateObject()) : [];
        return new()
        {
            Path = [new(anchor[1], anchor[2]), .. qualifiers.Select(qualifier => new Gs1Element(qualifier.Name, qualifier.Value.GetString()!))],
            Description = entry.GetProperty("itemDescription").GetString(),
            DefaultLinkType = entry.GetProperty("defaultLinktype").GetString(),
            Links = [.. entry.GetProperty("links").EnumerateArray().Select(link => new Link
            {
                Type = link.GetProperty("linktype").GetString()!,
                Href = link.GetProperty("href").GetString()!,
                Title = link.GetProperty("title").GetString()!,
                MediaType = link.GetProperty("type").GetString(),
                Languages = Strings(link, "hreflang"),
                Contexts = Strings(link, "context"),
            })],
        };
    }

    private static IReadOnlyList<string> Strings(JsonElement link, string name) =>
        link.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString()!)] : [];
}
