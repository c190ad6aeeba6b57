using System.Text.Json;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Queries;

namespace Jingwei.Tests.Identifiers.Epcis;

/// <summary>The parameters of SimpleEventQuery (EPCIS 2.0, 8.2.7.1): each on an event that it wants and one that it does not.</summary>
public sealed class EventQueryTests
{
    private static readonly EpcisContext Extensions = EpcisContext.Of([new("ext", "https://example.com/ext/"), new("other", "https://example.com/ext/")]);

    private static readonly EpcisEvent Shipped = EpcisSample.One(EpcisSample.Object("""
        "recordTime": "2026-07-22T10:31:00Z", "eventID": "urn:uuid:1", "action": "ADD", "bizStep": "shipping", "disposition": "in_transit",
        "persistentDisposition": {"set": ["completeness_verified"], "unset": ["completeness_inferred"]},
        "epcList": ["urn:epc:id:sgtin:4012345.011111.9876", "https://example.com/01/09521141012345/21/2017"],
        "quantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.012345.L1", "quantity": 1.5, "uom": "KGM"}],
        "readPoint": {"id": "urn:epc:id:sgln:4012345.00005.0", "ext:gate": "7"}, "bizLocation": {"id": "https://id.gs1.org/414/4012345000054"},
        "bizTransactionList": [{"type": "po", "bizTransaction": "urn:b:1"}, {"type": "ext:own", "bizTransaction": "urn:b:2"}],
        "sourceList": [{"type": "owning_party", "source": "urn:epc:id:pgln:4012345.00225"}],
        "destinationList": [{"type": "location", "destination": "urn:epc:id:sgln:0614141.00777.0"}],
        "errorDeclaration": {"declarationTime": "2026-07-23T10:00:00Z", "reason": "incorrect_data", "correctiveEventIDs": ["urn:uuid:2"], "ext:by": "A"},
        "sensorElementList": [{"sensorMetadata": {"time": "2026-07-22T09:00:00Z", "startTime": "2026-07-22T08:00:00Z", "deviceID": "urn:epc:id:giai:4000001.111", "ext:kind": "k"},
            "sensorReport": [{"type": "Temperature", "value": 26, "uom": "CEL", "minValue": 20.5, "booleanValue": true, "stringValue": "s", "hexBinaryValue": "F0", "percRank": 50, "ext:cal": 3}], "ext:batch": "b"}],
        "ilmd": {"ext:grade": "A", "ext:box": {"ext:size": 12}},
        "ext:count": 5, "ext:when": "2026-07-22T00:00:00Z", "ext:outer": {"ext:inner": "deep", "ext:unit": "kg"}
        """));

    private static readonly EpcisEvent Made = EpcisSample.One(EpcisSample.Event("TransformationEvent", """
        "inputQuantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.012345.L1", "quantity": 20}], "outputEPCList": ["urn:epc:id:sgtin:4012345.011111.1"], "transformationID": "urn:t:1", "bizStep": "commissioning"
        """).Replace("2026-07-22T10:30", "2025-01-01T10:30", StringComparison.Ordinal));

