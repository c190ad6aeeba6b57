using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Results;

namespace Jingwei.Load.Latency;

/// <summary>How much and how long.</summary>
/// <param name="Rate">Values a second of the first part.</param>
/// <param name="Measured">Length of a part.</param>
public sealed record LatencyPlan(double Rate, TimeSpan Measured);

/// <summary>The command `latency`: what an acknowledgement takes at a steady rate, and at half of what the server takes at most.</summary>
public static class LatencyCommand
{
    public const string Name = "latency";

    private static readonly Option<double> Rate = new("--rate") { Description = "Values a second of the first part; the second has half of the most.", DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Length of a part.", DefaultValueFactory = _ => 10 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "From when a reading is due until it is acknowledged, over MQTT QoS 1 and over HTTP, at a steady rate and at half of the top rate.") { Rate, Seconds };
        command.Add(shared.Runs);
        command.Add(shared.Json);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed,
            async report =>
            {
                var plan = new LatencyPlan(parsed.GetValue(Rate), TimeSpan.FromSeconds(parsed.GetValue(Seconds)));
                report.Set(Name, new JsonObject { ["rate"] = plan.Rate, ["seconds"] = plan.Measured.TotalSeconds });
                await AddAsync("MQTT", () => new MqttLatency(plan).RunAsync(cancellation), parsed.GetValue(shared.Runs), report);
                await AddAsync("HTTP", () => new HttpLatency(plan).RunAsync(cancellation), parsed.GetValue(shared.Runs), report);
            },
            cancellation));
        return command;
    }

    private static async Task AddAsync(string protocol, Func<Task<LatencyResult>> measure, int runs, Report report)
    {
        var results = new List<LatencyResult>();
        for (var run = 0; run < runs; run++)
        {
            Machine.SettleDisk();
            results.Add(await measure());
            await Console.Error.WriteLineAsync($"{Name} {protocol} {run + 1}/{runs}: {results[^1]}");
        }

        report.Add([new($"{Name} {protocol}", "top rate", "values/s", Report.Ours, [.. results.Select(result => result.Top)])]);
        report.Add(Percentiles.Figures($"{Name} {protocol}, steady", results.ConvertAll(result => result.Steady)));
        report.Add(Percentiles.Figures($"{Name} {protocol}, half of top", results.ConvertAll(result => result.Half)));
    }
}
