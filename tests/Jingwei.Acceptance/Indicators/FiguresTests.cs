using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Indicators;

/// <summary>Figures through the outside surface: down to their readings, up to party and region, beside others, and on control charts.</summary>
public sealed class FiguresTests
{
    // The day before yesterday in UTC; its first eight hours are the day shift in the installation's zone.
    private readonly DateTimeOffset shift = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-2), TimeSpan.Zero);

    private string At => $"at={shift.AddHours(4):yyyy-MM-ddTHH:mm:ssZ}";

    [Fact]
    public async Task A_figure_leads_to_its_readings_and_stands_beside_others()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.AddThingAsync("l1", "production-line");
        await server.AddThingAsync("o1", "operation", "l1");
        await server.AddThingAsync("d1", "drilling-machine", "o1");
        await server.AddThingAsync("d2", "drilling-machine", "o1");
        await WriteAsync(server);
        await server.UntilAsync(
            $"/api/indicators?indicator=quality-ratio&thing=l1&{At}", answer => answer["items"]!.AsArray().Any(item => (double?)item!["value"] == 0.8));

        await AssertLineageAsync(server);
        await AssertPlacesAsync(server);
        await AssertComparisonAsync(server);
        await AssertControlChartAsync(server);
        await AssertRefusalsAsync(server);
    }

    private async Task AssertLineageAsync(ServerProcess server)
    {
        // 90 of 100 and 70 of 100 good; each from the readings at 01:00 and 05:00, the second of d2 corrected once.
        var quality = await server.GetAsync($"/api/indicators/quality-ratio/l1?{At}&readings=true");
        var good = quality["inputs"]!.AsArray().Single(input => (string)input!["id"]! == "gq")!;
        Assert.Equal(160, (double)good["value"]!);
        var shares = good["from"]!.AsArray();
        Assert.Equal(["d1", "d2"], shares.Select(share => (string)share!["thing"]!));
        Assert.Equal([90.0, 70.0], shares.Select(share => (double)share!["value"]!));
        var behind = shares[1]!["readings"]!.AsArray().Single()!;
        Assert.Equal("good_count", (string)behind["property"]!);
        Assert.Equal((2, 1), ((int)behind["count"]!, (int)behind["corrected"]!));
        Assert.Equal(shift.AddHours(1), (DateTimeOffset)behind["first"]!);
        Assert.Equal(shift.AddHours(5), (DateTimeOffset)behind["last"]!);
        Assert.Equal("gq / pq", (string)quality["definition"]!["body"]!["formula"]!);
        Assert.True((bool)quality["definition"]!["current"]!);

        // A child figure names its indicator.
        var oee = await server.GetAsync($"/api/indicators/oee/l1?{At}");
        Assert.Equal("quality-ratio", (string)oee["inputs"]!.AsArray().Single(input => (string)input!["id"]! == "quality")!["from"]![0]!["indicator"]!);
    }

    private async Task AssertPlacesAsync(ServerProcess server)
    {
        foreach (var (kind, subject) in new[] { ("party", "party@root"), ("region", "region@root"), ("thing", "l1") })
        {
            await server.UntilAsync(
                $"/api/indicators?indicator=monthly-oee&subject={kind}&thing={subject}&{At}", answer => answer["items"]!.AsArray().Any(item => item!["value"] is not null));
            var month = await server.UntilAsync(
                $"/api/indicators/monthly-oee/{subject}?{At}",
                answer => (double?)answer["inputs"]!.AsArray().Single(input => (string)input!["id"]! == "gq")!["value"] == 160);
            Assert.Equal(0.85, (double)month["target"]!);
        }

        var list = await server.GetAsync($"/api/indicators?subject=party&indicator=monthly-oee&{At}");
        Assert.Equal("party", (string)Assert.Single(list["items"]!.AsArray())!["subject"]!);
    }

    private async Task AssertComparisonAsync(ServerProcess server)
    {
        var comparison = await server.GetAsync($"/api/indicators/quality-ratio/d1/comparison?{At}");
        Assert.Equal((2, 1), ((int)comparison["peersWithValue"]!, (int)comparison["rank"]!));
        Assert.Equal(0.8, (double)comparison["peerMedian"]!, 1e-12);
        Assert.Equal(["d1", "d2"], comparison["peers"]!.AsArray().Select(peer => (string)peer!["thing"]!));
    }

    private async Task AssertControlChartAsync(ServerProcess server)
    {
        // The ten flow rates of the NIST handbook, 6.3.2.2.
        var rates = new[] { 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1 };
        var lines = string.Join('\n', rates.Select((rate, minute) => Line("d1", shift.AddHours(2).AddMinutes(minute), FormattableString.Invariant($"spindle_temperature={rate}"))));
        await PostAsync(server, lines);
        var path = $"/api/things/d1/control-chart?property=spindle_temperature&from={shift:yyyy-MM-ddTHH:mm:ssZ}&to={shift.AddHours(8):yyyy-MM-ddTHH:mm:ssZ}&lower=45&upper=56";
        var chart = await server.UntilAsync(path, answer => answer["points"]!.AsArray().Count == 10);
        Assert.Equal(50.81, (double)chart["limits"]!["centre"]!, 1e-9);
        Assert.Equal(55.8041, (double)chart["limits"]!["upper"]!, 1e-4);
        Assert.Equal((56 - 50.81) / (3 * 1.87777777778 / 1.128), (double)chart["capability"]!["cpk"]!, 1e-6);
    }

    private static async Task AssertRefusalsAsync(ServerProcess server)
    {
        foreach (var (path, code) in new[]
        {
            ("/api/things/d1/control-chart?property=nothing", "bad-property"),
            ("/api/things/d1/control-chart?property=spindle_temperature&chart=round", "bad-chart"),
            ("/api/things/d1/control-chart?property=spindle_temperature&chart=xbar-r&subgroup=1", "bad-subgroup"),
            ("/api/indicators?subject=moon", "bad-subject"),
        })
        {
            var answer = await server.Admin.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal(code, (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"]!);
        }

        var open = await server.Admin.PostAsJsonAsync("/api/indicators/sign-offs", new { party = "root", month = "2099-01" });
        Assert.Equal(HttpStatusCode.Conflict, open.StatusCode);
    }

    private async Task WriteAsync(ServerProcess server)
    {
        await PostAsync(server, string.Join('\n',
            from thing in new[] { (Id: "d1", Good: 90), (Id: "d2", Good: 75) }
            from reading in new[] { (Hour: 1, Produced: 0, Good: 0), (Hour: 5, Produced: 100, thing.Good), (Hour: 12, Produced: 100, thing.Good) }
            select Line(thing.Id, shift.AddHours(reading.Hour), FormattableString.Invariant($"produced_count={reading.Produced},good_count={reading.Good},ideal_cycle_time=60,state=\"producing\""))));
        // At noon too, or the five would count after all, only later: in the month, not in the shift.
        await PostAsync(server, $"{Line("d2", shift.AddHours(5), "good_count=70")}\n{Line("d2", shift.AddHours(12), "good_count=70")}");
    }

    private static string Line(string thing, DateTimeOffset at, string fields) =>
        string.Create(CultureInfo.InvariantCulture, $"d,machine={thing} {fields} {at.ToUnixTimeSeconds()}");

    private static async Task PostAsync(ServerProcess server, string lines) =>
        (await server.Admin.PostAsync("/write?db=factory&precision=s", new StringContent(lines))).EnsureSuccessStatusCode();
}
