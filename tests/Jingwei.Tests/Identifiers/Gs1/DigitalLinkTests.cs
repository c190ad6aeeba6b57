using FsCheck;
using FsCheck.Fluent;
using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.DigitalLinks;

namespace Jingwei.Tests.Identifiers.Gs1;

/// <summary>GS1 Digital Link Standard: URI Syntax, 1.2 and later.</summary>
public sealed class DigitalLinkTests
{
    [Fact]
    public void A_link_is_taken_apart()
    {
        var link = DigitalLink.Read("https://example.com/shop/01/09506000134352/22/2A/10/A%2FB/21/1%2B?17=261129&linkType=gs1:pip&3103=000195&flag&context=a+b#top").Value!;
        Assert.Equal("https://example.com/shop", link.Stem);
        Assert.Equal(new Gs1Element("01", "09506000134352"), link.Key);
        Assert.Equal([link.Key, new("22", "2A"), new("10", "A/B"), new("21", "1+")], link.Path);
        Assert.Equal([new Gs1Element("17", "261129"), new("3103", "000195")], link.Attributes);
        Assert.Equal([new LinkParameter("linkType", "gs1:pip"), new("flag", null), new("context", "a b")], link.Parameters);
        Assert.Equal("17=261129&linkType=gs1:pip&3103=000195&flag&context=a+b", link.Query);
        Assert.Equal(("gs1:pip", "", null), (link.Parameter("linkType"), link.Parameter("flag"), link.Parameter("LinkType")));
        Assert.Equal("(01)09506000134352(22)2A(10)A/B(21)1+(17)261129(3103)000195", link.Elements.ToString());
        Assert.Equal("https://example.com/shop/01/09506000134352/22/2A/10/A%2FB/21/1%2B?17=261129&3103=000195&linkType=gs1%3Apip&flag&context=a%20b", link.ToString());
    }

    [Theory]
    [InlineData("HTTP://a/gtin/9506000134352/ser/1?x=y&3103=000195&17=261129", "https://id.gs1.org/01/09506000134352/21/1?17=261129&3103=000195", "https://id.gs1.org/01/09506000134352/21/1")]
    [InlineData("https://a/b/c/sscc/376104250021234569/", "https://id.gs1.org/00/376104250021234569", "https://id.gs1.org/00/376104250021234569")]
    [InlineData("https://a/payTo/4012345000115/refno/A%2fB", "https://id.gs1.org/415/4012345000115/8020/A%2FB", "https://id.gs1.org/415/4012345000115/8020/A%2FB")]
    public void The_canonical_form_is_one_for_all(string uri, string canonical, string key)
    {
        var link = DigitalLink.Read(uri, Gs1Limits.Lenient).Value!;
        Assert.Equal((canonical, key), (link.ToCanonical(), link.ToCanonicalKey()));
    }

