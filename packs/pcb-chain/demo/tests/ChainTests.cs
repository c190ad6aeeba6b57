using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Demo.PcbChain.Simulation;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Hashing;
using Jingwei.Identifiers.Epcis.Vocabulary;
using Jingwei.Identifiers.Gs1.DigitalLinks;

namespace Jingwei.Tests.Packs.PcbChain;

/// <summary>The simulated chain holds what an inspector of it would look for: valid events, right keys, closed genealogies, and one lot alone that was pressed too cool.</summary>
public sealed class ChainTests
{
    private static readonly DateTimeOffset Begin = new(2026, 8, 31, 16, 0, 0, TimeSpan.Zero);
    private static readonly Chain Chain = new(1, Begin);
    private static readonly IReadOnlyList<ChainEvent> Past = Chain.Past();

    [Fact]
    public void Ninety_days_are_some_ten_thousand_events_of_all_companies()
    {
        Assert.InRange(Past.Count, 8_000, 12_000);
        Assert.Equal(Network.All.Select(firm => firm.Id).Order(), Past.Select(happened => happened.Firm.Id).Distinct().Order());
        Assert.Equal((3, 5, 8, 2), (Network.Laminators.Count, Network.BoardMakers.Count, Network.Assemblers.Count, Network.Customers.Count));
        Assert.All(Network.All, firm => Assert.EndsWith("（样例）", firm.Name));
    }

    [Fact]
    public void Same_seed_same_events_and_another_seed_others()
    {
        Assert.Equal(Texts(new Chain(1, Begin), 3_000), Texts(Chain, 3_000));
        Assert.NotEqual(Texts(new Chain(2, Begin), 3_000), Texts(Chain, 3_000));
        Assert.Equal(Texts(Chain, 500), Texts(Chain.Named(Chain.Name)!, 500));
        Assert.Null(Chain.Named("another"));

        static List<string> Texts(Chain chain, int count) => [.. chain.Events().Take(count).Select(happened => Json(happened, chain).ToJsonString())];
    }

    [Fact]
    public void They_come_in_the_order_of_time_and_go_on_behind_the_past()
    {
        var events = Chain.Events().Take(Past.Count + 1_000).ToList();

        Assert.Equal(events.Select(happened => happened.At).Order(), events.Select(happened => happened.At));
        Assert.Equal(Enumerable.Range(0, events.Count).Select(number => (long)number), events.Select(happened => happened.Number));
        Assert.True(events[^1].At > Chain.Now && Past[^1].At < Chain.Now && Past[0].At >= Begin);
    }

    [Fact]
    public void Every_event_is_valid_with_words_of_the_standard()
    {
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in Past.Chunk(2_000))
        {
            using var document = EpcisReader.ReadJson(JsonSerializer.SerializeToUtf8Bytes(Document(part)));
            Assert.Empty(document.Problems);
            Assert.Equal(part.Length, document.Events.Count);
            Assert.All(document.Events, read => Assert.Empty(CbvCheck.UnknownWords(read)));
            hashes.UnionWith(document.Events.Select(read => EventHash.Compute(read)));
        }

