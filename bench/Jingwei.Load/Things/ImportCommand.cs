using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Things;

/// <summary>The command `import`: many things from a file, read, written, found and undone.</summary>
public static class ImportCommand
{
    public const string Name = "import";

    private static readonly Option<int> Things = new("--things") { Description = "Rows of the file.", DefaultValueFactory = _ => 100_000 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Things from a CSV file: preview, writing, search, undo.") { Things };
        command.Add(shared.Runs);
        command.Add(shared.Json);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed, report => RunAsync(parsed.GetValue(Things), parsed.GetValue(shared.Runs), report, cancellation), cancellation));
        return command;
    }

    private static async Task RunAsync(int things, int runs, Report report, CancellationToken cancellation)
    {
        report.Set(Name, new JsonObject { ["things"] = things });
        var measured = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        for (var run = 0; run < runs; run++)
        {
            await using var server = new ServerUnderLoad(Layout.Server, Layout.Packs);
            await server.StartAsync(cancellation);
            await MeasureAsync(server.Api, things, (measure, seconds) => (measured.TryGetValue(measure, out var all) ? all : measured[measure] = []).Add(seconds), cancellation);
        }

        report.Add(measured.Select(each => new Figure(Name, each.Key, "s", Report.Ours, each.Value)));
    }

    private static async Task MeasureAsync(HttpClient api, int things, Action<string, double> measured, CancellationToken cancellation)
    {
        var file = new StringBuilder("id,type,name,serial\n");
        for (var number = 0; number < things; number++)
        {
            file.Append("press-").Append(number).Append(",meter,").Append("冲压车间").Append(number).Append("号电表,SN-").Append(number).Append('\n');
        }

        var import = await TimeAsync("preview", () => PostAsync(api, "/api/imports?file=things.csv", new StringContent(file.ToString()), cancellation));
        var edit = await TimeAsync("written", () => PostAsync(api, $"/api/imports/{import["id"]}/apply", null, cancellation));
        Require((int)edit["made"]! == things, $"{edit["made"]} of {things} things were made.");
        var question = Uri.EscapeDataString($"车间{things - 1}号");
        var found = await TimeAsync("one found by part of its name", async () => (await api.GetFromJsonAsync<JsonNode>($"/api/search?q={question}", cancellation))!);
        Require((string)found["items"]![0]!["id"]! == $"press-{things - 1}", "The thing was not found.");
        var undone = await TimeAsync("undone", () => PostAsync(api, $"/api/edits/{edit["id"]}/undo", null, cancellation));
        Require((int)undone["takesBack"]! == things, $"{undone["takesBack"]} of {things} things were taken back.");

        async Task<JsonNode> TimeAsync(string measure, Func<Task<JsonNode>> work)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await work();
            measured(measure, Stopwatch.GetElapsedTime(started).TotalSeconds);
            return answer;
        }
    }

    private static async Task<JsonNode> PostAsync(HttpClient api, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var answer = await api.PostAsync(new Uri(path, UriKind.Relative), content, cancellation);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellation))!;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
