using System.Net;
using Jingwei.Server.Facts;
using static Jingwei.Tests.Facts.FactWorld;

namespace Jingwei.Tests.Facts;

/// <summary>Queries, lists and named queries (EPCIS 2.0, 8.2.7.1, 12.4 to 12.7.1).</summary>
public sealed class QueryTests(FactWorld world) : IClassFixture<FactWorld>
{
    [Theory]
    [InlineData("orderBy=eventTime&orderDirection=ASC", "0 1 2 3 4 5 6")]
    [InlineData("orderBy=eventTime", "6 5 4 3 2 1 0")]
    [InlineData("", "6 5 4 3 2 1 0")]
    [InlineData("orderBy=recordTime&orderDirection=ASC", "0 1 2 3 4 5 6")]
    [InlineData("GE_recordTime=2026-01-01T00:00:00Z", "0 1 2 3 4 5 6")]
    [InlineData("orderBy=ext:rank&orderDirection=ASC", "6 5 4 3 2 1 0")]
    [InlineData("orderBy=eventTime&orderDirection=ASC&eventCountLimit=5", "0 1 2 3 4")]
    [InlineData("orderBy=eventTime&orderDirection=ASC&GE_eventTime=2026-03-01T08:00:02Z&LT_eventTime=2026-03-01T08:00:04Z", "2 3")]
    [InlineData("orderBy=eventTime&orderDirection=ASC&MATCH_epc=urn:x:page:4|urn:x:page:2|urn:x:page:6", "2 4 6")]
    [InlineData("orderBy=eventTime&orderDirection=ASC&EQ_ext:rank=-2|-5", "2 5")]
    public async Task Pages_hold_every_event_once_in_their_order(string query, string wanted)
    {
        await world.CaptureAsync("engineer", [.. Enumerable.Range(0, 7).Select(each => Observed($"urn:x:page:{each}", $"08:00:0{each}", $""","ext:rank":-{each},"ext:pages":1"""))]);
        var told = new List<string>();
        for (var path = $"/epcis/events?{query}&perPage=2&EXISTS_ext:pages=true"; path is not null;)
        {
            var answer = await world.GetAsync("engineer", path, ("GS1-Extensions", "ext=http://example.com/ext/"));
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            var page = EventsOf(answer);
            Assert.True(page.Count <= 2);
            told.AddRange(page.Select(each => ((string)each["epcList"]![0]!)[^1..]));
            path = answer.Link?.Split('<', '>')[1];
        }

        Assert.Equal(wanted, string.Join(' ', told));
    }

    [Fact]
    public async Task Every_way_to_an_object_finds_its_events()
    {
        await world.CaptureAsync(
            "engineer",
            """{"type":"AggregationEvent","eventTime":"2026-03-01T09:00:00Z","eventTimeZoneOffset":"+08:00","parentID":"urn:x:way:box","childEPCs":["urn:x:way:a"],"action":"ADD","bizStep":"packing"}""",
            """
            {"type":"TransformationEvent","eventTime":"2026-03-01T09:01:00Z","eventTimeZoneOffset":"+08:00","transformationID":"urn:x:way:run","inputEPCList":["urn:x:way:a"],
            "inputQuantityList":[{"epcClass":"urn:x:way:lot","quantity":3,"uom":"KGM"}],"outputEPCList":["urn:x:way:b"],"bizTransactionList":[{"type":"po","bizTransaction":"urn:x:way:order"}]}
            """);
        async Task<int> CountAsync(string query) => (await world.EventsAsync("viewer", $"/epcis/events?{query}")).Count;
        Assert.Equal(1, await CountAsync("MATCH_parentID=urn:x:way:box"));
        Assert.Equal(1, await CountAsync("MATCH_epc=urn:x:way:a"));
        Assert.Equal(2, await CountAsync("MATCH_anyEPC=urn:x:way:a"));
        Assert.Equal(1, await CountAsync("MATCH_inputEPC=urn:x:way:a"));
        Assert.Equal(0, await CountAsync("MATCH_outputEPC=urn:x:way:a"));
        Assert.Equal(1, await CountAsync("MATCH_anyEPCClass=urn:x:way:lot&GE_quantity_GRM=2999"));
        Assert.Equal(1, await CountAsync("EQ_transformationID=urn:x:way:run"));
        Assert.Equal(1, await CountAsync("EQ_bizTransaction_po=urn:x:way:order"));
        Assert.Equal(0, await CountAsync("EQ_bizTransaction_inv=urn:x:way:order"));
        Assert.Equal(1, await CountAsync("MATCH_anyEPC=urn:x:way:a&EQ_bizStep=packing"));
        Assert.Equal(1, await CountAsync("MATCH_anyEPC=urn:x:way:a&eventType=TransformationEvent"));
    }

