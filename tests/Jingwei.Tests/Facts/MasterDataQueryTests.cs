using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Server.Access;
using Jingwei.Server.Facts;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Facts.Subscriptions;
using Jingwei.Server.Identifiers.Prefixes;

namespace Jingwei.Tests.Facts;

/// <summary>Queries by what master data say: WD_readPoint, WD_bizLocation, HASATTR_ and EQATTR_ (EPCIS 2.0, 6.5 and 8.2.7.1).</summary>
public sealed class MasterDataQueryTests(FactWorld world) : IClassFixture<FactWorld>
{
    [Fact]
    public async Task A_place_is_found_with_its_direct_and_indirect_descendants()
    {
        // The site is told by EPC URI, what happened there by Digital Link, and the other way round; a door leads back to the hall.
        const string Site = "urn:epc:id:sgln:9520000.00010.0";
        await TellAsync(
            "engineer", "2026-02-01T00:00:00Z", Element(Site, [], "urn:x:wd:hall"), Element("urn:x:wd:hall", [], "https://id.gs1.org/414/9520000000202", "urn:x:wd:door"), Element("urn:x:wd:door", [], "urn:x:wd:hall"));
        await world.CaptureAsync(
            "engineer",
            Seen("site", "https://id.gs1.org/414/9520000000103"), Seen("hall", "urn:x:wd:hall"), Seen("dock", "urn:epc:id:sgln:9520000.00020.0"), Seen("door", "urn:x:wd:door"), Seen("yard", "urn:x:wd:yard"),
            FactWorld.Observed("urn:x:wd:nowhere"));
        foreach (var (query, wanted) in new[]
        {
            ($"WD_readPoint={Site}", "dock door hall site"), ("WD_readPoint=https://id.gs1.org/414/9520000000103", "dock door hall site"), ("WD_readPoint=urn:x:wd:hall", "dock door hall"),
            ("WD_readPoint=urn:x:wd:yard", "yard"), ("WD_readPoint=urn:x:wd:yard|urn:x:wd:door", "dock door hall yard"), ($"EQ_readPoint={Site}", "site"),
            ($"WD_readPoint={Site}&EQ_readPoint=urn:x:wd:yard", ""), ($"WD_readPoint={Site}&EQ_readPoint=urn:x:wd:door", "door"), ($"WD_bizLocation={Site}", ""), ("WD_readPoint=urn:x:wd:elsewhere", ""),
            ("WD_readPoint=urn:epc:idpat:sgln:9520000.*.*", "dock site"),
        })
        {
            Assert.Equal((query, wanted), (query, await FoundAsync("viewer", query)));
        }

        Assert.Equal(HttpStatusCode.Created, (await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries", $$"""{"name":"within","query":{"WD_readPoint":["urn:x:wd:hall"]} }""")).Status);
        Assert.Equal("dock door hall", Names(await world.EventsAsync("viewer", "/epcis/queries/within/events")));
        Assert.Equal("dock door hall", Names(Standing("viewer", "WD_readPoint=urn:x:wd:hall")));
        Assert.Equal("", Names(Standing("outsider", "WD_readPoint=urn:x:wd:hall")));
    }

    [Fact]
    public async Task What_lies_elsewhere_by_a_newer_document_is_not_found_any_more()
    {
        await world.CaptureAsync("engineer", Seen("moved", more: "\"bizLocation\":{\"id\":\"urn:x:moved:rack\"}"));
        await TellAsync("engineer", "2026-02-01T00:00:00Z", Element("urn:x:moved:a", [], "urn:x:moved:rack"), Element("urn:x:moved:b", []));
        Assert.Equal(("moved", ""), (await FoundAsync("viewer", "WD_bizLocation=urn:x:moved:a"), await FoundAsync("viewer", "WD_bizLocation=urn:x:moved:b")));
        await TellAsync("engineer", "2026-02-02T00:00:00Z", Element("urn:x:moved:a", []), Element("urn:x:moved:b", [], "urn:x:moved:rack"));
        Assert.Equal(("", "moved"), (await FoundAsync("viewer", "WD_bizLocation=urn:x:moved:a"), await FoundAsync("viewer", "WD_bizLocation=urn:x:moved:b")));
    }

    [Fact]
    public async Task Events_are_found_by_the_attributes_of_what_they_name()
    {
        const string Product = "urn:epc:class:lgtin:9520000.000100.L1";
        await TellAsync("engineer", "2026-02-01T00:00:00Z", Element("urn:x:attr:shop", [("urn:epcglobal:cbv:mda#city", "Ningbo"), ("cbvmda:countryCode", "CN")]));
        await TellOfAsync("engineer", "2026-02-01T00:00:00Z", "EPCClass", Element(Product, [("cbvmda:descriptionShort", "laminate"), ("ext:colour", "red")]));
        await TellOfAsync("engineer", "2026-02-01T00:00:00Z", "BusinessStep", Element("urn:epcglobal:cbv:bizstep:stocking", [("ext:owner", "store")]));
        // The same identifier as a party: of its own, and it takes nothing away from the place.
        await TellOfAsync("engineer", "2026-02-03T00:00:00Z", "SourceDest", Element("urn:x:attr:shop", [("cbvmda:name", "Shop Ltd.")]));
        await world.CaptureAsync(
            "engineer",
            Seen("attr-shop", "urn:x:attr:shop"), Seen("attr-else", "urn:x:attr:else"), Seen("attr-step").Replace("inspecting", "stocking", StringComparison.Ordinal),
            Seen("attr-lot", more: $$"""
                "quantityList":[{"epcClass":"https://id.gs1.org/01/09520000001001/10/L1","quantity":2,"uom":"KGM"}],"destinationList":[{"type":"location","destination":"urn:x:attr:shop"}]
                """));
        foreach (var (query, wanted) in new[]
        {
            ("HASATTR_readPoint=urn:epcglobal:cbv:mda%23city", "attr-shop"), ("HASATTR_readPoint=cbvmda:city|cbvmda:none", "attr-shop"), ("HASATTR_readPoint=cbvmda:name", "attr-shop"), ("HASATTR_bizLocation=cbvmda:city", ""),
            ("EQATTR_readPoint_cbvmda:city=Ningbo|Hangzhou", "attr-shop"), ("EQATTR_readPoint_cbvmda:city=Hangzhou", ""), ("HASATTR_destination=cbvmda:city", "attr-lot"),
            ("HASATTR_epcClass=cbvmda:descriptionShort", "attr-lot"), ("EQATTR_epcClass_ext:colour=red", "attr-lot"), ("EQATTR_epcClass_ext:colour=blue", ""), ("EQATTR_bizStep_ext:owner=store", "attr-step"),
        })
        {
            Assert.Equal((query, wanted), (query, await FoundAsync("viewer", query)));
        }

        var refused = await world.GetAsync("viewer", "/epcis/events?HASATTR_action=x");
        Assert.Equal((HttpStatusCode.BadRequest, "epcisException:QueryParameterException"), (refused.Status, (string?)refused.Json["type"]));
    }

    [Fact]
    public async Task What_another_party_tells_of_places_counts_for_none_but_who_sees_its_facts()
    {
        await TellAsync("outsider", "2026-02-01T00:00:00Z", Element("urn:x:others:around", [("cbvmda:name", "theirs")], "urn:x:others:inside"));
        await world.CaptureAsync("engineer", Seen("others", "urn:x:others:inside"));
        Assert.Equal("", await FoundAsync("viewer", "WD_readPoint=urn:x:others:around"));
        Assert.Equal("others", await FoundAsync("admin", "WD_readPoint=urn:x:others:around"));
    }

    [Fact]
    public async Task A_place_that_an_agreement_hides_is_found_by_nobodys_hierarchy()
    {
        Boss();
        await TellAsync("engineer", "2026-02-01T00:00:00Z", Element("urn:x:theirs:site", [("cbvmda:state", "Zhejiang")], "urn:x:hidden:press", "urn:x:shown:gate"), Element("urn:x:hidden:press", [("cbvmda:state", "Zhejiang")]));
        await world.CaptureAsync(
            "engineer",
            Seen("hidden", "urn:x:hidden:press", "\"bizLocation\":{\"id\":\"urn:x:hidden:press\"}"), Seen("shown", "urn:x:shown:gate", "\"bizLocation\":{\"id\":\"urn:x:shown:gate\"}"));
        await AgreeAsync("\"bizStep\"", "urn:x:wd:hidden");
        await AgreeAsync("\"readPoint\"", "urn:x:wd:shown");

        // He guesses the places and tells of them himself, to ask by his own words.
        await TellAsync("outsider", "2026-02-01T00:00:00Z", Element("urn:x:mine:all", [], "urn:x:hidden:press", "urn:x:shown:gate"), Element("urn:x:hidden:press", [("cbvmda:country", "CN")]), Element("urn:x:shown:gate", [("cbvmda:country", "CN")]));
        Assert.Equal("hidden shown", await FoundAsync("outsider", "MATCH_epc=urn:x:wd:hidden|urn:x:wd:shown"));
        foreach (var (query, wanted) in new[]
        {
            ("WD_readPoint=urn:x:mine:all", "shown"), ("WD_readPoint=urn:x:hidden:press", ""), ("WD_readPoint=urn:x:shown:gate", "shown"), ("WD_bizLocation=urn:x:mine:all", ""),
            ("EQATTR_readPoint_cbvmda:country=CN", "shown"), ("HASATTR_bizLocation=cbvmda:country", ""),
            // What the other party says of its places is no event, and is not shown.
            ("WD_readPoint=urn:x:theirs:site", ""), ("HASATTR_readPoint=cbvmda:state", ""),
        })
        {
            Assert.Equal((query, wanted), (query, await FoundAsync("outsider", query)));
            Assert.Equal((query, wanted), (query, Names(Standing("outsider", query))));
        }

        Assert.Equal("hidden shown", await FoundAsync("viewer", "WD_readPoint=urn:x:theirs:site"));
    }

    private async Task TellAsync(string user, string made, params string[] elements) => await TellOfAsync(user, made, "BusinessLocation", elements);

    private async Task TellOfAsync(string user, string made, string vocabulary, params string[] elements)
    {
        var answer = await world.PostAsync(user, $$"""
            {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ext":"http://example.com/ext/"}],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"{{made}}",
            "epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtype:{{vocabulary}}","vocabularyElementList":[ {{string.Join(',', elements)}} ]}]} },"epcisBody":{"eventList":[]} }
            """);
        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
    }

    private static string Element(string id, (string Name, string Value)[] attributes, params string[] children) =>
        $$"""{"id":"{{id}}","attributes":[{{string.Join(',', attributes.Select(each => $$"""{"id":"{{each.Name}}","attribute":"{{each.Value}}"}"""))}}],"children":[{{string.Join(',', children.Select(child => $"\"{child}\""))}}]}""";

    private static string Seen(string name, string? readPoint = null, string? more = null) =>
        FactWorld.Observed($"urn:x:wd:{name}", more: (readPoint is null ? "" : $$""","readPoint":{"id":"{{readPoint}}"}""") + (more is null ? "" : "," + more));

    private async Task<string> FoundAsync(string user, string query) => Names(await world.EventsAsync(user, $"/epcis/events?perPage=1000&{query}", ("GS1-Extensions", "ext=http://example.com/ext/")));

    // What a subscription of that query would be sent.
    private IReadOnlyList<JsonNode> Standing(string user, string query)
    {
        var asker = new Caller(CallerKind.User, user, user, world.Access.Get<Users>().Find(user)!.Grants);
        using var standing = StandingAnswer.After(world.Access.Get<FactStore>(), EventQuery.Read(query).Query!, world.Access.Get<FactRights>().ViewOf(asker), 0, 1000);
        var told = JsonNode.Parse(Encoding.UTF8.GetString(standing.ToJson("q", "s", world.Access.Get<EpcForms>(), EpcFormat.AsCaptured, DateTimeOffset.UnixEpoch)))!;
        return [.. told["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray().Select(each => each!)];
    }

    private static string Names(IEnumerable<JsonNode> events) => string.Join(' ', events.Select(each => ((string)each["epcList"]![0]!)["urn:x:wd:".Length..]).Order(StringComparer.Ordinal));

    private void Boss()
    {
        world.Access.AddUser("boss", Role.Administrator, "plant");
        // Known to each other, as holders of prefixes are.
        world.Access.Get<Prefixes>().Add("88.777.2", "plan", null, PrefixState.Active, "admin");
    }

    private async Task AgreeAsync(string fields, string product)
    {
        var proposed = await world.SendAsync(
            "boss", HttpMethod.Post, "/api/agreements",
            $$"""{"from":"plant","to":"plan","products":["{{product}}"],"fields":[{{fields}}],"purpose":"quality","until":"2027-01-01T00:00:00Z"}""");
        Assert.True(proposed.Status == HttpStatusCode.Created, proposed.Text);
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync("outsider", HttpMethod.Post, $"/api/agreements/{(string)proposed.Json["id"]!}/accept", "{}")).Status);
    }
}