        // No two are the same event.
        Assert.Equal(Past.Count, hashes.Count);
    }

    [Fact]
    public void Every_key_is_a_valid_Digital_Link_of_who_gave_it_out()
    {
        var prefixes = Network.All.Select(firm => firm.Digits).ToList();
        Assert.Equal(prefixes.Count, prefixes.Distinct().Count());
        Assert.All(Past.SelectMany(Links).Distinct(), link => Assert.True(DigitalLink.Read(link).IsValid, link));
        Assert.All(Past, happened => Assert.All(happened.Made, made => Assert.Contains(happened.Firm.Digits, made.Id, StringComparison.Ordinal)));
        var made = Past.SelectMany(happened => happened.Made).Select(each => each.Id).ToList();
        Assert.Equal(made.Count, made.Distinct().Count());
    }

    [Fact]
    public void Every_place_has_a_name_and_its_site_a_position()
    {
        var places = Network.All.ToDictionary(firm => firm, firm => Places.Of(firm).ToList());
        Assert.All(Past, happened =>
        {
            Assert.Contains(places[happened.Firm], place => place.Id == (string)happened.Body["bizLocation"]!["id"]! && place is { Latitude: > 22 and < 33, Longitude: > 112 and < 122 });
            Assert.Contains(places[happened.Firm], place => place.Id == (string)happened.Body["readPoint"]!["id"]!);
        });
        Assert.Equal(Network.All.Count, places.Values.Select(each => (each[0].Latitude, each[0].Longitude)).Distinct().Count());
    }

    [Fact]
    public void What_a_maker_lets_pass_has_a_certificate_of_conformity()
    {
        var inspected = Past.Where(happened => (string?)happened.Body["bizStep"] == "inspecting").ToList();
        Assert.All(inspected, happened => Assert.Equal(
            (string?)happened.Body["disposition"] == "conformant" && happened.Firm.Trade != Trade.Product, happened.Body["certificationInfo"] is not null));
        Assert.All(Network.All, firm => Assert.Contains(inspected, happened => happened.Firm == firm && (string?)happened.Body["disposition"] == "conformant"));
    }

    [Fact]
    public void What_is_used_was_there_before_and_with_the_same_company()
    {
        var there = new HashSet<(string Firm, string Object)>();
        foreach (var happened in Past)
        {
            var body = happened.Body;
            Assert.All(Ids(body, "inputEPCList").Concat(Classes(body, "inputQuantityList")), used => Assert.Contains((happened.Firm.Id, used), there));
            if ((string?)body["bizStep"] is "inspecting" or "packing" or "shipping")
            {
                Assert.All(Ids(body, "epcList").Concat(Ids(body, "childEPCs")).Concat(Classes(body, "quantityList")), seen => Assert.Contains((happened.Firm.Id, seen), there));
            }

            // A panel or board is used up by what is made of it; of lots enough is left.
            Assert.All(Ids(body, "inputEPCList"), used => there.Remove((happened.Firm.Id, used)));
            there.UnionWith(Names(body).Select(name => (happened.Firm.Id, name)));
        }
    }

    [Fact]
    public void What_arrives_was_sent_before_with_the_same_papers()
    {
        var sent = new Dictionary<string, (ChainEvent Event, string Papers)>();
        var arrived = 0;
        foreach (var happened in Past.Where(happened => (string?)happened.Body["bizStep"] is "shipping" or "receiving" && happened.Body["epcList"] is not null))
        {
            var (crate, papers) = (Ids(happened.Body, "epcList").Single(), happened.Body["bizTransactionList"]!.ToJsonString());
            if ((string?)happened.Body["bizStep"] == "shipping")
            {
                sent.Add(crate, (happened, papers));
                continue;
            }

            Assert.Equal(sent[crate].Papers, papers);
            Assert.InRange((happened.At - sent[crate].Event.At).TotalHours, 14, 26);
            Assert.Contains(happened.Firm, Network.BuyersOf(sent[crate].Event.Firm));
            arrived++;
        }

        Assert.True(arrived > 300);
    }

    [Fact]
    public void One_lot_alone_was_pressed_too_cool_and_only_what_came_of_it_fails_at_a_customer()
    {
        var story = Story.Of(1, Begin);
        var cool = Past.Where(happened => happened.Cycle is { IsCool: true }).ToList();
        Assert.Equal(story.Lot, Assert.Single(Classes(Assert.Single(cool).Body, "outputQuantityList")));
        Assert.All(Past.Where(happened => happened.Cycle is { IsCool: false }), happened => Assert.True(happened.Cycle is { Temperature: > 183 and < 187, Dwell: >= 87 }));
        Assert.True(story.Cycle is { Temperature: > 167 and < 169, Dwell: <= 57 });
        Assert.InRange((Chain.Now - story.Events[^1].At).TotalDays, 3, 15);

        var failed = Past.Where(happened => happened.Firm.Trade == Trade.Product && (string?)happened.Body["disposition"] == "non_conformant").SelectMany(happened => Ids(happened.Body, "epcList")).ToList();
        Assert.Equal(story.Failed.Order(), failed.Order());
        Assert.InRange(failed.Count, 5, 40);
        Assert.True(failed.ToHashSet().IsSubsetOf(story.Offspring));

        // It went through several companies, and to the other customer as well.
        Assert.Equal(["customer-1", "customer-2", "laminate-1", "pcb-1", "pcb-2", "smt-1", "smt-2", "smt-3", "smt-4"], story.Events.Select(happened => happened.Firm.Id).Distinct().Order());
    }

    [Fact]
    public void A_walk_over_the_events_finds_the_same_offspring()
    {
        var story = Story.Of(1, Begin);
        HashSet<string> reached = [story.Lot];
        foreach (var happened in Past)
        {
            var (body, parts) = (happened.Body, new HashSet<string>(Ids(happened.Body, "inputEPCList").Concat(Classes(happened.Body, "inputQuantityList"))));
            if ((string?)body["action"] == "ADD" && body["parentID"] is { } parent && Ids(body, "childEPCs").Concat(Classes(body, "childQuantityList")).Any(reached.Contains))
            {
                reached.Add((string)parent!);
            }
            else if (parts.Overlaps(reached))
            {
                reached.UnionWith(Ids(body, "outputEPCList"));
            }
        }

        reached.Remove(story.Lot);
        Assert.Equal(story.Offspring.Order(), reached.Order());
    }

    [Fact]
    public void A_cycle_heats_dwells_and_cools()
    {
        var cycle = PressCycle.Usual("press", "L1", Begin, new Random(1));

        Assert.Equal(("heating", 60), (cycle.At(0).Step, cycle.At(0).Temperature));
        Assert.Equal(("dwell", cycle.Temperature, cycle.Pressure), (cycle.At(80).Step, cycle.At(80).Temperature, cycle.At(80).Pressure));
        Assert.Equal(("cooling", 60), (cycle.At(cycle.Minutes).Step, cycle.At(cycle.Minutes).Temperature));
        Assert.Equal(Begin, cycle.Start.AddMinutes(75 + cycle.Dwell + 45));
    }

    [Fact]
    public void Agreements_follow_the_trade_and_each_is_there_once()
    {
        Assert.Equal(Deal.All.Count, Deal.All.Select(deal => (deal.From, deal.To, deal.Purpose)).Distinct().Count());
        Assert.Equal(Network.All.Count, Deal.All.Count(deal => deal is { Statistics: true, To: Association.Id, Fields: [] }));
        Assert.DoesNotContain(Deal.All, deal => deal.From == Deal.Asked.From && deal.To == Deal.Asked.To && deal.Fields.Any(field => field is "sensorElementList" or "*"));

        // Whoever the cool lot went through lets the customer see what came of it.
        var story = Story.Of(1, Begin);
        Assert.All(story.Events.Select(happened => happened.Firm).Where(firm => firm.Trade != Trade.Product).Distinct(), firm =>
            Assert.Contains(Deal.All, deal => deal.From == firm.Id && deal.To == Story.Customer.Id && deal.Fields.Any(field => field is "disposition" or "*")));
    }

    private static JsonObject Json(ChainEvent happened, Chain chain) => happened.ToJson(happened.At, 1, chain.Name);

    private static JsonObject Document(IEnumerable<ChainEvent> events) => new()
    {
        ["@context"] = new JsonArray("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", new JsonObject { ["demo"] = "https://demo.jingwei.example/" }),
        ["type"] = "EPCISDocument",
        ["schemaVersion"] = "2.0",
        ["creationDate"] = "2026-11-30T00:00:00Z",
        ["epcisBody"] = new JsonObject { ["eventList"] = new JsonArray([.. events.Select(happened => Json(happened, Chain))]) },
    };

    private static IEnumerable<string> Ids(JsonObject body, string list) => body[list]?.AsArray().Select(id => (string)id!) ?? [];

    private static IEnumerable<string> Classes(JsonObject body, string list) => body[list]?.AsArray().Select(each => (string)each!["epcClass"]!) ?? [];

    // What is there after an event.
    private static IEnumerable<string> Names(JsonObject body) =>
    [
        .. Ids(body, "epcList"), .. Ids(body, "childEPCs"), .. Ids(body, "outputEPCList"), .. Classes(body, "quantityList"), .. Classes(body, "childQuantityList"),
        .. Classes(body, "outputQuantityList"), .. body["parentID"] is { } parent ? [(string)parent!] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Links(ChainEvent happened) =>
        Names(happened.Body).Concat(Ids(happened.Body, "inputEPCList")).Concat(Classes(happened.Body, "inputQuantityList"))
            .Append((string)happened.Body["bizLocation"]!["id"]!).Append((string?)happened.Body["readPoint"]?["id"] ?? happened.Firm.Site);
}
