using System.Text.Json.Nodes;
using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>Captures events over EPCIS, each company's by its own quality engineer.</summary>
internal sealed class Recording(Api operators, People people)
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

    /// <summary>Captures events of one company; those that are there already are not kept twice.</summary>
    public async Task CaptureAsync(Firm firm, IEnumerable<JsonObject> events, CancellationToken stop)
    {
        var quality = await people.OfAsync(firm.Quality, stop);
        foreach (var part in events.Chunk(Together))
        {
            await quality.PostAsync("epcis/capture", Document(part), stop);
        }
    }

    internal static JsonObject Document(IEnumerable<JsonObject> events) => new()
    {
        ["@context"] = new JsonArray(Context, new JsonObject { ["demo"] = Namespace }),
        ["type"] = "EPCISDocument",
        ["schemaVersion"] = "2.0",
        ["creationDate"] = "2026-01-01T00:00:00Z",
        ["epcisBody"] = new JsonObject { ["eventList"] = new JsonArray([.. events]) },
    };
}
