using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load;
using Jingwei.Load.Cases;
using Jingwei.Load.Corrections;
using Jingwei.Load.Crash;
using Jingwei.Load.Disk;
using Jingwei.Load.Facts;
using Jingwei.Load.Fanout;
using Jingwei.Load.Handles;
using Jingwei.Load.Identifiers;
using Jingwei.Load.Idle;
using Jingwei.Load.Latency;
using Jingwei.Load.Lines;
using Jingwei.Load.Publish;
using Jingwei.Load.Reads;
using Jingwei.Load.Relay;
using Jingwei.Load.Reports;
using Jingwei.Load.Rules;
using Jingwei.Load.Servers;
using Jingwei.Load.Soak;
using Jingwei.Load.Things;

var clients = new Option<int>("--clients") { Description = "MQTT clients, each a thing with its own secret.", DefaultValueFactory = _ => 200 };
var rate = new Option<int>("--rate") { Description = "Readings a second over all clients, one a message, QoS 1.", DefaultValueFactory = _ => 10_000 };
var seconds = new Option<int>("--seconds") { Description = "Length of the run.", DefaultValueFactory = _ => 60 };
var killAfter = new Option<int?>("--kill-after") { Description = "Seconds after which the server is killed (SIGKILL) and started again; none by default." };
var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
var mqtt = new Command("mqtt", "Readings over MQTT; nothing that was acknowledged may be lost or stored twice.") { clients, rate, seconds, killAfter, json };
mqtt.SetAction(async (parsed, cancellation) =>
{
    var plan = new CrashPlan(
        parsed.GetValue(clients),
        parsed.GetValue(rate),
        TimeSpan.FromSeconds(parsed.GetValue(seconds)),
        parsed.GetValue(killAfter) is { } kill ? TimeSpan.FromSeconds(kill) : null);
    await using var server = new ServerUnderLoad(Layout.Server, Layout.Packs);
    var result = await CrashRun.RunAsync(server, plan, Console.Error.WriteLine, cancellation);
    Print(plan, result, parsed.GetValue(json));
    return result.Faults.Count == 0 ? 0 : 1;
});
var runs = new Option<int>("--runs") { Description = "How many times the server is started.", DefaultValueFactory = _ => 5 };
var start = new Command("start", "Start to ready, and memory when idle, on an empty data folder.") { runs };
start.SetAction(async (parsed, cancellation) =>
{
    var found = await StartRun.StartsAsync(parsed.GetValue(runs), cancellation);
    Console.WriteLine($"ready after {Spread(found.Select(each => each.Seconds))} s; idle memory {Spread(found.Select(each => each.Memory / 1048576.0))} MiB (minimum, median, maximum)");
});
var readings = new Option<int>("--readings") { Description = "Readings, one after the other.", DefaultValueFactory = _ => 200 };
var shown = new Command("shown", "From publishing a reading over MQTT QoS 1 until the API shows it as the latest.") { readings };
shown.SetAction(async (parsed, cancellation) =>
    Console.WriteLine($"shown after {Spread(await StartRun.LatencyAsync(parsed.GetValue(readings), cancellation))} ms (minimum, median, maximum)"));
var shared = new SharedOptions();
return await new RootCommand("End-to-end load on the server, through its outside surface alone.") { LinesCommand.Create(shared), PublishCommand.Create(shared), FanoutCommand.Create(shared), RelayCommand.Create(shared), CrashCommand.Create(shared), CorrectionsCommand.Create(shared), LatencyCommand.Create(shared), IdleCommand.Create(shared), BareKestrel.CreateServer(), LatestCommand.Create(shared), YearCommand.Create(shared), ImportCommand.Create(shared), DiskCommand.Create(shared), SoakCommand.Create(shared), CasesCommand.Create(shared),
    ReportsCommand.Create(shared), FactsCommand.Create(shared), IdentifiersCommand.Create(shared), BareAnswer.CreateServer(), RulesCommand.Create(), HandlesCommand.Create(), TriesCommand.Create(shared), mqtt, start, shown }.Parse(args).InvokeAsync();

static void Print(CrashPlan plan, CrashResult result, bool json)
{
    if (json)
    {
        Console.WriteLine(new JsonObject
        {
            ["clients"] = plan.Clients,
            ["rate"] = plan.Rate,
            ["seconds"] = Math.Round(result.Took.TotalSeconds, 2),
            ["acknowledged"] = result.Acknowledged,
            ["resent"] = result.Resent,
            ["stored"] = result.Stored,
            ["accounting"] = result.Accounting.DeepClone(),
            ["memoryBytes"] = result.PeakMemory,
            ["faults"] = new JsonArray([.. result.Faults.Select(fault => (JsonNode)fault)]),
        });
        return;
    }

    Console.WriteLine($"clients {plan.Clients}, asked {plan.Rate}/s for {plan.Length.TotalSeconds:f0} s, took {result.Took.TotalSeconds:f1} s: {result.Acknowledged / result.Took.TotalSeconds:f0} acknowledged/s");
    Console.WriteLine($"acknowledged {result.Acknowledged}, sent {result.Sent} ({result.Resent} again), stored {result.Stored}, distinct {result.Distinct}, memory {result.PeakMemory / 1048576} MiB");
    Console.WriteLine($"accounting {result.Accounting.ToJsonString()}");
    Console.WriteLine(result.Faults.Count == 0 ? "nothing lost, nothing doubled, all accounted for" : string.Join('\n', result.Faults));
}

static string Spread(IEnumerable<double> values)
{
    var sorted = values.Order().ToList();
    return FormattableString.Invariant($"{sorted[0]:f2}, {sorted[sorted.Count / 2]:f2}, {sorted[^1]:f2}");
}
