using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Facts;

/// <summary>The command `facts`: events captured over the REST binding of EPCIS, with the ledger behind them, and asked for by their objects.</summary>
public static class FactsCommand
{
    public const string Name = "facts";

    private const int Part = 250_000;
    private const int Traces = 20;

    private static readonly Option<long> Count = new("--events") { Description = "How many are captured at last.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Together = new("--together") { Description = "Events of a request.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Questions = new("--questions") { Description = "Queries by object.", DefaultValueFactory = _ => 2_000 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "EPCIS events captured durably with the ledger on, queried by object, and traced.") { Count, Together, Questions };
        shared.AddTo(command);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed, report => RunAsync(parsed.GetValue(Count), parsed.GetValue(Together), parsed.GetValue(Questions), report, cancellation), cancellation));
        return command;
    }

    private static async Task RunAsync(long count, int together, int questions, Report report, CancellationToken cancellation)
    {
        report.Set(Name, new JsonObject { ["events"] = count, ["together"] = together, ["questions"] = questions });
        await using var run = new FactsRun(new ServerUnderLoad(Layout.Server, Layout.Packs));
        await run.StartAsync(cancellation);
        await run.CaptureLineageAsync(cancellation);
        // The first requests compile what answers.
        await run.CaptureAsync(20_000, together, Part, _ => { }, cancellation);
        var rates = await run.CaptureAsync(count + 20_000, together, Part, Console.Error.WriteLine, cancellation);
        var behind = await run.FollowedAsync(cancellation);
        await run.AskAsync(questions / 10, cancellation);
        var asked = (await run.AskAsync(questions, cancellation)).Order().ToList();
        await run.TraceAsync(Traces / 4, cancellation);
        var traced = await run.TraceAsync(Traces, cancellation);
        await run.RestartAsync(cancellation);
        report.Add(
        [
            new(Name, "captured, durable, each 250,000", "1/s", Report.Ours, [.. rates]),
            new(Name, "ledger behind at the end", "s", Report.Ours, [behind.TotalSeconds]),
            new(Name, "query by object, median", "ms", Report.Ours, [asked[asked.Count / 2]]),
            new(Name, "query by object, p99", "ms", Report.Ours, [asked[(int)(asked.Count * 0.99)]]),
            new(Name, "backward trace of 2,000 ancestors", "ms", Report.Ours, [.. traced]),
            new(Name, "on disk each", "bytes", Report.Ours, [run.BytesEach()]),
            new(Name, "start after a kill", "s", Report.Ours, [run.ReadyAfter.TotalSeconds]),
        ]);
    }
}
