using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Jingwei.Load.Results;
using Jingwei.Server.Cases;

namespace Jingwei.Load.Cases;

/// <summary>The command `cases`: durable transitions in process, deadlines, and how long verifying takes.</summary>
public static class CasesCommand
{
    public const string Name = "cases";

    private static readonly Option<int> Open = new("--open") { Description = "Open cases with deadlines that are held meanwhile.", DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> Moved = new("--moved") { Description = "Cases that are taken through their life, five transitions each.", DefaultValueFactory = _ => 60_000 };
    private static readonly Option<int> Callers = new("--callers") { Description = "Who move cases on at once.", DefaultValueFactory = _ => 64 };
    private static readonly Option<long> Events = new("--events") { Description = "Events that are verified, at least; 0: verify nothing.", DefaultValueFactory = _ => 1_000_000 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Durable transitions of cases in process, deadlines that fire, and verification.") { Open, Moved, Callers, Events };
        shared.AddTo(command);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed,
            async report =>
            {
                var (open, moved, callers) = (parsed.GetValue(Open), parsed.GetValue(Moved), parsed.GetValue(Callers));
                report.Set(Name, new JsonObject { ["open"] = open, ["moved"] = moved, ["callers"] = callers });
                var runs = new List<Dictionary<string, (string Unit, double Value)>>();
                for (var run = 0; run < parsed.GetValue(shared.Runs); run++)
                {
                    Machine.SettleDisk();
                    runs.Add(await RunAsync(open, moved, callers, parsed.GetValue(Events)));
                    await Console.Error.WriteLineAsync($"{Name} {run + 1}: {string.Join(", ", runs[^1].Select(each => $"{each.Key} {each.Value.Value:n1} {each.Value.Unit}"))}");
                }

                report.Add(runs[0].Keys.Select(measure => new Figure(
                    Name, measure, runs[0][measure].Unit, Report.Ours, [.. runs.Select(each => each[measure].Value)])));
            },
            cancellation));
        return command;
    }

    private static async Task<Dictionary<string, (string Unit, double Value)>> RunAsync(int open, int moved, int callers, long events)
    {
        using var floor = new CaseFloor();
        await CaseMoves.RunAsync(floor, await floor.OpenAsync(5_000), callers);
        var started = Stopwatch.GetTimestamp();
        var ids = await floor.OpenAsync(open);
        var opened = open / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var together = await CaseMoves.RunAsync(floor, ids[..moved], callers);
        var alone = await CaseMoves.RunAsync(floor, await floor.OpenAsync(2_000), 1);
        var figures = new Dictionary<string, (string, double)>
        {
            ["opened"] = ("cases/s", opened),
            ["transitions"] = ("1/s", together.Rate),
            ["transition, processor"] = ("µs", together.ProcessorUs),
            ["transition p50"] = ("ms", together.Took.HalfMs),
            ["transition p99"] = ("ms", together.Took.P99Ms),
            ["transition, one caller"] = ("1/s", alone.Rate),
            ["transition, one caller p99"] = ("ms", alone.Took.P99Ms),
        };
        var late = await CaseLateness.RunAsync(floor);
        figures["deadline fired after p50"] = ("ms", late.HalfMs);
        figures["deadline fired after p99"] = ("ms", late.P99Ms);
        figures["deadline fired after, most"] = ("ms", late.MostMs);
        figures["transitions over HTTP"] = ("1/s", await CasesOverHttp.RunAsync(callers));
        if (events > 0)
        {
            await VerifyAsync(floor, events, callers, figures);
        }

        return figures;
    }

    private static async Task VerifyAsync(CaseFloor floor, long events, int callers, Dictionary<string, (string, double)> figures)
    {
        while (floor.Cases.LastPosition < events)
        {
            await CaseMoves.RunAsync(floor, await floor.OpenAsync(10_000), callers);
        }

        var started = Stopwatch.GetTimestamp();
        var verdict = CaseVerification.Run(floor.Database);
        figures["verify"] = ("s", Stopwatch.GetElapsedTime(started).TotalSeconds);
        figures["verified"] = ("events", verdict.Events);
        if (verdict.Altered.Count > 0)
        {
            throw new InvalidOperationException($"{verdict.Altered.Count} rows differ; the first is {verdict.Altered[0]}.");
        }
    }
}
