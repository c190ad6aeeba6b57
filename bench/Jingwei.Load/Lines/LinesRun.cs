using System.Diagnostics;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Lines;

/// <summary>What one run of one store showed.</summary>
/// <param name="Stored">Values a second from the first byte sent until all are acknowledged and a query finds them.</param>
/// <param name="Acknowledged">Values a second until the last acknowledgement.</param>
/// <param name="First">As <paramref name="Stored"/>, of the warm-up: a server just started; 0 without a warm-up.</param>
/// <param name="ServerSeconds">Processor seconds of the server for a million values.</param>
/// <param name="LoadSeconds">Processor seconds of the load generator for a million values.</param>
/// <param name="OthersCores">Processors that were busy with neither of them meanwhile: more than a little, and the run says little.</param>
/// <param name="PeakMiB">The most resident memory of the server.</param>
public sealed record LinesResult(double Stored, double Acknowledged, double First, double ServerSeconds, double LoadSeconds, double OthersCores, double PeakMiB)
{
    /// <summary>The rows of the table that runs of a subject make.</summary>
    public static IEnumerable<Figure> Figures(string subject, IReadOnlyList<LinesResult> runs)
    {
        return
        [
            Of("stored", "values/s", run => run.Stored),
            Of("acknowledged", "values/s", run => run.Acknowledged),
            Of("stored, just started", "values/s", run => run.First),
            Of("server's processor", "s/M values", run => run.ServerSeconds),
            Of("load's processor", "s/M values", run => run.LoadSeconds),
            Of("others' processors", "busy", run => run.OthersCores),
            Of("peak memory", "MiB", run => run.PeakMiB),
        ];

        Figure Of(string measure, string unit, Func<LinesResult, double> value) => new(LinesCommand.Name, measure, unit, subject, [.. runs.Select(value)]);
    }
}

/// <summary>Sends all lines to one store, and ends when a query has found every value.</summary>
public static class LinesRun
{
    // Between two counts: counting takes its processor time from what is counted.
    private static readonly TimeSpan CountAgain = TimeSpan.FromMilliseconds(5);

    // Ours promises a second, VictoriaMetrics takes one; beyond this something is lost.
    private static readonly TimeSpan VisibleWithin = TimeSpan.FromSeconds(60);

    /// <summary>One run, from an empty data folder.</summary>
    /// <exception cref="InvalidOperationException">A request was refused, or a query does not find what was acknowledged.</exception>
    public static async Task<LinesResult> RunAsync(ILineStore store, CpuLines lines, CancellationToken cancellation)
    {
        await store.StartAsync(cancellation);
        var connections = lines.Requests.Select(_ => new LineConnection(store)).ToList();
        try
        {
            var warm = lines.Shape.Values(lines.Shape.WarmUpRequests);
            var all = warm + lines.Shape.Values(lines.Shape.MeasuredRequests);
            var first = await PhaseAsync(store, connections, lines, 0..lines.Shape.WarmUpRequests, warm, cancellation);
            var before = Spent.Now(store.Process);
            var phase = await PhaseAsync(store, connections, lines, lines.Shape.WarmUpRequests.., all, cancellation);
            var spent = Spent.Now(store.Process) - before;

            var (count, millions) = (all - warm, (all - warm) / 1e6);
            var found = await store.SumAsync(cancellation);
            return found == lines.Sum
                ? new(
                    count / phase.Found, count / phase.Acknowledged, warm == 0 ? 0 : warm / first.Found,
                    spent.Server / millions, spent.Load / millions, spent.Others / phase.Found, store.Process.PeakMemory / 1048576.0)
                : throw new InvalidOperationException($"The values sum up to {lines.Sum}; a query says {found}.");
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    /// <summary>Seconds until all was acknowledged, and until the question was asked that found all of it.</summary>
    private static async Task<(double Acknowledged, double Found)> PhaseAsync(
        ILineStore store, List<LineConnection> connections, CpuLines lines, Range requests, long expected, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(connections.Select((connection, number) => connection.PostAsync([.. lines.Requests[number].Take(requests)])));
        var acknowledged = Stopwatch.GetElapsedTime(started);
        await store.ShowAsync(cancellation);
        while (true)
        {
            // What the answer shows was there when the question came; how long a store takes to answer it is another measure.
            var asked = Stopwatch.GetElapsedTime(started);
            var count = await store.CountAsync(cancellation);
            if (count == expected)
            {
                return (acknowledged.TotalSeconds, asked.TotalSeconds);
            }

            if (count > expected || asked - acknowledged > VisibleWithin)
            {
                throw new InvalidOperationException($"{expected} values were acknowledged; a query finds {count}.");
            }

            await Task.Delay(CountAgain, TimeProvider.System, cancellation);
        }
    }
}
