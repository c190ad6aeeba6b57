using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Lines;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Disk;

/// <summary>The command `disk`: bytes on the disk for each value, after each store has merged.</summary>
public static class DiskCommand
{
    public const string Name = "disk";

    private static readonly Option<long> Values = new("--values") { Description = "Values, at least.", DefaultValueFactory = _ => 10_000_000 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Bytes on the disk for each value of TSBS cpu-only, after merging; beside VictoriaMetrics and InfluxDB.") { Values };
        shared.AddTo(command);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed,
            async report =>
            {
                var shape = new LinesShape(200, 2, 5000, 0, parsed.GetValue(Values));
                var data = CpuLines.Make(shape);
                var values = shape.Values(shape.MeasuredRequests);
                report.Set(Name, new JsonObject { ["values"] = values });
                var subjects = new Subjects<ILineStore>(
                    new(Report.Ours, null, () => new JingweiLines()),
                    new("victoria-metrics", VictoriaMetrics.Program, () => new VictoriaMetrics(shape.Span)),
                    new("influxdb", InfluxDb.Program, () => new InfluxDb { CompactsSoon = true }));
                var results = await subjects.RunAsync(
                    Name, parsed.GetValue(shared.Runs), parsed.GetValue(shared.Subjects)!, report, store => RunAsync(store, data, cancellation));
                foreach (var (subject, runs) in results)
                {
                    report.Add(runs[0].Keys.Select(part => new Figure(
                        Name, part, "bytes/value", subject, [.. runs.Select(run => run.GetValueOrDefault(part) / (double)values)])));
                }
            },
            cancellation));
        return command;
    }

    private static async Task<IReadOnlyDictionary<string, long>> RunAsync(ILineStore store, CpuLines lines, CancellationToken cancellation)
    {
        await LinesRun.RunAsync(store, lines, cancellation);
        return await store.MergedBytesAsync(cancellation);
    }
}
