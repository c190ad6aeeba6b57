using System.Text;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Hashing;
using Jingwei.Identifiers.Epcis.Xml;

namespace Jingwei.Tests.Identifiers.Epcis;

public sealed class XmlDocumentTests
{
    private const string Event = """
        <eventTime>2026-07-22T10:30:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList/><action>ADD</action>
        """;

    [Fact]
    public void A_document_type_that_declares_something_is_refused()
    {
        using var document = Read($"<!DOCTYPE a [<!ENTITY b \"c\">]><ObjectEvent>{Event}</ObjectEvent>");
        Assert.Equal(EpcisProblemCode.NotXml, Assert.Single(document.Problems).Code);
        using var external = Read($"<!DOCTYPE a SYSTEM \"http://example.com/a.dtd\"><ObjectEvent>{Event}</ObjectEvent>");
        Assert.Equal(EpcisProblemCode.NotXml, Assert.Single(external.Problems).Code);
        using var bare = Read($"<!DOCTYPE project><ObjectEvent>{Event}</ObjectEvent>");
        Assert.Empty(bare.Problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<a>")]
    [InlineData("<ObjectEvent>&unknown;</ObjectEvent>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"no-such\"?><a/>")]
    public void What_is_no_xml_is_said_to_be_none(string xml)
    {
        using var document = Read(xml);
        Assert.Equal(EpcisProblemCode.NotXml, Assert.Single(document.Problems).Code);
    }

    [Fact]
    public void Limits_hold()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100)) + string.Concat(Enumerable.Repeat("</a>", 100));
        Assert.Equal(EpcisProblemCode.TooLarge, Assert.Single(Read(deep).Problems).Code);
        var wide = $"<ObjectEvent>{string.Concat(Enumerable.Repeat("<a/>", 100))}</ObjectEvent>";
        Assert.Equal(EpcisProblemCode.TooLarge, Assert.Single(EpcisXmlReader.Read(Encoding.UTF8.GetBytes(wide), new() { Nodes = 100 }).Problems).Code);
        Assert.Equal(EpcisProblemCode.TooLarge, Assert.Single(EpcisXmlReader.Read(Encoding.UTF8.GetBytes(wide), new() { Bytes = 100 }).Problems).Code);
    }

    [Fact]
    public void Extensions_as_deep_as_the_limit_allows_are_read()
    {
        var deep = string.Concat(Enumerable.Repeat("<x:a x:b=\"1\">", 60)) + string.Concat(Enumerable.Repeat("</x:a>", 60));
        using var document = Read($"<ObjectEvent xmlns:x=\"https://example.com/\">{Event}{deep}</ObjectEvent>");
        Assert.Empty(document.Problems);
        Assert.Single(document.Events);
    }

    [Fact]
    public void One_prefix_for_two_namespaces_becomes_two()
    {
        using var document = Read($"<ObjectEvent>{Event}<x:a xmlns:x=\"https://example.com/1/\">1</x:a><x:a xmlns:x=\"https://example.com/2/\">2</x:a><gs1:a xmlns:gs1=\"https://example.com/3/\">3</gs1:a></ObjectEvent>");
        var read = Assert.Single(document.Events);
        var fields = read.Json.EnumerateObject().Where(property => property.Name.Contains(':', StringComparison.Ordinal)).ToDictionary(property => read.Context.Expand(property.Name), property => property.Value.GetString());
        Assert.Equal(new() { ["https://example.com/1/a"] = "1", ["https://example.com/2/a"] = "2", ["https://example.com/3/a"] = "3" }, fields);
    }

    [Fact]
    public void Wrappers_of_version_1_2_are_looked_through()
    {
        using var document = Read($"""
            <ObjectEvent><eventTime>2026-07-22T10:30:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><baseExtension><eventID>urn:a:b</eventID></baseExtension><epcList/><action>ADD</action>
            <extension><ilmd><x:lot xmlns:x="https://example.com/">1</x:lot></ilmd><extension><sensorElementList><sensorElement><sensorReport type="gs1:Mass" value="2.50" uom="KGM"/></sensorElement></sensorElementList></extension></extension></ObjectEvent>
            """);
        Assert.Empty(document.Problems);
        var read = Assert.Single(document.Events);
        Assert.Equal("urn:a:b", read.EventId);
        Assert.Equal("1", read.Ilmd.GetProperty("x:lot").GetString());
        Assert.Equal((2.5, "https://gs1.org/voc/Mass"), (read.SensorElementList[0].Reports[0].Value, read.SensorElementList[0].Reports[0].Type));
    }

    [Fact]
    public void Elements_in_another_order_are_read_where_that_is_allowed()
    {
        var xml = Encoding.UTF8.GetBytes("<ObjectEvent><action>ADD</action><eventTime>2026-07-22T10:30:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList/></ObjectEvent>");
        Assert.Equal(EpcisProblemCode.WrongOrder, Assert.Single(EpcisXmlReader.Read(xml).Problems).Code);
        Assert.Empty(EpcisXmlReader.Read(xml, anyOrder: true).Problems);
    }

    [Fact]
    public void Several_certificates_are_kept_and_other_elements_stand_once()
    {
        var read = EpcisSample.One(EpcisSample.Object(""" "action": "ADD", "epcList": [], "certificationInfo": ["urn:c:1", "urn:c:2"] """));
        var stream = new MemoryStream();
        EpcisXmlWriter.WriteDocument(stream, [read], DateTimeOffset.UnixEpoch);
        using var again = EpcisXmlReader.Read(stream.ToArray());
        Assert.Equal(["urn:c:1", "urn:c:2"], Assert.Single(again.Events).CertificationInfo);

        using var twice = Read($"<ObjectEvent>{Event}<action>DELETE</action></ObjectEvent>");
        Assert.Equal(EpcisProblemCode.UnknownField, Assert.Single(twice.Problems).Code);
    }

    [Fact]
    public void What_xml_cannot_hold_is_written_as_what_it_can()
    {
        var read = EpcisSample.One(EpcisSample.Object(""" "action": "ADD", "epcList": [], "ext:(a)": "x\u0001y", "ext:n": null, "https://other.example/p": [1, true, {"ext:c": "d"}] """));
        var stream = new MemoryStream();
        EpcisXmlWriter.WriteDocument(stream, [read], DateTimeOffset.UnixEpoch);
        using var again = EpcisXmlReader.Read(stream.ToArray());
        Assert.Empty(again.Problems);
        var json = Assert.Single(again.Events).Json;
        Assert.Equal("x\uFFFDy", json.GetProperty("ext:(a)").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.GetProperty("ext:n").ValueKind);
        var other = json.EnumerateObject().Single(property => again.Events[0].Context.Expand(property.Name) == "https://other.example/p").Value;
        Assert.Equal(["1", "true"], other.EnumerateArray().Take(2).Select(value => value.GetString()));
    }

    // CBV 2.0, 7: each word has a URN and a Web URI; components have a Web URI alone, and measurement types are of the GS1 Web Vocabulary.
    [Theory]
    [InlineData(CbvXmlForm.Urn, "urn:epcglobal:cbv:bizstep:shipping urn:epcglobal:cbv:disp:in_transit urn:epcglobal:cbv:disp:completeness_verified urn:epcglobal:cbv:btt:po urn:epcglobal:cbv:sdt:location urn:epcglobal:cbv:er:incorrect_data cbv:Comp-x gs1:Length")]
    [InlineData(CbvXmlForm.WebUri, "https://ref.gs1.org/cbv/BizStep-shipping https://ref.gs1.org/cbv/Disp-in_transit https://ref.gs1.org/cbv/Disp-completeness_verified https://ref.gs1.org/cbv/BTT-po https://ref.gs1.org/cbv/SDT-location https://ref.gs1.org/cbv/ER-incorrect_data https://ref.gs1.org/cbv/Comp-x gs1:Length")]
    [InlineData(CbvXmlForm.AsCaptured, "urn:epcglobal:cbv:bizstep:shipping https://ref.gs1.org/cbv/Disp-in_transit urn:epcglobal:cbv:disp:completeness_verified urn:epcglobal:cbv:btt:po https://ref.gs1.org/cbv/SDT-location urn:epcglobal:cbv:er:incorrect_data cbv:Comp-x gs1:Length")]
    public void Words_of_the_vocabulary_have_the_form_that_is_wanted(CbvXmlForm form, string wanted)
    {
        var read = EpcisSample.One(EpcisSample.Object("""
            "action": "ADD", "epcList": [], "bizStep": "shipping", "disposition": "https://ref.gs1.org/cbv/Disp-in_transit", "persistentDisposition": {"set": ["completeness_verified"]},
            "bizTransactionList": [{"type": "po", "bizTransaction": "urn:b:1"}], "sourceList": [{"type": "https://ref.gs1.org/cbv/SDT-location", "source": "urn:x:s"}],
            "errorDeclaration": {"declarationTime": "2026-07-23T10:00:00Z", "reason": "incorrect_data"},
            "sensorElementList": [{"sensorReport": [{"type": "Length", "value": 1, "uom": "MTR", "component": "x"}]}]
            """));
        var xml = Written(read, form);
        var parts = System.Xml.Linq.XDocument.Parse(xml).Descendants().ToDictionary(part => part.Name.LocalName, part => part);
        string[] told =
        [
            parts["bizStep"].Value, parts["disposition"].Value, parts["set"].Value, (string)parts["bizTransaction"].Attribute("type")!, (string)parts["source"].Attribute("type")!,
            parts["reason"].Value, (string)parts["sensorReport"].Attribute("component")!, (string)parts["sensorReport"].Attribute("type")!,
        ];
        Assert.Equal(wanted, string.Join(' ', told));
        using var again = EpcisXmlReader.Read(Encoding.UTF8.GetBytes(xml));
        Assert.Empty(again.Problems);
        Assert.Equal((read.BizStep, read.Disposition), (again.Events[0].BizStep, again.Events[0].Disposition));
    }

    [Fact]
    public void A_word_of_ones_own_keeps_its_uri_in_every_form()
    {
        var read = EpcisSample.One(EpcisSample.Object(""" "action": "ADD", "epcList": [], "bizStep": "https://example.com/steps/engraving", "disposition": "https://ref.gs1.org/cbv/Disp-not_of_the_standard" """));
        Assert.All(Enum.GetValues<CbvXmlForm>(), form =>
        {
            var xml = Written(read, form);
            Assert.Contains("<bizStep>https://example.com/steps/engraving</bizStep><disposition>https://ref.gs1.org/cbv/Disp-not_of_the_standard</disposition>", xml, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_came_with_urns_or_web_uris_can_be_told_as_it_came()
    {
        foreach (var (step, component) in new[] { ("urn:epcglobal:cbv:bizstep:packing", "cbv:Comp-azimuth"), ("https://ref.gs1.org/cbv/BizStep-packing", "https://ref.gs1.org/cbv/Comp-azimuth") })
        {
            var sent = Encoding.UTF8.GetBytes($"<ObjectEvent>{Event}<bizStep>{step}</bizStep><sensorElementList><sensorElement><sensorReport type=\"gs1:Angle\" value=\"1\" uom=\"DD\" component=\"{component}\"/></sensorElement></sensorElementList></ObjectEvent>");
            using var document = EpcisXmlReader.Read(sent, keepWebUris: true);
            Assert.Empty(document.Problems);
            Assert.Equal("https://ref.gs1.org/cbv/BizStep-packing", document.Events[0].BizStep);
            var xml = Written(document.Events[0], CbvXmlForm.AsCaptured);
            Assert.Contains($"<bizStep>{step}</bizStep>", xml, StringComparison.Ordinal);
            Assert.Contains($"component=\"{component}\"", xml, StringComparison.Ordinal);
            using var bare = EpcisXmlReader.Read(sent);
            Assert.Equal("packing", bare.Events[0].Json.GetProperty("bizStep").GetString());
            Assert.Equal(EventHash.Compute(bare.Events[0]), EventHash.Compute(document.Events[0]));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://www.w3.org/2000/xmlns/")]
    [InlineData("http://www.w3.org/XML/1998/namespace")]
    [InlineData("http://example.com/\\u0001/")]
    public void A_namespace_that_xml_does_not_take_is_written_all_the_same(string space)
    {
        var json = EpcisSample.Object(
            """ "action": "ADD", "epcList": [], "ext:a": {"ext:b": "c"}, "sensorElementList": [{"sensorReport": [{"type": "gs1:Angle", "value": 1, "uom": "DD", "ext:d": "e"}]}] """)
            .Replace("https://example.com/ext/", space, StringComparison.Ordinal);
        var xml = Written(EpcisSample.One(json), CbvXmlForm.Urn);
        var text = System.Xml.Linq.XDocument.Parse(xml).ToString();
        Assert.Contains(">c<", text, StringComparison.Ordinal);
        Assert.Contains("=\"e\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attribute_that_two_prefixes_name_is_written_once()
    {
        var json = EpcisSample.Object(
            """ "action": "ADD", "epcList": [], "sensorElementList": [{"sensorReport": [{"type": "gs1:Angle", "value": 1, "uom": "DD", "ext:d": "first", "two:d": "second"}]}] """)
            .Replace("\"ext\":", "\"two\": \"https://example.com/ext/\", \"ext\":", StringComparison.Ordinal);
        Assert.Contains("first", System.Xml.Linq.XDocument.Parse(Written(EpcisSample.One(json), CbvXmlForm.Urn)).ToString(), StringComparison.Ordinal);
    }

    private static string Written(EpcisEvent read, CbvXmlForm form)
    {
        var stream = new MemoryStream();
        EpcisXmlWriter.WriteDocument(stream, [read], DateTimeOffset.UnixEpoch, form);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static EpcisDocument Read(string xml) => EpcisXmlReader.Read(Encoding.UTF8.GetBytes(xml));
}
