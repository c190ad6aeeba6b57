using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Xml;
using Jingwei.Server;
using Jingwei.Server.Facts;
using Jingwei.Server.Facts.MasterData;

namespace Jingwei.Tests.Facts;

/// <summary>Master data in the header of a document: read from JSON and XML, kept by party, told with a trace.</summary>
public sealed class MasterDataTests(FactWorld world) : IClassFixture<FactWorld>
{
    private const string Plant = "urn:epc:id:sgln:9520000.00001.0";
    private const string Dock = "urn:epc:id:sgln:9520000.00001.dock1";
    private const string Hall = "urn:x:hall:7";

    [Fact]
    public void Attributes_are_read_by_full_names_and_by_terms_of_the_context()
    {
        using var document = EpcisReader.ReadJson(Encoding.UTF8.GetBytes(Document(
            "2026-03-01T00:00:00Z",
            $$"""{"id":"{{Plant}}","attributes":[{"id":"urn:epcglobal:cbv:mda#name","attribute":"Plant 1"},{"id":"cbvmda:latitude","attribute":"30.25"},{"id":"cbvmda:longitude","attribute":120.5},{"id":"ext:area","attribute":{"ext:m2":"40"} }],"children":["{{Hall}}"]}""")));
        Assert.Empty(document.Problems);
        var element = Assert.Single(VocabularyElement.Of(document));
        Assert.Equal(("urn:epcglobal:epcis:vtype:BusinessLocation", Plant), (element.Vocabulary, element.Id));
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["http://example.com/ext/area"] = """{"ext:m2":"40"}""",
                ["latitude"] = "30.25",
                ["longitude"] = "120.5",
                ["name"] = "Plant 1",
            },
            new SortedDictionary<string, string>(element.Attributes.ToDictionary(), StringComparer.Ordinal));
        Assert.Equal([Hall], element.Children);
    }

    [Fact]
    [Trait("Category", "Vectors")]
    public void The_published_document_of_a_medicine_names_its_places()
    {
        var file = Path.Combine(External.Vectors("epcis", "open"), "openepcis", "1.2", "EPCIS", "XML", "Capture", "Documents", "GS1_US_Pharma_Example_2_2_1_1.xml");
        using var document = EpcisXmlReader.Read(File.ReadAllBytes(file));
        // Read off the document by eye: two products, four places of the vocabulary Location.
        Assert.Equal(6, VocabularyElement.Of(document).Count());
        var places = MasterDataElement.Of(document, 0).Where(each => each.IsPlace).ToList();
        Assert.Equal(["GS1 Pharma", "GS1 Pharma DC", "GS1 Drug Distributor", "GS1 Drug Distributor Warehouse"], places.Select(place => place.Name));
        Assert.Equal("https://id.gs1.org/414/0300011111116", places[0].Id);
        Assert.Equal(("1 Biopharm Ct", "Thousand Oaks", "US"), (places[0].Attributes["streetAddressOne"], places[0].Attributes["city"], places[0].Attributes["countryCode"]));
        Assert.Null(places[0].Position);
    }

    [Fact]
    public async Task A_trace_names_its_places_and_says_where_they_are()
    {
        var told = Document(
            "2026-03-01T00:00:00Z",
            Element(Plant, "一厂", 30.25, 120.5, Hall),
            Seen("urn:x:places:1", $$""","readPoint":{"id":"{{Dock}}"},"bizLocation":{"id":"{{Plant}}"}"""),
            Seen("urn:x:places:1", $$""","readPoint":{"id":"{{Hall}}"},"bizLocation":{"id":"urn:x:places:nowhere"}""", "09:00:00"));
        Assert.True((bool)(await JobAsync(told))["success"]!);
        var places = (await world.GetAsync("viewer", "/api/trace?id=urn:x:places:1")).Json["places"]!.AsArray();
        // What lies in a place, by the master data or by the extension of its GLN, is where that is; of the fourth nothing is known.
        Assert.Equal([Dock, Plant, Hall], places.Select(place => (string)place!["id"]!));
        Assert.All(places, place => Assert.Equal(("一厂", 30.25, 120.5, "plant"), ((string)place!["name"]!, (double)place["lat"]!, (double)place["lon"]!, (string)place["party"]!)));
    }

    [Fact]
    public async Task The_newest_document_says_and_one_that_comes_again_does_not()
    {
        const string Place = "urn:x:newest:place";
        var first = Document("2026-02-01T00:00:00Z", Element(Place, "before", 1, 2), Seen("urn:x:newest:1", $$""","readPoint":{"id":"{{Place}}"}"""));
        await JobAsync(first);
        await JobAsync(Document("2026-02-02T00:00:00Z", Element(Place, "after", 3, 4)));
        Assert.Equal("after", await NameAsync());
        Assert.Equal(1, (int)(await JobAsync(first))["duplicates"]!);
        Assert.Equal("after", await NameAsync());

        async Task<string> NameAsync() => (string)(await world.GetAsync("viewer", "/api/trace?id=urn:x:newest:1")).Json["places"]![0]!["name"]!;
    }

    [Fact]
    public async Task What_another_party_says_of_a_place_is_for_who_sees_its_facts()
    {
        const string Place = "urn:x:others:place";
        await JobAsync(Document("2026-02-01T00:00:00Z", Element(Place, "ours", 1, 2), Seen("urn:x:others:1", "")));
        var ofPlan = Document("2026-02-01T00:00:00Z", "", Seen("urn:x:others:2", $$""","readPoint":{"id":"{{Place}}"}"""));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, (await world.PostAsync("outsider", ofPlan)).Status);
        Assert.Empty((await world.GetAsync("outsider", "/api/trace?id=urn:x:others:2")).Json["places"]!.AsArray());
    }

    [Fact]
    public async Task A_document_that_is_refused_says_nothing_of_places()
    {
        const string Place = "urn:x:refused:place";
        var wrong = Document("2026-02-01T00:00:00Z", Element(Place, "wrong", 1, 2), """{"type":"ObjectEvent"}""");
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await world.PostAsync("engineer", wrong)).Status);
        Assert.Null(world.Access.Get<MasterDataBook>().Find("plant", Place));
    }

    [Fact]
    public async Task What_is_too_long_is_left_out_and_the_job_says_so()
    {
        const string Place = "urn:x:long:place";
        var job = await JobAsync(Document("2026-02-01T00:00:00Z", $"{Element(Place, new string('n', FactLimits.MasterDataBytes), 1, 2)},{Element("urn:x:long:other", "short", 1, 2)}"));
        Assert.StartsWith("1 elements of the master data are not kept", (string)job["warnings"]![0]!["detail"]!, StringComparison.Ordinal);
        Assert.Null(world.Access.Get<MasterDataBook>().Find("plant", Place));
        Assert.Equal("short", world.Access.Get<MasterDataBook>().Find("plant", "urn:x:long:other")!.Value.Name);
    }

    [Fact]
    public void What_was_kept_is_there_after_a_start()
    {
        var file = Path.Combine(System.IO.Directory.CreateTempSubdirectory("jingwei-places-").FullName, "jingwei.db");
        using (var database = new Database(file))
        {
            var book = new MasterDataBook(database);
            book.Keep("plant", [new("urn:x:site", true, Attributes("site", 1.5), ["urn:x:dock"], 2), new("urn:x:yard", true, Attributes("yard", 2.5), [], 2)]);
            // The dock lies elsewhere now.
            book.Keep("plant", [new("urn:x:site", true, Attributes("site", 1.5), [], 3), new("urn:x:yard", true, Attributes("yard", 2.5), ["urn:x:dock"], 3)]);
            Assert.Equal("yard", book.Find("plant", "urn:x:dock")!.Value.Name);
        }

        using (var database = new Database(file))
        {
            var book = new MasterDataBook(database);
            Assert.Equal(("yard", (2.5, 2.5)), book.Find("plant", "urn:x:dock"));
            Assert.Null(book.Find("plan", "urn:x:dock"));
        }

        static Dictionary<string, string> Attributes(string name, double at) =>
            new() { ["name"] = name, ["latitude"] = at.ToString(CultureInfo.InvariantCulture), ["longitude"] = at.ToString(CultureInfo.InvariantCulture) };
    }

    [Fact]
    public void Places_that_an_earlier_version_kept_are_there()
    {
        var file = Path.Combine(System.IO.Directory.CreateTempSubdirectory("jingwei-places-").FullName, "jingwei.db");
        using var database = new Database(file);
        database.Migrate(
            "facts.places",
            """
            CREATE TABLE fact_place (party TEXT NOT NULL, id TEXT NOT NULL, attributes TEXT NOT NULL, children TEXT NOT NULL, said INTEGER NOT NULL, PRIMARY KEY (party, id)) WITHOUT ROWID;
            INSERT INTO fact_place VALUES ('plant', 'urn:x:site', '{"name":"site"}', '["urn:x:dock"]', 7)
            """);
        var book = new MasterDataBook(database);
        Assert.Equal("site", book.Find("plant", "urn:x:dock")!.Value.Name);
        book.Keep("plant", [new("urn:x:site", true, new Dictionary<string, string> { ["name"] = "older" }, [], 6), new("urn:x:site", false, new Dictionary<string, string> { ["name"] = "owner" }, [], 6)]);
        Assert.Equal(["site", "owner"], book.ValuesOf("plant", "urn:x:site", "name"));
        Assert.Equal(["urn:x:dock"], book.ChildrenOf("plant", "urn:x:site"));
    }

    private async Task<JsonNode> JobAsync(string document)
    {
        var answer = await world.PostAsync("engineer", document);
        Assert.True(answer.Status == System.Net.HttpStatusCode.Accepted, answer.Text);
        return (await world.GetAsync("engineer", answer.Location!)).Json;
    }

    private static string Seen(string epc, string more, string time = "08:00:00") => FactWorld.Observed(epc, time, more);

    private static string Element(string id, string name, double latitude, double longitude, params string[] children) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","attributes":[{"id":"urn:epcglobal:cbv:mda#name","attribute":"{{name}}"},{"id":"urn:epcglobal:cbv:mda#latitude","attribute":"{{latitude}}"},{"id":"urn:epcglobal:cbv:mda#longitude","attribute":"{{longitude}}"}],"children":[{{string.Join(',', children.Select(child => $"\"{child}\""))}}]}""");

    private static string Document(string made, string elements, params string[] events) =>
        $$"""
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ext":"http://example.com/ext/"}],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"{{made}}",
        "epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtype:BusinessLocation","vocabularyElementList":[ {{elements}} ]}]} },
        "epcisBody":{"eventList":[ {{string.Join(',', events)}} ] } }
        """;
}
