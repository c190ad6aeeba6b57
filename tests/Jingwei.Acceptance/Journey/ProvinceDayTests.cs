using System.Text.Json.Nodes;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Journey;

/// <summary>A province's day against the real server, beside whatever else is played: reports of many sources become incidents, each once.</summary>
public sealed class ProvinceDayTests(ITestOutputHelper output)
{
    private const string Flood = "ruian-flood";
    private const string Fire = "zhenhai-fire";

    // The first twenty-five minutes of the day in about half a minute.
    private const string Speed = "60";

    [Fact]
    public async Task Reports_of_many_sources_become_incidents_on_a_coloured_map()
    {
        await using var server = await ServerProcess.StartAsync(null, "demo", "--speed", Speed);

        await server.UntilAsync("/api/incidents?region=330381&limit=1", answer => Reports(answer) >= 25);
        await server.UntilAsync("/api/incidents?region=330211&limit=1", answer => Reports(answer) >= 20);
        var reports = await TruthfulReports.ReadAsync(server);
        var figures = PairFigures.Of([.. reports.Where(report => report.Stories.Count == 1).Select(report => (report.Stories[0], report.Incident))]);
        output.WriteLine(figures.ToString());

        // Floors, well below what was measured (README of the pack): a server that joins everything or nothing falls through them.
        Assert.True(figures.Precision > 0.6, figures.ToString());
        Assert.True(figures.Recall > 0.6, figures.ToString());
        var (flood, fire) = (Largest(reports, Flood), Largest(reports, Fire));
        Assert.NotEqual(flood.Incident, fire.Incident);
        Assert.True(flood.Share > 0.75 && fire.Share > 0.75, $"flood {flood}, fire {fire}");
        Assert.Subset(flood.Sources.ToHashSet(), new HashSet<string> { "hotline", "social", "department", "official", "media" });
        Assert.Subset(fire.Sources.ToHashSet(), new HashSet<string> { "hotline", "social", "department", "official", "media" });

        await OfficersActAsync(server);
        await FeedsAreAccountedForAsync(server);
        await MapIsColouredAsync(server);
        await TheOthersPlayOnAsync(server);
    }

    private static async Task OfficersActAsync(ServerProcess server)
    {
        // The flood's incident, whichever it has become: officers merge what is one.
        await server.UntilAsync(
            "/api/incidents?region=330381&severity=red", answer => answer["items"]!.AsArray().Any(each => (int)each!["reports"]! >= 20 && (string)each["state"]! != "reported"));
        var warnings = await server.UntilAsync("/api/warnings?inForce=true", answer => answer["items"]!.AsArray().Any(each => (bool)each!["own"]!));
        Assert.All(warnings["items"]!.AsArray(), warning => Assert.Contains("模拟", (string)warning!["headline"]!, StringComparison.Ordinal));

        // Anybody may read the warnings of a place that is not.
        Assert.Contains("<feed", await server.Anonymous.GetStringAsync("/cap/index.atom"), StringComparison.Ordinal);
    }

    private static async Task FeedsAreAccountedForAsync(ServerProcess server)
    {
        var feeds = (await server.UntilAsync(
            "/api/feeds", answer => answer["items"]!.AsArray().All(feed => (long)feed!["taken"]! + (long)feed["warnings"]! > 0)))["items"]!.AsArray();
        Assert.Equal(3, feeds.Count);
        Assert.All(feeds, feed =>
        {
            Assert.Null((string?)feed!["fault"]);
            Assert.Equal(0, (long)feed["refused"]!);
            Assert.Equal((long)feed["entries"]!, (long)feed["taken"]! + (long)feed["duplicates"]! + (long)feed["warnings"]!);
            Assert.EndsWith("（模拟）", (string)feed["name"]!);
        });
    }

    private static async Task MapIsColouredAsync(ServerProcess server)
    {
        // Officers raise both when they have seen enough.
        var map = Bands(await server.UntilAsync("/api/incidents/map?within=330000", answer => Bands(answer) is var bands && bands["330381"] == "red" && bands["330211"] == "red"));
        Assert.Equal(90, map.Count);
        Assert.True(map.Values.Count(band => band == "green") > 30);

        var ended = await server.UntilAsync("/api/incidents?open=false&limit=200", answer => answer["items"]!.AsArray().Count == 200);
        Assert.Contains(ended["items"]!.AsArray(), each => ((string)each!["id"]!).StartsWith("SIM-", StringComparison.Ordinal));
        Assert.Equal(6, (await server.GetAsync("/api/layers"))["items"]!.AsArray().Count);
    }

    private static async Task TheOthersPlayOnAsync(ServerProcess server)
    {
        var before = (long)(await server.GetAsync("/api/accounting"))["received"]!;
        await server.UntilAsync("/api/accounting", answer => (long)answer["received"]! > before);
        Assert.Equal(60, (double)(await server.GetAsync("/api/system"))["simulatedSpeed"]!);
    }

    private static Dictionary<string, string> Bands(JsonNode map) => map["items"]!.AsArray().ToDictionary(region => (string)region!["region"]!, region => (string)region!["band"]!);

    private static int Reports(JsonNode incidents) => incidents["items"]!.AsArray() is [{ } first, ..] ? (int)first["reports"]! : 0;

    // The incident that most of a story's reports came to, what share of them, and what kinds of sources.
    private static (string Incident, double Share, IEnumerable<string> Sources) Largest(IReadOnlyList<TruthfulReport> reports, string story)
    {
        var mine = reports.Where(report => report.Stories is [var only] && only == story).ToList();
        var main = mine.GroupBy(report => report.Incident).MaxBy(group => group.Count())!;
        return (main.Key, (double)main.Count() / mine.Count, main.Select(report => report.SourceKind).Distinct());
    }
}
