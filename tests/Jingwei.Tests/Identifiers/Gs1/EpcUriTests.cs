using FsCheck;
using FsCheck.Fluent;
using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.Epc;

namespace Jingwei.Tests.Identifiers.Gs1;

/// <summary>Tag Data Standard 2.x, sections 6 to 8. The pairs are of the two published translators, RalphTro's and OpenEPCIS', and of EPCIS 2.0's examples.</summary>
public sealed class EpcUriTests
{
    [Theory]
    [InlineData("urn:epc:id:sgtin:4012345.011111.987", 7, "01/04012345111118/21/987")]
    [InlineData("urn:epc:id:sgtin:2345678901.123.9999", 10, "01/12345678901231/21/9999")]
    [InlineData("urn:epc:id:sgln:1234567890.11.1111", 10, "414/1234567890111/254/1111")]
    [InlineData("urn:epc:id:sgln:437473647364..0", 12, "414/4374736473640")]
    [InlineData("urn:epc:id:sgln:785783.438478.0394903", 6, "414/7857834384782/254/0394903")]
    [InlineData("urn:epc:id:grai:1234567890.12.4ABC", 10, "8003/012345678901284ABC")]
    [InlineData("urn:epc:id:grai:123456789012..4", 12, "8003/012345678901284")]
    [InlineData("urn:epc:id:gdti:1234567890.12.ABC", 10, "253/1234567890128ABC")]
    [InlineData("urn:epc:id:gdti:434934948984..4", 12, "253/43493494898454")]
    [InlineData("urn:epc:id:gdti:124757.578484.!", 6, "253/1247575784846%21")]
    [InlineData("urn:epc:id:cpi:3813667.83201294-5A.489332", 7, "8010/381366783201294-5A/8011/489332")]
    [InlineData("urn:epc:id:cpi:6282274.234748947%2F.94304", 7, "8010/6282274234748947%2F/8011/94304")]
    [InlineData("urn:epc:id:sgcn:1234567890.12.45678901234", 10, "255/123456789012845678901234")]
    [InlineData("urn:epc:id:upui:234567.1890123.1111ANC", 6, "01/12345678901231/235/1111ANC")]
    [InlineData("urn:epc:id:upui:857834.7838473.8398439", 6, "01/78578348384737/235/8398439")]
    [InlineData("urn:epc:id:giai:123456789012.123", 12, "8004/123456789012123")]
    [InlineData("urn:epc:id:giai:839495849585.0!%22%2F%25_", 12, "8004/8394958495850%21%22%2F%25_")]
    [InlineData("urn:epc:id:ginc:4012345.333", 7, "401/4012345333")]
    [InlineData("urn:epc:id:gsin:4012345.999987654", 7, "402/40123459999876541")]
    [InlineData("urn:epc:id:gsrnp:4012345.0000098765", 7, "8017/401234500000987658")]
    [InlineData("urn:epc:id:itip:4012345.012345.01.02.999", 7, "8006/040123451234560102/21/999")]
    [InlineData("urn:epc:id:sscc:4012345.0000000333", 7, "00/040123450000003338")]
    [InlineData("urn:epc:class:lgtin:4012345.012345.998877", 7, "01/04012345123456/10/998877")]
    [InlineData("urn:epc:idpat:sgtin:4012345.066666.*", 7, "01/04012345666663")]
    [InlineData("urn:epc:idpat:gdti:4012345.55555.*", 7, "253/4012345555554")]
    [InlineData("urn:epc:idpat:sgcn:4012345.99999.*", 7, "255/4012345999990")]
    [InlineData("urn:epc:idpat:grai:4012345.66666.*", 7, "8003/04012345666663")]
    [InlineData("urn:epc:idpat:itip:4012345.012345.01.02.*", 7, "8006/040123451234560102")]
    [InlineData("urn:epc:idpat:cpi:4012345.ABC.*", 7, "8010/4012345ABC")]
    public void An_epc_uri_and_its_digital_link_are_translated_both_ways(string urn, int companyPrefixLength, string path)
    {
        var read = EpcUri.Read(urn);
        Assert.Null(read.Problem);
        Assert.Equal("https://id.gs1.org/" + path, read.Value!.ToDigitalLink());
        Assert.Equal(urn, read.Value.ToString());

        var back = EpcUri.From(Split(path), companyPrefixLength);
        Assert.Null(back.Problem);
        Assert.Equal(read.Value, back.Value);
    }

