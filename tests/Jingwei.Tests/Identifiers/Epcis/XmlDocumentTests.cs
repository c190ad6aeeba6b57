using System.Text;
using Jingwei.Identifiers.Epcis;
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

    private static EpcisDocument Read(string xml) => EpcisXmlReader.Read(Encoding.UTF8.GetBytes(xml));
}