    [Theory]
    [InlineData("eventType=ObjectEvent|AggregationEvent")]
    [InlineData("GE_eventTime=2026-07-22T02:30:00Z&LT_eventTime=2026-07-22T02:30:00.001Z")]
    [InlineData("GE_eventTime=2026-07-22T10:30:00%2B08:00")]
    [InlineData("GE_recordTime=2026-07-22T10:31:00Z&LT_recordTime=2026-07-22T10:32:00Z")]
    [InlineData("EQ_action=OBSERVE|ADD")]
    [InlineData("EQ_bizStep=shipping")]
    [InlineData("EQ_bizStep=urn:epcglobal:cbv:bizstep:shipping|receiving")]
    [InlineData("EQ_bizStep=https%3A%2F%2Fref.gs1.org%2Fcbv%2FBizStep-shipping")]
    [InlineData("EQ_disposition=in_transit")]
    [InlineData("EQ_persistentDisposition_set=completeness_verified&EQ_persistentDisposition_unset=completeness_inferred")]
    [InlineData("EQ_readPoint=urn:epc:id:sgln:4012345.00005.0")]
    [InlineData("EQ_readPoint=https://id.gs1.org/414/4012345000054")]
    [InlineData("EQ_bizLocation=urn:epc:id:sgln:4012345.00005.0&WD_bizLocation=urn:epc:id:sgln:4012345.00005.0")]
    [InlineData("EQ_bizTransaction_po=urn:b:1&EQ_bizTransaction_ext:own=urn:b:2")]
    [InlineData("EQ_source_owning_party=urn:epc:id:pgln:4012345.00225&EQ_destination_location=urn:epc:id:sgln:0614141.00777.0")]
    [InlineData("EQ_eventID=urn:uuid:0|urn:uuid:1")]
    [InlineData("MATCH_epc=urn:epc:id:sgtin:4012345.011111.9876")]
    [InlineData("MATCH_epc=https://id.gs1.org/01/04012345111118/21/9876")]
    [InlineData("MATCH_epc=urn:epc:idpat:sgtin:4012345.011111.*")]
    [InlineData("MATCH_epc=urn:epc:idpat:sgtin:4012345.*.*")]
    [InlineData("MATCH_epc=urn:epc:idpat:sgtin:9521141.*.*")]
    [InlineData("MATCH_anyEPC=urn:epc:idpat:sgtin:*.*.*")]
    [InlineData("MATCH_epcClass=urn:epc:idpat:lgtin:4012345.012345.*&MATCH_anyEPCClass=urn:epc:class:lgtin:4012345.012345.L1")]
    [InlineData("EQ_quantity=1.5&GT_quantity=1&LE_quantity=1.5")]
    [InlineData("EQ_quantity_GRM=1500&GE_quantity_GRM=1500&LT_quantity_TNE=1")]
    [InlineData("EXISTS_errorDeclaration=true&GE_errorDeclarationTime=2026-07-23T10:00:00Z&EQ_errorReason=incorrect_data&EQ_correctiveEventID=urn:uuid:2")]
    [InlineData("EXISTS_errorDeclaration=false&EXISTS_sensorElementList=true")]
    [InlineData("EQ_ERROR_DECLARATION_ext:by=A&EXISTS_ERROR_DECLARATION_ext:by=true")]
    [InlineData("EQ_type=Temperature|Mass&EQ_deviceID=https://id.gs1.org/8004/4000001111")]
    [InlineData("GE_time=2026-07-22T09:00:00Z&LT_startTime=2026-07-22T08:00:01Z")]
    [InlineData("GT_value_CEL=25&LT_value_FAH=79&EQ_value_KEL=299.15&GE_minValue_CEL=20.5&GE_percRank=50")]
    [InlineData("EQ_booleanValue=true&EQ_stringValue=s&EQ_hexBinaryValue=f0")]
    [InlineData("EQ_SENSORELEMENT_ext:batch=b&EQ_SENSORMETADATA_ext:kind=k&GT_SENSORREPORT_ext:cal=2")]
    [InlineData("EQ_readPoint_ext:gate=7&EXISTS_ext:count=true")]
    [InlineData("EQ_ILMD_ext:grade=B|A&GE_INNER_ILMD_ext:size=12&EXISTS_ILMD_ext:box=")]
    [InlineData("EQ_ext:count=5.0&GT_ext:count=4&LE_ext:count=5")]
    [InlineData("GE_ext:when=2026-07-22T08:00:00%2B08:00")]
    [InlineData("EQ_other:count=5")]
    [InlineData("EQ_https://example.com/ext/count=5")]
    [InlineData("EQ_INNER_ext:inner=deep&EXISTS_INNER_ext:inner=true")]
    [InlineData("HASATTR_ext:outer=ext:unit&EQATTR_ext:outer_ext:unit=kg")]
    public void Events_that_meet_every_parameter_are_wanted(string query)
    {
        var wanted = Query(query);
        Assert.True(wanted.Matches(Shipped), query);
        Assert.False(wanted.Matches(Made) && !query.StartsWith("EXISTS_errorDeclaration=false", StringComparison.Ordinal) && !query.StartsWith("MATCH_anyEPC", StringComparison.Ordinal), query);
    }

