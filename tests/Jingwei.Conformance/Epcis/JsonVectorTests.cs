using Jingwei.Identifiers.Epcis;

namespace Jingwei.Conformance.Epcis;

/// <summary>The JSON documents of gs1/EPCIS and openepcis: the valid ones are accepted, the others refused for what they were made for.</summary>
[Trait("Category", "Vectors")]
public sealed class JsonVectorTests
{
    // Three documents that the published schema refuses too: a list that is an object, ILMD with an action other than ADD, a version that is a number.
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["JSON-simple-context/Example-TransactionEvents-2020_07_03y.jsonld"] = "WrongKind /epcisBody/eventList/1/sourceList;WrongKind /epcisBody/eventList/1/destinationList",
        ["JSON-simple-context/WithFullCombinationOfFields/object_event_all_possible_fields.jsonld"] = "IlmdWithoutAdd /epcisBody/eventList/0/ilmd",
        ["JSON-simple-context/WithSensorData/SensorDataExample17.jsonld"] = "WrongKind /schemaVersion",
    };

    public static TheoryData<string> Documents => VectorFiles.Of(["JSON", "JSON-simple-context", "openepcis/2.0/EPCIS/JSON"], "*.json*", path => !path.Contains("Invalid", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Published_documents_are_accepted(string path)
    {
        using var document = Read(path);
        var problems = string.Join(';', document.Problems.Select(problem => $"{problem.Code} {problem.Path}"));
        Assert.True(problems == Refused.GetValueOrDefault(path, ""), $"{path}: {problems}");
        Assert.NotEqual(EpcisDocumentKind.Unknown, document.Kind);
        Assert.NotEqual(0, document.EventCount);
        Assert.Equal(document.EventCount, document.Events.Count + document.Problems.Where(problem => problem.EventIndex is not null).DistinctBy(problem => problem.EventIndex).Count());
    }

    // What each document has wrong, as its name and a reading of the schema say it.
    [Theory]
    [InlineData("Capture/Invalid/Combination_of_events_with_missing_mandatory_fields.json",
        "MissingField /epcisBody/eventList/0/action", "MissingField /epcisBody/eventList/1/eventTimeZoneOffset", "MissingField /epcisBody/eventList/1/action")]
    [InlineData("Capture/Invalid/Combination_of_multiple_invalid_fields.json",
        "UnknownWord /epcisBody/eventList/0/bizStep", "UnknownWord /epcisBody/eventList/1/disposition", "UnknownWord /epcisBody/eventList/2/sourceList/0/type",
        "UnknownField /epcisBody/eventList/3/ilmd/materialType", "InvalidTime /epcisBody/eventList/4/eventTime", "InvalidValue /epcisBody/eventList/4/action")]
    [InlineData("Capture/Invalid/Combination_of_non_standard_bizStep_and_disposition.json",
        "UnknownWord /epcisBody/eventList/0/bizStep", "UnknownWord /epcisBody/eventList/1/disposition")]
    [InlineData("Capture/Invalid/ObjectEvent_with_invalid_eventTime_format.json", "InvalidTime /epcisBody/eventList/0/eventTime")]
    [InlineData("Capture/Invalid/ObjectEvent_with_non_standard_bizStep_in_second_event.json", "UnknownWord /epcisBody/eventList/1/bizStep")]
    [InlineData("Capture/Invalid/ObjectEvent_with_unknown_field_in_quantityList.json", "UnknownField /epcisBody/eventList/0/quantityList/0/weight")]
    [InlineData("Capture/Invalid/ObjectEvent_without_action_and_eventTime.json",
        "MissingField /epcisBody/eventList/0/eventTime", "MissingField /epcisBody/eventList/0/eventTimeZoneOffset", "MissingField /epcisBody/eventList/0/action")]
    [InlineData("Query/Invalid/QueryDocument_with_invalid_eventType.json", "UnknownEventType /epcisBody/queryResults/resultsBody/eventList/0/type")]
    public void Invalid_documents_are_refused_for_what_is_wrong_with_them(string file, params string[] problems)
    {
        using var document = Read("openepcis/2.0/EPCIS/JSON/" + file);
        Assert.Equal(problems, document.Problems.Select(problem => $"{problem.Code} {problem.Path}"));
        Assert.All(document.Problems, problem => Assert.NotEmpty(problem.Message));
        Assert.DoesNotContain(document.Events, read => document.Problems.Any(problem => problem.EventIndex == read.Index));
    }

    [Fact]
    public void An_event_with_all_fields_is_read_as_it_says()
    {
        using var document = Read("openepcis/2.0/EPCIS/JSON/Capture/Documents/ObjectEvent_all_possible_fields.json");
        var read = Assert.Single(document.Events);
        Assert.Equal(EpcisEventType.ObjectEvent, read.Type);
        Assert.Equal(new(2005, 4, 5, 2, 33, 31, 116, TimeSpan.Zero), read.EventTime);
        Assert.Equal("-06:00", read.EventTimeZoneOffset);
        Assert.Equal("urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8", read.EventId);
        Assert.Equal(["https://accreditation-council.example.org/certificate/ABC12345"], read.CertificationInfo);
        Assert.Equal("https://ref.gs1.org/cbv/ER-incorrect_data", read.ErrorDeclaration!.Reason);
        Assert.Equal(["urn:epc:id:sgtin:0614141.107346.2018"], read.EpcList);
        Assert.Equal(EpcisAction.Add, read.Action);
        Assert.Equal("https://ref.gs1.org/cbv/BizStep-receiving", read.BizStep);
        Assert.Equal("https://ref.gs1.org/cbv/Disp-in_progress", read.Disposition);
        Assert.Equal("urn:epc:id:sgln:0012345.11111.400", read.ReadPoint);
        Assert.Equal("urn:epc:id:sgln:0012345.11111.0", read.BizLocation);
        Assert.Equal(new("https://ref.gs1.org/cbv/BTT-pedigree", "urn:epc:id:gsrn:0614141.0000010253"), read.BizTransactionList[1]);
        Assert.Equal(new("urn:epc:class:lgtin:4012345.012345.998877", 200, "KGM"), read.QuantityList[0]);
        Assert.Equal("https://ref.gs1.org/cbv/SDT-owning_party", read.SourceList[2].Type);
        Assert.Equal("urn:epc:id:sgln:0614141.00777.0", read.DestinationList[0].Id);
        Assert.Equal(["https://ref.gs1.org/cbv/Disp-completeness_verified"], read.PersistentDisposition!.Set);
        var sensor = Assert.Single(read.SensorElementList);
        Assert.Equal(new DateTimeOffset(2019, 4, 2, 12, 55, 1, TimeSpan.Zero), sensor.Metadata!.StartTime);
        var report = Assert.Single(sensor.Reports);
        Assert.Equal(("https://gs1.org/voc/Temperature", 26.0, 26.2, 0.1, "CEL", true), (report.Type, report.Value, report.MaxValue, report.SDev, report.Uom, report.BooleanValue));
        Assert.Equal("GB", read.Ilmd.GetProperty("cbvmda:countryOfOrigin").GetString());
        Assert.Equal("http://example.com/ext1/float", read.Context.Expand("ext1:float"));
    }

    internal static EpcisDocument Read(string path) => EpcisReader.ReadJson(File.ReadAllBytes(VectorFiles.Full(path)));
}