    [Fact]
    public void The_parts_are_those_of_the_standards_grammar()
    {
        var epc = EpcUri.Read("urn:epc:id:itip:4012345.012345.01.02.a%2Fb.c").Value!;
        Assert.Equal((EpcScheme.Itip, EpcUriKind.Identity, "4012345", "012345", "01", "02", "a/b.c"), (epc.Scheme, epc.Kind, epc.CompanyPrefix, epc.Reference, epc.Piece, epc.Total, epc.Serial));
        Assert.Equal([new Gs1Element("8006", "040123451234560102"), new("21", "a/b.c")], epc.Elements());
    }

    [Theory]
    [InlineData("urn:epc:idpat:sgtin:4012345.*.*")]
    [InlineData("urn:epc:idpat:sgtin:*.*.*")]
    [InlineData("urn:epc:idpat:itip:4012345.012345.*.*.*")]
    [InlineData("urn:epc:idpat:sgln:4012345.00011.*")]
    [InlineData("urn:epc:idpat:sscc:4012345.*")]
    public void A_pattern_of_more_than_one_class_is_read_and_has_no_link(string urn)
    {
        var epc = EpcUri.Read(urn).Value!;
        Assert.Equal(urn, epc.ToString());
        Assert.Null(epc.ToDigitalLink());
    }

    [Theory]
    [InlineData("", Gs1ProblemCode.Malformed, 0)]
    [InlineData("urn:epc:tag:sgtin-96:0.4012345.011111.987", Gs1ProblemCode.Malformed, 0)]
    [InlineData("urn:epc:id:gid:95100000.12345.400", Gs1ProblemCode.UnknownScheme, 11)]
    [InlineData("urn:epc:id:lgtin:4012345.012345.1", Gs1ProblemCode.UnknownScheme, 11)]
    [InlineData("urn:epc:class:sgtin:4012345.012345.1", Gs1ProblemCode.UnknownScheme, 14)]
    [InlineData("urn:epc:id:sgtin", Gs1ProblemCode.UnknownScheme, 11)]
    [InlineData("urn:epc:id:sgtin:234567.1890123", Gs1ProblemCode.Malformed, 31)]
    [InlineData("urn:epc:id:sgtin:234567.189012.1234", Gs1ProblemCode.TooShort, 24)]
    [InlineData("urn:epc:id:sgtin:234567.18901234.00", Gs1ProblemCode.TooLong, 24)]
    [InlineData("urn:epc:id:sgtin:23A567.1801234.1234", Gs1ProblemCode.InvalidCharacter, 17)]
    [InlineData("urn:epc:id:sgtin:4012345.011111.", Gs1ProblemCode.TooShort, 32)]
    [InlineData("urn:epc:id:sgtin:4012345.011111.123456789012345678901", Gs1ProblemCode.TooLong, 32)]
    [InlineData("urn:epc:id:sgtin:4012345.011111.a/b", Gs1ProblemCode.InvalidCharacter, 32)]
    [InlineData("urn:epc:id:sgtin:4012345.011111.a%2", Gs1ProblemCode.InvalidPercentEncoding, 33)]
    [InlineData("urn:epc:id:sgtin:4012345.011111.a%23", Gs1ProblemCode.InvalidCharacter, 32)]
    [InlineData("urn:epc:id:sgtin:%34012345.11111.1", Gs1ProblemCode.InvalidCharacter, 17)]
    [InlineData("urn:epc:id:sscc:12345.066638689012", Gs1ProblemCode.TooShort, 16)]
    [InlineData("urn:epc:id:sscc:4012345.0000000333.1", Gs1ProblemCode.TooLong, 24)]
    [InlineData("urn:epc:id:grai:1234567890123.12.4ABC", Gs1ProblemCode.TooLong, 16)]
    [InlineData("urn:epc:id:cpi:123456..1111", Gs1ProblemCode.TooShort, 22)]
    [InlineData("urn:epc:id:cpi:123456.7890.111A", Gs1ProblemCode.InvalidCharacter, 27)]
    [InlineData("urn:epc:id:cpi:123456.7890.0111", Gs1ProblemCode.InvalidNumber, 27)]
    [InlineData("urn:epc:id:cpi:123456.7890123456789012345678901.1111", Gs1ProblemCode.TooLong, 22)]
    [InlineData("urn:epc:id:itip:4012345.012345.03.02.999", Gs1ProblemCode.InvalidNumber, 31)]
    [InlineData("urn:epc:id:itip:4012345.012345.00.02.999", Gs1ProblemCode.InvalidNumber, 31)]
    [InlineData("urn:epc:idpat:sgtin:*.012345.*", Gs1ProblemCode.Malformed, 22)]
    public void What_the_grammar_does_not_have_is_refused_where_it_stands(string urn, Gs1ProblemCode code, int position)
    {
        var problem = EpcUri.Read(urn).Problem!;
        Assert.Equal((code, position), (problem.Code, problem.Position));
    }

