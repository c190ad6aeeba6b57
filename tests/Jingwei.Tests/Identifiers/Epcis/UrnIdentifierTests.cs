using System.Text;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Gs1.Epc;

namespace Jingwei.Tests.Identifiers.Epcis;

/// <summary>
/// Digital Links as EPC URNs (Tag Data Standard 2.x, 6 and 7; CBV 2.0, 8). The pairs are of the two published translators and of the examples of EPCIS 2.0;
/// the lengths of the company prefixes are told, since the links do not say them.
/// </summary>
public sealed class UrnIdentifierTests
{
    [Theory]
    [InlineData("https://id.gs1.org/01/04012345111118/21/987", 7, "urn:epc:id:sgtin:4012345.011111.987")]
    [InlineData("https://example.com/some/path/01/04012345111118/21/987", 7, "urn:epc:id:sgtin:4012345.011111.987")]
    [InlineData("http://example.com/01/12345678901231/21/9999?17=261231", 10, "urn:epc:id:sgtin:2345678901.123.9999")]
    [InlineData("https://id.gs1.org/00/040123450000003338", 7, "urn:epc:id:sscc:4012345.0000000333")]
    [InlineData("https://id.gs1.org/414/1234567890111/254/1111", 10, "urn:epc:id:sgln:1234567890.11.1111")]
    [InlineData("https://id.gs1.org/414/4374736473640", 12, "urn:epc:id:sgln:437473647364..0")]
    [InlineData("https://id.gs1.org/417/4012345002256", 7, "urn:epc:id:pgln:4012345.00225")]
    [InlineData("https://id.gs1.org/8003/012345678901284ABC", 10, "urn:epc:id:grai:1234567890.12.4ABC")]
    [InlineData("https://id.gs1.org/8004/8394958495850%21%22%2F%25_", 12, "urn:epc:id:giai:839495849585.0!%22%2F%25_")]
    [InlineData("https://id.gs1.org/253/1234567890128ABC", 10, "urn:epc:id:gdti:1234567890.12.ABC")]
    [InlineData("https://id.gs1.org/8010/6282274234748947%2F/8011/94304", 7, "urn:epc:id:cpi:6282274.234748947%2F.94304")]
    [InlineData("https://id.gs1.org/255/123456789012845678901234", 10, "urn:epc:id:sgcn:1234567890.12.45678901234")]
    [InlineData("https://id.gs1.org/401/4012345333", 7, "urn:epc:id:ginc:4012345.333")]
    [InlineData("https://id.gs1.org/402/40123459999876541", 7, "urn:epc:id:gsin:4012345.999987654")]
    [InlineData("https://id.gs1.org/8017/401234500000987658", 7, "urn:epc:id:gsrnp:4012345.0000098765")]
    [InlineData("https://id.gs1.org/8006/040123451234560102/21/999", 7, "urn:epc:id:itip:4012345.012345.01.02.999")]
    [InlineData("https://id.gs1.org/01/12345678901231/235/1111ANC", 6, "urn:epc:id:upui:234567.1890123.1111ANC")]
    public void A_digital_link_of_any_domain_becomes_its_urn(string link, int length, string urn)
    {
        Assert.Equal(urn, UrnIdentifier.Of(link, false, _ => length));
        Assert.Equal(CanonicalIdentifier.Of(link), CanonicalIdentifier.Of(urn));
    }

    [Theory]
    [InlineData("https://id.gs1.org/01/04012345123456/10/998877", "urn:epc:class:lgtin:4012345.012345.998877")]
    [InlineData("https://id.gs1.org/01/04012345666663", "urn:epc:idpat:sgtin:4012345.066666.*")]
    [InlineData("https://id.gs1.org/8003/04012345666663", "urn:epc:idpat:grai:4012345.66666.*")]
    public void Classes_have_urns_only_where_classes_stand(string link, string urn)
    {
        Assert.Equal(urn, UrnIdentifier.Of(link, true, _ => 7));
        Assert.Equal(link, UrnIdentifier.Of(link, false, _ => 7));
    }

    [Theory]
    [InlineData("urn:epc:id:sgtin:4012345.011111.987")]
    [InlineData("urn:uuid:7f5fa1b0-5a1b-4a67-9b7e-0f6f6b1f2d3c")]
    [InlineData("https://example.com/orders/4711")]
    [InlineData("https://id.gs1.org/01/04012345111117/21/987")]
    [InlineData("https://ref.gs1.org/cbv/BizStep-shipping")]
    [InlineData("https://id.gs1.org/8004/4012345")]
    public void What_has_no_urn_stays_as_it_is(string uri) => Assert.Equal(uri, UrnIdentifier.Of(uri, true, _ => 7));

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(13)]
    public void Without_a_length_that_urns_have_a_link_stays_as_it_is(int? length) =>
        Assert.Equal("https://example.com/01/04012345111118/21/987", UrnIdentifier.Of("https://example.com/01/04012345111118/21/987", false, _ => length));

    // Behind the indicator of a GTIN, the extension digit of an SSCC and the zero of a GRAI (General Specifications, 1.4.4).
    [Theory]
    [InlineData("https://id.gs1.org/01/94012345111111/21/1", "4012345111111")]
    [InlineData("https://id.gs1.org/00/340123451234567895", "40123451234567895")]
    [InlineData("https://id.gs1.org/8003/04012345666663X", "4012345666663X")]
    [InlineData("https://id.gs1.org/414/4012345000054", "4012345000054")]
    [InlineData("https://id.gs1.org/8004/4012345ABC", "4012345ABC")]
    public void The_length_is_asked_for_by_what_begins_with_the_company_prefix(string link, string digits)
    {
        var asked = new List<string>();
        UrnIdentifier.Of(link, false, each =>
        {
            asked.Add(each);
            return null;
        });
        Assert.Equal([digits], asked);
    }

    [Fact]
    public void The_table_of_lengths_answers_by_its_longest_entry()
    {
        var table = CompanyPrefixTable.Read("\uFEFF{\"_disclaimer\":[\"x\"],\"GCPPrefixFormatList\":{\"date\":\"2026-01-01\",\"entry\":[{\"prefix\":\"952\",\"gcpLength\":7},{\"prefix\":\"95212\",\"gcpLength\":9},{\"prefix\":\"02\",\"gcpLength\":0}]}}"u8);
        Assert.Equal([7, 9, 0, null], "9520001000102 9521200010002 0212345678901 4012345111118".Split(' ').Select(digits => table.LengthOf(digits)));
        Assert.Equal(7, table.LengthOf("952"));
        Assert.Null(table.LengthOf(""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"GCPPrefixFormatList":{"entry":[]}}""")]
    [InlineData("""{"GCPPrefixFormatList":{"entry":[{"prefix":"95x","gcpLength":7}]}}""")]
    [InlineData("""{"GCPPrefixFormatList":{"entry":[{"prefix":"952","gcpLength":13}]}}""")]
    [InlineData("""{"GCPPrefixFormatList":{"entry":[{"prefix":null,"gcpLength":7}]}}""")]
    [InlineData("""{"GCPPrefixFormatList":{"entry":[{"prefix":"952"}]}}""")]
    public void What_is_no_table_of_lengths_is_refused(string json) => Assert.Throws<FormatException>(() => CompanyPrefixTable.Read(Encoding.UTF8.GetBytes(json)));
}
