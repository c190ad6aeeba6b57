using System.Net;
using System.Text.Json.Nodes;

namespace Jingwei.Tests.Identifiers.Node;

public sealed class CodeTests(DigitalLinkWorld world) : IClassFixture<DigitalLinkWorld>
{
    private const string Key = "/api/codes/88.118.1/01/" + DigitalLinkWorld.Gtin;

    [Fact]
    public async Task The_codes_of_a_gs1_key_say_its_digital_link_and_its_elements()
    {
        var code = JsonNode.Parse((await world.Node.GetAsync("viewer", Key + "/10/L%252F7")).Text)!;
        Assert.Equal($"{world.Stem}/01/{DigitalLinkWorld.Gtin}/10/L%2F7", (string?)code["digitalLink"]);
        Assert.Equal($"(01){DigitalLinkWorld.Gtin}(10)L/7", (string?)code["elements"]);
        Assert.Equal($"{world.Stem}/id/88.118.1/01/{DigitalLinkWorld.Gtin}/10/L%252F7", (string?)code["page"]);
    }

    [Fact]
    public async Task The_codes_of_other_identifiers_say_their_page()
    {
        // The second looks like a key, of a company that has no prefix here.
        await world.Node.RegisterAsync("engineer", "", """{"handle":"88.118.1/板 1"}""", """{"handle":"88.118.1/01/09520123456788"}""");
        foreach (var name in new[] { "%E6%9D%BF%201", "01/09520123456788" })
        {
            var code = JsonNode.Parse((await world.Node.GetAsync("viewer", "/api/codes/88.118.1/" + name)).Text)!;
            Assert.Equal($"{world.Stem}/id/88.118.1/{name}", (string?)code["page"]);
            Assert.Null(code["digitalLink"]);
            Assert.Null(code["elements"]);
        }
    }

    // ISO/IEC 18004 and 16022: 33 modules take up to 62 bytes at level M, with 4 beside them; 20 modules take 22 codewords, with 1 beside them.
    [Theory]
    [InlineData("?symbol=qr", 8, 4)]
    [InlineData("?symbol=datamatrix&scale=3", 3, 1)]
    public async Task A_code_has_its_quiet_zone_in_whole_pixels(string query, int scale, int quiet)
    {
        var svg = await world.Node.GetAsync("viewer", Key + query);
        Assert.Equal((HttpStatusCode.OK, "image/svg+xml"), (svg.Status, svg.ContentType));
        var side = int.Parse(svg.Text.Split("viewBox=\"0 0 ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"width=\"{side * scale}\" height=\"{side * scale}\"", svg.Text, StringComparison.Ordinal);
        // The upper left corner of both is dark: a finder pattern, and the solid left edge.
        Assert.Contains($"d=\"M{quiet} {quiet}h", svg.Text, StringComparison.Ordinal);
        var png = await world.Node.GetAsync("viewer", Key + query + "&format=png");
        Assert.Equal("image/png", png.ContentType);
    }

    [Theory]
    [InlineData("?symbol=aztec")]
    [InlineData("?symbol=qr&format=gif")]
    [InlineData("?symbol=qr&scale=0")]
    [InlineData("?symbol=qr&scale=41")]
    [InlineData("?symbol=qr&level=X")]
    public async Task What_cannot_be_drawn_is_refused(string query) => Assert.Equal("bad-code", (await world.Node.GetAsync("viewer", Key + query)).Code);

    [Fact]
    public async Task A_code_is_only_drawn_of_what_is_there_and_may_be_seen()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Node.GetAsync(null, Key)).Status);
        var hidden = await world.Node.GetAsync("outsider", Key + "?symbol=qr");
        var nothing = await world.Node.GetAsync("viewer", "/api/codes/88.118.1/nothing?symbol=qr");
        Assert.Equal((HttpStatusCode.NotFound, nothing.Text), (hidden.Status, hidden.Text));
    }

    [Fact]
    public async Task An_identifier_that_no_code_has_room_for_is_told_so()
    {
        var name = string.Concat(Enumerable.Repeat("%E6%9D%BF", 165));
        await world.Node.RegisterAsync("engineer", "", $$"""{"handle":"88.118.1/{{new string('板', 165)}}"}""");
        Assert.Equal("too-long", (await world.Node.GetAsync("viewer", $"/api/codes/88.118.1/{name}?symbol=qr&level=H")).Code);
        Assert.Equal(HttpStatusCode.OK, (await world.Node.GetAsync("viewer", $"/api/codes/88.118.1/{name}?symbol=qr&level=L")).Status);
    }
}
