namespace Jingwei.Tests.Identifiers.Node;

public sealed class BadRowTests(NodeWorldFixture fixture) : IClassFixture<NodeWorldFixture>
{
    [Theory]
    [InlineData("""{"handle":"88.118.1/a","values":[{"type":"URL","data":"u"}""", "bad-json")]
    [InlineData("""[]""", "bad-json")]
    [InlineData("""{"handle":"88.118.1/a","name":"x"}""", "bad-json")]
    [InlineData("""{"handle":"88.118.1/a"} {}""", "bad-json")]
    [InlineData("""{"handle":"88.118.1/a","values":[{"type":"URL","data":7}]}""", "bad-json")]
    [InlineData("""{"handle":"88.118.1/a","values":[{"type":"URL","data":"u","read":"all"}]}""", "bad-json")]
    [InlineData("""{"handle":"88.118.1/a","values":[{"type":"URL","data":"u","read":{"roles":["boss"]}}]}""", "bad-json")]
    [InlineData("""{"handle":"88.118.1/a","values":[{"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"a/b"}}}]}""", "bad-json")]
    [InlineData("""{"values":[]}""", "bad-identifier")]
    [InlineData("""{"handle":"88.118.1"}""", "bad-identifier")]
    [InlineData("""{"handle":"88.118.1/"}""", "bad-identifier")]
    [InlineData("""{"handle":"88.118.1/a\u0001"}""", "bad-identifier")]
    [InlineData("""{"handle":"88.118.1/a","values":[{"data":"u"}]}""", "bad-value")]
    [InlineData("""{"handle":"88.118.1/a","values":[{"type":"U L","data":"u"}]}""", "bad-value")]
    [InlineData("""{"handle":"88.118.1/a","values":[{"index":-1,"type":"URL","data":"u"}]}""", "bad-value")]
    [InlineData("""{"handle":"88.118.1/a","values":[{"index":1,"type":"URL","data":"u"},{"index":1,"type":"URL","data":"v"}]}""", "bad-value")]
    [InlineData("""{"handle":"88.118.1/a","values":[{"type":"URL","data":"u","ttl":99999999}]}""", "bad-value")]
    [InlineData("""{"handle":"88.118.1/a","template":"none"}""", "unknown-template")]
    public async Task A_bad_row_says_why_and_leaves_its_neighbours_alone(string row, string code)
    {
        var report = await fixture.World.RegisterAsync("engineer", "?mode=put", """{"handle":"88.118.1/before"}""", row, """{"handle":"88.118.1/after"}""");
        Assert.Equal((3, 2, 1), ((int)report["received"]!, (int)report["created"]! + (int)report["unchanged"]!, (int)report["rejected"]!));
        Assert.Equal((2, code), ((int)report["rows"]![0]!["row"]!, (string?)report["rows"]![0]!["code"]));
        Assert.NotEmpty((string?)report["rows"]![0]!["detail"] ?? "");
    }
}