    [Fact]
    public async Task Too_large_an_answer_is_refused_only_where_the_query_says_so()
    {
        await world.CaptureAsync("engineer", [.. Enumerable.Range(0, 5).Select(each => Observed("urn:x:large:1", $"10:00:0{each}"))]);
        Assert.Equal(5, (await world.EventsAsync("engineer", "/epcis/events?MATCH_epc=urn:x:large:1&maxEventCount=5")).Count);
        var refused = await world.GetAsync("engineer", "/epcis/events?MATCH_epc=urn:x:large:1&maxEventCount=4");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "epcisException:QueryTooLargeException"), (refused.Status, (string?)refused.Json["type"]));
    }

    [Theory]
    [InlineData("EQ_nothing=1", "QueryParameterException")]
    [InlineData("GE_eventTime=yesterday", "QueryParameterException")]
    [InlineData("perPage=0", "QueryParameterException")]
    [InlineData("nextPageToken=x", "QueryParameterException")]
    public async Task A_query_that_makes_no_sense_is_refused(string query, string exception)
    {
        var answer = await world.GetAsync("engineer", $"/epcis/events?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, $"epcisException:{exception}"), (answer.Status, (string?)answer.Json["type"]));
    }

    [Theory]
    [InlineData("Accept", "text/csv")]
    [InlineData("GS1-EPCIS-Min", "2.1")]
    [InlineData("GS1-EPCIS-Max", "1.2.0")]
    public async Task What_cannot_be_had_is_not_acceptable(string header, string value)
    {
        var answer = await world.GetAsync("engineer", "/epcis/events", (header, value));
        Assert.Equal((HttpStatusCode.NotAcceptable, "epcisException:NotAcceptableException"), (answer.Status, (string?)answer.Json["type"]));
    }

    [Fact]
    public async Task Lists_name_what_events_are_about()
    {
        await world.CaptureAsync("engineer", Observed("urn:epc:id:sgtin:9520000.000009.L", more: ""","disposition":"in_progress","readPoint":{"id":"urn:epc:id:sgln:9520000.00001.1"}""", step: "storing"));
        async Task<string> MembersAsync(string list) => string.Join(' ', (await world.GetAsync("viewer", $"/epcis/{list}?perPage=1000")).Json["member"]!.AsArray());
        Assert.Contains("events", await MembersAsync(""), StringComparison.Ordinal);
        Assert.Contains("AssociationEvent", await MembersAsync("eventTypes"), StringComparison.Ordinal);
        Assert.Contains("https://ref.gs1.org/cbv/BizStep-storing", await MembersAsync("bizSteps"), StringComparison.Ordinal);
        Assert.Contains("https://ref.gs1.org/cbv/Disp-in_progress", await MembersAsync("dispositions"), StringComparison.Ordinal);
        Assert.Contains("https://id.gs1.org/414/9520000000011/254/1", await MembersAsync("readPoints"), StringComparison.Ordinal);
        Assert.Contains("https://id.gs1.org/01/09520000000097/21/L", await MembersAsync("epcs"), StringComparison.Ordinal);
        Assert.Equal("events", await MembersAsync("epcs/urn%3Aepc%3Aid%3Asgtin%3A9520000.000009.L"));
        Assert.Equal("events", await MembersAsync("bizSteps/storing"));
        Assert.Single(await world.EventsAsync("viewer", "/epcis/epcs/https%3A%2F%2Fid.gs1.org%2F01%2F09520000000097%2F21%2FL/events"));
        Assert.Single(await world.EventsAsync("viewer", "/epcis/bizSteps/storing/events"));
        Assert.Single(await world.EventsAsync("viewer", "/epcis/readPoints/urn%3Aepc%3Aid%3Asgln%3A9520000.00001.1/events"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("viewer", "/epcis/epcs/urn:x:nowhere")).Status);
    }

    [Fact]
    public async Task Words_of_several_parties_are_told_page_by_page_each_once_and_only_to_whom_they_are_shown()
    {
        // Behind the basic plane the order of .NET's strings is not that of UTF-8, in which the store has its words: ﹫ stands before 📦.
        string[] both = ["urn:x:page:b", "urn:x:page:d"], plant = ["urn:x:page:a", "urn:x:page:c", "urn:x:page:\uFE6B"], plan = ["urn:x:page:e", "urn:x:page:\U0001F4E6", "urn:x:page:\U0001F4E7"];
        static string[] Events(IEnumerable<string> places) => [.. places.Select((place, number) => Observed($"urn:x:paged:{number}", more: $$""","readPoint":{"id":"{{place}}"}"""))];
        // Of its own: elsewhere the other party has nothing.
        await using var parties = new FactWorld();
        await parties.InitializeAsync();
        await parties.CaptureAsync("engineer", Events(plant.Concat(both)));
        await parties.CaptureAsync("outsider", Events(plan.Concat(both)));

        static IEnumerable<string> Sorted(IEnumerable<string> words) => words.Distinct().OrderBy(word => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(word)), StringComparer.Ordinal);
        foreach (var size in (int[])[1, 2, 3, 100])
        {
            Assert.Equal(Sorted(plant.Concat(both).Concat(plan)), await PagedAsync("admin", size));
            Assert.Equal(Sorted(plan.Concat(both)), await PagedAsync("outsider", size));
        }

        async Task<List<string>> PagedAsync(string user, int size)
        {
            var words = new List<string>();
            for (string? path = $"/epcis/readPoints?perPage={size}"; path is not null;)
            {
                var answer = await parties.GetAsync(user, path);
                var page = answer.Json["member"]!.AsArray().Select(each => (string)each!).ToList();
                Assert.InRange(page.Count, 0, size);
                words.AddRange(page.Where(word => word.StartsWith("urn:x:page:", StringComparison.Ordinal)));
                path = answer.Link?.Split('<', '>')[1];
            }

            return words;
        }
    }

    [Fact]
    public async Task A_named_query_is_its_partys()
    {
        await world.CaptureAsync("engineer", Observed("urn:x:named:1"), Observed("urn:x:named:2", "08:00:01"));
        const string Query = """{"name":"named","query":{"MATCH_epc":["urn:x:named:1","urn:x:named:2"],"orderBy":"eventTime","orderDirection":"ASC"}}""";
        Assert.Equal("/epcis/queries/named", (await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries", Query)).Location);
        Assert.Equal(HttpStatusCode.Conflict, (await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries", Query)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries", """{"name":"bad","query":{"EQ_x":1}}""")).Status);
        var broken = await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries", "{\"name\":");
        Assert.Equal((HttpStatusCode.BadRequest, "epcisException:QueryValidationException"), (broken.Status, (string?)broken.Json["type"]));
        Assert.Equal("named", (string?)(await world.GetAsync("viewer", "/epcis/queries/named")).Json["name"]);
        var first = await world.GetAsync("viewer", "/epcis/queries/named/events?perPage=1");
        Assert.Equal("named", (string?)first.Json["epcisBody"]!["queryResults"]!["queryName"]);
        Assert.Equal("urn:x:named:2", (string?)Assert.Single(await world.EventsAsync("viewer", first.Link!.Split('<', '>')[1]))["epcList"]![0]);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", "/epcis/queries/named/events")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync("engineer", HttpMethod.Delete, "/epcis/queries/named")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("viewer", "/epcis/queries/named")).Status);
    }

    [Fact]
    public async Task Nothing_of_another_party_is_told()
    {
        var captured = await world.PostAsync("engineer", Document(Observed("urn:x:secret:1", more: ""","bizLocation":{"id":"urn:x:secret:place"}""", step: "destroying")));
        var id = (string)(await world.EventsAsync("engineer", "/epcis/events?MATCH_epc=urn:x:secret:1"))[0]["eventID"]!;
        foreach (var query in new[] { "", "?MATCH_epc=urn:x:secret:1", $"?EQ_eventID={Uri.EscapeDataString(id)}", "?GE_recordTime=2020-01-01T00:00:00Z", "?EQ_bizStep=destroying", "?maxEventCount=1" })
        {
            Assert.Empty(await world.EventsAsync("outsider", "/epcis/events" + query));
        }

        foreach (var path in new[] { $"events/{Uri.EscapeDataString(id)}", "epcs/urn:x:secret:1", "bizSteps/destroying", captured.Location!["/epcis/".Length..] })
        {
            var denied = await world.GetAsync("outsider", $"/epcis/{path}");
            var missing = await world.GetAsync("outsider", $"/epcis/{path.Split('/')[0]}/urn:x:none");
            Assert.Equal((HttpStatusCode.NotFound, missing.Text), (denied.Status, denied.Text));
        }

        foreach (var list in new[] { "epcs", "bizSteps", "bizLocations" })
        {
            Assert.DoesNotContain("secret", (await world.GetAsync("outsider", $"/epcis/{list}?perPage=1000")).Text, StringComparison.Ordinal);
        }

        Assert.Equal("[]", (await world.GetAsync("outsider", "/epcis/capture")).Text);
    }

    [Theory]
    [InlineData("EQ_bizStep", "step")]
    [InlineData("EQ_disposition", "state")]
    public async Task A_word_of_ones_own_is_found_by_its_short_form(string parameter, string word)
    {
        await world.CaptureAsync("engineer", Observed($"urn:x:short:{word}", step: "ext:step", more: ",\"disposition\":\"ext:state\""));
        var query = $"/epcis/events?MATCH_epc=urn:x:short:{word}&{parameter}=own:{word}";
        Assert.Single(await world.EventsAsync("viewer", query, ("GS1-Extensions", "own=http://example.com/ext/")));
        Assert.Empty(await world.EventsAsync("viewer", query, ("GS1-Extensions", "own=http://example.com/other/")));
        Assert.Single(await world.EventsAsync("viewer", $"/epcis/events?MATCH_epc=urn:x:short:{word}&{parameter}=http://example.com/ext/{word}"));
    }

    [Theory]
    [InlineData("ObjectEvent,AggregationEvent")]
    [InlineData("%20ObjectEvent")]
    [InlineData("-1")]
    [InlineData("Extended")]
    public async Task What_is_no_type_of_event_is_refused(string type)
    {
        var answer = await world.GetAsync("viewer", $"/epcis/events?eventType={type}");
        Assert.Equal((HttpStatusCode.BadRequest, "epcisException:QueryParameterException"), (answer.Status, (string?)answer.Json["type"]));
    }

    [Fact]
    public async Task The_link_of_a_page_leads_on_below_an_identifier_with_an_escape_in_it()
    {
        const string Epc = "urn:epc:id:sgtin:9520000.000077.A%2F1";
        await world.CaptureAsync("engineer", Observed(Epc), Observed(Epc, "09:00:00"));
        var first = await world.GetAsync("viewer", $"/epcis/epcs/{Uri.EscapeDataString(Epc)}/events?perPage=1");
        var second = await world.GetAsync("viewer", first.Link!.Split('<', '>')[1]);
        Assert.Equal(2, EventsOf(first).Concat(EventsOf(second)).Select(each => (string)each["eventTime"]!).Distinct().Count());
    }

    [Fact]
    public async Task A_page_of_large_events_ends_before_it_has_all_that_was_asked_for()
    {
        var note = new string('n', FactLimits.PageBytes / 3);
        for (var each = 0; each < 4; each++)
        {
            await world.CaptureAsync("engineer", Observed("urn:x:bulky:1", $"08:00:0{each}", $",\"ext:note\":\"{note}\""));
        }

        foreach (var order in new[] { "eventTime", "recordTime", "ext:note" })
        {
            var (times, path) = (new List<string>(), $"/epcis/events?MATCH_epc=urn:x:bulky:1&perPage=10&orderBy={order}");
            for (var next = path; next is not null;)
            {
                var page = await world.GetAsync("viewer", next, ("GS1-Extensions", "ext=http://example.com/ext/"));
                Assert.True(page.Status == HttpStatusCode.OK, page.Text);
                Assert.InRange(EventsOf(page).Count, 0, order == "ext:note" ? 4 : 3);
                times.AddRange(EventsOf(page).Select(found => (string)found["eventTime"]!));
                next = page.Link?.Split('<', '>')[1];
            }

            Assert.Equal((4, 4), (times.Count, times.Distinct().Count()));
        }
    }

    [Fact]
    public async Task Events_recorded_before_a_time_come_newest_first()
    {
        var since = world.Access.Time.GetUtcNow();
        world.Access.Time.Advance(TimeSpan.FromSeconds(1));
        await world.CaptureAsync("engineer", Observed("urn:x:recorded:1"));
        world.Access.Time.Advance(TimeSpan.FromSeconds(1));
        await world.CaptureAsync("engineer", Observed("urn:x:recorded:2"));
        world.Access.Time.Advance(TimeSpan.FromSeconds(1));
        await world.CaptureAsync("engineer", Observed("urn:x:recorded:3"));
        var until = since.AddSeconds(3).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        var found = await world.EventsAsync("viewer", $"/epcis/events?LT_recordTime={until}&orderBy=recordTime&perPage=1000");
        Assert.Equal(["urn:x:recorded:2", "urn:x:recorded:1"], found.Select(each => (string)each["epcList"]![0]!).Where(epc => epc.StartsWith("urn:x:recorded:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("application/xml;q=0.5, application/json", "application/json")]
    [InlineData("application/ld+json, application/json;q=0.5", "application/ld+json")]
    [InlineData("*/*", "application/ld+json")]
    public async Task The_answer_is_of_the_media_type_that_was_asked_for(string accept, string told)
    {
        foreach (var path in new[] { "/epcis/events?perPage=1", "/epcis/eventTypes" })
        {
            Assert.Equal(told, (await world.GetAsync("viewer", path, ("Accept", accept))).ContentType);
        }
    }

    [Theory]
    [InlineData("capture", "GET, OPTIONS, POST")]
    [InlineData("eventTypes", "GET, OPTIONS")]
    [InlineData("queries", "GET, OPTIONS, POST")]
    [InlineData("queries/any", "GET, OPTIONS, DELETE")]
    [InlineData("queries/any/events", "GET, OPTIONS")]
    [InlineData("queries/any/subscriptions", "GET, OPTIONS, POST")]
    [InlineData("queries/any/subscriptions/one", "GET, OPTIONS, DELETE")]
    public async Task Options_name_the_methods_that_there_are(string resource, string methods)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(world.Access.Http, $"/epcis/{resource}"));
        request.Headers.Authorization = new("Bearer", world.Access.Session("viewer"));
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(methods, string.Join(", ", answer.Content.Headers.Allow));
    }
}