    [Theory]
    [InlineData("eventType=AggregationEvent")]
    [InlineData("LT_eventTime=2026-07-22T02:30:00Z")]
    [InlineData("LT_recordTime=2026-07-22T10:31:00Z")]
    [InlineData("EQ_action=DELETE")]
    [InlineData("EQ_bizStep=receiving")]
    [InlineData("EQ_bizTransaction_po=urn:b:2")]
    [InlineData("EQ_source_location=urn:epc:id:pgln:4012345.00225")]
    [InlineData("EQ_transformationID=urn:t:1")]
    [InlineData("MATCH_epc=urn:epc:idpat:sgtin:4012345.022222.*")]
    [InlineData("MATCH_epc=urn:epc:idpat:sgtin:9521142.*.*")]
    [InlineData("MATCH_parentID=urn:epc:id:sgtin:4012345.011111.9876")]
    [InlineData("MATCH_inputEPC=urn:epc:id:sgtin:4012345.011111.9876")]
    [InlineData("MATCH_outputEPC=urn:epc:id:sgtin:4012345.011111.9876")]
    [InlineData("MATCH_inputEPCClass=urn:epc:class:lgtin:4012345.012345.L1")]
    [InlineData("GT_quantity=1.5")]
    [InlineData("EQ_quantity_LTR=1.5")]
    [InlineData("GT_value_CEL=26")]
    [InlineData("EQ_booleanValue=false")]
    [InlineData("EQ_ext:inner=deep")]
    [InlineData("EQ_INNER_ext:count=5")]
    [InlineData("EQ_none:count=5")]
    [InlineData("EXISTS_ext:missing=true")]
    [InlineData("HASATTR_ext:outer=ext:none")]
    [InlineData("EQATTR_ext:outer_ext:unit=g")]
    public void Events_that_miss_one_parameter_are_not_wanted(string query) => Assert.False(Query(query).Matches(Shipped));

    [Theory]
    [InlineData("MATCH_outputEPC=urn:epc:idpat:sgtin:4012345.011111.*&MATCH_inputEPCClass=urn:epc:class:lgtin:4012345.012345.L1&EQ_transformationID=urn:t:1&EQ_quantity=20")]
    public void Transformations_have_inputs_and_outputs(string query) => Assert.True(Query(query).Matches(Made));

    [Fact]
    public void Descendants_are_what_master_data_says()
    {
        var query = Query("WD_readPoint=urn:place:plant");
        Assert.False(query.Matches(Shipped));
        Assert.True(query.Matches(Shipped, Known((_, _) => [])));
    }

    [Theory]
    [InlineData("HASATTR_bizLocation=urn:epcglobal:cbv:mda#city")]
    [InlineData("HASATTR_bizLocation=cbvmda:city")]
    [InlineData("HASATTR_bizLocation=ext:none|city")]
    [InlineData("HASATTR_epcClass=ext:colour")]
    [InlineData("HASATTR_bizStep=name&HASATTR_source=name&HASATTR_destination=name&HASATTR_bizTransaction=name&HASATTR_readPoint=name&HASATTR_disposition=name")]
    [InlineData("EQATTR_bizLocation_cbvmda:city=Hangzhou|Ningbo")]
    [InlineData("EQ_ATTR_bizLocation_urn:epcglobal:cbv:mda%23city=Ningbo")]
    [InlineData("EQATTR_epcClass_ext:colour=red")]
    [InlineData("HASATTR_ext:own=name&EQATTR_ext:own_name=urn:x:own")]
    public void Attributes_are_what_master_data_say(string query)
    {
        var read = EpcisSample.One(Shipped.Json.GetRawText().Replace("\"ext:count\": 5", "\"ext:count\": 5, \"ext:own\": \"urn:x:own\"", StringComparison.Ordinal));
        Assert.False(Query(query).Matches(read));
        Assert.True(Query(query).Matches(read, Known((id, attribute) => (id, attribute) switch
        {
            ("https://id.gs1.org/414/4012345000054", "city") => ["Ningbo"],
            ("urn:epc:class:lgtin:4012345.012345.L1", "https://example.com/ext/colour") => ["red"],
            (_, "name") => [id],
            _ => [],
        })));
    }

    [Theory]
    [InlineData("HASATTR_bizLocation=name")]
    [InlineData("EQATTR_bizLocation_city=Hangzhou")]
    [InlineData("EQATTR_readPoint_city=Ningbo")]
    public void What_master_data_do_not_say_fits_no_attribute(string query) =>
        Assert.False(Query(query).Matches(Shipped, Known((id, attribute) => (id, attribute) is ("https://id.gs1.org/414/4012345000054", "city") ? ["Ningbo"] : [])));

