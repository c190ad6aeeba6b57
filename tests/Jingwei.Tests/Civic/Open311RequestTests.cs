using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Jingwei.Civic.Open311;

namespace Jingwei.Tests.Civic;

public sealed class Open311RequestTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 30, 8, 0, 0, TimeSpan.Zero);

    private static Dictionary<string, IReadOnlyList<string>> Parameters(string encoded) =>
        new(Open311Form.Read(Encoding.UTF8.GetBytes(encoded), "application/x-www-form-urlencoded").Value!.Fields);

    private static IEnumerable<string> Errors<T>(Open311Parsed<T> parsed) where T : class => parsed.Errors.Select(error => $"{error.Code} {error.Description}");

    [Theory]
    [InlineData("lat=30&long=120", "400 service_code was not provided.")]
    [InlineData("service_code=&lat=30&long=120", "400 service_code was not provided.")]
    [InlineData("service_code=1&service_code=2&lat=30&long=120", "400 service_code is given 2 times.")]
    [InlineData("service_code=1", "400 No place was provided: send lat and long, address_string or address_id.")]
    [InlineData("service_code=1&lat=30", "400 lat and long go together.")]
    [InlineData("service_code=1&lat=30&address_string=x", "400 lat and long go together.")]
    [InlineData("service_code=1&lat=91&long=120", "400 lat is no number from -90 to 90: 91")]
    [InlineData("service_code=1&lat=30&long=1e2", "400 long is no number from -180 to 180: 1e2")]
    [InlineData("service_code=1&lat=NaN&long=120", "400 lat is no number from -90 to 90: NaN")]
    [InlineData("service_code=1&address_id=7&media_url=javascript%3Aalert(1)", "400 media_url is no http or https address: javascript:alert(1)")]
    [InlineData("service_code=1&address_id=7&attribute[A=1", "400 attribute[A is no attribute[code].")]
    public void What_a_request_lacks_is_said(string encoded, string error) => Assert.Equal([error], Errors(NewServiceRequest.Read(Parameters(encoded))));

    [Theory]
    [InlineData("", "400 jurisdiction_id was not provided.")]
    [InlineData("&jurisdiction_id=", "400 jurisdiction_id was not provided.")]
    [InlineData("&jurisdiction_id=c", "404 jurisdiction_id was not found: c")]
    public void The_jurisdiction_is_asked_for_only_where_there_are_several(string given, string error)
    {
        var parameters = Parameters("service_code=1&address_id=7" + given);
        Assert.Equal([error], Errors(NewServiceRequest.Read(parameters, ["a", "b"])));
        Assert.Equal([error], Errors(RequestQuery.Read(parameters, Now, ["a", "b"])));
        Assert.Empty(NewServiceRequest.Read(parameters, ["a"]).Errors);
    }

    [Fact]
    public void A_description_ends_at_four_thousand_characters()
    {
        Assert.Empty(NewServiceRequest.Read(Parameters($"service_code=1&address_id=7&description={new string('路', 4_000)}")).Errors);
        Assert.Equal(["400 description is longer than 4000 characters."], Errors(NewServiceRequest.Read(Parameters($"service_code=1&address_id=7&description={new string('a', 4_001)}"))));
    }

    [Fact]
    public void Answers_are_taken_one_or_several()
    {
        var answers = NewServiceRequest.Read(Parameters("service_code=1&address_id=7&attribute[A]=1&attribute%5BB%5D%5B%5D=x&attribute[B][]=y+z&attribute[C]=")).Value!.Attributes;
        Assert.Equal(["A", "B"], answers.Keys.Order());
        Assert.Equal(["x", "y z"], answers["B"]);
    }

    [Theory]
    [InlineData("attribute[need]=1", "")]
    [InlineData("", "attribute[need] was not provided: How many?")]
    [InlineData("attribute[need]=x", "attribute[need] is no number: x")]
    [InlineData("attribute[need][]=1&attribute[need][]=2", "attribute[need] has one value only.")]
    [InlineData("attribute[need]=1&attribute[one]=c", "attribute[one] is no value of a, b: c")]
    [InlineData("attribute[need]=1&attribute[many][]=a&attribute[many][]=b", "")]
    [InlineData("attribute[need]=1&attribute[when]=2026-07-01", "")]
    [InlineData("attribute[need]=1&attribute[when]=tomorrow", "attribute[when] is no date of ISO 8601: tomorrow")]
    [InlineData("attribute[need]=1&attribute[line]=a%0Ab", "attribute[line] is no single line: a\nb")]
    [InlineData("attribute[need]=1&attribute[shown]=1", "attribute[shown] is not asked for by the service 1.")]
    public void Answers_are_checked_against_what_is_asked(string encoded, string error)
    {
        AnswerChoice[] choices = [new("a", "A"), new("b", "B")];
        var definition = new ServiceDefinition("1",
        [
            new("need", true, AttributeDatatype.Number, true, null, 1, "How many?", []),
            new("one", true, AttributeDatatype.SingleValueList, false, null, 2, "", choices),
            new("many", true, AttributeDatatype.MultiValueList, false, null, 3, "", choices),
            new("when", true, AttributeDatatype.Datetime, false, null, 4, "", []),
            new("line", true, AttributeDatatype.String, false, null, 5, "", []),
            new("shown", false, AttributeDatatype.String, true, null, 6, "Only shown", []),
        ]);
        var request = NewServiceRequest.Read(Parameters($"service_code=1&address_id=7&{encoded}")).Value!;
        Assert.Equal(error, string.Join("; ", definition.Check(request).Select(found => found.Description)));
    }

    // GeoReport v2, GET Service Requests.
    [Theory]
    [InlineData("", "2026-05-01T08:00:00Z", "2026-07-30T08:00:00Z")]
    [InlineData("start_date=2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("end_date=2026-04-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("start_date=2010-05-24T00:00:00%2B08:00&end_date=2010-06-24T00:00Z", "2010-05-23T16:00:00Z", "2010-06-24T00:00:00Z")]
    public void A_query_spans_ninety_days_at_most(string encoded, string start, string end)
    {
        var query = RequestQuery.Read(Parameters(encoded), Now).Value!;
        Assert.Equal((DateTimeOffset.Parse(start, null), DateTimeOffset.Parse(end, null)), (query.Start, query.End));
    }

    [Theory]
    [InlineData("start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:01Z", "400 start_date and end_date are more than 90 days apart.")]
    [InlineData("start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", "400 start_date is later than end_date.")]
    [InlineData("start_date=2026-02-01T00:00:00&end_date=2026-02-02T00:00:00Z", "400 start_date is no date and time with an offset, as 2010-01-01T00:00:00Z: 2026-02-01T00:00:00")]
    [InlineData("status=open,shut", "400 status is open or closed: shut")]
    [InlineData("status=1", "400 status is open or closed: 1")]
    [InlineData("page=0", "400 page is no whole number from 1 to 2147483647: 0")]
    [InlineData("page_size=1001", "400 page_size is no whole number from 1 to 1000: 1001")]
    public void What_is_wrong_with_a_query_is_said(string encoded, string error) => Assert.Equal([error], Errors(RequestQuery.Read(Parameters(encoded), Now)));

    [Fact]
    public void Lists_are_repeated_or_have_commas_and_ids_override_the_rest()
    {
        var query = RequestQuery.Read(Parameters("service_code=1,2&service_code=3&status=open&status=closed,open&page=2&page_size=50"), Now).Value!;
        Assert.Equal(["1", "2", "3"], query.ServiceCodes);
        Assert.Equal([RequestStatus.Open, RequestStatus.Closed], query.Statuses);
        Assert.Equal((2, 50), (query.Page, query.PageSize));

        var byId = RequestQuery.Read(Parameters("service_request_id=7,8&start_date=nonsense&status=shut"), Now).Value!;
        Assert.Equal(["7", "8"], byId.ServiceRequestIds);
        Assert.Empty(byId.Statuses);
    }

    [Theory]
    [InlineData("a=%FF", "The request is not in UTF-8.")]
    [InlineData("a=%C0%80", "The request is not in UTF-8.")]
    public void Text_that_is_no_utf8_is_refused(string encoded, string error) =>
        Assert.Equal([$"400 {error}"], Errors(Open311Form.Read(Encoding.ASCII.GetBytes(encoded), "application/x-www-form-urlencoded")));

    [Fact]
    public void A_form_is_decoded_as_browsers_encode_it()
    {
        var fields = Parameters("a=1+2%2B3&b=%E8%B7%AF&&c&d=100%&e=%zz&a=x=y");
        Assert.Equal(["1 2+3", "x=y"], fields["a"]);
        Assert.Equal(("路", "", "100%", "%zz"), (fields["b"][0], fields["c"][0], fields["d"][0], fields["e"][0]));
    }

    [Fact]
    public async Task A_form_of_several_parts_is_read_with_its_files()
    {
        // The framework's own writer of such forms is the other side.
        using var content = new MultipartFormDataContent("x:boundary=7")
        {
            { new StringContent("坑洼"), "description" },
            { new StringContent("1"), "attribute[A][]" },
            { new StringContent("2\r\n--x"), "attribute[A][]" },
            { new ByteArrayContent([0xFF, 0xD8, (byte)'\r', (byte)'\n', (byte)'-', (byte)'-', 0]) { Headers = { ContentType = new("image/jpeg") } }, "media", "路.jpg" },
            { new ByteArrayContent([]), "empty" },
        };
        var form = Open311Form.Read(await content.ReadAsByteArrayAsync(), content.Headers.ContentType!.ToString()).Value!;

        Assert.Equal(["坑洼"], form.Fields["description"]);
        Assert.Equal(["1", "2\r\n--x"], form.Fields["attribute[A][]"]);
        Assert.Equal([""], form.Fields["empty"]);
        var file = Assert.Single(form.Files);
        Assert.Equal(("media", "路.jpg", "image/jpeg"), (file.Field, file.FileName, file.ContentType));
        Assert.Equal([0xFF, 0xD8, (byte)'\r', (byte)'\n', (byte)'-', (byte)'-', 0], file.Content.ToArray());
    }

    [Theory]
    [InlineData("form-data; name=\"media\"; filename=\"路 1.jpg\"", "路 1.jpg")]
    [InlineData("form-data; name=\"media\"; filename=\"a\\\"b.jpg\"", "a\\\"b.jpg")]
    [InlineData("form-data; name=media; filename*=UTF-8''%E8%B7%AF.jpg", "路.jpg")]
    public void Files_have_the_names_that_clients_give_them(string disposition, string name)
    {
        var body = $"--b\r\nContent-Disposition: {disposition}\r\nContent-Type: image/jpeg\r\n\r\n1\r\n--b--\r\n";
        Assert.Equal(("media", name), Open311Form.Read(Encoding.UTF8.GetBytes(body), "multipart/form-data; boundary=\"b\"").Value!.Files.Select(file => (file.Field, file.FileName)).Single());
    }

    [Theory]
    [InlineData("multipart/form-data", "--b\r\n", "The Content-Type names no boundary.")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1", "The form ends before its last boundary.")]
    [InlineData("multipart/form-data; boundary=b", "", "The form ends before its last boundary.")]
    [InlineData("text/plain", "a=1", "text/plain is not read here; send application/x-www-form-urlencoded or multipart/form-data.")]
    [InlineData(null, "a=1", "The request has no Content-Type.")]
    public void Forms_that_are_none_are_refused(string? type, string body, string error) =>
        Assert.Equal([$"400 {error}"], Errors(Open311Form.Read(Encoding.UTF8.GetBytes(body), type)));

    [Fact]
    public void Forms_end_at_their_limits()
    {
        var limits = new Open311Limits { Fields = 2, Files = 1, Bytes = 400 };
        Assert.Equal(["400 There are more than 2 fields."], Errors(Open311Form.Read("a=1&b=2&c=3"u8.ToArray(), "application/x-www-form-urlencoded", limits)));
        Assert.Equal(["400 The request is larger than 400 bytes."], Errors(Open311Form.Read(new byte[401], "application/x-www-form-urlencoded", limits)));
        const string part = "--b\r\nContent-Disposition: form-data; name=\"m\"; filename=\"f\"\r\n\r\n1\r\n";
        Assert.Equal(["400 There are more than 1 files."], Errors(Open311Form.Read(Encoding.ASCII.GetBytes(part + part + "--b--"), "multipart/form-data; boundary=b", limits)));
    }

    [Fact]
    public void A_request_is_written_in_both_formats_alike()
    {
        var request = new ServiceRequest
        {
            ServiceRequestId = "007",
            Status = RequestStatus.Closed,
            ServiceCode = "006",
            ServiceName = "路面",
            Description = "a < b & \u0001",
            RequestedDatetime = new(2026, 7, 1, 8, 0, 0, 500, TimeSpan.FromHours(8)),
            UpdatedDatetime = Now,
            Point = new(37.762221815, -0.00001),
        };
        var (xml, json) = (new MemoryStream(), new MemoryStream());
        Open311Writer.Write(xml, Open311Format.Xml, [request]);
        Open311Writer.Write(json, Open311Format.Json, [request]);
        var fields = XDocument.Parse(Encoding.UTF8.GetString(xml.ToArray())).Root!.Element("request")!.Elements().ToDictionary(field => field.Name.LocalName, field => field.Value);
        var node = JsonNode.Parse(json.ToArray())![0]!.AsObject();

        Assert.Equal(
            ("007", "closed", "006", "路面", "a < b & \uFFFD", "2026-07-01T08:00:00+08:00", "2026-07-30T08:00:00Z", "", "37.762221815", "-0.00001"),
            (fields["service_request_id"], fields["status"], fields["service_code"], fields["service_name"], fields["description"], fields["requested_datetime"], fields["updated_datetime"], fields["status_notes"], fields["lat"], fields["long"]));
        Assert.Equal(fields.Keys, node.Select(field => field.Key));
        Assert.Equal((37.762221815, -0.00001), ((double)node["lat"]!, (double)node["long"]!));
        Assert.All(fields, field => Assert.Equal(field.Value.Length == 0, node[field.Key] is null));
        Assert.Equal("a < b & \uFFFD", (string)node["description"]!);
        Assert.Equal("text/xml; charset=utf-8", Open311Writer.ContentType(Open311Format.Xml));
    }
}
