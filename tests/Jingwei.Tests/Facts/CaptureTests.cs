using System.Net;
using Jingwei.Server.Facts;
using static Jingwei.Tests.Facts.FactWorld;

namespace Jingwei.Tests.Facts;

/// <summary>What is captured, and what is refused (EPCIS 2.0, 12.7.2 and its OpenAPI description).</summary>
public sealed class CaptureTests(FactWorld world) : IClassFixture<FactWorld>
{
    [Fact]
    public async Task What_was_captured_comes_back_with_an_id_and_the_time_of_recording()
    {
        var job = await world.CaptureAsync("engineer", Observed("https://id.gs1.org/01/09520000000001/21/A", more: ""","ext:note":{"ext:by":"李"}"""));
        Assert.True((bool)job["success"]!);
        Assert.False((bool)job["running"]!);
        Assert.Equal((1, 0), ((int)job["captured"]!, (int)job["duplicates"]!));
        var read = Assert.Single(await world.EventsAsync("viewer", "/epcis/events?MATCH_epc=https://id.gs1.org/01/09520000000001/21/A"));
        Assert.StartsWith("ni:///sha-256;", (string?)read["eventID"], StringComparison.Ordinal);
        Assert.EndsWith("?ver=CBV2.0", (string?)read["eventID"], StringComparison.Ordinal);
        Assert.Equal(world.Access.Time.GetUtcNow(), DateTimeOffset.Parse((string)read["recordTime"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("李", (string?)read["ext:note"]!["ext:by"]);
        var byId = await world.EventsAsync("viewer", $"/epcis/events/{Uri.EscapeDataString((string)read["eventID"]!)}");
        Assert.Equal((string?)read["eventID"], (string?)Assert.Single(byId)["eventID"]);
    }

    [Fact]
    public async Task The_same_event_again_is_counted_and_not_kept_twice()
    {
        var urn = Observed("urn:epc:id:sgtin:9520000.000002.A", "08:00:00.5");
        var link = urn.Replace("urn:epc:id:sgtin:9520000.000002.A", "https://example.com/01/09520000000028/21/A", StringComparison.Ordinal);
        Assert.Equal(1, (int)(await world.CaptureAsync("engineer", urn))["captured"]!);
        var again = await world.CaptureAsync("engineer", urn, link, urn);
        Assert.Equal((0, 3, true), ((int)again["captured"]!, (int)again["duplicates"]!, (bool)again["success"]!));
        Assert.Single(await world.EventsAsync("engineer", "/epcis/events?MATCH_epc=urn:epc:id:sgtin:9520000.000002.A"));
    }

    [Fact]
    public async Task Another_event_with_a_taken_id_is_refused_and_nothing_of_its_capture_is_kept()
    {
        const string Id = ""","eventID":"urn:uuid:00000000-0000-4000-8000-000000000001" """;
        await world.CaptureAsync("engineer", Observed("urn:x:taken:1", more: Id));
        var job = await world.CaptureAsync("engineer", Observed("urn:x:taken:2"), Observed("urn:x:taken:3", more: Id));
        Assert.False((bool)job["success"]!);
        Assert.Equal("epcisException:ResourceAlreadyExistsException", (string?)job["errors"]![0]!["type"]);
        Assert.Equal(1, (int)job["errors"]![0]!["event"]!);
        Assert.Empty(await world.EventsAsync("engineer", "/epcis/events?MATCH_epc=urn:x:taken:2"));

        // What declares it wrong has its id, too.
        var declared = Id + ""","errorDeclaration":{"declarationTime":"2026-03-01T10:00:00Z","reason":"incorrect_data"}""";
        Assert.Equal(1, (int)(await world.CaptureAsync("engineer", Observed("urn:x:taken:1", more: declared)))["captured"]!);
        Assert.Equal(2, (await world.EventsAsync("engineer", "/epcis/events/urn%3Auuid%3A00000000-0000-4000-8000-000000000001")).Count);
        Assert.Single(await world.EventsAsync("engineer", "/epcis/events?EQ_eventID=urn:uuid:00000000-0000-4000-8000-000000000001&EXISTS_errorDeclaration=true"));
    }

    [Fact]
    public async Task Rollback_keeps_nothing_and_proceed_what_is_right()
    {
        var document = Document(Observed("urn:x:mixed:1"), Observed("urn:x:mixed:2").Replace("OBSERVE", "LOOK", StringComparison.Ordinal));
        var refused = await world.PostAsync("engineer", document);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("application/problem+json", refused.ContentType);
        Assert.Equal("epcisException:ValidationException", (string?)refused.Json["type"]);
        Assert.Equal("/epcisBody/eventList/1/action", (string?)refused.Json["errors"]![0]!["path"]);
        Assert.Empty(await world.EventsAsync("engineer", "/epcis/events?MATCH_epc=urn:x:mixed:1"));

        var proceeding = await world.PostAsync("engineer", document, headers: ("GS1-Capture-Error-Behaviour", "proceed"));
        Assert.Equal(HttpStatusCode.Accepted, proceeding.Status);
        var job = (await world.GetAsync("engineer", proceeding.Location!)).Json;
        Assert.Equal((false, 1, 1), ((bool)job["success"]!, (int)job["captured"]!, (int)job["errors"]![0]!["event"]!));
        Assert.Single(await world.EventsAsync("engineer", "/epcis/events?MATCH_epc=urn:x:mixed:1"));
    }

    [Fact]
    public async Task One_event_by_itself_is_created_once()
    {
        var alone = Observed("urn:x:alone:1").Insert(1, "\"@context\":\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\",");
        var made = await world.PostAsync("engineer", alone, path: "/epcis/events");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Single(await world.EventsAsync("viewer", made.Location!));
        var again = await world.PostAsync("engineer", alone, path: "/epcis/events");
        Assert.Equal((HttpStatusCode.Conflict, "epcisException:ResourceAlreadyExistsException"), (again.Status, (string?)again.Json["type"]));
        Assert.Equal(HttpStatusCode.BadRequest, (await world.PostAsync("engineer", Document(Observed("urn:x:alone:2")), path: "/epcis/events")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.PostAsync("engineer", alone)).Status);
    }

    [Theory]
    [InlineData("text/plain", "{}", HttpStatusCode.UnsupportedMediaType, "UnsupportedMediaTypeException")]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest, "ValidationException")]
    [InlineData("application/json", "{}", HttpStatusCode.BadRequest, "ValidationException")]
    [InlineData("application/xml", "<a", HttpStatusCode.BadRequest, "ValidationException")]
    [InlineData("application/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", HttpStatusCode.BadRequest, "ValidationException")]
    public async Task What_is_no_document_is_refused(string type, string body, HttpStatusCode status, string exception)
    {
        var answer = await world.PostAsync("engineer", body, type);
        Assert.Equal((status, $"epcisException:{exception}"), (answer.Status, (string?)answer.Json["type"]));
        Assert.Equal((int)status, (int)answer.Json["status"]!);
    }

    [Fact]
    public async Task Too_many_events_are_refused_and_the_limit_is_told()
    {
        var events = Enumerable.Range(0, 10_001).Select(each => Observed($"urn:x:many:{each}")).ToArray();
        var answer = await world.PostAsync("engineer", Document(events));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "epcisException:CaptureLimitExceededException"), (answer.Status, (string?)answer.Json["type"]));
        Assert.Equal(10_000, (int)(await world.CaptureAsync("engineer", events[..10_000]))["captured"]!);
    }

    [Fact]
    public async Task Who_may_not_gets_the_exception_of_the_standard()
    {
        var document = Document(Observed("urn:x:denied:1"));
        var viewer = await world.PostAsync("viewer", document);
        Assert.Equal((HttpStatusCode.Forbidden, "epcisException:SecurityException"), (viewer.Status, (string?)viewer.Json["type"]));
        var nobody = await world.GetAsync(null, "/epcis/events");
        Assert.Equal((HttpStatusCode.Unauthorized, "epcisException:SecurityException"), (nobody.Status, (string?)nobody.Json["type"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync("engineer", document, path: "/epcis/capture?party=plan")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync("engineer", document, path: "/epcis/capture?party=nowhere")).Status);
    }

    [Fact]
    public async Task Xml_comes_in_and_goes_out()
    {
        const string Xml = """
            <?xml version="1.0" encoding="UTF-8"?>
            <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2" creationDate="2026-03-01T00:00:00Z"><EPCISBody><EventList>
            <ObjectEvent><eventTime>2026-03-01T08:00:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList><epc>urn:epc:id:sgtin:9520000.000003.X</epc></epcList>
            <action>OBSERVE</action><bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep></ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>
            """;
        var captured = await world.PostAsync("engineer", Xml, "application/xml");
        Assert.Equal(HttpStatusCode.Accepted, captured.Status);
        var read = Assert.Single(await world.EventsAsync("engineer", "/epcis/events?MATCH_epc=urn:epc:id:sgtin:9520000.000003.X"));
        Assert.Equal("shipping", (string?)read["bizStep"]);
        Assert.Equal("https://id.gs1.org/01/09520000000035/21/X", (string?)read["epcList"]![0]);
        var asWritten = Assert.Single(await world.EventsAsync("engineer", "/epcis/events?MATCH_epc=urn:epc:id:sgtin:9520000.000003.X", ("GS1-EPC-Format", "Never_Translates")));
        Assert.Equal("urn:epc:id:sgtin:9520000.000003.X", (string?)asWritten["epcList"]![0]);
        var xml = await world.GetAsync("engineer", "/epcis/events?MATCH_epc=urn:epc:id:sgtin:9520000.000003.X", ("Accept", "application/xml"));
        Assert.StartsWith("application/xml", xml.ContentType, StringComparison.Ordinal);
        Assert.Contains("<bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>", xml.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_that_every_event_would_carry_is_refused_where_it_is_long()
    {
        var (prefixes, space) = (string.Join(',', Enumerable.Range(0, 250).Select(each => $"\"p{each}\":\"http://example.com/{each}/{new string('x', 60)}/\"")), $"http://example.com/{new string('x', 500)}/");
        foreach (var context in new[] { $"{{{prefixes}}}", $"{{\"ext\":\"{space}\"}}" })
        {
            var ofDocument = await world.PostAsync("engineer", Document(Observed("urn:x:context:1")).Replace(Context, context, StringComparison.Ordinal));
            Assert.Equal((HttpStatusCode.BadRequest, "epcisException:ValidationException"), (ofDocument.Status, (string?)ofDocument.Json["type"]));
            var ofEvent = await world.PostAsync("engineer", Document(Observed("urn:x:context:1", more: $",\"@context\":{context}")));
            Assert.Equal((HttpStatusCode.BadRequest, 0), (ofEvent.Status, (int)ofEvent.Json["errors"]![0]!["event"]!));
        }

        await world.CaptureAsync("engineer", Observed("urn:x:context:1", more: $",\"@context\":{{{string.Join(',', prefixes.Split(',').Take(100))}}}"));
        Assert.Single(await world.EventsAsync("engineer", "/epcis/events?MATCH_epc=urn:x:context:1"));
    }

    [Fact]
    public async Task What_was_not_captured_is_in_no_list()
    {
        const string Own = ",\"eventID\":\"urn:x:lists:event\"";
        await world.CaptureAsync("engineer", Observed("urn:x:lists:1", step: "urn:x:lists:step", more: Own));
        var taken = await world.PostAsync("engineer", Document(Observed("urn:x:lists:2", step: "urn:x:lists:other", more: Own)), headers: ("GS1-Capture-Error-Behaviour", "proceed"));
        Assert.Equal(0, (int)(await world.GetAsync("engineer", taken.Location!)).Json["captured"]!);
        var tooLong = Observed($"urn:x:lists:3\",\"urn:x:{new string('x', FactLimits.NameBytes)}");
        Assert.Equal(HttpStatusCode.Accepted, (await world.PostAsync("engineer", Document(tooLong), headers: ("GS1-Capture-Error-Behaviour", "proceed"))).Status);
        var (steps, epcs) = ((await world.GetAsync("viewer", "/epcis/bizSteps?perPage=1000")).Text, (await world.GetAsync("viewer", "/epcis/epcs?perPage=1000")).Text);
        Assert.Contains("urn:x:lists:step", steps, StringComparison.Ordinal);
        Assert.DoesNotContain("urn:x:lists:other", steps, StringComparison.Ordinal);
        Assert.Contains("urn:x:lists:1", epcs, StringComparison.Ordinal);
        Assert.DoesNotMatch("urn:x:lists:[23]", epcs);
    }

    [Fact]
    public async Task What_comes_in_slowly_does_not_keep_others_out()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        // The first of all takes longer than those that follow.
        await world.CaptureAsync("engineer", Observed("urn:x:slow:0"));
        var began = Enumerable.Range(0, FactLimits.CapturesTogether).Select(_ => new TaskCompletionSource()).ToList();
        var slow = began.Select(each => TrickleAsync(each, ended.Token)).ToList();
        await Task.WhenAll(began.Select(each => each.Task));
        Assert.Equal(1, (int)(await world.CaptureAsync("engineer", Observed("urn:x:slow:1")).WaitAsync(TimeSpan.FromSeconds(20), ended.Token))["captured"]!);
        Assert.DoesNotContain(slow, each => each.IsCompleted);
        await ended.CancelAsync();
        await Task.WhenAll(slow);
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_page_by_page()
    {
        for (var each = 0; each < 3; each++)
        {
            await world.CaptureAsync("engineer", Observed($"urn:x:jobs:{each}"));
            world.Access.Time.Advance(TimeSpan.FromMilliseconds(5));
        }

        var first = await world.GetAsync("viewer", "/epcis/capture?perPage=2");
        var second = await world.GetAsync("viewer", first.Link!.Split('<', '>')[1]);
        var ids = first.Json.AsArray().Concat(second.Json.AsArray()).Select(job => (string)job!["captureID"]!).ToList();
        Assert.True(ids.Count >= 3);
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal).Distinct(), ids);
    }

    private const string Context = "{\"ext\":\"http://example.com/ext/\"}";

    // A capture whose body comes just fast enough not to be cut off.
    private async Task TrickleAsync(TaskCompletionSource began, CancellationToken cancellation)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(world.Access.Http.Host, world.Access.Http.Port, cancellation);
        var head = $"POST /epcis/capture HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {world.Access.Session("engineer")}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n";
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(head), cancellation);
        try
        {
            for (var part = new byte[1000]; ; began.TrySetResult())
            {
                await client.GetStream().WriteAsync(part, cancellation);
                await Task.Delay(500, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }
}
