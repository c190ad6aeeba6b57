using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Directory;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Facts;

/// <summary>Which thing an event happened at, and the time for which its readings are told.</summary>
public sealed class EventTelemetryTests(FactWorld world) : IClassFixture<FactWorld>
{
    private const string Line = "urn:epc:id:sgln:9520000.00100.0";

    [Theory]
    [InlineData("p1", """ "readPoint":{"id":"urn:epc:id:sgln:9520000.00200.0"} """, "urn:epc:id:sgln:9520000.00200.0")]
    [InlineData("p2", """ "readPoint":{"id":"urn:epc:id:sgln:9520000.00201.0"} """, "https://id.gs1.org/414/9520000002015")]
    [InlineData("p3", """ "readPoint":{"id":"urn:epc:id:sgln:9520000.00202.0"} """, "9520000002022")]
    [InlineData("p4", """ "readPoint":{"id":"https://id.example.cn/414/9520000002036/254/7"} """, "https://id.gs1.org/414/9520000002036/254/7")]
    [InlineData("p5", """ "sensorElementList":[{"sensorMetadata":{"deviceID":"urn:x:device:p5"},"sensorReport":[{"type":"Temperature","value":1,"uom":"CEL"}]}] """, "urn:x:device:p5")]
    [InlineData("p6", """ "sensorElementList":[{"sensorReport":[{"type":"Temperature","value":1,"uom":"CEL","deviceID":"urn:x:device:p6"}]}] """, "urn:x:device:p6")]
    public async Task A_read_point_or_sensor_that_is_an_identifier_of_a_thing_leads_to_it(string thing, string told, string identifier)
    {
        await AddAsync(thing, "plant", identifier);
        Assert.Equal(thing, (string?)(await TelemetryAsync("engineer", $"urn:x:of:{thing}", told))["thing"]!["id"]);
    }

    [Theory]
    [InlineData("near1", "https://id.gs1.org/414/9520000003005", """ "readPoint":{"id":"https://id.gs1.org/414/9520000003005/254/7"} """)]
    [InlineData("near2", "952000000302", """ "readPoint":{"id":"https://id.gs1.org/414/9520000003029"} """)]
    public async Task What_only_looks_alike_does_not(string thing, string identifier, string told)
    {
        await AddAsync(thing, "plant", identifier);
        Assert.Null((await TelemetryAsync("engineer", $"urn:x:of:{thing}", told))["thing"]);
    }

