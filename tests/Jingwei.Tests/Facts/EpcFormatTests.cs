using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Identifiers.Gs1.Epc;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Facts;
using Jingwei.Server.Facts.Queries;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Facts.Subscriptions;
using Jingwei.Server.Identifiers.CompanyPrefixes;

namespace Jingwei.Tests.Facts;

/// <summary>The headers GS1-EPC-Format and GS1-CBV-XML-Format (EPCIS 2.0, 12.8). The company prefix 9520007 is registered here; of 4012345 nothing is known.</summary>
public sealed class EpcFormatTests : IClassFixture<FactWorld>
{
    private const string Urns = "Always_EPC_URN";

    // Finds the one event that names them all.
    private const string All = "EQ_bizLocation=urn:epc:id:sgln:4012345.00005.0";

    // As it is captured, and with the EPC URNs of the keys whose company prefix is known.
    private static readonly (string Captured, string Urn)[] Identifiers =
    [
        ("https://id.gs1.org/01/09520007000014/21/A1", "urn:epc:id:sgtin:9520007.000001.A1"),
        ("https://example.com/p/01/09520007000014/21/A2", "urn:epc:id:sgtin:9520007.000001.A2"),
        ("urn:epc:id:sgtin:4012345.011111.987", "urn:epc:id:sgtin:4012345.011111.987"),
        ("https://id.gs1.org/01/04012345111118/21/988", "https://id.gs1.org/01/04012345111118/21/988"),
        ("urn:x:own:1", "urn:x:own:1"),
    ];

    private readonly FactWorld world;

    public EpcFormatTests(FactWorld world)
    {
        this.world = world;
        Assert.NotNull(world.Access.Get<CompanyPrefixes>().Save("9520007", "88.118", CompanyPrefixState.Active, null, "admin"));
    }

