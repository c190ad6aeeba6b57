using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Jingwei.Load.Lines;
using Jingwei.Load.Results;

namespace Jingwei.Load.Soak;

/// <summary>The command `soak`: line protocol as fast as the server takes it, for minutes, and its resident memory meanwhile.</summary>
public static class SoakCommand
{
    public const string Name = "soak";

    private static readonly Option<int> Seconds = new("--seconds") { Description = "Length.", DefaultValueFactory = _ => 600 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Line protocol as fast as the server takes it, and its resident memory over time.") { Seconds };
        command.Add(shared.Json);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed, report => RunAsync(TimeSpan.FromSeconds(parsed.GetValue(Seconds)), report, cancellation), cancellation));
        return command;
    }

    private static async Task RunAsync(TimeSpan length, Report report, CancellationToken cancellation)
    {
        var pass = new LinesShape(200, 2, 5000, 0, 4_000_000);
        var lines = CpuLines.Make(pass);
        await using var store = new JingweiLines();
        await store.StartAsync(cancellation);
        var started = Stopwatch.GetTimestamp();
        var sending = Task.WhenAll(lines.Requests.Select((requests, _) => Task.Factory.StartNew(
            () => Send(store, requests, pass, () => Stopwatch.GetElapsedTime(started) >= length), TaskCreationOptions.LongRunning)));
        var memory = new List<double>();
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellation));
            memory.Add(store.Process.Memory / 1048576.0);
        }

        var values = (await sending).Sum();
        var took = Stopwatch.GetElapsedTime(started);
        while (await store.CountAsync(cancellation) is var count && count != values)
        {
            if (count > values)
            {
                throw new InvalidOperationException($"{values} values were acknowledged; a query finds {count}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }

        var quarter = memory.Count / 4;
        report.Set(Name, new JsonObject { ["seconds"] = took.TotalSeconds, ["values"] = values, ["memoryMiB"] = new JsonArray([.. memory.Select(each => (JsonNode)each)]) });
        report.Add(
        [
            new(Name, "acknowledged", "values/s", Report.Ours, [values / took.TotalSeconds]),
            new(Name, "memory, first quarter", "MiB", Report.Ours, memory[..quarter]),
            new(Name, "memory, last quarter", "MiB", Report.Ours, memory[^quarter..]),
            new(Name, "peak memory", "MiB", Report.Ours, [store.Process.PeakMemory / 1048576.0]),
        ]);
    }

    // The same values again and again, each time later by the time that they span.
    private static long Send(JingweiLines store, IReadOnlyList<ReadOnlyMemory<byte>> requests, LinesShape pass, Func<bool> isOver)
    {
        using var connection = new LineConnection(store);
        var bodies = requests.Select(request => new LaterLines(request, pass.Span + TimeSpan.FromSeconds(CpuLines.StepSeconds))).ToList();
        var sent = 0L;
        while (true)
        {
            foreach (var body in bodies)
            {
                if (isOver())
                {
                    return sent;
                }

                connection.Post(body.Next());
                sent += pass.LinesARequest * CpuLines.Fields.Count;
            }
        }
    }
}
