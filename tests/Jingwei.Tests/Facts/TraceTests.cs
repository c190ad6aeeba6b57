using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Jingwei.Tests.Facts;

/// <summary>Traces over what was captured: completeness against a search over the same graph by hand, time, and rights.</summary>
public sealed class TraceTests(FactWorld world) : IClassFixture<FactWorld>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_trace_finds_what_a_search_over_the_whole_graph_finds(int seed)
    {
        // Each object is made out of some before it.
        var random = new Random(seed);
        const int Objects = 60;
        var made = Enumerable.Range(0, Objects).Select(each => each < 8 ? [] : Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(each)).Distinct().ToArray()).ToArray();
        await world.CaptureAsync("engineer", [.. made.Select((inputs, each) => inputs.Length == 0 ? Observed(Name(each), each) : Made(Name(each), [.. inputs.Select(Name)], each))]);
        for (var each = 0; each < Objects; each += 7)
        {
            Assert.Equal(Reached(each, at => made[at]), await NodesAsync(Name(each), "backward"));
            Assert.Equal(Reached(each, at => [.. Enumerable.Range(0, Objects).Where(other => made[other].Contains(at))]), await NodesAsync(Name(each), "forward"));
        }

        string Name(int each) => $"urn:x:graph{seed}:{each}";

        SortedSet<string> Reached(int from, Func<int, int[]> next)
        {
            var (found, waiting) = (new SortedSet<string>(StringComparer.Ordinal) { Name(from) }, new Queue<int>([from]));
            while (waiting.TryDequeue(out var at))
            {
                foreach (var other in next(at).Where(other => found.Add(Name(other))))
                {
                    waiting.Enqueue(other);
                }
            }

            return found;
        }
    }

    [Fact]
    public async Task A_crate_that_is_used_again_does_not_tie_its_contents_together()
    {
        await world.CaptureAsync(
            "engineer",
            Packed("urn:x:crate", "ADD", 1, "urn:x:crate:a"), Packed("urn:x:truck:1", "ADD", 2, "urn:x:crate"), Packed("urn:x:truck:1", "DELETE", 3, "urn:x:crate"),
            Packed("urn:x:crate", "DELETE", 4, "urn:x:crate:a"),
            Packed("urn:x:crate", "ADD", 5, "urn:x:crate:b"), Packed("urn:x:truck:2", "ADD", 6, "urn:x:crate"));
        Assert.Equal(["urn:x:crate", "urn:x:crate:a", "urn:x:truck:1"], await NodesAsync("urn:x:crate:a", "forward"));
        Assert.Equal(["urn:x:crate", "urn:x:crate:b", "urn:x:truck:2"], await NodesAsync("urn:x:crate:b", "forward"));
        Assert.Equal(["urn:x:crate", "urn:x:crate:a", "urn:x:truck:1"], await NodesAsync("urn:x:truck:1", "backward"));
        Assert.Equal(["urn:x:crate", "urn:x:crate:b", "urn:x:truck:2"], await NodesAsync("urn:x:truck:2", "backward"));
    }

    [Fact]
    public async Task What_left_a_box_does_not_go_where_the_box_goes_then()
    {
        await world.CaptureAsync(
            "engineer",
            Packed("urn:x:box", "ADD", 1, "urn:x:box:a", "urn:x:box:b"), Packed("urn:x:pallet", "ADD", 2, "urn:x:box"), Packed("urn:x:box", "DELETE", 3, "urn:x:box:a"),
            Packed("urn:x:ferry", "ADD", 4, "urn:x:pallet"));
        Assert.Equal(["urn:x:box", "urn:x:box:a", "urn:x:pallet"], await NodesAsync("urn:x:box:a", "forward"));
        Assert.Equal(["urn:x:box", "urn:x:box:b", "urn:x:ferry", "urn:x:pallet"], await NodesAsync("urn:x:box:b", "forward"));
        Assert.Equal(["urn:x:box", "urn:x:box:b", "urn:x:ferry", "urn:x:pallet"], await NodesAsync("urn:x:ferry", "backward"));
    }

    [Fact]
    public async Task A_transformation_in_parts_is_one_and_a_serial_is_of_its_lot()
    {
        const string Run = "\"transformationID\":\"urn:x:parts:run\"";
        await world.CaptureAsync(
            "engineer",
            $$"""{"type":"TransformationEvent","eventTime":"2026-03-01T08:00:01Z","eventTimeZoneOffset":"+08:00",{{Run}},"inputQuantityList":[{"epcClass":"urn:epc:class:lgtin:9520000.000005.L1","quantity":2.5,"uom":"KGM"}]}""",
            $$"""{"type":"TransformationEvent","eventTime":"2026-03-01T08:00:02Z","eventTimeZoneOffset":"+08:00",{{Run}},"outputEPCList":["urn:x:parts:out"]}""",
            """{"type":"ObjectEvent","eventTime":"2026-03-01T08:00:00Z","eventTimeZoneOffset":"+08:00","epcList":["urn:epc:id:sgtin:9520000.000006.S1"],"action":"ADD","ilmd":{"cbvmda:lotNumber":"L7"}}""",
            Made("urn:x:parts:board", ["urn:epc:id:sgtin:9520000.000006.S1"], 9));
        var back = await TraceAsync("urn:x:parts:out", "backward");
        var link = Assert.Single(back["links"]!.AsArray())!;
        Assert.Equal(("https://id.gs1.org/01/09520000000059/10/L1", "urn:x:parts:out", "transformation", 2.5, "KGM"), ((string?)link["from"], (string?)link["to"], (string?)link["kind"], (double)link["quantity"]!, (string?)link["uom"]));
        const string Lot = "https://id.gs1.org/01/09520000000066/10/L7";
        Assert.Equal([Lot, "https://id.gs1.org/01/09520000000066/21/S1", "urn:x:parts:board"], await NodesAsync("urn:x:parts:board", "backward"));
        Assert.Equal([Lot, "https://id.gs1.org/01/09520000000066/21/S1", "urn:x:parts:board"], await NodesAsync(Lot, "forward"));
    }

    [Fact]
    public async Task Where_rights_end_it_says_that_there_is_more_and_whom_to_ask()
    {
        await world.CaptureAsync("outsider", Made("urn:x:rights:panel", ["urn:x:rights:laminate"], 1));
        await world.CaptureAsync("engineer", Made("urn:x:rights:board", ["urn:x:rights:panel"], 2));
        var trace = await TraceAsync("urn:x:rights:board", "backward");
        Assert.Equal(["urn:x:rights:board", "urn:x:rights:panel"], trace["nodes"]!.AsArray().Select(node => (string)node!["id"]!).Order(StringComparer.Ordinal));
        var panel = trace["nodes"]!.AsArray().Single(node => (string)node!["id"]! == "urn:x:rights:panel")!;
        Assert.Equal(("plan", "二厂"), ((string?)panel["hidden"]![0]!["id"], (string?)panel["hidden"]![0]!["name"]));
        Assert.DoesNotContain("laminate", trace.ToJsonString(), StringComparison.Ordinal);
        var denied = await world.GetAsync("engineer", "/api/trace?id=urn:x:rights:laminate");
        var missing = await world.GetAsync("engineer", "/api/trace?id=urn:x:rights:nothing");
        Assert.Equal((HttpStatusCode.NotFound, missing.Text), (denied.Status, denied.Text));
    }

    [Fact]
    public async Task What_failed_boards_have_in_common_and_good_ones_have_not_comes_first()
    {
        await world.CaptureAsync(
            "engineer",
            Made("urn:x:common:resin", ["urn:x:common:barrel"], 1), Made("urn:x:common:lot:bad", ["urn:x:common:resin"], 2), Made("urn:x:common:lot:good", ["urn:x:common:resin"], 3),
            Made("urn:x:common:board:1", ["urn:x:common:lot:bad", "urn:x:common:foil:1"], 4), Made("urn:x:common:board:2", ["urn:x:common:lot:bad", "urn:x:common:foil:2"], 5),
            Made("urn:x:common:board:3", ["urn:x:common:lot:good", "urn:x:common:foil:1"], 6), Made("urn:x:common:board:4", ["urn:x:common:lot:good", "urn:x:common:foil:2"], 7));
        var answer = (await world.GetAsync("engineer", "/api/trace/common?id=urn:x:common:board:1&id=urn:x:common:board:2&other=urn:x:common:board:3&other=urn:x:common:board:4&other=urn:x:none")).Json;
        Assert.Equal((2, 2, false), ((int)answer["asked"]!, (int)answer["others"]!, (bool)answer["isCut"]!));
        Assert.Equal(
            [("urn:x:common:lot:bad", 2, 0, 1), ("urn:x:common:resin", 2, 2, 2), ("urn:x:common:barrel", 2, 2, 3)],
            answer["items"]!.AsArray().Select(item => ((string)item!["id"]!, (int)item["of"]!, (int)item["ofOthers"]!, (int)item["depth"]!)));
        Assert.Equal("TransformationEvent", (string?)answer["items"]![0]!["madeBy"]!["type"]);
        Assert.Null(answer["items"]![2]!["madeBy"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.GetAsync("engineer", "/api/trace/common")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", "/api/trace/common?id=urn:x:common:board:1")).Status);
    }

    [Fact]
    public async Task A_trace_that_is_cut_says_so_and_a_recall_is_a_file()
    {
        await world.CaptureAsync("engineer", [.. Enumerable.Range(0, 20).Select(each => Made($"urn:x:cut:{each:00}", ["urn:x:cut:lot"], each))]);
        var cut = await TraceAsync("urn:x:cut:lot", "forward", "&most=10");
        Assert.True((bool)cut["isCut"]!);
        Assert.Equal(10, cut["nodes"]!.AsArray().Count);
        Assert.False((bool)(await TraceAsync("urn:x:cut:lot", "forward"))["isCut"]!);
        var csv = await world.GetAsync("engineer", "/api/trace/recall?id=urn:x:cut:lot&format=csv");
        Assert.StartsWith("text/csv", csv.ContentType, StringComparison.Ordinal);
        Assert.Equal(22, csv.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static string At(int second) => TimeSpan.FromSeconds((8 * 3600) + second).ToString("c", CultureInfo.InvariantCulture);

    private static string Observed(string epc, int second) => FactWorld.Observed(epc, At(second));

    private static string Made(string epc, string[] inputs, int second) =>
        $$"""{"type":"TransformationEvent","eventTime":"2026-03-01T{{At(second)}}Z","eventTimeZoneOffset":"+08:00","inputEPCList":["{{string.Join("\",\"", inputs)}}"],"outputEPCList":["{{epc}}"]}""";

    private static string Packed(string parent, string action, int second, params string[] children) =>
        $$"""{"type":"AggregationEvent","eventTime":"2026-03-01T{{At(second)}}Z","eventTimeZoneOffset":"+08:00","parentID":"{{parent}}","childEPCs":["{{string.Join("\",\"", children)}}"],"action":"{{action}}"}""";

    private async Task<JsonNode> TraceAsync(string id, string direction, string more = "")
    {
        var answer = await world.GetAsync("engineer", $"/api/trace?id={Uri.EscapeDataString(id)}&direction={direction}{more}");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    private async Task<SortedSet<string>> NodesAsync(string id, string direction) =>
        new((await TraceAsync(id, direction))["nodes"]!.AsArray().Select(node => (string)node!["id"]!), StringComparer.Ordinal);
}
