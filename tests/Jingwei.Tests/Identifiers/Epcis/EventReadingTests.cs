using System.Text;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Tests.Identifiers.Epcis;

/// <summary>What the JSON schema of EPCIS 2.0 and clause 7.4 of the standard say of events, rule by rule.</summary>
public sealed class EventReadingTests
{
    private const string Epc = "\"urn:epc:id:sgtin:4012345.011111.1\"";

    [Theory]
    [InlineData("""  "action": "ADD", "epcList": [] """)]
    [InlineData("""  "action": "OBSERVE", "quantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.011111.L1", "quantity": 2.5, "uom": "KGM"}] """)]
    [InlineData("""  "action": "OBSERVE", "readPoint": {"id": "urn:epc:id:sgln:4012345.00005.0"}, "sensorElementList": [{"sensorReport": [{"type": "Temperature", "value": -3}]}] """)]
    [InlineData("""  "action": "ADD", "epcList": [], "ilmd": {"ext:lot": "1"} """)]
    [InlineData("""  "action": "ADD", "epcList": [], "bizStep": "https://example.com/step/own", "disposition": "ext:own" """)]
    [InlineData("""  "action": "ADD", "epcList": [], "persistentDisposition": {"unset": ["in_transit"]} """)]
    public void Object_events_that_are_right(string fields) => Assert.Empty(EpcisSample.Problems(EpcisSample.Object(fields)));

    [Theory]
    [InlineData("""  "action": "ADD" """, "MissingWhat ")]
    [InlineData("""  "action": "OBSERVE", "quantityList": [] """, "MissingWhat ")]
    [InlineData("""  "action": "OBSERVE", "sensorElementList": [{"sensorReport": [{"type": "Temperature"}]}] """, "MissingWhat ")]
    [InlineData("""  "epcList": [] """, "MissingField /action")]
    [InlineData("""  "action": "observe", "epcList": [] """, "InvalidValue /action")]
    [InlineData("""  "action": "OBSERVE", "epcList": [], "ilmd": {"ext:lot": "1"} """, "IlmdWithoutAdd /ilmd")]
    [InlineData("""  "action": "ADD", "epcList": ["4012345"] """, "InvalidUri /epcList/0")]
    [InlineData("""  "action": "ADD", "epcList": [7] """, "WrongKind /epcList/0")]
    [InlineData("""  "action": "ADD", "epcList": "urn:a:b" """, "WrongKind /epcList")]
    [InlineData("""  "action": "ADD", "epcList": ["urn:a:b", "urn:a:b"] """, "Duplicate /epcList")]
    [InlineData("""  "action": "ADD", "epcList": [], "bizStep": "urn:epcglobal:cbv:bizstep:shipping" """, "UnknownWord /bizStep")]
    [InlineData("""  "action": "ADD", "epcList": [], "parentID": "urn:a:b" """, "UnknownField /parentID")]
    [InlineData("""  "action": "ADD", "epcList": [], "colour": "red" """, "UnknownField /colour")]
    [InlineData("""  "action": "ADD", "epcList": [], "persistentDisposition": {} """, "MissingField /persistentDisposition")]
    [InlineData("""  "action": "ADD", "epcList": [], "persistentDisposition": {"set": []} """, "Empty /persistentDisposition/set")]
    [InlineData("""  "action": "ADD", "epcList": [], "readPoint": {} """, "MissingField /readPoint/id")]
    [InlineData("""  "action": "ADD", "epcList": [], "quantityList": [{"quantity": 1}] """, "MissingField /quantityList/0/epcClass")]
    [InlineData("""  "action": "ADD", "epcList": [], "quantityList": [{"epcClass": "urn:a:b", "quantity": "1"}] """, "WrongKind /quantityList/0/quantity")]
    [InlineData("""  "action": "ADD", "epcList": [], "quantityList": [{"epcClass": "urn:a:b", "uom": "kg"}] """, "InvalidValue /quantityList/0/uom")]
    [InlineData("""  "action": "ADD", "epcList": [], "sourceList": [{"source": "urn:a:b"}] """, "MissingField /sourceList/0/type")]
    [InlineData("""  "action": "ADD", "epcList": [], "sensorElementList": [{}] """, "MissingField /sensorElementList/0/sensorReport")]
    [InlineData("""  "action": "ADD", "epcList": [], "sensorElementList": [{"sensorReport": [{"value": 1}]}] """, "MissingField /sensorElementList/0/sensorReport/0/type")]
    [InlineData("""  "action": "ADD", "epcList": [], "sensorElementList": [{"sensorReport": [{"type": "https://gs1.org/voc/Heat"}]}] """, "UnknownWord /sensorElementList/0/sensorReport/0/type")]
    [InlineData("""  "action": "ADD", "epcList": [], "sensorElementList": [{"sensorReport": [{"type": "Mass", "hexBinaryValue": "0g"}]}] """, "InvalidValue /sensorElementList/0/sensorReport/0/hexBinaryValue")]
    [InlineData("""  "action": "ADD", "epcList": [], "errorDeclaration": {"reason": "incorrect_data"} """, "MissingField /errorDeclaration/declarationTime")]
    public void Object_events_that_are_wrong(string fields, string problem) => Assert.Equal([problem], EpcisSample.Problems(EpcisSample.Object(fields)));

