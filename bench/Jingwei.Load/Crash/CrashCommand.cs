using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Crash;

/// <summary>The command `crash`: kills at random instants under load.</summary>
public static class CrashCommand
{
    public const string Name = "crash";

    private static readonly Option<int> Rounds = new("--rounds") { Description = "How many times the server is killed.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> Publishers = new("--publishers") { Description = "Devices that publish over MQTT QoS 1.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Writers = new("--writers") { Description = "Devices that post line protocol.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Of the random instants.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Longest = new("--longest") { Description = "Milliseconds of load before a kill, at most.", DefaultValueFactory = _ => 800 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Kills at random instants under MQTT and HTTP load; exit code 1 if anything acknowledged is missing, or anything is stored twice.")
        {
            Rounds, Publishers, Writers, Seed, Longest,
        };
        command.Add(shared.Json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = new RoundsPlan(
                parsed.GetValue(Rounds), parsed.GetValue(Publishers), parsed.GetValue(Writers), 100, parsed.GetValue(Seed), TimeSpan.FromMilliseconds(parsed.GetValue(Longest)));
            IReadOnlyList<string> faults = [];
            await shared.ReportAsync(parsed, async report => faults = await RunAsync(plan, report, cancellation), cancellation);
            foreach (var fault in faults)
            {
                Console.WriteLine(fault);
            }

            return faults.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>> RunAsync(RoundsPlan plan, Report report, CancellationToken cancellation)
    {
        await using var server = new ServerUnderLoad(Layout.Server, Layout.Packs);
        var result = await new CrashRounds(server, plan).RunAsync(Console.Error.WriteLine, cancellation);
        report.Set(Name, new JsonObject
        {
            ["rounds"] = plan.Rounds, ["publishers"] = plan.Publishers, ["writers"] = plan.Writers, ["seed"] = plan.Seed, ["longestMs"] = plan.Longest.TotalMilliseconds,
        });
        report.Add(
        [
            new(Name, "ready after a kill", "s", Report.Ours, result.Recoveries),
            new(Name, "acknowledged", "values", Report.Ours, [result.Acknowledged]),
            new(Name, "sent again", "values", Report.Ours, [result.Unsure]),
            new(Name, "missing", "values", Report.Ours, [result.Missing]),
            new(Name, "doubled", "values", Report.Ours, [result.Doubled]),
        ]);
        List<string> faults = [.. result.Faults];
        if (result.Missing != 0 || result.Doubled != 0)
        {
            faults.Add($"{result.Missing} acknowledged values are missing, {result.Doubled} are stored twice");
        }

        return faults;
    }
}
