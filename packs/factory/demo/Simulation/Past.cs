namespace Jingwei.Demo.Factory.Simulation;

/// <summary>Runs a plant up to now and keeps what its machines would have reported on the way.</summary>
internal static class Past
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WarmUp = TimeSpan.FromHours(6);
    private static readonly Cadence Sampling = new(TimeSpan.FromMinutes(5), Repeat: false);

    /// <summary>
    /// Fills the buffers first, so that a plant never starts empty, and records from <paramref name="from"/> to
    /// <paramref name="to"/>; between the two it calls <paramref name="beforeRecording"/>, where counters are continued.
    /// </summary>
    /// <returns>The reports of each machine, in time order, in the order of <paramref name="recorders"/>.</returns>
    public static IReadOnlyList<List<Report>> Run(
        Plant plant, IReadOnlyList<Recorder> recorders, DateTimeOffset from, DateTimeOffset to, Action beforeRecording)
    {
        for (var now = from - WarmUp; now < from; now += Step)
        {
            plant.Step(now, Step);
        }

        beforeRecording();
        var reports = recorders.Select(_ => new List<Report>()).ToList();
        for (var now = from; now < to; now += Step)
        {
            plant.Step(now, Step);
            for (var index = 0; index < recorders.Count; index++)
            {
                if (recorders[index].Collect(now, Sampling, speed: 1) is { } report)
                {
                    reports[index].Add(report);
                }
            }
        }

        return reports;
    }
}