    [Fact]
    public async Task Every_field_that_may_be_a_gs1_key_is_told_with_urns()
    {
        const string Gln = "https://id.gs1.org/414/9520007000021";
        const string Party = "https://id.gs1.org/417/9520007000038";
        const string Document = "https://id.gs1.org/253/9520007000045D7";
        const string Lot = "https://id.gs1.org/01/09520007000014/10/L1";
        await world.CaptureAsync(
            "engineer",
            $$"""
            {"type":"ObjectEvent","eventTime":"2025-03-01T08:00:00Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE","epcList":[{{string.Join(',', Identifiers.Select(each => $"\"{each.Captured}\""))}}],
            "quantityList":[{"epcClass":"{{Lot}}","quantity":1},{"epcClass":"https://id.gs1.org/01/09520007000014","quantity":2}],"readPoint":{"id":"{{Gln}}/254/gate7","ext:see":"{{Gln}}"},"bizLocation":{"id":"{{Gln}}"},
            "bizTransactionList":[{"type":"po","bizTransaction":"{{Document}}"},{"type":"inv","bizTransaction":"https://example.com/invoices/7"}],
            "sourceList":[{"type":"owning_party","source":"{{Party}}"},{"type":"location","source":"{{Gln}}"}],"destinationList":[{"type":"possessing_party","destination":"{{Party}}"}],
            "sensorElementList":[{"sensorMetadata":{"deviceID":"https://id.gs1.org/8004/9520007S1","dataProcessingMethod":"{{Document}}"},"sensorReport":[{"type":"Temperature","value":26,"uom":"CEL","deviceID":"https://id.gs1.org/8004/9520007S2"}]}],
            "ext:also":"{{Gln}}"}
            """,
            $$"""
            {"type":"AggregationEvent","eventTime":"2025-03-01T09:00:00Z","eventTimeZoneOffset":"+08:00","action":"ADD","parentID":"https://id.gs1.org/00/095200070000000014","childEPCs":["{{Identifiers[0].Captured}}"],
            "childQuantityList":[{"epcClass":"{{Lot}}","quantity":1}]}
            """,
            $$"""
            {"type":"TransformationEvent","eventTime":"2025-03-01T10:00:00Z","eventTimeZoneOffset":"+08:00","transformationID":"{{Document}}","inputEPCList":["{{Identifiers[0].Captured}}"],"inputQuantityList":[{"epcClass":"{{Lot}}","quantity":1}],
            "outputEPCList":["{{Identifiers[1].Captured}}"],"outputQuantityList":[{"epcClass":"{{Lot}}","quantity":1}]}
            """);
        var told = await world.EventsAsync("viewer", "/epcis/events?orderBy=eventTime&orderDirection=ASC&LT_eventTime=2025-04-01T00:00:00Z", ("GS1-EPC-Format", Urns));
        var seen = told[0];
        Assert.Equal(Identifiers.Select(each => each.Urn), seen["epcList"]!.AsArray().Select(each => (string)each!));
        Assert.Equal(["urn:epc:class:lgtin:9520007.000001.L1", "urn:epc:idpat:sgtin:9520007.000001.*"], seen["quantityList"]!.AsArray().Select(each => (string)each!["epcClass"]!));
        Assert.Equal(("urn:epc:id:sgln:9520007.00002.gate7", Gln), ((string)seen["readPoint"]!["id"]!, (string)seen["readPoint"]!["ext:see"]!));
        Assert.Equal("urn:epc:id:sgln:9520007.00002.0", (string?)seen["bizLocation"]!["id"]);
        Assert.Equal(["urn:epc:id:gdti:9520007.00004.D7", "https://example.com/invoices/7"], seen["bizTransactionList"]!.AsArray().Select(each => (string)each!["bizTransaction"]!));
        Assert.Equal(["urn:epc:id:pgln:9520007.00003", "urn:epc:id:sgln:9520007.00002.0"], seen["sourceList"]!.AsArray().Select(each => (string)each!["source"]!));
        Assert.Equal("urn:epc:id:pgln:9520007.00003", (string?)seen["destinationList"]![0]!["destination"]);
        var sensors = seen["sensorElementList"]![0]!;
        Assert.Equal(("urn:epc:id:giai:9520007.S1", "urn:epc:id:gdti:9520007.00004.D7"), ((string)sensors["sensorMetadata"]!["deviceID"]!, (string)sensors["sensorMetadata"]!["dataProcessingMethod"]!));
        Assert.Equal("urn:epc:id:giai:9520007.S2", (string?)sensors["sensorReport"]![0]!["deviceID"]);
        Assert.Equal(Gln, (string?)seen["ext:also"]);

        var packed = told[1];
        Assert.Equal(("urn:epc:id:sscc:9520007.0000000001", "urn:epc:id:sgtin:9520007.000001.A1"), ((string)packed["parentID"]!, (string)packed["childEPCs"]![0]!));
        Assert.Equal("urn:epc:class:lgtin:9520007.000001.L1", (string?)packed["childQuantityList"]![0]!["epcClass"]);
        var made = told[2];
        Assert.Equal(
            ("urn:epc:id:gdti:9520007.00004.D7", "urn:epc:id:sgtin:9520007.000001.A1", "urn:epc:id:sgtin:9520007.000001.A2"),
            ((string)made["transformationID"]!, (string)made["inputEPCList"]![0]!, (string)made["outputEPCList"]![0]!));
        Assert.Equal(["urn:epc:class:lgtin:9520007.000001.L1", "urn:epc:class:lgtin:9520007.000001.L1"], [(string)made["inputQuantityList"]![0]!["epcClass"]!, (string)made["outputQuantityList"]![0]!["epcClass"]!]);

        // It is the same event: what it was captured with, its id and what it says of itself do not change.
        Assert.Equal((string?)(await world.EventsAsync("viewer", "/epcis/events?eventType=ObjectEvent&LT_eventTime=2025-04-01T00:00:00Z", ("GS1-EPC-Format", "Never_Translates")))[0]["eventID"], (string?)seen["eventID"]);
    }

