using System.Globalization;
using System.Text.Json.Nodes;
using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>Captures events over EPCIS, each company's by its own quality engineer.</summary>
internal sealed class Recording(Api operators, People people, TimeProvider time)
{
    private const string Context = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    /// <summary>The namespace of what the demonstration adds to events.</summary>
    public const string Namespace = "https://demo.jingwei.example/";

    // Fewer than the server takes at once, so that reading them is a matter of moments.
    private const int Together = 2_000;

    /// <summary>The chain that the server holds events of, and the number of the newest; null where there is none.</summary>
    public async Task<(Chain Chain, long Number)?> NewestAsync(CancellationToken stop)
    {
        var answer = await operators.GetAsync(
            "epcis/events?EXISTS_demo%3Anumber=true&orderBy=eventTime&orderDirection=DESC&perPage=1", stop, ("GS1-Extensions", $"demo={Namespace}"));
        return answer["epcisBody"]?["queryResults"]?["resultsBody"]?["eventList"]?.AsArray() is [{ } newest, ..] && Chain.Named((string?)newest["demo:chain"]) is { } chain
            ? (chain, (long)newest["demo:number"]!)
            : null;
    }

    /// <summary>Captures many events of one company, with what it says of its places; what is there already is not kept twice.</summary>
    public async Task CaptureAsync(Firm firm, IEnumerable<JsonObject> events, CancellationToken stop)
    {
        var quality = await people.OfAsync(firm.Quality, stop);
        foreach (var part in events.Chunk(Together))
        {
            var document = Document(part);
            document["epcisHeader"] = MasterData(firm);
            await quality.PostAsync("epcis/capture", document, stop);
        }
    }

    /// <summary>Captures an event of one company.</summary>
    public async Task CaptureAsync(Firm firm, JsonObject happened, CancellationToken stop) =>
        await (await people.OfAsync(firm.Quality, stop)).PostAsync("epcis/capture", Document(happened), stop);

    private JsonObject Document(params IEnumerable<JsonObject> events) => new()
    {
        ["@context"] = new JsonArray(Context, new JsonObject { ["demo"] = Namespace }),
        ["type"] = "EPCISDocument",
        ["schemaVersion"] = "2.0",
        ["creationDate"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["epcisBody"] = new JsonObject { ["eventList"] = new JsonArray([.. events]) },
    };

    // EPCIS 2.0, 9.5: names and positions of places (CBV 2.0, 10.3.1).
    private static JsonObject MasterData(Firm firm) => new()
    {
        ["epcisMasterData"] = new JsonObject
        {
            ["vocabularyList"] = new JsonArray(new JsonObject
            {
                ["type"] = "urn:epcglobal:epcis:vtype:BusinessLocation",
                ["vocabularyElementList"] = new JsonArray([.. Places.Of(firm).Select(Element)]),
            }),
        },
    };

    private static JsonObject Element(Place place)
    {
        var attributes = new JsonArray(Attribute("name", place.Name));
        if (place is { Latitude: { } latitude, Longitude: { } longitude })
        {
            attributes.Add(Attribute("latitude", latitude));
            attributes.Add(Attribute("longitude", longitude));
        }

        return new() { ["id"] = place.Id, ["attributes"] = attributes };
    }

    private static JsonObject Attribute(string name, JsonNode value) => new() { ["id"] = $"cbvmda:{name}", ["attribute"] = value };
}
