using System.Globalization;
using System.Text.Json.Nodes;
using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>Agreements: proposed by the manager of who shows, accepted by the manager of who sees; and one that is asked for and still open.</summary>
internal sealed class Sharing(Api operators, People people, TimeProvider time, Journal journal)
{
    private const string Agreements = "api/agreements";

    // For so long they are made.
    private const int Years = 2;

    public async Task AgreeAsync(Chain chain, CancellationToken stop)
    {
        var there = await ThereAsync(stop);
        foreach (var deal in Deal.All.Where(deal => !there.Contains((deal.From, deal.To, deal.Purpose))))
        {
            var proposed = await (await ManagerAsync(deal.From, stop)).PostAsync(Agreements, Proposal(deal, null), stop);
            await (await ManagerAsync(deal.To, stop)).PostAsync($"{Agreements}/{(string)proposed["id"]!}/accept", new JsonObject(), stop);
        }

        if (!there.Contains((Deal.Asked.From, Deal.Asked.To, Deal.Asked.Purpose)))
        {
            var quality = await people.OfAsync(Network.All.Single(firm => firm.Id == Deal.Asked.To).Quality, stop);
            await quality.PostAsync(Agreements, Proposal(Deal.Asked, Story.Of(chain.Seed, chain.Begin).Lot), stop);
        }

        journal.Write($"{Deal.All.Count} agreements are in force; {Deal.Asked.To} waits for {Deal.Asked.From} to answer a request");
    }

    // Whatever became of them: what was revoked is not proposed again.
    private async Task<HashSet<(string From, string To, string Purpose)>> ThereAsync(CancellationToken stop)
    {
        var there = new HashSet<(string, string, string)>();
        string? cursor = null;
        do
        {
            var page = await operators.GetAsync($"{Agreements}?limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", stop);
            there.UnionWith(page["items"]!.AsArray().Select(each => ((string)each!["from"]!["id"]!, (string)each["to"]!["id"]!, (string)each["purpose"]!)));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        return there;
    }

    private Task<Api> ManagerAsync(string party, CancellationToken stop) =>
        people.OfAsync(People.All.First(person => person.Party == party && person.Role == "administrator").Id, stop);

    private JsonObject Proposal(Deal deal, string? about) => new()
    {
        ["from"] = deal.From,
        ["to"] = deal.To,
        ["products"] = Texts(deal.Products),
        ["eventTypes"] = Texts(deal.EventTypes),
        ["fields"] = Texts(deal.Fields),
        ["values"] = Texts(deal.Values),
        ["statistics"] = deal.Statistics,
        ["purpose"] = deal.Purpose,
        ["until"] = time.GetUtcNow().AddYears(Years).ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture),
        ["object"] = about,
    };

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
