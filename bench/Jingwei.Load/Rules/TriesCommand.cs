using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Load.Lines;
using Jingwei.Load.Results;

namespace Jingwei.Load.Rules;

/// <summary>The command `tries`: a rule is tried on the past of many things, over HTTP.</summary>
public static class TriesCommand
{
    public const string Name = "tries";

    // Longer than the minute within which the server brings its rollups up to date.
    private static readonly TimeSpan RolledUp = TimeSpan.FromSeconds(70);

    private static readonly Option<int> Things = new("--things") { Description = "Things, each with one value a second.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> Hours = new("--hours") { Description = "Hours of values.", DefaultValueFactory = _ => 24 };
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "A data folder that stays: loaded by the first run, used by later ones." };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Rules tried on the past of many things, a value each second: until the first line of the answer, and in all.") { Things, Hours, Data };
        command.Add(shared.Runs);
        command.Add(shared.Json);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed, report => RunAsync(parsed, parsed.GetValue(shared.Runs), report, cancellation), cancellation));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, int runs, Report report, CancellationToken cancellation)
    {
        var (things, hours) = (parsed.GetValue(Things), parsed.GetValue(Hours));
        await using var store = new JingweiLines(parsed.GetValue(Data)?.FullName);
        await store.StartAsync(cancellation);
        var walk = new WalkLines(things, hours);
        await LoadAsync(store, walk, cancellation);
        report.Set(Name, new JsonObject { ["things"] = things, ["hours"] = hours, ["values"] = walk.Values });
        foreach (var (rule, when) in ((string, string)[])
            [("never true", "usage_user > 99"), ("a threshold", "usage_user > 98"), ("a window", "avg(usage_user, '1m') > 97.0")])
        {
            var tried = new List<(double FirstMs, double Seconds)>();
            var processor = store.Process.Processor;
            for (var run = 0; run < runs; run++)
            {
                tried.Add(await TryAsync(store.Api, when, hours, walk.Values, cancellation));
                await Console.Error.WriteLineAsync($"{Name}: memory {store.Process.Memory / 1048576} MiB, at most {store.Process.PeakMemory / 1048576}");
            }

            var spent = (store.Process.Processor - processor).TotalSeconds / runs;
            report.Add(
            [
                new(Name, $"{rule}: server's processor", "s", Report.Ours, [spent]),
                new(Name, $"{rule}: first line", "ms", Report.Ours, [.. tried.Select(each => each.FirstMs)]),
                new(Name, $"{rule}: in all", "s", Report.Ours, [.. tried.Select(each => each.Seconds)]),
                new(Name, $"{rule}: readings", "1/s", Report.Ours, [.. tried.Select(each => walk.Values / each.Seconds)]),
            ]);
        }

        report.Add([new(Name, "peak memory", "MiB", Report.Ours, [store.Process.PeakMemory / 1048576.0])]);
    }

    private static async Task LoadAsync(JingweiLines store, WalkLines walk, CancellationToken cancellation)
    {
        if (await store.CountAsync(cancellation) == walk.Values)
        {
            return;
        }

        var began = Stopwatch.GetTimestamp();
        await walk.SendAsync(store);
        while (await store.CountAsync(cancellation) < walk.Values)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellation);
        }

        await Console.Error.WriteLineAsync($"{Name}: {walk.Values} values are stored after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        await Task.Delay(RolledUp, TimeProvider.System, cancellation);
    }

    private static async Task<(double FirstMs, double Seconds)> TryAsync(HttpClient api, string when, int hours, long values, CancellationToken cancellation)
    {
        var asked = new { type = "host", when, @for = "5s", from = CpuLines.First, to = CpuLines.First.AddHours(hours) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/rules/try") { Content = JsonContent.Create(asked) };
        var began = Stopwatch.GetTimestamp();
        using var answer = (await api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)).EnsureSuccessStatusCode();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        var (first, last) = (0.0, "");
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            first = first == 0 ? Stopwatch.GetElapsedTime(began).TotalMilliseconds : first;
            last = line;
        }

        var totals = JsonNode.Parse(last)!["totals"]!;
        if ((long)totals["readings"]! != values)
        {
            throw new InvalidOperationException($"{values} readings were expected: {last}");
        }

        await Console.Error.WriteLineAsync($"{Name}: {when}: {last}");
        return (first, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