    private static MasterDataLookup Known(Func<string, string, IEnumerable<string>> valuesOf) =>
        new((around, place) => around == "urn:place:plant" && place == "urn:epc:id:sgln:4012345.00005.0", valuesOf);

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("EQ_colour=red", "EQ_colour")]
    [InlineData("eventType=OwnEvent", "eventType")]
    [InlineData("eventType=1", "eventType")]
    [InlineData("GE_eventTime=yesterday", "GE_eventTime")]
    [InlineData("GE_eventTime=2026-07-22T02:30:00Z|2026-07-22T02:30:00Z", "GE_eventTime")]
    [InlineData("EQ_action=MOVE", "EQ_action")]
    [InlineData("EQ_bizStep=flying", "EQ_bizStep")]
    [InlineData("EQ_readPoint=here", "EQ_readPoint")]
    [InlineData("EQ_readPoint=", "EQ_readPoint")]
    [InlineData("GT_quantity=many", "GT_quantity")]
    [InlineData("GT_ext:count=many", "GT_ext:count")]
    [InlineData("GT_value=5", "GT_value")]
    [InlineData("EXISTS_errorDeclaration=perhaps", "EXISTS_errorDeclaration")]
    [InlineData("orderBy=bizStep", "orderBy")]
    [InlineData("orderBy=eventTime&orderDirection=UP", "orderDirection")]
    [InlineData("eventCountLimit=5", "eventCountLimit")]
    [InlineData("orderBy=eventTime&eventCountLimit=5&maxEventCount=5", "eventCountLimit")]
    [InlineData("perPage=0", "perPage")]
    [InlineData("EQ_action=ADD&EQ_action=ADD", "EQ_action")]
    public void Wrong_parameters_are_refused_by_name(string query, string parameter)
    {
        var reading = EventQuery.Read(query, Extensions);
        Assert.Null(reading.Query);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((parameter, "epcisException:QueryParameterException", 400), (problem.Parameter, problem.Type.Type, problem.Type.Status));
    }

    [Fact]
    public void Queries_beyond_the_limits_are_too_complex()
    {
        var many = string.Join('&', Enumerable.Range(0, EventQuery.MostParameters + 1).Select(number => $"EQ_ext:f{number}=1"));
        Assert.Equal("QueryTooComplexException", Assert.Single(EventQuery.Read(many, Extensions).Problems).Type.Name);
        var long_ = "EQ_eventID=" + string.Join('|', Enumerable.Range(0, EventQuery.MostValues + 1).Select(number => $"urn:a:{number}"));
        Assert.Equal("QueryTooComplexException", Assert.Single(EventQuery.Read(long_).Problems).Type.Name);
    }

    [Fact]
    public void Pages_order_and_counts_are_read()
    {
        var query = Query("?orderBy=eventTime&orderDirection=ASC&eventCountLimit=7&perPage=30&nextPageToken=abc");
        Assert.Equal(("eventTime", OrderDirection.Ascending, 7, 30, "abc"), (query.OrderBy, query.OrderDirection, query.EventCountLimit, query.PerPage, query.NextPageToken));
        Assert.True(query.Compare(Made, Shipped) < 0);
        Assert.True(Query("orderBy=eventTime").Compare(Made, Shipped) > 0);
        Assert.True(Query("orderBy=ext:count&orderDirection=ASC").Compare(Made, Shipped) < 0);
        Assert.Equal(0, Query("").Compare(Made, Shipped));
    }

    [Theory]
    [InlineData("""{"eventType": ["ObjectEvent"], "EQ_bizStep": ["shipping", "receiving"]}""", true)]
    [InlineData("""{"@context": {"ext": "https://example.com/ext/"}, "EQ_ext:count": [4, 5], "EXISTS_errorDeclaration": null, "EQ_booleanValue": true}""", true)]
    [InlineData("""{"GE_quantity_GRM": 1501}""", false)]
    public void Bodies_are_read_too(string json, bool matches)
    {
        using var body = JsonDocument.Parse(json);
        var reading = EventQuery.Read(body.RootElement);
        Assert.Empty(reading.Problems);
        Assert.Equal(matches, reading.Query!.Matches(Shipped));
    }

    [Theory]
    [InlineData("[]", "QueryValidationException")]
    [InlineData("""{"EQ_bizStep": {"a": 1}}""", "QueryParameterException")]
    [InlineData("""{"EQ_bizStep": [["shipping"]]}""", "QueryParameterException")]
    public void Wrong_bodies_are_refused(string json, string name)
    {
        using var body = JsonDocument.Parse(json);
        Assert.Equal(name, Assert.Single(EventQuery.Read(body.RootElement).Problems).Type.Name);
    }

    private static EventQuery Query(string query)
    {
        var reading = EventQuery.Read(query, Extensions);
        Assert.Empty(reading.Problems);
        return reading.Query!;
    }
}
