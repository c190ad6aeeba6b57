using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Load.Lines;
using Jingwei.Load.Results;

namespace Jingwei.Load.Rules;

/// <summary>The command `tries`: a rule is tried on the past of many things, over HTTP.</summary>
public static class TriesCommand
{
    public const string Name = "tries";

    // Of one thing in a request: an hour.
    private const int SecondsARequest = 3600;

    private static readonly Option<int> Things = new("--things") { Description = "Things, each with one value a second.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> Hours = new("--hours") { Description = "Hours of values.", DefaultValueFactory = _ => 24 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Rules tried on the past of many things, a value each second: until the first line of the answer, and in all.") { Things, Hours };
        command.Add(shared.Runs);
        command.Add(shared.Json);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed, report => RunAsync(parsed.GetValue(Things), parsed.GetValue(Hours), parsed.GetValue(shared.Runs), report, cancellation), cancellation));
        return command;
    }

    private static async Task RunAsync(int things, int hours, int runs, Report report, CancellationToken cancellation)
    {
        await using var store = new JingweiLines();
        await store.StartAsync(cancellation);
        var values = (long)things * hours * SecondsARequest;
        await Task.Factory.StartNew(() => Load(store, things, hours), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (await store.CountAsync(cancellation) < values)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellation);
        }

        report.Set(Name, new JsonObject { ["things"] = things, ["hours"] = hours, ["values"] = values });
        await Console.Error.WriteLineAsync($"{Name}: {values} values are stored");
        foreach (var (rule, when) in ((string, string)[])[("a threshold", "usage_user > 98"), ("a window", "avg(usage_user, '1m') > 97.0")])
        {
            var tried = new List<(double FirstMs, double Seconds)>();
            for (var run = 0; run < runs; run++)
            {
                tried.Add(await TryAsync(store.Api, when, hours, values, cancellation));
            }

            report.Add(
            [
                new(Name, $"{rule}: first line", "ms", Report.Ours, [.. tried.Select(each => each.FirstMs)]),
                new(Name, $"{rule}: readings", "1/s", Report.Ours, [.. tried.Select(each => values / each.Seconds)]),
            ]);
        }
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

    // Each thing walks at random between 10 and 99, by an hour at a time, so that all things go on together.
    private static void Load(JingweiLines store, int things, int hours)
    {
        using var connection = new LineConnection(store);
        var random = new Random(1);
        var values = new int[things];
        Array.Fill(values, 50);
        var body = new StringBuilder();
        for (var hour = 0; hour < hours; hour++)
        {
            for (var thing = 0; thing < things; thing++)
            {
                body.Clear();
                var time = CpuLines.First.AddHours(hour).ToUnixTimeSeconds();
                for (var second = 0; second < SecondsARequest; second++)
                {
                    values[thing] = Math.Clamp(values[thing] + random.Next(-1, 2), 10, 99);
                    body.Append(System.Globalization.CultureInfo.InvariantCulture, $"cpu,hostname=host_{thing} usage_user={values[thing]}i {time + second}000000000\n");
                }

                connection.Post(Encoding.ASCII.GetBytes(body.ToString()));
            }
        }
    }
}
