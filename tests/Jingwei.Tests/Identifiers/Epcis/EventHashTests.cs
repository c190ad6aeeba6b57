using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Hashing;

namespace Jingwei.Tests.Identifiers.Epcis;

/// <summary>The rules of the event hash (CBV 2.0, 8.9, and the description of its reference implementation), one by one.</summary>
public sealed class EventHashTests
{
    [Fact]
    public void An_event_whose_prefixes_stand_for_too_much_has_no_hash()
    {
        var fields = string.Join(',', Enumerable.Range(0, 160).Select(each => $"\"ext:f{each}\": 1"));
        var json = EpcisSample.Object($""" "action": "ADD", "epcList": [], {fields} """).Replace("https://example.com/ext/", $"https://example.com/{new string('x', 1 << 20)}/", StringComparison.Ordinal);
        Assert.Throws<EventHashException>(() => EventHash.Compute(EpcisSample.One(json)));
        Assert.StartsWith("ni:///sha-256;", EventHash.Compute(EpcisSample.One(EpcisSample.Object(""" "action": "ADD", "epcList": [] """))), StringComparison.Ordinal);
    }

    // Rule 9: three digits, the third rounded up where the fourth is 5 or more; rule 8: UTC.
    [Theory]
    [InlineData("2023-01-18T11:04:03.1415Z", "2023-01-18T11:04:03.142Z")]
    [InlineData("2023-01-18T11:04:03.1414999Z", "2023-01-18T11:04:03.141Z")]
    [InlineData("2023-01-18T11:04:03Z", "2023-01-18T11:04:03.000Z")]
    [InlineData("2023-12-31T23:59:59.9996-01:00", "2024-01-01T01:00:00.000Z")]
    public void Times_are_in_utc_to_the_millisecond(string time, string written)
    {
        var json = EpcisSample.Object(""" "action": "ADD", "epcList": [] """).Replace("2026-07-22T10:30:00.000+08:00", time, StringComparison.Ordinal);
        Assert.StartsWith($"eventType=ObjectEventeventTime={written}eventTimeZoneOffset=+08:00", EventHash.PreHash(EpcisSample.One(json)), StringComparison.Ordinal);
    }

    // Rules 17 and 18; check digits by hand after GS1 General Specifications, 7.9.1. The first twelve are the keys of the published example of all keys.
    [Theory]
    [InlineData("urn:epc:id:sgtin:4012345.012345.12", "https://id.gs1.org/01/04012345123456/21/12")]
    [InlineData("urn:epc:id:sscc:4012345.0000000333", "https://id.gs1.org/00/040123450000003338")]
    [InlineData("urn:epc:id:grai:4012345.66666.87", "https://id.gs1.org/8003/0401234566666387")]
    [InlineData("urn:epc:id:giai:4012345.AAbb", "https://id.gs1.org/8004/4012345AAbb")]
    [InlineData("urn:epc:id:gsrn:4012345.9876540000", "https://id.gs1.org/8018/401234598765400000")]
    [InlineData("urn:epc:id:cpi:4012345.ABC.123", "https://id.gs1.org/8010/4012345ABC/8011/123")]
    [InlineData("urn:epc:id:ginc:4012345.333", "https://id.gs1.org/401/4012345333")]
    [InlineData("urn:epc:id:itip:4012345.012345.01.02.999", "https://id.gs1.org/8006/040123451234560102/21/999")]
    [InlineData("urn:epc:id:upui:4012345.012345.AB12", "https://id.gs1.org/01/04012345123456/235/AB12")]
    [InlineData("urn:epc:class:lgtin:4054739.099914.20160711", "https://id.gs1.org/01/04054739999148/10/20160711")]
    [InlineData("urn:epc:idpat:sgtin:4054739.099914.*", "https://id.gs1.org/01/04054739999148")]
    [InlineData("urn:epc:idpat:cpi:4012345.ABC.*", "https://id.gs1.org/8010/4012345ABC")]
    [InlineData("urn:epc:id:sgln:4012345.00005.0", "https://id.gs1.org/414/4012345000054")]
    [InlineData("urn:epc:id:sgtin:4012345.012345.(a+b)", "https://id.gs1.org/01/04012345123456/21/%28a%2Bb%29")]
    [InlineData("urn:epc:id:sgtin:4012345.012345.a%2Fb", "https://id.gs1.org/01/04012345123456/21/a%2Fb")]
    [InlineData("urn:epc:id:sgtin:4012345.12345.1", "urn:epc:id:sgtin:4012345.12345.1")]
    [InlineData("urn:epc:id:usdod:2S194.12345", "urn:epc:id:usdod:2S194.12345")]
    [InlineData("https://example.com/some/path/01/04012345123456/10/L1/21/S1?17=261231", "https://id.gs1.org/01/04012345123456/21/S1")]
    [InlineData("http://example.com/gtin/4012345123456/cpv/A/lot/L1", "https://id.gs1.org/01/04012345123456/10/L1")]
    [InlineData("https://example.com/01/40123455", "https://id.gs1.org/01/00000040123455")]
    [InlineData("https://example.com/01/04012345123456/99/x", "https://example.com/01/04012345123456/99/x")]
    [InlineData("https://example.com/414/4012345000054/254/7#part", "https://example.com/414/4012345000054/254/7#part")]
    [InlineData("https://example.com/index.html", "https://example.com/index.html")]
    public void Identifiers_become_constrained_digital_links(string written, string canonical)
    {
        var read = EpcisSample.One(EpcisSample.Object($""" "action": "ADD", "epcList": ["{written}"] """));
        Assert.Contains($"epcListepc={canonical}action=ADD", EventHash.PreHash(read), StringComparison.Ordinal);
        Assert.Equal(canonical, CanonicalIdentifier.Of(written));
    }

