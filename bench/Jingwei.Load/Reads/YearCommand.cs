using System.Buffers.Text;
using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Load.Lines;
using Jingwei.Load.Results;

namespace Jingwei.Load.Reads;

/// <summary>The command `year`: a year of one property, a value each second, read in buckets.</summary>
public static class YearCommand
{
    public const string Name = "year";

    private const int LinesARequest = 20_000;

    // Longer than the server takes to bring its rollups up to date (one minute).
    private static readonly TimeSpan RolledUp = TimeSpan.FromSeconds(70);

    private static readonly Option<int> Days = new("--days") { Description = "Days of values, one each second.", DefaultValueFactory = _ => 365 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "A year of one property, a value each second, loaded as line protocol; then read in buckets of an hour and of a minute.") { Days };
        command.Add(shared.Runs);
        command.Add(shared.Json);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed, report => RunAsync(parsed.GetValue(Days), parsed.GetValue(shared.Runs), report, cancellation), cancellation));
        return command;
    }

    private static async Task RunAsync(int days, int runs, Report report, CancellationToken cancellation)
    {
        await using var store = new JingweiLines();
        await store.StartAsync(cancellation);
        var lines = days * 86_400L;
        await Task.Factory.StartNew(() => Load(store, lines), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (await store.CountAsync(cancellation) < lines)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }

        report.Set(Name, new JsonObject { ["values"] = lines });
        await Console.Error.WriteLineAsync($"{Name}: {lines} values are stored");
        await AddAsync("1h", days * 24, "just loaded");
        await Task.Delay(RolledUp, TimeProvider.System, cancellation);
        await AddAsync("1h", days * 24, "rolled up");
        await AddAsync("1m", days * 1440, "rolled up");

        async Task AddAsync(string bucket, int points, string when)
        {
            var path = $"/api/things/host_0/readings?property=usage_user&bucket={bucket}"
                + $"&from={CpuLines.First.ToUnixTimeMilliseconds()}&to={CpuLines.First.AddDays(days).ToUnixTimeMilliseconds()}";
            var first = await Answer.ReadAsync(store.Api, path, cancellation);
            if (first.Status != 200)
            {
                report.Skip(Name, $"buckets of {bucket}", Encoding.UTF8.GetString(first.Body));
                return;
            }

            Check(first);
            report.Add(
            [
                new(Name, $"{bucket}, {when}, first", "ms", Report.Ours, [first.Ms]),
                new(Name, $"{bucket}, {when}", "ms", Report.Ours, await Answer.TimesAsync(store.Api, path, runs, Check, cancellation)),
            ]);

            void Check(Answer answer)
            {
                var found = JsonNode.Parse(answer.Body)!["points"]!.AsArray();
                if (found.Count != points || found.Sum(point => (long)point![4]!) != lines)
                {
                    throw new InvalidOperationException($"{points} points of {lines} values were expected; {found.Count} came.");
                }
            }
        }
    }

    private static void Load(JingweiLines store, long lines)
    {
        using var connection = new LineConnection(store);
        var line = Encoding.ASCII.GetBytes("cpu,hostname=host_0 usage_user=00i 0000000000000000000\n");
        var body = new byte[line.Length * LinesARequest];
        var random = new Random(1);
        var value = 50;
        for (var number = 0L; number < lines;)
        {
            var count = (int)Math.Min(LinesARequest, lines - number);
            for (var index = 0; index < count; index++, number++)
            {
                value = Math.Clamp(value + random.Next(-1, 2), 10, 99);
                var into = body.AsSpan(index * line.Length, line.Length);
                line.CopyTo(into);
                Utf8Formatter.TryFormat(value, into[(line.Length - 24)..], out _);
                Utf8Formatter.TryFormat((CpuLines.First.ToUnixTimeSeconds() + number) * 1_000_000_000, into[(line.Length - 20)..], out _);
            }

            connection.Post(body.AsSpan(0, count * line.Length));
        }
    }
}