    [Fact]
    public async Task Every_way_to_events_tells_them_in_the_form_that_is_asked_for()
    {
        await CaptureAllAsync();
        var id = Uri.EscapeDataString((string)(await world.EventsAsync("viewer", $"/epcis/events?{All}"))[0]["eventID"]!);
        await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries", """{"name":"all","query":{"EQ_bizLocation":["urn:epc:id:sgln:4012345.00005.0"]} }""");
        var asCaptured = string.Join(' ', Identifiers.Select(each => each.Captured));
        var asLinks = asCaptured.Replace("urn:epc:id:sgtin:4012345.011111.987", "https://id.gs1.org/01/04012345111118/21/987", StringComparison.Ordinal);
        foreach (var (format, wanted) in new[]
        {
            ("", asLinks), ("Always_GS1_Digital_Link", asLinks), (Urns, string.Join(' ', Identifiers.Select(each => each.Urn))), ("Never_Translates", asCaptured), ("No_Preference", asCaptured),
        })
        {
            (string, string)[] headers = format.Length == 0 ? [] : [("GS1-EPC-Format", format)];
            foreach (var path in new[]
            {
                $"events?{All}", $"events/{id}", "queries/all/events", $"epcs/urn%3Aepc%3Aid%3Asgtin%3A9520007.000001.A1/events?{All}", $"bizSteps/inspecting/events?{All}",
                $"eventTypes/ObjectEvent/events?{All}", $"readPoints/urn%3Aepc%3Aid%3Asgln%3A9520007.00002.0/events?{All}",
            })
            {
                var told = Assert.Single(await world.EventsAsync("viewer", $"/epcis/{path}", headers));
                Assert.Equal((format, path, wanted), (format, path, string.Join(' ', told["epcList"]!.AsArray())));
            }

            var xml = XDocument.Parse((await world.GetAsync("viewer", $"/epcis/events?{All}", [("Accept", "application/xml"), .. headers])).Text);
            Assert.Equal((format, wanted), (format, string.Join(' ', xml.Descendants("epc").Select(epc => epc.Value))));
        }
    }

    [Fact]
    public async Task Lists_of_epcs_and_places_have_the_form_and_lead_on()
    {
        await CaptureAllAsync();
        async Task<string> ListAsync(string list, params (string, string)[] headers) =>
            string.Join(' ', (await world.GetAsync("viewer", $"/epcis/{list}?perPage=1000", headers)).Json["member"]!.AsArray().Select(each => (string)each!).Where(IsOfAll).Order(StringComparer.Ordinal));
        Assert.Equal(
            "https://id.gs1.org/01/04012345111118/21/987 https://id.gs1.org/01/04012345111118/21/988 urn:epc:id:sgtin:9520007.000001.A1 urn:epc:id:sgtin:9520007.000001.A2 urn:x:own:1",
            await ListAsync("epcs", ("GS1-EPC-Format", Urns)));
        Assert.Equal("urn:epc:id:sgln:9520007.00002.0", await ListAsync("readPoints", ("GS1-EPC-Format", Urns)));
        Assert.Equal("https://id.gs1.org/414/4012345000054", await ListAsync("bizLocations"));
        Assert.Equal("urn:epc:id:sgln:4012345.00005.0", await ListAsync("bizLocations", ("GS1-EPC-Format", "Never_Translates")));
        foreach (var place in new[] { "bizLocations/https%3A%2F%2Fid.gs1.org%2F414%2F4012345000054", "bizLocations/urn%3Aepc%3Aid%3Asgln%3A4012345.00005.0", "readPoints/urn%3Aepc%3Aid%3Asgln%3A9520007.00002.0" })
        {
            Assert.Equal(HttpStatusCode.OK, (await world.GetAsync("viewer", $"/epcis/{place}")).Status);
        }

        var page = await world.GetAsync("viewer", "/epcis/epcs?perPage=2", ("GS1-EPC-Format", Urns));
        var rest = await world.GetAsync("viewer", page.Link!.Split('<', '>')[1] + "&x=1", ("GS1-EPC-Format", Urns));
        Assert.Equal((2, 2), (page.Json["member"]!.AsArray().Count, rest.Json["member"]!.AsArray().Count));
        Assert.Empty(page.Json["member"]!.AsArray().Select(each => (string)each!).Intersect(rest.Json["member"]!.AsArray().Select(each => (string)each!)));
    }

    [Fact]
    public async Task A_subscription_keeps_the_form_it_was_made_with()
    {
        await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries", """{"name":"kept","query":{}}""");
        const string Body = """{"dest":"https://example.com/events","stream":true}""";
        foreach (var (format, told, epc) in new[]
        {
            (Urns, Urns, "urn:epc:id:sgtin:9520007.000001.A1"), ("Always_GS1_Digital_Link", "Always_GS1_Digital_Link", "https://id.gs1.org/01/09520007000014/21/A1"),
            ("Never_Translates", "Never_Translates", "https://id.gs1.org/01/09520007000014/21/A1"),
        })
        {
            var made = await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries/kept/subscriptions", Body, ("GS1-EPC-Format", format));
            Assert.Equal((HttpStatusCode.Created, told), (made.Status, (string?)made.Json["epcFormat"]));
            var kept = world.Access.Get<SubscriptionBook>().Find("plant", "kept", (string)made.Json["subscriptionID"]!)!;
            await CaptureAllAsync();
            using var answer = StandingAnswer.After(
                world.Access.Get<FactStore>(), EventQuery.Read("").Query!, world.Access.Get<FactRights>().ViewOf(Engineer()), 0, 10);
            Assert.Contains($"\"{epc}\"", Encoding.UTF8.GetString(answer.ToJson("kept", kept.Id, world.Access.Get<EpcForms>(), kept.Format, DateTimeOffset.UnixEpoch)), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotAcceptable, (await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries/kept/subscriptions", Body, ("GS1-EPC-Format", "Sometimes"))).Status);
    }

    [Fact]
    public async Task What_is_no_value_of_a_header_is_not_acceptable()
    {
        foreach (var header in new[] { ("GS1-EPC-Format", "Sometimes"), ("GS1-CBV-XML-Format", Urns) })
        {
            foreach (var path in new[] { "events", "events/urn:x:1", "epcs", "readPoints", "bizSteps/shipping/events" })
            {
                Assert.Equal((header, path, HttpStatusCode.NotAcceptable), (header, path, (await world.GetAsync("viewer", $"/epcis/{path}", header)).Status));
            }
        }
    }

    [Fact]
    public async Task The_words_of_xml_have_the_form_that_is_asked_for_and_options_name_all()
    {
        // The one as version 1.2 writes it, the other as 2.0 may.
        foreach (var (step, time) in new[] { ("urn:epcglobal:cbv:bizstep:packing", "08:00:00"), ("https://ref.gs1.org/cbv/BizStep-loading", "08:00:01") })
        {
            var captured = await world.PostAsync("engineer", $"""
                <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0" creationDate="2026-03-01T00:00:00Z"><EPCISBody><EventList><ObjectEvent>
                <eventTime>2026-03-01T{time}Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList><epc>urn:x:words:1</epc></epcList><action>OBSERVE</action><bizStep>{step}</bizStep>
                </ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>
                """, "application/xml");
            Assert.True(captured.Status == HttpStatusCode.Accepted, captured.Text);
        }

        const string Uris = "https://ref.gs1.org/cbv/BizStep-packing https://ref.gs1.org/cbv/BizStep-loading";
        const string AllUrns = "urn:epcglobal:cbv:bizstep:packing urn:epcglobal:cbv:bizstep:loading";
        foreach (var (format, wanted) in new[]
        {
            ("", AllUrns), ("No_Preference", AllUrns), ("Always_URN", AllUrns), ("Always_Web_URI", Uris), ("Never_Translates", "urn:epcglobal:cbv:bizstep:packing https://ref.gs1.org/cbv/BizStep-loading"),
        })
        {
            (string, string)[] asked = [("Accept", "application/xml"), .. format.Length == 0 ? Array.Empty<(string, string)>() : [("GS1-CBV-XML-Format", format)]];
            var told = XDocument.Parse((await world.GetAsync("viewer", "/epcis/events?MATCH_epc=urn:x:words:1&orderBy=eventTime&orderDirection=ASC", asked)).Text);
            Assert.Equal((format, wanted), (format, string.Join(' ', told.Descendants("bizStep").Select(step => step.Value))));
        }

        // Whichever it was, it is the same step.
        Assert.Equal(2, (await world.EventsAsync("viewer", "/epcis/events?EQ_bizStep=packing|loading&MATCH_epc=urn:x:words:1")).Count);
        Assert.Single(await world.EventsAsync("viewer", "/epcis/bizSteps/loading/events?MATCH_epc=urn:x:words:1"));
        using var http = new HttpClient { BaseAddress = world.Access.Http, DefaultRequestHeaders = { { "Authorization", $"Bearer {world.Access.Session("viewer")}" } } };
        using var request = new HttpRequestMessage(HttpMethod.Options, "/epcis/events");
        using var options = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("No_Preference, Always_GS1_Digital_Link, Always_EPC_URN, Never_Translates", string.Join(", ", options.Headers.GetValues("GS1-EPC-Format")));
        Assert.Equal("No_Preference, Always_Web_URI, Always_URN, Never_Translates", string.Join(", ", options.Headers.GetValues("GS1-CBV-XML-Format")));
    }

    [Fact]
    public void The_table_of_the_operator_goes_before_what_is_registered_and_of_that_the_shortest_counts()
    {
        using var database = new Database(Path.Combine(System.IO.Directory.CreateTempSubdirectory("jingwei-lengths-").FullName, "jingwei.db"));
        var registered = new CompanyPrefixes(database, TimeProvider.System);
        registered.Save("9520001", "88.1", CompanyPrefixState.Active, null, "admin");
        registered.Save("952000123", "88.2", CompanyPrefixState.Active, null, "admin");
        registered.Save("9530001", "88.1", CompanyPrefixState.Applied, null, "admin");
        registered.Save("4012345", "88.1", CompanyPrefixState.Active, null, "admin");
        var options = new ServerOptions("", new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), null, null);
        var table = CompanyPrefixTable.Read("""{"GCPPrefixFormatList":{"entry":[{"prefix":"401","gcpLength":9},{"prefix":"95200019","gcpLength":0}]}}"""u8);
        var (without, with) = (new CompanyPrefixLengths(options, registered), new CompanyPrefixLengths(options with { Facts = new() { CompanyPrefixes = table } }, registered));
        string[] keys = ["9520001230001", "9520001450001", "9530001000001", "4012345000054", "9520001900001"];
        Assert.Equal([7, 7, null, 7, 7], keys.Select(without.Of));
        Assert.Equal([7, 7, null, 9, 0], keys.Select(with.Of));
    }

    // The classes of these two are told by Digital Links in the one document and by EPC URNs in the other.
    [Theory]
    [Trait("Category", "Vectors")]
    [InlineData("Example_9.6.3-AggregationEvent", "childQuantityList")]
    [InlineData("Example_9.6.4-TransformationEvent", "inputQuantityList")]
    public void Published_examples_with_digital_links_become_their_twins_with_urns(string name, string list)
    {
        using var database = new Database(Path.Combine(System.IO.Directory.CreateTempSubdirectory("jingwei-twins-").FullName, "jingwei.db"));
        var options = new ServerOptions("", new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), null, null)
        {
            Facts = new() { CompanyPrefixes = CompanyPrefixTable.Read("""{"GCPPrefixFormatList":{"entry":[{"prefix":"0614","gcpLength":7},{"prefix":"401","gcpLength":7}]}}"""u8) },
        };
        var folder = Path.Combine(External.Vectors("epcis", "open"), "JSON");
        using var links = EpcisReader.ReadJson(File.ReadAllBytes(Path.Combine(folder, "WithDigitalLinkID", name + "WithDigitalLink.jsonld")));
        using var urns = EpcisReader.ReadJson(File.ReadAllBytes(Path.Combine(folder, name + ".jsonld")));
        var classes = Classes(urns.Events);
        using var told = new EpcForms(new(options, new(database, TimeProvider.System))).Of([.. links.Events.Select(Alone)], EpcFormat.Urn);
        Assert.NotEqual(classes, Classes(links.Events));
        Assert.Equal(classes, Classes(told.Events));

        List<string> Classes(IReadOnlyList<EpcisEvent> events) => [.. events.SelectMany(read => read.Json.GetProperty(list).EnumerateArray()).Select(each => each.GetProperty("epcClass").GetString()!)];
    }

    // As events are kept: each with its own context.
    private static EpcisEvent Alone(EpcisEvent read)
    {
        var written = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new System.Text.Json.Utf8JsonWriter(written))
        {
            EpcisWriter.WriteEvent(json, read);
        }

        return EpcisReader.ReadJson(written.WrittenMemory).Events[0];
    }

    [Fact]
    public void Subscriptions_that_an_earlier_version_kept_go_on_in_their_form()
    {
        using var database = new Database(Path.Combine(System.IO.Directory.CreateTempSubdirectory("jingwei-subscriptions-").FullName, "jingwei.db"));
        var queries = new NamedQueries(database, TimeProvider.System);
        queries.Add("plant", "q", System.Text.Json.JsonElement.Parse("{}"));
        database.Migrate(
            "facts.subscriptions",
            """
            CREATE TABLE fact_subscription (
                id TEXT PRIMARY KEY, party TEXT NOT NULL, query TEXT NOT NULL, kind INTEGER NOT NULL, subscriber TEXT NOT NULL, dest TEXT NOT NULL, signature_token TEXT,
                report_if_empty INTEGER NOT NULL, schedule TEXT, digital_links INTEGER NOT NULL, initial_record_time INTEGER, created INTEGER NOT NULL, last_notified INTEGER,
                position INTEGER NOT NULL, together INTEGER NOT NULL, due INTEGER NOT NULL, failures INTEGER NOT NULL, fault TEXT,
                FOREIGN KEY (party, query) REFERENCES fact_query (party, name) ON DELETE CASCADE);
            INSERT INTO fact_subscription VALUES ('links', 'plant', 'q', 0, 'engineer', 'https://example.com', NULL, 0, NULL, 1, NULL, 0, NULL, 7, 1, 0, 0, NULL);
            INSERT INTO fact_subscription VALUES ('as-is', 'plant', 'q', 0, 'engineer', 'https://example.com', NULL, 0, NULL, 0, NULL, 0, NULL, 7, 1, 0, 0, NULL)
            """);
        var book = new SubscriptionBook(database, queries);
        var (links, asIs) = (book.Find("plant", "q", "links")!, book.Find("plant", "q", "as-is")!);
        Assert.Equal((EpcFormat.DigitalLink, 7UL, EpcFormat.AsCaptured), (links.Format, links.Position, asIs.Format));
        book.Add(links with { Id = "urns", Format = EpcFormat.Urn });
        Assert.Equal(EpcFormat.Urn, book.Find("plant", "q", "urns")!.Format);
    }

    // What other tests of the world name is left out.
    private static bool IsOfAll(string epc) => epc.StartsWith("urn:x:own", StringComparison.Ordinal) || epc.Contains("01/04012345", StringComparison.Ordinal) || epc.Contains("414/4012345", StringComparison.Ordinal) ||
        epc.Contains("sgln:4012345", StringComparison.Ordinal) || epc.Contains("sgtin:9520007.000001.A", StringComparison.Ordinal) || epc.Contains("sgln:9520007.00002.0", StringComparison.Ordinal);

    private Caller Engineer() => new(CallerKind.User, "engineer", "engineer", world.Access.Get<Users>().Find("engineer")!.Grants);

    private Task<JsonNode> CaptureAllAsync() => world.CaptureAsync(
        "engineer",
        $$"""
        {"type":"ObjectEvent","eventTime":"2026-03-01T08:00:00Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"inspecting","epcList":[{{string.Join(',', Identifiers.Select(each => $"\"{each.Captured}\""))}}],
        "readPoint":{"id":"https://id.gs1.org/414/9520007000021"},"bizLocation":{"id":"urn:epc:id:sgln:4012345.00005.0"} }
        """);
}
