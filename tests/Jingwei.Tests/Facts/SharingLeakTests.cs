using System.Net;
using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Facts.Subscriptions;

namespace Jingwei.Tests.Facts;

/// <summary>
/// Every party against every resource and field: each field of each event holds a word that is nowhere else, and what a caller is told anywhere is
/// searched for all of them. What he may be told is worked out from the agreements by themselves.
/// </summary>
public sealed class SharingLeakTests : IAsyncLifetime
{
    private static readonly string[] Members = ["red", "green", "blue", "grey"];
    private static readonly string[] Fields = ["bizStep", "readPoint", "bizLocation", "sensorElementList", "certificationInfo", "bizTransactionList", "extensions", "ilmd"];
    private static readonly string[] Types = ["ObjectEvent", "TransformationEvent"];
    private readonly FactWorld world = new();
    private readonly List<Told> told = [];

    public async ValueTask InitializeAsync()
    {
        await world.InitializeAsync();
        foreach (var member in Members)
        {
            world.Access.Get<Parties>().Add(new Party(member, member, "root", "Asia/Shanghai"));
            world.Access.AddUser(member, Role.Operator, member);
        }
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Nobody_is_told_what_no_agreement_shows_and_everybody_what_one_does(int seed)
    {
        var random = new Random(seed);
        foreach (var member in Members)
        {
            await CaptureAsync(member, random);
        }

        var agreements = Agree(random);
        foreach (var caller in Members)
        {
            var events = string.Concat(await Pages(caller, "/epcis/events?perPage=3"), await Pages(caller, "/epcis/events?perPage=2&orderBy=recordTime"));
            var all = events + await EverythingElseAsync(caller);
            foreach (var each in told)
            {
                var may = Shows(each, caller, agreements);
                Assert.True(may || !all.Contains(each.Word, StringComparison.Ordinal), $"{caller} is told {each.Word}");
                Assert.True(!may || events.Contains(each.Word, StringComparison.Ordinal), $"{caller} is not told {each.Word}");
            }
        }
    }

    [Fact]
    public async Task What_is_hidden_and_what_is_not_there_are_refused_the_same_on_every_route()
    {
        var random = new Random(9);
        await CaptureAsync("red", random);
        var hidden = told.Where(each => each.Field == "object").Select(each => $"urn:x:{each.Class}:{each.Word}").First();
        var id = (string)(await world.EventsAsync("red", "/epcis/events"))[0]["eventID"]!;
        foreach (var (there, nowhere) in new[]
        {
            ($"/epcis/events/{Uri.EscapeDataString(id)}", "/epcis/events/urn:x:nothing"), ($"/epcis/epcs/{hidden}", "/epcis/epcs/urn:x:nothing"),
            ($"/epcis/epcs/{hidden}/events", "/epcis/epcs/urn:x:nothing/events"), ($"/api/trace?id={hidden}", "/api/trace?id=urn:x:nothing"),
            ($"/api/trace/recall?id={hidden}", "/api/trace/recall?id=urn:x:nothing"), ($"/epcis/events?MATCH_anyEPC={hidden}", "/epcis/events?MATCH_anyEPC=urn:x:nothing"),
            ($"/epcis/events?EQ_eventID={Uri.EscapeDataString(id)}", "/epcis/events?EQ_eventID=urn:x:nothing"),
        })
        {
            var (one, other) = (await world.GetAsync("blue", there), await world.GetAsync("blue", nowhere));
            Assert.Equal((other.Status, other.Text), (one.Status, one.Text));
        }
    }

    [Fact]
    public async Task The_token_of_a_page_says_nothing_of_what_others_have()
    {
        var random = new Random(5);
        await CaptureAsync("red", random);
        var before = await TokenAsync();
        await CaptureAsync("blue", random);
        Assert.Equal(before, await TokenAsync());

        async Task<string?> TokenAsync() => (await world.GetAsync("red", "/epcis/events?perPage=2&orderBy=eventTime&orderDirection=ASC")).Link;
    }

    // Objects of two classes of their own for each party, and one that all have events of.
    private async Task CaptureAsync(string member, Random random)
    {
        var events = new List<string>();
        for (var number = 0; number < 8; number++)
        {
            var type = Types[random.Next(Types.Length)];
            var classes = random.Next(3) switch { 0 => new[] { "a" }, 1 => ["b"], _ => ["a", "b"] };
            var objects = classes.Select(each => $"urn:x:{each}:{Word(member, number, "object", type, classes, each)}").ToList();
            string Of(string field) => Word(member, number, field, type, classes, null);
            var list = $"[\"{string.Join("\",\"", objects)}\"]";
            events.Add(
                $$"""
                {"type":"{{type}}","eventTime":"2026-03-01T0{{number}}:00:00Z","eventTimeZoneOffset":"+08:00",
                {{(type == "ObjectEvent" ? $"\"epcList\":{list},\"action\":\"ADD\"" : $"\"inputEPCList\":{list},\"outputEPCList\":{list}")}},
                "bizStep":"urn:x:{{Of("bizStep")}}","readPoint":{"id":"urn:x:{{Of("readPoint")}}"},"bizLocation":{"id":"urn:x:{{Of("bizLocation")}}"},
                "sensorElementList":[{"sensorReport":[{"type":"gs1:Temperature","value":1,"uom":"CEL","deviceID":"urn:x:{{Of("sensorElementList")}}"}]}],
                "certificationInfo":["https://x.example/{{Of("certificationInfo")}}"],"bizTransactionList":[{"type":"po","bizTransaction":"urn:x:{{Of("bizTransactionList")}}"}],
                "ext:note":"{{Of("extensions")}}"{{(type == "ObjectEvent" ? $",\"ilmd\":{{\"ext:lot\":\"{Of("ilmd")}\"}}" : "")}} }
                """);
        }

