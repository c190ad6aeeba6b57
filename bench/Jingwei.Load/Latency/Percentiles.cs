using Jingwei.Load.Results;

namespace Jingwei.Load.Latency;

/// <summary>What acknowledgements took.</summary>
/// <param name="Rate">Values a second that were asked for.</param>
public sealed record Percentiles(double Rate, double HalfMs, double P99Ms, double MostMs)
{
    /// <summary>Of times in milliseconds, none left out.</summary>
    public static Percentiles Of(double rate, List<double> took)
    {
        took.Sort();
        return new(rate, At(0.5), At(0.99), took[^1]);

        // The nearest rank: the least of which so many are not greater.
        double At(double part) => took[(int)Math.Ceiling(part * took.Count) - 1];
    }

    /// <summary>The rows of the table that runs make.</summary>
    public static IEnumerable<Figure> Figures(string scenario, IReadOnlyList<Percentiles> runs) =>
    [
        new(scenario, "asked", "values/s", Report.Ours, [.. runs.Select(run => run.Rate)]),
        new(scenario, "p50", "ms", Report.Ours, [.. runs.Select(run => run.HalfMs)]),
        new(scenario, "p99", "ms", Report.Ours, [.. runs.Select(run => run.P99Ms)]),
        new(scenario, "most", "ms", Report.Ours, [.. runs.Select(run => run.MostMs)]),
    ];
}

/// <summary>What one run of one protocol showed.</summary>
/// <param name="Top">Values a second when each connection sends as soon as it may.</param>
public sealed record LatencyResult(double Top, Percentiles Steady, Percentiles Half);
