using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jingwei.Acceptance.Transparency;

namespace Jingwei.Acceptance.Journey;

/// <summary>
/// Assemblies come apart at a customer. Its quality engineer, who sees of the others what they agreed to show and no more, finds the press cycle
/// that was too cool, the list of what has to come back, and the proof that the cycle was recorded so.
/// </summary>
public sealed partial class ChainJourneyTests : IAsyncLifetime
{
    // Below this epoxy for FR-4 does not cure in the time of a cycle, °C.
    private const double Curing = 175;

    // An event every second or so.
    private const string Speed = "1000";

    private const string Newest = "/epcis/events?perPage=1";

    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;
    private ChainDemo demo = null!;

    private ServerProcess Server => demo.Server;

    public async ValueTask InitializeAsync() => demo = await ChainDemo.StartAsync("--speed", Speed);

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    [Fact]
    public async Task A_failed_assembly_is_traced_to_the_press_cycle_of_one_lot_and_the_lot_to_all_that_has_to_come_back()
    {
        var told = Told().Match(demo.Said);
        var (password, failed, goods) = (demo.Password, told.Groups[1].Value, int.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture));
        using var quality = await Server.SignInAsync("customer-1-quality", password);

        var trace = await AskAsync(quality, $"/api/trace?id={Escaped(failed)}&direction=backward");
        var (lot, made) = await CoolAsync(quality, trace);
        var recall = await AskAsync(quality, $"/api/trace/recall?id={Escaped(lot)}");
        var rows = recall["items"]!.AsArray().Select(row => (string)row!["id"]!).ToHashSet();
        Assert.Contains(failed, rows);
        Assert.Equal(goods, rows.Count(row => row != lot));
        await CompareAsync(quality, lot, made);
        await ProveAsync(quality, made, lot);
        await OnlyWhatWasAgreedAsync(password);
        await OnlyFiguresAsync(password);
    }

    [Fact]
    public async Task Killed_and_started_again_the_chain_goes_on_where_it_was()
    {
        await UntilLiveAsync();
        await demo.KillAndStartAsync();
        await UntilLiveAsync();

        var numbers = await NumbersAsync();
        Assert.Equal(Enumerable.Range(0, numbers.Count).Select(number => (long)number), numbers.Order());
        Assert.Single((await Server.GetAsync("/api/agreements?state=proposed"))["items"]!.AsArray());
        var agreements = (await Server.GetAsync("/api/agreements?limit=1000"))["items"]!.AsArray();
        Assert.Equal(agreements.Count, agreements.Select(each => (each!["from"]!.ToJsonString(), each["to"]!.ToJsonString(), (string)each["purpose"]!)).Distinct().Count());
        Assert.Equal(["recall", "sharing-request"], (await Server.GetAsync("/api/cases"))["items"]!.AsArray().Select(each => (string)each!["type"]!).Order());
    }

    // Until something has happened that is not of the past.
    private async Task UntilLiveAsync()
    {
        var newest = (long)Events(await Server.GetAsync(Newest)).Single()["demo:number"]!;
        await Server.UntilAsync(Newest, answer => (long)Events(answer).Single()["demo:number"]! > newest);
    }

    // Of all events, as the program numbers them.
    private async Task<List<long>> NumbersAsync()
    {
        var numbers = new List<long>();
        for (var path = "/epcis/events?perPage=1000"; path is not null;)
        {
            using var answer = await Server.Admin.GetAsync(path, cancellation);
            numbers.AddRange(Events((await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!).Select(each => (long)each["demo:number"]!));
            path = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return numbers;
    }

    // The one press cycle in the trace that made a lot the failed assembly is of, and was too cool.
    private async Task<(string Lot, string Event)> CoolAsync(HttpClient quality, JsonNode trace)
    {
        var nodes = trace["nodes"]!.AsArray().Select(node => (string)node!["id"]!).ToHashSet();
        var found = new List<(string Lot, string Event)>();
        foreach (var each in trace["events"]!.AsArray().Where(each => (bool)each!["sensors"]!))
        {
            var id = (string)each!["id"]!;
            var read = Events(await AskAsync(quality, $"/epcis/events/{Escaped(id)}")).Single();
            var lot = (string)read["outputQuantityList"]!.AsArray().Single()!["epcClass"]!;
            var temperature = (double)read["sensorElementList"]!.AsArray().SelectMany(element => element!["sensorReport"]!.AsArray()).Single(report => (string)report!["type"]! == "Temperature")!["value"]!;
            if (nodes.Contains(lot) && temperature < Curing)
            {
                Assert.EndsWith("PRESS-2", (string)read["readPoint"]!["id"]!);
                found.Add((lot, id));
            }
        }

        return Assert.Single(found);
    }

    // The same by comparison: what all that failed come from, and those that are good do not.
    private async Task CompareAsync(HttpClient quality, string lot, string made)
    {
        var bad = Events(await AskAsync(quality, "/epcis/events?EQ_bizStep=inspecting&EQ_disposition=non_conformant&perPage=1000"))
            .Where(each => (string?)each["demo:defect"] == "delamination").ToList();
        var site = Escaped((string)bad[0]["bizLocation"]!["id"]!);
        var good = Events(await AskAsync(quality, $"/epcis/events?EQ_bizStep=inspecting&EQ_disposition=conformant&EQ_bizLocation={site}&perPage=30"));
        var failed = bad.SelectMany(each => each["epcList"]!.AsArray()).Select(each => (string)each!).ToList();
        var asked = failed.Select(each => $"id={Escaped(each)}").Concat(good.Select(each => $"other={Escaped((string)each["epcList"]![0]!)}"));
        var first = (await AskAsync(quality, $"/api/trace/common?{string.Join('&', asked)}"))["items"]![0]!;
        Assert.Equal((lot, failed.Count, made), ((string)first["id"]!, (int)first["of"]!, (string)first["madeBy"]!["id"]!));
        Assert.True((bool)first["madeBy"]!["sensors"]!);
        Assert.InRange((int)first["ofOthers"]!, 0, good.Count / 2);
    }

    private async Task ProveAsync(HttpClient quality, string id, string lot)
    {
        var answer = await AskAsync(quality, $"/api/ledger/proofs/facts/{Escaped(id)}?wait=5");
        OpenedFact.Check(answer);
        Assert.Contains(OpenedFact.Members(answer).Values, value => value.Contains(lot, StringComparison.Ordinal));
    }

    // The other customer sees no press; what it asks for waits for an answer, as a case of the laminator's. Granted, it sees.
    private async Task OnlyWhatWasAgreedAsync(string password)
    {
        const string cool = "/epcis/events?eventType=TransformationEvent&LT_value_CEL=175";
        using var other = await Server.SignInAsync("customer-2-quality", password);
        Assert.Empty(Events(await AskAsync(other, cool)));

        using var maker = await Server.SignInAsync("laminate-1-manager", password);
        var asked = Assert.Single((await AskAsync(maker, "/api/agreements?state=proposed"))["items"]!.AsArray())!;
        var number = (string)asked["case"]!;
        Assert.Equal(("sharing-request", "asked"), await CaseAsync(maker, number));
        (await maker.PostAsJsonAsync($"/api/agreements/{asked["id"]}/accept", new { }, cancellation)).EnsureSuccessStatusCode();
        Assert.Single(Events(await AskAsync(other, cool)));
        await Server.UntilAsync($"/api/cases/{number}", answer => (string)answer["state"]! == "granted");

        // And the complaint is the first customer's alone.
        using var quality = await Server.SignInAsync("customer-1-quality", password);
        var complaint = Assert.Single((await AskAsync(quality, "/api/cases?type=recall"))["items"]!.AsArray())!;
        Assert.Equal("complaint", (string)complaint["state"]!);
        Assert.Empty((await AskAsync(other, "/api/cases?type=recall"))["items"]!.AsArray());
    }

    // The association has figures over all, and no event of anybody.
    private async Task OnlyFiguresAsync(string password)
    {
        using var analyst = await Server.SignInAsync("pcb-association-analyst", password);
        var from = TimeProvider.System.GetUtcNow().AddMonths(-3).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var yields = (await AskAsync(analyst, $"/api/facts/statistics?measure=yield&by=party&from={from}"))["groups"]!.AsArray();
        Assert.Superset(
            new HashSet<string> { "pcb-1", "pcb-2", "pcb-3", "pcb-4", "pcb-5", "smt-4", "customer-1", "customer-2" }, yields.Select(group => (string)group!["key"]!).ToHashSet());
        Assert.All(yields, group => Assert.InRange((double)group!["value"]!, 0.9, 1));
        Assert.Empty(Events(await AskAsync(analyst, "/epcis/events")));
    }

    private async Task<(string Type, string State)> CaseAsync(HttpClient client, string number)
    {
        var found = await AskAsync(client, $"/api/cases/{number}");
        return ((string)found["type"]!, (string)found["state"]!);
    }

    private async Task<JsonNode> AskAsync(HttpClient client, string path) => (await client.GetFromJsonAsync<JsonNode>(path, cancellation))!;

    private static List<JsonNode> Events(JsonNode answer) => [.. answer["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray().Select(each => each!)];

    private static string Escaped(string id) => Uri.EscapeDataString(id);

    [GeneratedRegex("assemblies failed, among them ([^;]+); ([0-9]+) panels, boards and assemblies")]
    private static partial Regex Told();
}