    // Rule 6, and what a double makes of strings of digits in the published sensor examples.
    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("0.34340", "0.3434")]
    [InlineData("-477979.89", "-477979.89")]
    [InlineData("1e3", "1000")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("\"007\"", "7")]
    [InlineData("\"111100001111000011110000\"", "111100001111000003641344")]
    [InlineData("\"1.2.3\"", "1.2.3")]
    [InlineData("true", "true")]
    public void Numbers_have_one_form(string written, string canonical)
    {
        var read = EpcisSample.One(EpcisSample.Object($""" "action": "ADD", "epcList": [], "ext:f": {written} """));
        Assert.EndsWith("{https://example.com/ext/}f=" + canonical, EventHash.PreHash(read), StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_after_the_event_does_not_count()
    {
        var plain = EventHash.Compute(EpcisSample.One(EpcisSample.Object(""" "action": "ADD", "epcList": [] """)));
        var recorded = EventHash.Compute(EpcisSample.One(EpcisSample.Object("""
            "action": "ADD", "epcList": [], "recordTime": "2026-07-22T10:31:00Z", "eventID": "urn:a:b", "errorDeclaration": {"declarationTime": "2026-07-23T10:31:00Z"}, "rdfs:comment": "c"
            """)));
        Assert.Equal(plain, recorded);
        Assert.Matches("^ni:///sha-256;[0-9a-f]{64}\\?ver=CBV2\\.0$", plain);
    }

    [Fact]
    public void Lists_and_extensions_are_sorted_and_every_value_of_an_array_counts()
    {
        var read = EpcisSample.One(EpcisSample.Object("""
            "ext:b": ["2", "1"], "ext:a": {"ext:y": 1, "ext:x": 2}, "epcList": ["urn:z:1", "urn:a:1"], "action": "ADD",
            "bizTransactionList": [{"bizTransaction": "urn:b:1", "type": "po"}, {"type": "bol", "bizTransaction": "urn:c:1"}]
            """));
        Assert.Equal(
            "eventType=ObjectEventeventTime=2026-07-22T02:30:00.000ZeventTimeZoneOffset=+08:00epcListepc=urn:a:1epc=urn:z:1action=ADD"
            + "bizTransactionListtype=https://ref.gs1.org/cbv/BTT-bolbizTransaction=urn:c:1type=https://ref.gs1.org/cbv/BTT-pobizTransaction=urn:b:1"
            + "{https://example.com/ext/}a{https://example.com/ext/}x=2{https://example.com/ext/}y=1{https://example.com/ext/}b=1{https://example.com/ext/}b=2",
            EventHash.PreHash(read));
    }

    [Fact]
    public void Many_epcs_in_any_order_have_one_hash()
    {
        var epcs = Enumerable.Range(0, 500).Select(number => $"\"urn:epc:id:sgtin:4012345.012345.{number}\"").ToArray();
        var first = EventHash.Compute(EpcisSample.One(EpcisSample.Object($""" "action": "ADD", "epcList": [{string.Join(',', epcs)}] """)));
        new Random(7).Shuffle(epcs);
        Assert.Equal(first, EventHash.Compute(EpcisSample.One(EpcisSample.Object($""" "epcList": [{string.Join(',', epcs)}], "action": "ADD" """))));
    }

    // A type of one's own may have anything in the fields of the standard, which nothing checks.
    [Theory]
    [InlineData(""" "sensorElementList": [{"sensorReport": "none"}, "x"] """)]
    [InlineData(""" "quantityList": [5], "bizTransactionList": ["x"], "sourceList": 7, "epcList": [{}] """)]
    [InlineData(""" "persistentDisposition": "x", "readPoint": [1], "bizStep": {"a": 1}, "ilmd": null """)]
    public void Events_of_other_types_are_hashed_whatever_they_have(string fields)
    {
        var read = EpcisSample.One(EpcisSample.Event("ext:OwnEvent", fields));
        Assert.StartsWith("eventType={https://example.com/ext/}OwnEvent", EventHash.PreHash(read), StringComparison.Ordinal);
        Assert.NotEqual(EventHash.Compute(EpcisSample.One(EpcisSample.Event("ext:OwnEvent", "\"ext:other\": 1"))), EventHash.Compute(read));
    }
}