    [Fact]
    public async Task The_time_is_that_of_the_sensors_else_the_hour_around_the_event()
    {
        await AddAsync("timed", "plant", Line);
        var hour = await TelemetryAsync("engineer", "urn:x:timed:1", $$""" "readPoint":{"id":"{{Line}}"} """);
        Assert.Equal(("2026-03-01T07:30:00+00:00", "2026-03-01T08:30:00+00:00"), ((string)hour["from"]!, (string)hour["to"]!));
        var run = await TelemetryAsync("engineer", "urn:x:timed:2", $$""" "readPoint":{"id":"{{Line}}"},"sensorElementList":[ {{Sensor("06:00:00", "07:00:00")}},{{Sensor("05:30:00", "06:10:00")}} ] """);
        Assert.Equal(("2026-03-01T05:30:00+00:00", "2026-03-01T07:00:00+00:00"), ((string)run["from"]!, (string)run["to"]!));
        Assert.Empty(run["series"]!.AsArray());

        static string Sensor(string from, string to) =>
            $$$"""{"sensorMetadata":{"startTime":"2026-03-01T{{{from}}}Z","endTime":"2026-03-01T{{{to}}}Z"},"sensorReport":[{"type":"Temperature","value":1,"uom":"CEL"}]}""";
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "", "0001-01-01T00:00:00+00:00", "0001-01-01T00:30:00+00:00")]
    [InlineData("9999-12-31T23:50:00Z", "", "9999-12-31T23:20:00+00:00", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("2026-03-01T08:00:00Z", "9999-12-31T23:50:00Z", "9999-12-31T23:50:00+00:00", "9999-12-31T23:59:59.9999999+00:00")]
    public async Task At_the_ends_of_time_the_hour_is_shorter(string time, string start, string from, string to)
    {
        var (id, sensors) = ($"urn:x:ends:{time}{start}", start.Length == 0 ? "" : $$$"""
            ,"sensorElementList":[{"sensorMetadata":{"startTime":"{{{start}}}"},"sensorReport":[{"type":"Temperature","value":1,"uom":"CEL"}]}]
            """);
        await world.CaptureAsync("engineer", $$"""{"type":"ObjectEvent","eventID":"{{id}}","eventTime":"{{time}}","eventTimeZoneOffset":"+08:00","epcList":["urn:x:ends:1"],"action":"OBSERVE"{{sensors}}}""");
        var told = await world.GetAsync("viewer", $"/api/trace/telemetry?event={id}");
        Assert.Equal(HttpStatusCode.OK, told.Status);
        Assert.Equal((from, to), ((string)told.Json["from"]!, (string)told.Json["to"]!));
    }

    [Fact]
    public async Task Neither_things_nor_events_of_others_are_told()
    {
        const string Shared = "urn:x:shared:dock";
        await AddAsync("theirs", "plan", Shared);
        Assert.Null((await TelemetryAsync("engineer", "urn:x:theirs:1", $$""" "readPoint":{"id":"{{Shared}}"} """))["thing"]);
        var ids = (await world.EventsAsync("engineer", "/epcis/events?MATCH_anyEPC=urn:x:theirs:1")).Select(each => (string)each["eventID"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", $"/api/trace/telemetry?event={Uri.EscapeDataString(Assert.Single(ids))}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("engineer", "/api/trace/telemetry")).Status);
    }

    [Fact]
    public async Task Who_is_shown_an_event_whole_is_told_its_time_and_not_the_thing()
    {
        const string Press = "urn:x:agreed:press";
        await AddAsync("pressing", "plant", Press);
        Assert.Equal("pressing", (string?)(await TelemetryAsync("engineer", "urn:x:agreed:1", $$""" "readPoint":{"id":"{{Press}}"} """))["thing"]!["id"]);
        var id = (string)Assert.Single(await world.EventsAsync("engineer", "/epcis/events?MATCH_anyEPC=urn:x:agreed:1"))["eventID"]!;
        var path = $"/api/trace/telemetry?event={Uri.EscapeDataString(id)}";
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", path)).Status);
        Share("urn:x:agreed:1", ["bizStep"]);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", path)).Status);
        Share("urn:x:agreed:1", [AgreementTerms.All]);
        var told = (await world.GetAsync("outsider", path)).Json;
        Assert.Null(told["thing"]);
        Assert.Equal("2026-03-01T07:30:00+00:00", (string?)told["from"]);
    }

    private void Share(string product, ImmutableArray<string> fields)
    {
        var now = world.Access.Time.GetUtcNow();
        var terms = new AgreementTerms([product], [], fields, [], false, "quality", now.AddYears(1));
        var book = world.Access.Get<AgreementBook>();
        var added = book.Add(new($"{product}-{fields[0]}", "plant", "plan", "plant", terms, null, AgreementState.Proposed, "admin", null, now, now, 1))!;
        Assert.NotNull(book.Change(added.Id, null, AgreementStep.Accept, "admin", "plan", null));
    }

    private async Task<JsonNode> TelemetryAsync(string user, string epc, string told)
    {
        await world.CaptureAsync(user, FactWorld.Observed(epc, more: "," + told));
        var id = (string)Assert.Single(await world.EventsAsync(user, $"/epcis/events?MATCH_anyEPC={epc}"))["eventID"]!;
        var answer = await world.GetAsync(user, $"/api/trace/telemetry?event={Uri.EscapeDataString(id)}");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    private async Task AddAsync(string id, string party, string identifier) => Assert.Equal(
        ThingOutcome.Done,
        await world.Access.Get<Things>().AddAsync(
            new Thing(id, "machine", id, party, "east", null, null, world.Access.Time.GetUtcNow(), 1) { Identifiers = ImmutableSortedDictionary<string, string>.Empty.Add("site", identifier) },
            AccessWorld.Cancellation));
}
