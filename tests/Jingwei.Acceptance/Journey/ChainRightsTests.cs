using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Jingwei.Acceptance.Journey;

/// <summary>
/// Every company of the demonstration against every event of every other, field by field: what each is told is what the agreements say, worked out
/// here from their text alone.
/// </summary>
public sealed partial class ChainRightsTests : IAsyncLifetime
{
    private const string Withheld = "urn:jingwei:withheld";

    private static readonly string[] Always = ["type", "eventTime", "eventTimeZoneOffset", "action"];
    private static readonly string[] Stamps = ["@context", "recordTime", "eventID"];
    private static readonly string[] Named =
    [
        "bizStep", "disposition", "persistentDisposition", "readPoint", "bizLocation", "bizTransactionList", "sourceList", "destinationList", "sensorElementList", "ilmd",
        "certificationInfo", "transformationID",
    ];

    private static readonly (string Epcs, string Quantities)[] Lists =
        [("epcList", "quantityList"), ("childEPCs", "childQuantityList"), ("inputEPCList", "inputQuantityList"), ("outputEPCList", "outputQuantityList")];

    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    // What happened before the server was started: the chain goes on meanwhile.
    private readonly string past = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    private ChainDemo demo = null!;

    private ServerProcess Server => demo.Server;

    public async ValueTask InitializeAsync() => demo = await ChainDemo.StartAsync();

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    [Fact]
    public async Task Every_company_is_told_of_every_event_what_agreements_show_and_no_more()
    {
        var owners = await OwnersAsync();
        var events = (await EventsAsync(Server.Admin)).Select(each => (Owner: owners[Gln().Match((string)each["bizLocation"]!["id"]!).Groups[1].Value], Event: each)).ToList();
        var agreements = (await Server.GetAsync("/api/agreements?state=accepted&limit=1000"))["items"]!.AsArray().Select(Agreement.Of).ToList();
        Assert.True(events.Count > 5_000 && agreements.Count > 50, $"{events.Count} events, {agreements.Count} agreements");
        var shared = 0;
        foreach (var party in owners.Values.Distinct().Order(StringComparer.Ordinal))
        {
            using var user = await Server.SignInAsync($"{party}-quality", demo.Password);
            var expected = events.Select(each => Shown(each.Event, each.Owner, party, agreements)).OfType<string>().Order(StringComparer.Ordinal).ToList();
            var told = (await EventsAsync(user)).Select(Text).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(expected.Except(told), []);
            Assert.Equal(told.Except(expected), []);
            Assert.Equal(expected.Count, told.Count);
            shared += expected.Count - events.Count(each => each.Owner == party);
        }

        Assert.True(shared > 1_000, $"Only {shared} events are shared.");
    }

    // By the rule of docs/sharing.md; null where nothing is shown.
    private static string? Shown(JsonObject read, string owner, string party, List<Agreement> agreements)
    {
        if (owner == party)
        {
            return Text(read);
        }

        var objects = ObjectsOf(read);
        var showing = agreements.Where(each => each.From == owner && each.To == party && each.Fields.Length > 0 &&
            (each.EventTypes.Length == 0 || each.EventTypes.Contains((string)read["type"]!)) && (each.Products.Length == 0 || objects.Exists(each.Holds))).ToList();
        if (showing.Count == 0)
        {
            return null;
        }

        bool IsShown(string id) => showing.Exists(each => each.Products.Length == 0 || each.Holds(id));
        var shown = new JsonObject();
        foreach (var (name, value) in read.Where(member => !Stamps.Contains(member.Key) && !Lists.Any(list => list.Epcs == member.Key || list.Quantities == member.Key)))
        {
            if (name == "parentID")
            {
                shown[name] = IsShown((string)value!) ? (string)value! : Withheld;
            }
            else if (Always.Contains(name) || showing.Exists(each => each.Fields.Contains("*") || each.Fields.Contains(Named.Contains(name) ? name : "extensions")))
            {
                shown[name] = value!.DeepClone();
            }
        }

        foreach (var (epcs, quantities) in Lists)
        {
            var (ids, classes) = (read[epcs]?.AsArray().Select(each => (string)each!).ToList() ?? [], read[quantities]?.AsArray().Select(each => each!).ToList() ?? []);
            var (kept, keptClasses) = (ids.Where(IsShown).ToList(), classes.Where(each => IsShown((string)each["epcClass"]!)).ToList());
            if (kept.Count + keptClasses.Count < ids.Count + classes.Count)
            {
                kept.Add(Withheld);
            }

            if (kept.Count > 0)
            {
                shown[epcs] = new JsonArray([.. kept.Select(each => JsonValue.Create(each))]);
            }

            if (keptClasses.Count > 0)
            {
                shown[quantities] = new JsonArray([.. keptClasses.Select(each => each.DeepClone())]);
            }
        }

        return Text(shown);
    }

    private static List<string> ObjectsOf(JsonObject read) =>
    [
        .. Lists.SelectMany(list => (read[list.Epcs]?.AsArray() ?? []).Select(each => (string)each!).Concat((read[list.Quantities]?.AsArray() ?? []).Select(each => (string)each!["epcClass"]!))),
        .. read["parentID"] is { } parent ? [(string)parent!] : Array.Empty<string>(),
    ];

    // Without what the server adds, members in one order.
    private static string Text(JsonObject read) => new JsonObject(
        read.Where(member => !Stamps.Contains(member.Key)).OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();

    // The party of each GS1 Company Prefix.
    private async Task<Dictionary<string, string>> OwnersAsync() =>
        (await Server.GetAsync("/api/company-prefixes?limit=1000"))["items"]!.AsArray().ToDictionary(each => (string)each!["digits"]!, each => (string)each!["party"]!);

    private async Task<List<JsonObject>> EventsAsync(HttpClient client)
    {
        var all = new List<JsonObject>();
        for (var path = $"/epcis/events?perPage=1000&LT_eventTime={past}"; path is not null;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "GS1-EPC-Format", "Never_Translates" } } };
            using var answer = await client.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
            var page = (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!;
            all.AddRange(page["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray().Select(each => each!.AsObject()));
            path = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return all;
    }

    [GeneratedRegex("/414/([0-9]{7})")]
    private static partial Regex Gln();

    private sealed record Agreement(string From, string To, string[] Products, string[] EventTypes, string[] Fields)
    {
        public static Agreement Of(JsonNode? told) => new((string)told!["from"]!["id"]!, (string)told["to"]!["id"]!, Texts(told["products"]), Texts(told["eventTypes"]), Texts(told["fields"]));

        // A class is the identifier itself and what goes on behind it.
        public bool Holds(string id) => Products.Any(product => id == product || (id.StartsWith(product, StringComparison.Ordinal) && !char.IsLetterOrDigit(id[product.Length])));

        private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(each => (string)each!)];
    }
}