        await world.CaptureAsync(member, [.. events]);
    }

    private string Word(string party, int number, string field, string type, string[] classes, string? @class)
    {
        var word = $"{party}{number}{field}{Guid.NewGuid():N}";
        told.Add(new(word, party, number, field, type, classes, @class));
        return word;
    }

    private List<(string From, string To, AgreementTerms Terms)> Agree(Random random)
    {
        var (made, now) = (new List<(string, string, AgreementTerms)>(), world.Access.Time.GetUtcNow());
        for (var each = 0; each < 7; each++)
        {
            var (from, to) = (Members[random.Next(4)], Members[random.Next(4)]);
            var terms = new AgreementTerms(
                random.Next(3) switch { 0 => [], 1 => ["urn:x:a"], _ => ["urn:x:b"] },
                random.Next(2) == 0 ? [] : [Types[random.Next(2)]],
                random.Next(5) == 0 ? ["*"] : [.. Fields.Where(_ => random.Next(2) == 0)],
                [], true, "test", now.AddYears(1));
            var state = random.Next(5) == 0 ? AgreementState.Revoked : AgreementState.Accepted;
            world.Access.Get<AgreementBook>().Add(new($"{each}", from, to, from, terms, null, state, "admin", null, now, now, 1));
            if (state == AgreementState.Accepted)
            {
                made.Add((from, to, terms));
            }
        }

        return made;
    }

    // The rule as the documentation has it, by itself.
    private static bool Shows(Told word, string caller, List<(string From, string To, AgreementTerms Terms)> agreements) =>
        word.Party == caller || agreements
            .Where(each => each.From == word.Party && each.To == caller && each.Terms.Fields.Length > 0)
            .Where(each => (each.Terms.EventTypes.IsEmpty || each.Terms.EventTypes.Contains(word.Type)) && (each.Terms.Products.IsEmpty || word.Classes.Any(of => each.Terms.Products.Contains($"urn:x:{of}"))))
            .Any(each => word.Field == "object"
                ? each.Terms.Products.IsEmpty || each.Terms.Products.Contains($"urn:x:{word.Class}")
                : each.Terms.Fields.Contains("*") || each.Terms.Fields.Contains(word.Field));

    private async Task<string> Pages(string caller, string path)
    {
        var all = "";
        for (string? next = path; next is not null;)
        {
            var answer = await world.GetAsync(caller, next, ("GS1-EPC-Format", "Never_Translates"));
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            all += answer.Text;
            next = answer.Link is { } link && link.Contains("rel=\"next\"", StringComparison.Ordinal) ? link[(link.IndexOf('<') + 1)..link.IndexOf('>')] : null;
        }

        return all;
    }

    private async Task<string> EverythingElseAsync(string caller)
    {
        var all = "";
        foreach (var path in new[]
        {
            "/epcis/capture", "/epcis/queries", "/api/facts/statistics?by=product&from=2026-03&to=2026-03", "/api/facts/statistics?by=bizStep&from=2026-03&to=2026-03", "/api/agreements", "/api/parties",
        })
        {
            all += (await world.GetAsync(caller, path)).Text;
        }

        // Page by page, and from the middle of what others have.
        foreach (var list in (string[])["eventTypes", "epcs", "bizSteps", "bizLocations", "readPoints", "dispositions"])
        {
            all += await Pages(caller, $"/epcis/{list}?perPage=3");
            all += (await world.GetAsync(caller, $"/epcis/{list}?perPage=1&nextPageToken=urn:x:")).Text;
        }

        // By every word that there is: what is found, its trace, and what is said where nothing is.
        foreach (var word in told.Where(each => each.Field == "object"))
        {
            var name = $"urn:x:{word.Class}:{word.Word}";
            all += ((await world.GetAsync(caller, $"/api/trace?id={name}")).Text + (await world.GetAsync(caller, $"/api/trace?id={name}&direction=forward")).Text).Replace(name, "", StringComparison.Ordinal);
        }

        foreach (var word in told.Where(each => each.Field is "readPoint" or "bizLocation" or "bizStep"))
        {
            var found = await world.EventsAsync(caller, $"/epcis/events?EQ_{word.Field}=urn:x:{word.Word}");
            all += string.Concat(found.Select(each => each.ToJsonString()));
        }

        // What a subscription would be sent.
        var asker = new Caller(CallerKind.User, caller, caller, world.Access.Get<Users>().Find(caller)!.Grants);
        using var standing = StandingAnswer.After(
            world.Access.Get<FactStore>(), EventQuery.Read("").Query!, world.Access.Get<FactRights>().ViewOf(asker), 0, 1000);
        return all + System.Text.Encoding.UTF8.GetString(standing.ToJson("q", "s", world.Access.Get<EpcForms>(), EpcFormat.AsCaptured, DateTimeOffset.UnixEpoch));
    }

    // A word that stands in one field of one event alone.
    private sealed record Told(string Word, string Party, int Number, string Field, string Type, string[] Classes, string? Class);
}
