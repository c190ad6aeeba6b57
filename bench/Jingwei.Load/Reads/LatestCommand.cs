using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Load.Lines;
using Jingwei.Load.Results;

namespace Jingwei.Load.Reads;

/// <summary>The command `latest`: the newest value of many things in one request.</summary>
public static class LatestCommand
{
    public const string Name = "latest";

    private static readonly Option<int> Things = new("--things") { Description = "Things, each with one value.", DefaultValueFactory = _ => 100_000 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "The newest value of many things in one request, as JSON and as CSV.") { Things };
        command.Add(shared.Runs);
        command.Add(shared.Json);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed, report => RunAsync(parsed.GetValue(Things), parsed.GetValue(shared.Runs), report, cancellation), cancellation));
        return command;
    }

    private static async Task RunAsync(int things, int runs, Report report, CancellationToken cancellation)
    {
        await using var store = new JingweiLines();
        await store.StartAsync(cancellation);
        using var connection = new LineConnection(store);
        foreach (var chunk in Enumerable.Range(0, things).Chunk(5000))
        {
            connection.Post(Encoding.ASCII.GetBytes(string.Concat(chunk.Select(number =>
                $"cpu,hostname=host_{number} usage_user={number % 100}i {CpuLines.First.ToUnixTimeSeconds()}000000000\n"))));
        }

        report.Set(Name, new JsonObject { ["things"] = things });
        // The first answers compile what answers; they are left out.
        foreach (var (format, query) in ((string, string)[])[("JSON", $"limit={things}"), ("CSV", "format=csv")])
        {
            await AddAsync(format, query);
        }

        async Task AddAsync(string format, string query)
        {
            var path = $"/api/latest?type=host&property=usage_user&{query}";
            var found = Count(format, await Answer.ReadAsync(store.Api, path, cancellation));
            if (found != things)
            {
                report.Skip(Name, format, $"one answer holds {found} of {things} things");
                return;
            }

            await Answer.TimesAsync(store.Api, path, 2, Check, cancellation);
            report.Add([new(Name, $"one request, {format}", "ms", Report.Ours, await Answer.TimesAsync(store.Api, path, runs, Check, cancellation))]);

            void Check(Answer answer)
            {
                if (Count(format, answer) != things)
                {
                    throw new InvalidOperationException("An answer holds fewer things than the one before.");
                }
            }
        }
    }

    private static int Count(string format, Answer answer) => answer.Status != 200 ? 0
        : format == "JSON" ? JsonNode.Parse(answer.Body)!["items"]!.AsArray().Count
        : answer.Body.AsSpan().Count((byte)'\n') - 1;
}