    [Theory]
    [InlineData("AggregationEvent", $$""" "action": "ADD", "childEPCs": [{{Epc}}] """, "")]
    [InlineData("AggregationEvent", """ "action": "DELETE", "parentID": "urn:a:b" """, "")]
    [InlineData("AggregationEvent", """ "action": "ADD", "parentID": "urn:a:b", "childEPCs": [] """, "MissingWhat ")]
    [InlineData("AssociationEvent", $$""" "action": "ADD", "childEPCs": [{{Epc}}] """, "MissingField /parentID")]
    [InlineData("AssociationEvent", """ "action": "DELETE", "parentID": "urn:a:b" """, "")]
    [InlineData("TransactionEvent", """ "action": "ADD", "epcList": [] """, "MissingField /bizTransactionList")]
    [InlineData("TransactionEvent", """ "action": "ADD", "epcList": [], "bizTransactionList": [] """, "Empty /bizTransactionList")]
    [InlineData("TransactionEvent", """ "action": "DELETE", "bizTransactionList": [{"bizTransaction": "urn:a:b"}] """, "")]
    [InlineData("TransformationEvent", $$""" "inputEPCList": [{{Epc}}], "outputEPCList": [{{Epc}}] """, "")]
    [InlineData("TransformationEvent", $$""" "inputEPCList": [{{Epc}}] """, "MissingWhat ")]
    [InlineData("TransformationEvent", $$""" "inputEPCList": [{{Epc}}], "transformationID": "urn:a:b" """, "")]
    [InlineData("TransformationEvent", """ "transformationID": "urn:a:b" """, "MissingWhat ")]
    [InlineData("TransformationEvent", $$""" "inputEPCList": [{{Epc}}], "outputEPCList": [{{Epc}}], "action": "ADD" """, "UnknownField /action")]
    [InlineData("ext:OwnEvent", """ "anything": 1, "action": 5 """, "")]
    [InlineData("OwnEvent", """ "action": "ADD" """, "UnknownEventType /type")]
    public void Events_of_the_other_types(string type, string fields, string problem) =>
        Assert.Equal(problem.Length == 0 ? [] : [problem], EpcisSample.Problems(EpcisSample.Event(type, fields)));

    // xsd:dateTimeStamp, and the pattern of the schema for offsets.
    [Theory]
    [InlineData("2026-07-22T10:30:00Z", true)]
    [InlineData("2026-07-22T10:30:00.123456789012+14:00", true)]
    [InlineData("2024-02-29T23:59:59-13:59", true)]
    [InlineData("2026-07-22T10:30:00", false)]
    [InlineData("2026-07-22T10:30Z", false)]
    [InlineData("2026-02-29T10:30:00Z", false)]
    [InlineData("2026-07-22T24:00:00Z", false)]
    [InlineData("2026-07-22T10:30:00.Z", false)]
    [InlineData("2026-07-22T10:30:00+14:01", false)]
    [InlineData("2026-07-22 10:30:00Z", false)]
    [InlineData("0000-07-22T10:30:00Z", false)]
    [InlineData("0001-01-01T00:00:00+01:00", false)]
    public void Times_have_a_zone(string time, bool isRight)
    {
        var json = EpcisSample.Object(""" "action": "ADD", "epcList": [] """).Replace("2026-07-22T10:30:00.000+08:00", time, StringComparison.Ordinal);
        Assert.Equal(isRight ? [] : ["InvalidTime /eventTime"], EpcisSample.Problems(json));
    }

    [Theory]
    [InlineData("-13:59", true)]
    [InlineData("+14:00", true)]
    [InlineData("+14:30", false)]
    [InlineData("Z", false)]
    [InlineData("+8:00", false)]
    public void Offsets_go_up_to_14_hours(string offset, bool isRight)
    {
        var json = EpcisSample.Object(""" "action": "ADD", "epcList": [] """).Replace("\"eventTimeZoneOffset\": \"+08:00\"", $"\"eventTimeZoneOffset\": \"{offset}\"", StringComparison.Ordinal);
        Assert.Equal(isRight ? [] : ["InvalidTimeZoneOffset /eventTimeZoneOffset"], EpcisSample.Problems(json));
    }

