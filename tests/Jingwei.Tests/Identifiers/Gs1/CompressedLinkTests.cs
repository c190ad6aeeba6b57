using FsCheck;
using FsCheck.Fluent;
using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.Compression;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Resolution;

namespace Jingwei.Tests.Identifiers.Gs1;

/// <summary>GS1 Digital Link Standard: Compression. What comes of each link is what GS1's own toolkit (gs1/GS1DigitalLinkToolkit.js) makes of it, without and with groups of identifiers.</summary>
public sealed class CompressedLinkTests
{
    [Theory]
    [InlineData("01/09506000134376/10/LOT01", "ARFKk4XB0CDKWcnpq", "CxFKk4XB0MpZyemo")]
    [InlineData("01/09506000134376/21/12345", "ARFKk4XB0EIKMDk", "DBFKk4XB0AowOQ")]
    [InlineData("01/09506000134376/10/abcdef/21/A%2FB%2B?17=261129", "ARFKk4XB0CBNV5veLn-BJDCQV8JW", "GhFKk4XB0E1Xm98JBXwlZ_gS")]
    [InlineData("00/376104250021234569", "AFODDSnQfHiQ", "AFODDSnQfHiQ")]
    [InlineData("01/09506000134376?3103=000195&3922=0299&17=201225", "ARFKk4XB0C5iQSYgYAGGckSAlY", "LRFKk4XB0AAYYuYkEnJEgJW")]
    [InlineData("8006/040123451234560102/21/00012", "IQUABkADBHRgh8_9QzA", "IQUABkADBHRgh8_9QzA")]
    [InlineData("253/401234555555498", "JTOmMm56YgLE", "JTOmMm56YgLE")]
    [InlineData("253/4012345555554", "JTOmMm56YoA", "JTOmMm56YoA")]
    [InlineData("255/401234599999044", "JVOmMnVCdiWA", "JVOmMnVCdiWA")]
    [InlineData("414/4012345000115/254/32a", "JUIzKkFDpjJmALM", "nTpjJmALMjMq")]
    [InlineData("8010/4012345ABC/8011/123", "gBBKQBI0WryAETHs", "mkpAEjRavDHs")]
    [InlineData("8018/401234598765400000/8019/12", "gBhZF4veMCD8CAGSGA", "nFkXi94wIPwCGA")]
    [InlineData("01/09506000134376/22/2A?99=ff00&linkType=gs1%3Apip", "ARFKk4XB0ESEVTJCf4B4iWKeRPKl6B8_Ni64aeA", "ChFKk4XB0IRVMkJ_gHiJYp5E8qXoHz82Lrhp4A")]
    [InlineData("8004/4012345AAbb", "gARr4012345AAbb", "gARr4012345AAbb")]
    [InlineData("00/376104250021234569?423=156392", "AFODDSnQfHiUIycNiA", "AFODDSnQfHiUIycNiA")]
    public void A_link_is_compressed_and_read_again(string link, string plain, string grouped)
    {
        var read = DigitalLink.Read("https://id.gs1.org/" + link).Value!;
        Assert.Equal("https://id.gs1.org/" + plain, CompressedLink.Write(read, groupsKeys: false));
        Assert.Equal("https://id.gs1.org/" + grouped, CompressedLink.Write(read));
        foreach (var packed in (string[])[plain, grouped])
        {
            var unpacked = CompressedLink.Read("https://id.gs1.org/" + packed);
            Assert.Null(unpacked.Problem);
            Assert.Equal(read.ToCanonical(), unpacked.Value!.ToCanonical());
            Assert.Equal(read.Parameters, unpacked.Value.Parameters);
        }
    }

    [Fact]
    public void The_key_and_the_query_may_stay_as_they_are()
    {
        var lot = CompressedLink.Write(new() { Stem = "https://example.com/p/01/09506000134376", Path = [new("10", "LOT01")] });
        var link = CompressedLink.Read(lot + "?17=261129&linkType=gs1:pip#x").Value!;
        Assert.Equal("https://example.com/p/01/09506000134376/10/LOT01?17=261129&linkType=gs1%3Apip", link.ToString());
        Assert.Equal("<https://example.com/p/01/09506000134376/10/LOT01?17=261129&linkType=gs1%3Apip>; rel=\"owl:sameAs\"", LinkHeader.ToUncompressed(link));
    }

