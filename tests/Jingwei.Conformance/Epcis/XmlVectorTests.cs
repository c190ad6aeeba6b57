using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Xml;

namespace Jingwei.Conformance.Epcis;

/// <summary>The XML documents of gs1/EPCIS and openepcis: valid ones are accepted and say what their twins in JSON say.</summary>
[Trait("Category", "Vectors")]
public sealed class XmlVectorTests
{
    private const string V2 = "openepcis/2.0/EPCIS/";

    // Two documents of version 1.2 that its schema refuses too: it knows no certificationInfo, and a time has seconds. ILMD is for the action ADD (EPCIS 1.2, 7.4.2).
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["ObjectEvent_all_possible_fields.xml"] = "WrongOrder /epcisBody/eventList/0/certificationInfo;InvalidUri /epcisBody/eventList/0/certificationInfo;IlmdWithoutAdd /epcisBody/eventList/0/ilmd",
        ["TransactionEvent_all_possible_fields.xml"] = "InvalidTime /epcisBody/eventList/0/errorDeclaration/declarationTime",
    };

    // Twins that do not say the same: the declaration of one is an hour later in JSON, of the other one EPC is a Digital Link in JSON.
    private static readonly string[] Differing = [V2 + "XML/Capture/Events/TransformationEvent.xml", V2 + "XML/Capture/Documents/epcisDocWithAllGS1Keys.xml"];

    public static TheoryData<string> Documents => VectorFiles.Of(["XML", "openepcis/1.2", "openepcis/2.0/EPCIS/XML"], "*.xml",
        path => !path.Contains("Invalid", StringComparison.Ordinal) && !path.Contains("CaptureJob", StringComparison.Ordinal));

    public static TheoryData<string> Pairs => VectorFiles.Of(["openepcis/2.0/EPCIS/XML"], "*.xml",
        path => !path.Contains("Invalid", StringComparison.Ordinal) && !Differing.Contains(path) && File.Exists(VectorFiles.Full(Twin(path))));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Published_documents_are_accepted(string path)
    {
        using var document = Read(path);
        var problems = string.Join(';', document.Problems.Select(problem => $"{problem.Code} {problem.Path}"));
        Assert.True(problems == Refused.GetValueOrDefault(Path.GetRelativePath("openepcis/1.2/EPCIS/XML/Capture/Documents", path), ""), $"{path}: {problems}");
        Assert.NotEqual(0, document.EventCount);
        Assert.Equal(problems.Length == 0 ? document.EventCount : 0, document.Events.Count);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_document_in_xml_says_what_its_twin_in_json_says(string path)
    {
        using var xml = Read(path);
        using var json = JsonVectorTests.Read(Twin(path));
        Assert.Equal(json.Events.Count, xml.Events.Count);
        foreach (var (left, right) in json.Events.Zip(xml.Events))
        {
            Assert.Equal(SameEvent.Written(left), SameEvent.Written(right));
        }
    }

    [Theory]
    [InlineData("XML/Capture/Invalid/ObjectEvent_without_eventTime.xml", "MissingField /epcisBody/eventList/0/eventTime")]
    [InlineData("XML/Capture/Invalid/ObjectEvent_with_wrong_element_order.xml", "WrongOrder /epcisBody/eventList/0/eventTime")]
    [InlineData("XML/Capture/Invalid/ObjectEvent_with_invalid_eventTime_format.xml", "InvalidTime /epcisBody/eventList/0/eventTime")]
    [InlineData("XML/Query/Invalid/QueryDocument_with_invalid_eventType.xml", "UnknownEventType /epcisBody/queryResults/resultsBody/eventList/0/type")]
    [InlineData("XML/Query/Invalid/QueryDocument_with_missing_value.xml", "MissingField /epcisBody/queryResults")]
    public void Invalid_documents_are_refused_for_what_is_wrong_with_them(string file, params string[] problems)
    {
        using var document = Read(V2 + file);
        Assert.Equal(problems, document.Problems.Select(problem => $"{problem.Code} {problem.Path}"));
        Assert.Empty(document.Events);
    }

    internal static EpcisDocument Read(string path) => EpcisXmlReader.Read(File.ReadAllBytes(VectorFiles.Full(path)));

    internal static string Twin(string path) => path.Replace("/XML/", "/JSON/", StringComparison.Ordinal).Replace(".xml", ".json", StringComparison.Ordinal);
}