    [Theory]
    [InlineData("ftp://a/01/09506000134352", Gs1ProblemCode.InvalidScheme, 0)]
    [InlineData("https:///01/09506000134352", Gs1ProblemCode.InvalidDomain, 8)]
    [InlineData("https://user@a/01/09506000134352", Gs1ProblemCode.InvalidDomain, 8)]
    [InlineData("https://a?01=09506000134352", Gs1ProblemCode.NoPrimaryKey, 9)]
    [InlineData("https://a/01", Gs1ProblemCode.NoPrimaryKey, 9)]
    [InlineData("https://a/01/09506000134352/", Gs1ProblemCode.NoPrimaryKey, 9)]
    [InlineData("https://a/gtin/09506000134352", Gs1ProblemCode.NoPrimaryKey, 9)]
    [InlineData("https://a/01/09506000134352/10/", Gs1ProblemCode.EmptyValue, 31)]
    [InlineData("https://a/01/9506000134352", Gs1ProblemCode.TooShort, 13)]
    [InlineData("https://a/01/09506000134353", Gs1ProblemCode.WrongCheckDigit, 26)]
    [InlineData("https://a/01/09506000134352/21/1/10/A", Gs1ProblemCode.InvalidPath, 10)]
    [InlineData("https://a/01/09506000134352/10/A/235/B", Gs1ProblemCode.InvalidPath, 10)]
    [InlineData("https://a/01/09506000134352/10/A/10/A", Gs1ProblemCode.Repeated, 36)]
    [InlineData("https://a/01/09506000134352/10/A%2", Gs1ProblemCode.InvalidPercentEncoding, 32)]
    [InlineData("https://a/01/09506000134352/10/A%20B", Gs1ProblemCode.InvalidCharacter, 31)]
    [InlineData("https://a/01/09506000134352/10/é", Gs1ProblemCode.InvalidCharacter, 31)]
    [InlineData("https://a/01/09506000134352?17=261329", Gs1ProblemCode.InvalidDate, 33)]
    [InlineData("https://a/01/09506000134352?21=1", Gs1ProblemCode.NoAttribute, 27)]
    [InlineData("https://a/01/09506000134352?10=1", Gs1ProblemCode.BelongsInPath, 27)]
    [InlineData("https://a/01/09506000134352?123=1", Gs1ProblemCode.UnknownIdentifier, 28)]
    [InlineData("https://a/01/09506000134352?17=", Gs1ProblemCode.EmptyValue, 31)]
    [InlineData("https://a/01/09506000134352?%31234=1", Gs1ProblemCode.UnknownIdentifier, 28)]
    public void What_is_no_digital_link_is_refused_with_its_reason(string uri, Gs1ProblemCode code, int position)
    {
        var problem = DigitalLink.Read(uri).Problem!;
        Assert.Equal((code, position), (problem.Code, problem.Position));
    }

    // RFC 3986, 2.3: an escape of a character that needs none says the same.
    [Fact]
    public void Names_of_parameters_may_be_escaped_or_missing()
    {
        var link = DigitalLink.Read("https://a/01/09506000134352?%31%37=261129&=x&&a%20b=%E4%B8%AD").Value!;
        Assert.Equal([new Gs1Element("17", "261129")], link.Attributes);
        Assert.Equal([new LinkParameter("", "x"), new("a b", "中")], link.Parameters);
    }

    [Fact]
    public void What_goes_over_a_limit_is_not_read()
    {
        Assert.Equal(Gs1ProblemCode.TooLarge, DigitalLink.Read("https://a/01/09506000134352?x=" + new string('a', 8_192)).Problem!.Code);
        Assert.Equal(Gs1ProblemCode.TooManyElements, DigitalLink.Read("https://a/01/09506000134352?" + string.Join('&', Enumerable.Repeat("x=1", 65))).Problem!.Code);
        Assert.True(DigitalLink.Read("https://a/01/09506000134352?" + string.Join('&', Enumerable.Repeat("x=1", 64))).IsValid);
    }

    [Fact]
    public void A_link_that_is_built_is_read_as_it_was()
    {
        const string set = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
        var value = Gen.Elements(set.ToCharArray()).NonEmptyListOf().Select(chars => new string([.. chars.Take(20)]));
        Prop.ForAll(Arb.From(value.ListOf(3)), values =>
        {
            var built = DigitalLink.From([new("98", values[0]), new("21", values[1]), new("01", "09506000134352"), new("10", values[2])], "https://example.com/p/").Value!;
            Assert.Equal([new("01", "09506000134352"), new("10", values[2]), new("21", values[1])], built.Path);
            Assert.Equal(built, DigitalLink.Read(built.ToString()).Value);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var texts = Gen.Elements("https://", "a", "/", "01", "09506000134352", "10", "gtin", "?", "&", "=", "#", "%", "%2F", "17", "261129", "é").ListOf().Select(parts => "https://a" + string.Concat(parts));
        Prop.ForAll(Arb.From(texts), text =>
        {
            foreach (var limits in (Gs1Limits[])[Gs1Limits.Default, Gs1Limits.Lenient, new() { AllowsUnknown = true }])
            {
                var read = DigitalLink.Read(text, limits);
                Assert.True(read.IsValid || (read.Problem.Position >= 0 && read.Problem.Position <= text.Length));
            }
        }).QuickCheckThrowOnFailure();
    }
}
