using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Identifiers;

/// <summary>The command `identifiers`: registration to very many, resolution over HTTP beside a bare server, and over the Handle protocol.</summary>
public static class IdentifiersCommand
{
    public const string Name = "identifiers";

    private const string Bare = "bare kestrel";

    private static readonly Option<int> Count = new("--identifiers") { Description = "How many are registered at last.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections that resolve over HTTP.", DefaultValueFactory = _ => 64 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 8 };
    private static readonly Option<int> Window = new("--window") { Description = "Questions on their way in the Handle protocol.", DefaultValueFactory = _ => 256 };

    private static readonly Option<int> Warm = new("--warm") { Description = "Seconds of questions before the first measurement, so that the store has read what it keeps in memory.", DefaultValueFactory = _ => 8 };
    private static readonly Option<string?> Data = new("--data") { Description = "A data folder that stays: what an earlier run registered there is not registered again. By default one that goes." };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Identifiers registered by the million, resolved over HTTP beside a bare server of the same answer, and over UDP.") { Count, Connections, Seconds, Window, Warm, Data };
        shared.AddTo(command);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed,
            report => RunAsync(parsed.GetValue(Data), parsed.GetValue(Count), parsed.GetValue(Connections), TimeSpan.FromSeconds(parsed.GetValue(Seconds)), parsed.GetValue(Window), TimeSpan.FromSeconds(parsed.GetValue(Warm)), parsed.GetValue(shared.Runs), report, cancellation),
            cancellation));
        return command;
    }

    private static async Task RunAsync(string? data, int count, int connections, TimeSpan length, int window, TimeSpan warm, int runs, Report report, CancellationToken cancellation)
    {
        report.Set(Name, new JsonObject { ["identifiers"] = count, ["connections"] = connections, ["seconds"] = length.TotalSeconds, ["window"] = window, ["warm"] = warm.TotalSeconds });
        await using var run = new IdentifiersRun(new ServerUnderLoad(Layout.Server, Layout.Packs, data));
        await run.StartAsync(cancellation);
        // What is measured at a million is measured again at the end.
        foreach (var size in new[] { Math.Min(1_000_000, count), count }.Distinct().Where(size => size > run.Registered || size == count))
        {
            var rates = await run.RegisterAsync(size, Console.Error.WriteLine, cancellation);
            await run.RestartAsync(cancellation);
            var each = await run.BytesEachAsync(cancellation);
            report.Add(
            [
                .. rates.Count == 0 ? [] : (Figure[])[new($"{Name} {size:n0}", "registered, each million", "1/s", Report.Ours, [.. rates])],
                new($"{Name} {size:n0}", "on disk each", "bytes", Report.Ours, [each]),
                new($"{Name} {size:n0}", "start after a kill", "s", Report.Ours, [run.ReadyAfter.TotalSeconds]),
            ]);
            await ResolveAsync(run, $"{Name} {size:n0}", connections, length, window, warm, runs, report, cancellation);
        }
    }

    private static async Task ResolveAsync(
        IdentifiersRun run, string scenario, int connections, TimeSpan length, int window, TimeSpan warm, int runs, Report report, CancellationToken cancellation)
    {
        var (bareProcess, bareAddress) = await BareAnswer.StartAsync(await run.AnswerAsync(cancellation), cancellation);
        await using var bare = bareProcess;
        // The first answers compile what answers, and read what is kept; they are left out.
        run.AskByWire(warm, window, seed: 0);
        await run.ResolveAsync(null, connections, length, null, cancellation);
        await run.ResolveAsync(bareAddress, connections, length, null, cancellation);
        var (ours, theirs, late, bareLate, wire) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var number = 0; number < runs; number++)
        {
            var asked = await run.ResolveAsync(null, connections, length, null, cancellation);
            var half = await run.ResolveAsync(null, connections, length, asked.PerSecond / 2, cancellation);
            theirs.Add((await run.ResolveAsync(bareAddress, connections, length, null, cancellation)).PerSecond);
            bareLate.Add((await run.ResolveAsync(bareAddress, connections, length, asked.PerSecond / 2, cancellation)).At(0.99));
            var byWire = run.AskByWire(length, window, seed: number + 1);
            if (asked.Wrong + half.Wrong + byWire.Wrong > 0)
            {
                throw new InvalidOperationException($"{asked.Wrong + half.Wrong + byWire.Wrong} answers were wrong.");
            }

            ours.Add(asked.PerSecond);
            late.Add(half.At(0.99));
            wire.Add(byWire.Rate);
            await Console.Error.WriteLineAsync($"{scenario} {number + 1}: {asked.PerSecond:n0}/s beside {theirs[^1]:n0}/s bare, p99 {half.At(0.99):n2} ms beside {bareLate[^1]:n2} ms at {half.PerSecond:n0}/s, {byWire.Rate:n0}/s by UDP");
        }

        report.Add(
        [
            new(scenario, "resolved over HTTP", "1/s", Report.Ours, [.. ours]),
            new(scenario, "resolved over HTTP", "1/s", Bare, [.. theirs]),
            new(scenario, "p99 at half our rate", "ms", Report.Ours, [.. late]),
            new(scenario, "p99 at half our rate", "ms", Bare, [.. bareLate]),
            new(scenario, "resolved over UDP", "1/s", Report.Ours, [.. wire]),
        ]);
    }
}
