using System.Net;
using Jingwei.Server.Identifiers.Prefixes;

namespace Jingwei.Tests.Identifiers.Node;

public sealed class BadPrefixTests(NodeWorldFixture fixture) : IClassFixture<NodeWorldFixture>
{
    [Theory]
    [InlineData("""{"party":"plant"}""")]
    [InlineData("""{"prefix":"88.118.7","below":"88.118","party":"plant"}""")]
    [InlineData("""{"prefix":"88..7","party":"plant"}""")]
    [InlineData("""{"prefix":"0.NA","party":"plant"}""")]
    [InlineData("""{"prefix":"88.118.7/x","party":"plant"}""")]
    [InlineData("""{"prefix":"88.118.7","party":"plant"}""")]
    [InlineData("""{"prefix":"88.118.7","party":"plan"}""")]
    [InlineData("""{"prefix":"99.1","party":"plant","applicant":{"organisation":"a","contact":"b","purpose":"c"}}""")]
    [InlineData("""{"prefix":"88.118.7","party":"plant","applicant":{"organisation":"","contact":"b","purpose":"c"}}""")]
    [InlineData("""{"prefix":"88.118.7","party":"plant","applicant":{"organisation":"a","contact":"b","purpose":"c","creditCode":"91440300708461136X"}}""")]
    public async Task An_application_that_is_not_complete_is_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await fixture.World.PostAsync("engineer", "/api/prefixes", body)).Status);

    [Theory]
    [InlineData("91440300708461136T", true)]
    [InlineData("9144030070846113T6", false)]
    [InlineData("91440300708461136I", false)]
    [InlineData("91440300708461136", false)]
    public void A_credit_code_has_its_check_character(string code, bool valid) => Assert.Equal(valid, CreditCode.IsValid(code));
}
