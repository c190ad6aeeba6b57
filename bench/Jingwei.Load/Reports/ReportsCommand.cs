using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Reports;

/// <summary>The command `reports`: reports structured and matched against many incidents, how soon they are shown, a month of the map.</summary>
public static class ReportsCommand
{
    public const string Name = "reports";

    private static readonly Option<int> Archived = new("--archived") { Description = "Incidents of the last month that are there before.", DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> Count = new("--reports") { Description = "Reports that are sent as fast as they are taken.", DefaultValueFactory = _ => 12_000 };
    private static readonly Option<int> PerSecond = new("--per-second") { Description = "Reports a second of the steady stream.", DefaultValueFactory = _ => 50 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long the steady stream lasts.", DefaultValueFactory = _ => 30 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Reports over HTTP against many incidents: structured and matched a second, how soon they are shown, a month of the map.") { Archived, Count, PerSecond, Seconds };
        shared.AddTo(command);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed,
            async report =>
            {
                var (archived, count) = (parsed.GetValue(Archived), parsed.GetValue(Count));
                report.Set(Name, new JsonObject { ["archived"] = archived, ["reports"] = count, ["perSecond"] = parsed.GetValue(PerSecond), ["seconds"] = parsed.GetValue(Seconds) });
                var runs = new List<Dictionary<string, (string Unit, double Value)>>();
                for (var run = 0; run < parsed.GetValue(shared.Runs); run++)
                {
                    Machine.SettleDisk();
                    runs.Add(await RunAsync(archived, count, parsed.GetValue(PerSecond), parsed.GetValue(Seconds)));
                    await Console.Error.WriteLineAsync($"{Name} {run + 1}: {string.Join(", ", runs[^1].Select(each => $"{each.Key} {each.Value.Value:n1} {each.Value.Unit}"))}");
                }

                report.Add(runs[0].Keys.Select(measure => new Figure(Name, measure, runs[0][measure].Unit, Report.Ours, [.. runs.Select(each => each[measure].Value)])));
            },
            cancellation));
        return command;
    }

    private static async Task<Dictionary<string, (string Unit, double Value)>> RunAsync(int archived, int count, int perSecond, int seconds)
    {
        var server = new ServerUnderLoad(Layout.Server, Layout.Packs);
        await using var run = new ReportsRun(server);
        await run.StartAsync();
        var figures = new Dictionary<string, (string, double)> { ["archive"] = ("incidents/s", await run.ArchiveAsync(archived)) };
        await run.FlatOutAsync(count / 10, seed: 2);
        var flatOut = await run.FlatOutAsync(count, seed: 3);
        figures["taken in"] = ("reports/s", flatOut.Taken);
        figures["structured and matched"] = ("reports/s", flatOut.Settled);
        var steady = await run.SteadyAsync(perSecond, seconds, seed: 4);
        figures["shown after p50"] = ("ms", At(steady, 0.5));
        figures["shown after p95"] = ("ms", At(steady, 0.95));
        figures["shown after, most"] = ("ms", steady[^1]);
        await run.AskAsync("/api/incidents/map/history?kind=county", 3);
        var history = await run.AskAsync("/api/incidents/map/history?kind=county", 40);
        figures["a month of the map p50"] = ("ms", At(history, 0.5));
        figures["a month of the map p95"] = ("ms", At(history, 0.95));
        figures["list of incidents p95"] = ("ms", At(await run.AskAsync("/api/incidents?limit=100", 40), 0.95));
        figures["open incidents"] = ("", await run.OpenAsync());
        figures["memory"] = ("MiB", server.Process.Memory / 1048576d);
        return figures;
    }

    private static double At(IReadOnlyList<double> ascending, double share) => ascending[(int)Math.Ceiling((ascending.Count * share) - 1)];
}