    [Fact]
    public void Words_become_web_uris_and_identifiers_stay_as_they_are()
    {
        var read = EpcisSample.One(EpcisSample.Object("""
            "action": "OBSERVE", "epcList": ["https://example.com/01/04012345111118/21/1"], "bizStep": "cbv:BizStep-shipping", "disposition": "in_transit",
            "bizTransactionList": [{"type": "ext:own", "bizTransaction": "urn:a:b"}]
            """));
        Assert.Equal("https://ref.gs1.org/cbv/BizStep-shipping", read.BizStep);
        Assert.Equal("https://ref.gs1.org/cbv/Disp-in_transit", read.Disposition);
        Assert.Equal("https://example.com/ext/own", read.BizTransactionList[0].Type);
        Assert.Equal(["https://example.com/01/04012345111118/21/1"], read.EpcList);
    }

    [Fact]
    public void An_event_alone_needs_its_context()
    {
        var json = EpcisSample.Object(""" "action": "ADD", "epcList": [] """).Replace($"\"@context\": {EpcisSample.Context}, ", "", StringComparison.Ordinal);
        Assert.Equal(["MissingField /@context"], EpcisSample.Problems(json));
        Assert.Equal(["MissingField /0/@context"], EpcisSample.Problems($"[{json}]"));
        Assert.Empty(EpcisSample.Read(json).Events);
    }

    [Fact]
    public void The_last_of_fields_of_one_name_counts()
    {
        var read = EpcisSample.One(EpcisSample.Object(""" "action": "ADD", "epcList": [], "eventID": "urn:a:1", "eventID": "urn:a:2", "ext:f": 1, "ext:f": 2 """));
        Assert.Equal("urn:a:2", read.EventId);
        Assert.Equal(["2"], read.Json.EnumerateObject().Where(property => property.Name == "ext:f").Select(property => property.Value.GetRawText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("{\"type\":\"EPCISDocument\"")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    public void What_is_no_json_is_said_to_be_none(string json) => Assert.Equal(["NotJson "], EpcisSample.Problems(json));

    [Theory]
    [InlineData("null", "WrongKind ")]
    [InlineData("5", "WrongKind ")]
    [InlineData("{}", "UnknownDocument /type")]
    [InlineData("[3]", "WrongKind /0")]
    [InlineData("""{"type": "EPCISDocument", "@context": "urn:a:b", "schemaVersion": "2.0", "creationDate": "2026-07-22T10:30:00Z"}""", "MissingField /epcisBody")]
    [InlineData("""{"type": "EPCISDocument", "@context": "urn:a:b", "schemaVersion": "2.0", "creationDate": "2026-07-22T10:30:00Z", "epcisBody": {}}""", "MissingField /epcisBody/eventList")]
    [InlineData("""{"type": "EPCISDocument", "@context": "urn:a:b", "schemaVersion": "two", "creationDate": "2026-07-22T10:30:00Z", "epcisBody": {"eventList": []}}""", "InvalidValue /schemaVersion")]
    public void What_is_no_document_is_refused(string json, string problem) => Assert.Equal([problem], EpcisSample.Problems(json));

    [Fact]
    public void Bytes_that_are_no_utf_8_are_refused()
    {
        using var document = EpcisReader.ReadJson(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' });
        Assert.Equal(EpcisProblemCode.NotJson, Assert.Single(document.Problems).Code);
    }

    [Fact]
    public void Limits_hold()
    {
        var json = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(EpcisSample.Object("\"colour\": 1"), 5))}]");
        Assert.Equal(EpcisProblemCode.TooLarge, Assert.Single(EpcisReader.ReadJson(json, new() { Bytes = json.Length - 1 }).Problems).Code);
        Assert.Equal(EpcisProblemCode.TooLarge, Assert.Single(EpcisReader.ReadJson(json, new() { Events = 4 }).Problems).Code);
        using var few = EpcisReader.ReadJson(json, new() { Problems = 3 });
        Assert.Equal(3, few.Problems.Count);
        Assert.True(few.HasMoreProblems);
        Assert.Equal(EpcisProblemCode.NotJson, Assert.Single(EpcisSample.Read(new string('[', 100) + new string(']', 100)).Problems).Code);
    }
}