    [Fact]
    public void A_key_before_a_packed_key_is_part_of_the_stem_and_escaped_it_is_still_a_key()
    {
        var link = CompressedLink.Read("https://a/8004/95206144123/ARFKk4XB0A").Value!;
        Assert.Equal(("https://a/8004/95206144123", new Gs1Element("01", "09506000134376")), (link.Stem, link.Key));

        var packed = CompressedLink.Write(new() { Stem = "https://a/8010/4012345A%2FB", Path = [new("8011", "12")] });
        Assert.Equal("https://a/8010/4012345A%2FB/8011/12", CompressedLink.Read(packed).Value!.ToString());
    }

    [Fact]
    public void What_the_form_has_no_room_for_stays_in_the_query()
    {
        var link = DigitalLink.Read("https://a/01/09506000134376?89=X&a.b=1&flag&x=é".Replace("é", "%C3%A9", StringComparison.Ordinal), new() { AllowsUnknown = true }).Value!;
        Assert.Equal("https://a/ARFKk4XB0A?89=X&a.b=1&flag&x=%C3%A9", CompressedLink.Write(link));
    }

    [Theory]
    [InlineData("https://a/8004/9520614141234567?01=09520123456788&98=X")]
    [InlineData("https://a/01/09520123456788/235/XYZ?10=ABC123&98=X")]
    public void An_attribute_that_could_be_key_or_qualifier_stays_an_attribute(string uri)
    {
        var link = DigitalLink.Read(uri).Value!;
        Assert.Equal(link.ToCanonical(), CompressedLink.Read(CompressedLink.Write(link)).Value!.ToCanonical());
    }

    [Theory]
    [InlineData("https://id.gs1.org/", Gs1ProblemCode.InvalidCharacter, 19)]
    [InlineData("https://id.gs1.org/A.B", Gs1ProblemCode.InvalidCharacter, 19)]
    [InlineData("https://id.gs1.org/ARFKk4X", Gs1ProblemCode.Malformed, 19)]
    [InlineData("https://id.gs1.org/iRFKk4XB0A", Gs1ProblemCode.UnknownIdentifier, 19)]
    [InlineData("https://id.gs1.org/A", Gs1ProblemCode.NoPrimaryKey, 19)]
    [InlineData("https://id.gs1.org/ARFKk4XB0g", Gs1ProblemCode.WrongCheckDigit, 19)]
    [InlineData("ftp://id.gs1.org/ARFKk4XB0A", Gs1ProblemCode.InvalidScheme, 0)]
    [InlineData("", Gs1ProblemCode.InvalidScheme, 0)]
    public void What_is_none_is_refused(string uri, Gs1ProblemCode code, int position)
    {
        var problem = CompressedLink.Read(uri).Problem!;
        Assert.Equal((code, position), (problem.Code, problem.Position));
    }

    [Fact]
    public void Any_packed_text_is_read_or_refused()
    {
        var texts = Gen.Elements("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".ToCharArray()).ListOf().Select(chars => new string([.. chars]));
        Prop.ForAll(Arb.From(Gen.OneOf(texts, texts.Select(text => "ARFKk4XB0" + text))), text =>
            CompressedLink.Read("https://a/" + text) is { IsValid: var valid } read && valid == (read.Value is not null)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Any_link_comes_back()
    {
        const string set = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
        var value = Gen.OneOf(Gen.Elements(set.ToCharArray()), Gen.Elements("0123456789abcdef".ToCharArray()), Gen.Elements("0123456789".ToCharArray()))
            .NonEmptyListOf().Select(chars => new string([.. chars.Take(20)]));
        Prop.ForAll(Arb.From(value.ListOf(4)), values =>
        {
            var link = DigitalLink.From([new("01", "09506000134376"), new("10", values[0]), new("21", values[1]), new("98", values[2]), new("8012", values[3])], "https://example.com").Value!;
            Assert.Equal(link.ToCanonical(), CompressedLink.Read(CompressedLink.Write(link)).Value!.ToCanonical());
        }).QuickCheckThrowOnFailure();
    }
}
