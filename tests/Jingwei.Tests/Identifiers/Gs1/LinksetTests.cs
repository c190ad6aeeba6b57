using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Resolution;

namespace Jingwei.Tests.Identifiers.Gs1;

/// <summary>RFC 9264, RFC 8288, and the documents of the GS1-Conformant Resolver Standard 1.2.</summary>
public sealed class LinksetTests
{
    private static readonly LinkLevel Shirt = new()
    {
        Path = [new("01", "09506000164908")],
        Description = "圆领 T 恤",
        DefaultLinkType = "gs1:sustainabilityInfo",
        Links =
        [
            new() { Type = "gs1:pip", Href = "https://example.org/pip", Title = "Product", MediaType = "text/html", Languages = ["en", "fr"], Contexts = ["LK"] },
            new() { Type = "gs1:sustainabilityInfo", Href = "https://example.org/en", Title = "Sustainability", Languages = ["en"] },
            new() { Type = "gs1:sustainabilityInfo", Href = "https://example.org/zh", Title = "可持续发展", Languages = ["zh"] },
        ],
    };

    [Fact]
    public void A_linkset_has_an_anchor_a_description_one_default_and_the_links_by_type() => AssertJson(
        """
        {"linkset":[{
          "anchor":"https://id.example.org/01/09506000164908",
          "itemDescription":"圆领 T 恤",
          "description":"圆领 T 恤",
          "https://ref.gs1.org/voc/defaultLink":[{"href":"https://example.org/en","title":"Sustainability"}],
          "https://ref.gs1.org/voc/defaultLinkMulti":[
            {"href":"https://example.org/en","title":"Sustainability","hreflang":["en"]},
            {"href":"https://example.org/zh","title":"可持续发展","hreflang":["zh"]}],
          "https://ref.gs1.org/voc/pip":[{"href":"https://example.org/pip","title":"Product","type":"text/html","hreflang":["en","fr"],"context":["LK"]}],
          "https://ref.gs1.org/voc/sustainabilityInfo":[
            {"href":"https://example.org/en","title":"Sustainability","hreflang":["en"]},
            {"href":"https://example.org/zh","title":"可持续发展","hreflang":["zh"]}]
        }]}
        """,
        json => LinksetWriter.Write(json, [Shirt], "https://id.example.org"));

    [Fact]
    public void A_choice_is_a_linkset_of_the_links_to_choose_from()
    {
        // The schema of the standard wants a description everywhere: without one it is the key.
        var level = Shirt with { Description = null, DefaultLinkType = "gs1:pip", Links = [Shirt.Links[0], .. Shirt.Links.Skip(1).Select(link => link with { Languages = [] })] };
        var answer = LinkResolution.Resolve(DigitalLink.Read("https://a/01/09506000164908?linkType=gs1:sustainabilityInfo").Value!, [level], new());
        AssertJson(
            """
            {"linkset":[{"anchor":"https://id.example.org/01/09506000164908","itemDescription":"(01)09506000164908","description":"(01)09506000164908","https://ref.gs1.org/voc/sustainabilityInfo":[
              {"href":"https://example.org/en","title":"Sustainability"},{"href":"https://example.org/zh","title":"可持续发展"}]}]}
            """,
            json => LinksetWriter.Write(json, answer, "https://id.example.org"));
    }

    [Fact]
    public void A_resolver_describes_itself() => AssertJson(
        """
        {"name":"R","resolverRoot":"https://id.example.org","supportedPrimaryKeys":["01","414"],
         "supportedLinkType":[{"namespace":"https://ref.gs1.org/voc/","prefix":"gs1:"}],
         "supportedContextValuesEnumerated":["LK"],"linkTypeDefaultCanBeLinkset":false,"contact":{"fn":"Someone"}}
        """,
        new ResolverDescription { ResolverRoot = "https://id.example.org", Name = "R", PrimaryKeys = ["01", "414"], Contexts = ["LK"], Contact = "Someone" }.Write);

    [Fact]
    public void The_header_points_to_the_linkset() =>
        Assert.Equal("<https://id.example.org/01/09506000164908?linkType=linkset>; rel=\"linkset\"; type=\"application/linkset+json\"", LinkHeader.ToLinkset(Shirt, "https://id.example.org"));

    [Fact]
    public void A_link_is_a_header_with_its_attributes()
    {
        Assert.Equal(
            "<https://example.org/pip>; rel=\"https://ref.gs1.org/voc/pip\"; anchor=\"https://id.example.org/01/1\"; hreflang=\"en\"; hreflang=\"fr\"; type=\"text/html\"; title=\"Product\"; context=\"LK\"",
            LinkHeader.Of(Shirt.Links[0], "https://id.example.org/01/1"));
        Assert.EndsWith("; title*=UTF-8''%E5%8F%AF%E6%8C%81%E7%BB%AD%E5%8F%91%E5%B1%95", LinkHeader.Of(Shirt.Links[2], "https://a"), StringComparison.Ordinal);
        Assert.EndsWith("; title=\"a \\\"b\\\" \\\\\"", LinkHeader.Of(Shirt.Links[1] with { Title = "a \"b\" \\" }, "https://a"), StringComparison.Ordinal);
        Assert.EndsWith("; title*=UTF-8''a%0D%0Ab", LinkHeader.Of(Shirt.Links[1] with { Title = "a\r\nb" }, "https://a"), StringComparison.Ordinal);
    }

    private static void AssertJson(string expected, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        var actual = JsonNode.Parse(stream.ToArray());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual!.ToJsonString());
    }
}
