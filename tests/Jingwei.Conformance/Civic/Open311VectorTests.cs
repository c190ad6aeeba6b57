using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Jingwei.Civic.Open311;
using Jingwei.Tests;

namespace Jingwei.Conformance.Civic;

/// <summary>The examples of the GeoReport v2 specification, in both formats.</summary>
[Trait("Category", "Vectors")]
public sealed partial class Open311VectorTests
{
    private static readonly string[] Keywords = ["lorem", "ipsum", "dolor"];

    private static readonly ServiceListing[] Services =
    [
        new("001", "Cans left out 24x7", "Garbage or recycling cans that have been left out for more than 24 hours after collection. Violators will be cited.", true, ServiceType.Realtime, Keywords, "sanitation"),
        new("002", "Construction plate shifted", "Metal construction plate covering the street or sidewalk has been moved.", true, ServiceType.Realtime, Keywords, "street"),
        new("003", "Curb or curb ramp defect", "Sidewalk curb or ramp has problems such as cracking, missing pieces, holes, and/or chipped curb.", true, ServiceType.Realtime, Keywords, "street"),
    ];

    private static readonly ServiceDefinition Definition = new("DMV66",
        [new("WHISHETN", true, AttributeDatatype.SingleValueList, true, null, 1, "What is the ticket/tag/DL number?", [new("123", "Ford"), new("124", "Chrysler")])]);

    private static readonly RequestReceipt Receipt = new("293944", null,
        "The City will inspect and require the responsible party to correct within 24 hours and/or issue a Correction Notice or Notice of Violation of the Public Works Code", null);

    private static readonly Open311Error[] Errors = [new(403, "Invalid api_key received -- can't proceed with create_request.")];

    [Fact]
    public void A_list_of_services_is_written_as_the_examples() => Same("GET_Service_List_07.xml", "GET_Service_List_08.json", (stream, format) => Open311Writer.Write(stream, format, Services));

    [Fact]
    public void A_definition_is_written_as_the_examples() => Same("GET_Service_Definition_10.xml", "GET_Service_Definition_11.json", (stream, format) => Open311Writer.Write(stream, format, Definition));

    [Fact]
    public void A_receipt_is_written_as_the_examples() => Same("POST_Service_Request_14.xml", "POST_Service_Request_15.json", (stream, format) => Open311Writer.Write(stream, format, Receipt));

    [Fact]
    public void A_token_is_written_as_the_examples() =>
        Same("GET_service_request_id_from_a_token_17.xml", "GET_service_request_id_from_a_token_18.json", (stream, format) => Open311Writer.Write(stream, format, new RequestToken("12345", "638344")));

    [Fact]
    public void Errors_are_written_as_the_examples() => Same("Errors_26.txt", "Errors_27.txt", (stream, format) => Open311Writer.Write(stream, format, Errors));

    [Fact]
    public void The_request_of_the_example_is_read()
    {
        var message = Vector("POST_Service_Request_13.txt");
        var body = message[(message.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Trim();
        var form = Open311Form.Read(Encoding.UTF8.GetBytes(body), "application/x-www-form-urlencoded; charset=utf-8").Value!;
        var request = NewServiceRequest.Read(form.Fields, ["city.gov", "town.gov"]).Value!;

        Assert.Equal(("xyz", "city.gov", "001"), (request.ApiKey, request.JurisdictionId, request.ServiceCode));
        Assert.Equal(new(37.76524078, -122.4212043), request.Point);
        Assert.Equal(("1234 5th street", "smit333@sfgov.edu", "tt222111", "123456"), (request.AddressString, request.Email, request.DeviceId, request.AccountId));
        Assert.Equal(("john", "smith", "111111111", "A large sinkhole is destroying the street"), (request.FirstName, request.LastName, request.Phone, request.Description));
        Assert.Equal("http://farm3.static.flickr.com/2002/2212426634_5ed477a060.jpg", request.MediaUrl);
        Assert.Equal(["WHISDORN=COISL001", "WHISPAWN=123456"], request.Attributes.Select(answer => $"{answer.Key}={Assert.Single(answer.Value)}").Order());
    }

    /// <summary>Every field of a request that is written is one of the draft's OpenAPI description, and of its type.</summary>
    [Fact]
    public void A_request_has_the_fields_of_the_published_description()
    {
        var yaml = Vector("georeport_v2-1.yaml").Split('\n');
        var start = Array.FindIndex(yaml, line => line.TrimEnd() == "  Request:");
        var described = yaml.Skip(start + 1).TakeWhile(line => line.StartsWith("   ", StringComparison.Ordinal))
            .Select(line => PropertyName().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);
        var stream = new MemoryStream();
        Open311Writer.Write(stream, Open311Format.Json, [new ServiceRequest { ServiceRequestId = "1", ServiceCode = "2", Status = RequestStatus.Open, RequestedDatetime = default }]);

        Assert.Equal(described.Order(), JsonNode.Parse(stream.ToArray())![0]!.AsObject().Select(field => field.Key).Order());
    }

    private static void Same(string xmlFile, string jsonFile, Action<Stream, Open311Format> write)
    {
        var (xml, json) = (new MemoryStream(), new MemoryStream());
        write(xml, Open311Format.Xml);
        write(json, Open311Format.Json);
        var text = Encoding.UTF8.GetString(xml.ToArray());

        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", text, StringComparison.Ordinal);
        Assert.Equal(Canonical(XElement.Parse(Body(Vector(xmlFile), '<'))).ToString(), Canonical(XElement.Parse(text)).ToString());
        // The example's 001 is no JSON, and codes are strings where they are described; numbers that are codes are compared as what they look like.
        var example = BareNumber().Replace(Body(Vector(jsonFile), '['), "$1\"$2\"");
        Assert.Equal(Canonical(JsonNode.Parse(example)), Canonical(JsonNode.Parse(BareNumber().Replace(Encoding.UTF8.GetString(json.ToArray()), "$1\"$2\""))));
    }

    private static string Vector(string file) => File.ReadAllText(Path.Combine(External.Vectors("open311", "open"), file)).ReplaceLineEndings("\n");

    // Behind the headers of a response, where it has some.
    private static string Body(string vector, char first) => vector.StartsWith("HTTP", StringComparison.Ordinal) ? vector[vector.IndexOf($"\n{first}", StringComparison.Ordinal)..].TrimStart() : vector;

    // The examples order fields each in its way, and pad text to look well.
    private static XElement Canonical(XElement element) => element.HasElements
        ? new(element.Name, element.Name.LocalName.EndsWith('s') && element.Elements().Count() > 1 ? element.Elements().Select(Canonical) : element.Elements().Select(Canonical).OrderBy(child => child.Name.LocalName, StringComparer.Ordinal))
        : new(element.Name, element.Value.Trim());

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject fields => $"{{{string.Join(',', fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}:{Canonical(field.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Canonical))}]",
        _ => node?.ToJsonString() ?? "null",
    };

    [GeneratedRegex("(\":)(-?[0-9.]+)(?=[,}\\s])")]
    private static partial Regex BareNumber();

    [GeneratedRegex("^      ([a-z_]+):\\s*$")]
    private static partial Regex PropertyName();
}
