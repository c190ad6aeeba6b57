using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Lines;

/// <summary>The command `lines`: line protocol beside VictoriaMetrics and InfluxDB.</summary>
public static class LinesCommand
{
    public const string Name = "lines";

    private static readonly Option<long> Values = new("--values") { Description = "Values measured in each run, at least.", DefaultValueFactory = _ => 10_000_000 };
    private static readonly Option<long> WarmUp = new("--warm-up") { Description = "Values sent before, and shown apart (\"just started\").", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Hosts = new("--hosts") { Description = "Hosts, each with ten fields.", DefaultValueFactory = _ => 200 };
    private static readonly Option<int> Connections = new("--connections") { Description = "HTTP connections, each with its share of the hosts.", DefaultValueFactory = _ => 2 };
    private static readonly Option<int> Lines = new("--lines") { Description = "Lines in a request.", DefaultValueFactory = _ => 5000 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "TSBS cpu-only as line protocol over HTTP, until all is acknowledged and a query finds it; beside VictoriaMetrics and InfluxDB.")
        {
            Values, WarmUp, Hosts, Connections, Lines,
        };
        shared.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var shape = new LinesShape(
                parsed.GetValue(Hosts), parsed.GetValue(Connections), parsed.GetValue(Lines), parsed.GetValue(WarmUp), parsed.GetValue(Values));
            if (shape.Fault is { } fault)
            {
                await Console.Error.WriteLineAsync(fault);
                return 2;
            }

            return await shared.ReportAsync(
                parsed, report => RunAsync(shape, parsed.GetValue(shared.Runs), parsed.GetValue(shared.Subjects)!, report, cancellation), cancellation);
        });
        return command;
    }

    /// <summary>Runs it, and adds its figures to the report.</summary>
    private static async Task RunAsync(LinesShape shape, int runs, IReadOnlyCollection<string> wanted, Report report, CancellationToken cancellation)
    {
        var data = CpuLines.Make(shape);
        report.Set(Name, new JsonObject
        {
            ["runs"] = runs,
            ["hosts"] = shape.Hosts,
            ["connections"] = shape.Connections,
            ["linesARequest"] = shape.LinesARequest,
            ["warmUpValues"] = shape.Values(shape.WarmUpRequests),
            ["values"] = shape.Values(shape.MeasuredRequests),
            ["bytes"] = data.Requests.Sum(connection => connection.Skip(shape.WarmUpRequests).Sum(body => (long)body.Length)),
        });
        var subjects = new Subjects<ILineStore>(
            new(Report.Ours, null, () => new JingweiLines()),
            new("victoria-metrics", VictoriaMetrics.Program, () => new VictoriaMetrics(shape.Span)),
            new("influxdb", InfluxDb.Program, () => new InfluxDb()));
        var results = await subjects.RunAsync(Name, runs, wanted, report, store => LinesRun.RunAsync(store, data, cancellation));
        foreach (var (subject, figures) in results)
        {
            report.Add(LinesResult.Figures(subject, figures));
        }
    }
}