    [Theory]
    [InlineData("01/04012345111119/21/987", 7, Gs1ProblemCode.WrongCheckDigit)]
    [InlineData("01/0401234511111/21/987", 7, Gs1ProblemCode.TooShort)]
    [InlineData("01/04012345111118/21/987", 5, Gs1ProblemCode.InvalidCompanyPrefix)]
    [InlineData("01/04012345111118/21/987", 13, Gs1ProblemCode.InvalidCompanyPrefix)]
    [InlineData("8013/1987654Ad4X4bL5ttr2310c2K", 7, Gs1ProblemCode.NoEpc)]
    [InlineData("8004/401234", 7, Gs1ProblemCode.TooShort)]
    [InlineData("8004/40123A5AAbb", 7, Gs1ProblemCode.InvalidCharacter)]
    public void Elements_that_no_epc_uri_stands_for_are_refused(string path, int companyPrefixLength, Gs1ProblemCode code) =>
        Assert.Equal(code, EpcUri.From(Split(path), companyPrefixLength).Problem!.Code);

    [Fact]
    public void A_serial_number_says_more_than_a_lot() =>
        Assert.Equal("urn:epc:id:sgtin:4012345.011111.987", EpcUri.From([new("01", "04012345111118"), new("10", "LOT"), new("21", "987")], 7).Value!.ToString());

    [Fact]
    public void Any_serial_number_comes_back_from_urn_and_link()
    {
        const string set = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
        var serials = Gen.Elements(set.ToCharArray()).NonEmptyListOf().Select(chars => new string([.. chars.Take(20)]));
        Prop.ForAll(Arb.From(serials), serial =>
        {
            var epc = EpcUri.From([new("01", "04012345111118"), new("21", serial)], 7).Value!;
            Assert.Equal(serial, EpcUri.Read(epc.ToString()).Value!.Serial);
            Assert.Equal(serial, Uri.UnescapeDataString(epc.ToDigitalLink()!.Split('/')[^1]));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var texts = Gen.Elements("urn:epc:id:", "urn:epc:idpat:", "sgtin:", "itip:", "cpi:", "4012345", ".", "*", "%", "%2F", "0", "é", "\0").ListOf().Select(string.Concat);
        Prop.ForAll(Arb.From(texts), text => EpcUri.Read(text) is { IsValid: var valid, Value: var value } && valid == (value is not null)).QuickCheckThrowOnFailure();
    }

    private static List<Gs1Element> Split(string path) =>
        [.. path.Split('/').Chunk(2).Select(pair => new Gs1Element(pair[0], Uri.UnescapeDataString(pair[1])))];
}
