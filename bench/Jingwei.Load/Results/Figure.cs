namespace Jingwei.Load.Results;

/// <summary>What was measured of one subject, run by run.</summary>
/// <param name="Scenario">The command that measured it.</param>
/// <param name="Measure">What it is, such as "stored".</param>
/// <param name="Unit">Its unit, such as "values/s".</param>
/// <param name="Subject">Of whom: <see cref="Report.Ours"/> or a peer.</param>
/// <param name="Runs">One value for each run, in their order; never empty.</param>
public sealed record Figure(string Scenario, string Measure, string Unit, string Subject, IReadOnlyList<double> Runs)
{
    /// <summary>The one in the middle; of an even number the mean of the two there.</summary>
    public double Median
    {
        get
        {
            var sorted = Runs.Order().ToList();
            var middle = sorted.Count / 2;
            return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    public double Least => Runs.Min();

    public double Most => Runs.Max();
}
