using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Rules.Trying;

/// <summary>Puts things together into groups, in their order: as many as a query may bring the whole past of.</summary>
internal sealed class PastGroups(
    TriedRule tried, IReadOnlyList<Thing> things, SeriesRegistry series, ReadingQueries queries, RuleTryProgress progress, long from, long to,
    TryLimits limits)
{
    // What an hour that was looked at weighs beside a reading that was read.
    private const int ReadingsAnHour = 4;

    private int next;

    // The first group is small, so that there is something to tell soon; later ones are at most twice as large as one before.
    private int size = 1;

    /// <summary>The next group; null behind the last.</summary>
    public PastGroup? Next()
    {
        List<ThingPast> pasts = [];
        var counters = new RuleCounters();
        for (var inputs = 0; next < things.Count && pasts.Count < size && inputs < PastGroup.MostSeries; next++)
        {
            if (tried.Plan.For(things[next].Type) is not { } plan)
            {
                progress.Skip();
                continue;
            }

            pasts.Add(new ThingPast(things[next], plan, counters, series, from, to, () => progress.IsTelling));
            inputs += pasts[^1].Runs.Count();
        }

        return pasts.Count == 0 ? null : new PastGroup(pasts, counters, queries, limits);
    }

    /// <summary>Takes into account how much there was to do for a group.</summary>
    public void Learn(PastGroup done)
    {
        var hours = done.Pasts.Count(past => past.AllowsHours) * (to - from) / HourSums.Width * ReadingsAnHour;
        var each = (done.Pasts.Sum(past => past.Readings) + hours) / done.Pasts.Count;
        size = (int)Math.Clamp(limits.Readings / Math.Max(1, each), 1, Math.Min(2 * size, PastGroup.MostSeries));
    }
}
