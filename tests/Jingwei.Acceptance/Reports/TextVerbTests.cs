using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Reports;

/// <summary>The verbs of `text` of the built server, as programs that measure them use them: JSON lines in, JSON lines out, one for one and in order.</summary>
public sealed class TextVerbTests
{
    private static readonly string[] ParseFields = ["date", "province", "city", "county", "dead", "injured", "missing"];
    private static readonly string[] SpanLabels = ["Time", "Location", "Participant", "Object", "Denoter"];

    private static readonly string[] Reports =
    [
        """{"id":"a","title":"瑞安一化工厂爆炸","report_time":"2026-06-20","text":"今天上午9时许，浙江省瑞安市塘下镇一家化工厂发生爆炸，造成2人死亡，8人受伤。"}""",
        """{"id":"b","title":"","report_time":"2026-06-20","text":"瑞安塘下化工厂爆炸事故最新消息：死亡人数升至3人，12人受伤，无人失踪。"}""",
        """{"id":"c","title":"","time":"2026-06-20 10:00","text":"四川省宜宾市一辆客车与货车相撞，5人受伤。"}""",
    ];

    [Fact]
    public async Task Parse_answers_every_line_in_order_and_tells_none_from_not_stated()
    {
        var (code, lines, errors) = await RunAsync([.. Reports, "not JSON", """{"id":7,"text":"😀 13时，三楼着火，无人员伤亡。"}"""], "parse");

        Assert.Equal(1, code);
        Assert.Equal(["a", "b", "c", null, "7"], lines.Select(line => line["id"]?.ToString()));
        Assert.NotNull(lines[3]["error"]);
        Assert.Equal(("2026-06-20", "浙江", "温州市", "瑞安市", 2, 8), (
            (string)lines[0]["fields"]!["date"]!, (string)lines[0]["fields"]!["province"]!, (string)lines[0]["fields"]!["city"]!, (string)lines[0]["fields"]!["county"]!,
            (int)lines[0]["fields"]!["dead"]!, (int)lines[0]["fields"]!["injured"]!));
        Assert.Null(lines[0]["fields"]!["missing"]);
        Assert.Equal(0, (int)lines[4]["fields"]!["dead"]!);
        Assert.All(lines.Where(line => line["error"] is null), line =>
        {
            Assert.Equal(ParseFields, line["fields"]!.AsObject().Select(field => field.Key));
            Assert.All(line["spans"]!.AsArray(), span => Assert.Contains((string)span!["label"]!, SpanLabels));
        });

        // Offsets are UTF-16 units: the emoji counts two.
        const string text = "😀 13时，三楼着火，无人员伤亡。";
        var time = lines[4]["spans"]!.AsArray().Single(span => (string)span!["label"]! == "Time")!;
        Assert.EndsWith("13时", text[..(int)time["end"]!], StringComparison.Ordinal);
        Assert.DoesNotContain("{", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entities_and_routes_have_the_labels_of_their_corpora()
    {
        var (_, entities, _) = await RunAsync(["""{"id":1,"text":"浙江大学的王小明教授在北京接受记者采访。"}"""], "entities");
        Assert.Contains(entities.Single()["spans"]!.AsArray(), span => (string)span!["label"]! == "name" && (int)span["start"]! == 5 && (int)span["end"]! == 8);

        var (code, routes, _) = await RunAsync(["""{"id":1,"title":"小区楼下烧烤油烟扰民","text":"楼下烧烤店每天排放油烟，异味很重，影响居民生活，希望环保部门处理。"}"""], "route");
        Assert.Equal(0, code);
        var scores = routes.Single()["scores"]!.AsObject();
        Assert.Equal(7, scores.Count);
        Assert.Equal(1, scores.Sum(score => (double)score.Value!), 2);
        Assert.Equal(scores.MaxBy(score => (double)score.Value!).Key, (string)routes.Single()["label"]!);
    }

    [Fact]
    public async Task Pairs_say_which_reports_are_of_one_event()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Reports, TestContext.Current.CancellationToken);
        try
        {
            var (code, lines, _) = await RunAsync(["""{"a":"a","b":"b"}""", """{"a":"a","b":"c"}""", """{"a":"a","b":"nobody"}"""], "pairs", "--docs", file, "--what", "event");
            Assert.Equal(1, code);
            Assert.Equal([true, false], lines.Take(2).Select(line => (bool)line["same"]!));
            Assert.All(lines.Take(2), line => Assert.InRange((double)line["score"]!, 0, 1));
            Assert.NotNull(lines[2]["error"]);

            var (fine, issues, _) = await RunAsync(["""{"a":"b","b":"b"}"""], "pairs", "--docs", file, "--what", "issue");
            Assert.Equal((0, true), (fine, (bool)issues.Single()["same"]!));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int Code, IReadOnlyList<JsonNode> Lines, string Errors)> RunAsync(string[] input, params string[] verb)
    {
        var utf8 = new UTF8Encoding(false);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [ServerProcess.Program, "text", .. verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        foreach (var line in input)
        {
            await process.StandardInput.WriteLineAsync(line);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)], await errors);
    }
}
