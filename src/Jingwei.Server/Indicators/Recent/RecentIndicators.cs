using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators.Recent;

/// <param name="Step">Which stretch it is about, from 0.</param>
public sealed record RecentValue(int Step, IndicatorValue Value);

/// <summary>
/// Indicators over the time up to now, however much of it is asked for: counted anew from the engine by the same tallies and formulas
/// as hours, shifts and days, and never stored.
/// </summary>
public sealed class RecentIndicators(LiveIndicators live, ThingTree tree, ReadSamples read, TimeProvider time)
{
    /// <summary>Most series that are read at once; a shift of a plant with three hundred machines.</summary>
    public const int MostSeries = 4000;

    /// <summary>Most stretches that a time is cut into: more points do not fit on a chart.</summary>
    public const int MostSteps = 240;

    // The engine shows what was accepted within a second, and machines send what they have every few seconds.
    private const long Settle = 2_000_000;

    private static readonly IndicatorWindow[] Kinds = Enum.GetValues<IndicatorWindow>();

    /// <summary>The values of things over each of <paramref name="steps"/> stretches that <paramref name="last"/> is cut into, oldest first; null when that takes more than <see cref="MostSeries"/>.</summary>
    /// <param name="indicator">Null for all that the things have.</param>
    public async Task<IReadOnlyList<RecentValue>?> ValuesAsync(
        IReadOnlyCollection<Thing> things, string? indicator, TimeSpan last, int steps, CancellationToken cancellation)
    {
        var plan = live.Plan;
        var wanted = things
            .SelectMany(thing => plan.For(thing.Type).Where(each => indicator is null || each.Indicator.Id == indicator).Select(each => (Thing: thing, each.Indicator)))
            .ToList();
        var counted = Counted(plan, wanted.Select(each => each.Indicator.Id));
        var series = wanted.SelectMany(each => SeriesOf(plan, each.Thing, counted)).Distinct().Take(MostSeries + 1).ToList();
        if (series.Count > MostSeries)
        {
            return null;
        }

        var to = Instant.Of(time.GetUtcNow()) - Settle;
        var step = Instant.Of(last) / steps;
        var from = to - (step * steps);
        var runs = series.Count == 0 ? new Dictionary<(string, string), SampleRun>() : await read(new SampleQuery(series, from, to, 0), cancellation);
        var own = runs.GroupBy(each => each.Key.Item1).ToDictionary(
            group => group.Key, group => group.ToDictionary(each => each.Key.Item2, each => each.Value, StringComparer.Ordinal), StringComparer.Ordinal);
        return
        [
            .. Enumerable.Range(0, steps).SelectMany(index =>
                Over(plan, wanted, own, from + (step * index), from + (step * (index + 1))).Select(value => new RecentValue(index, value))),
        ];
    }

    // What is counted for indicators and for those that they are made from.
    private static HashSet<TallyKind> Counted(IndicatorPlan plan, IEnumerable<string> indicators)
    {
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>(indicators));
        while (open.TryDequeue(out var id))
        {
            if (seen.Add(id) && plan.Find(id) is { } planned)
            {
                foreach (var input in planned.Indicator.Inputs.Where(input => input.Kind is InputKind.Children or InputKind.Indicator))
                {
                    open.Enqueue(input.Source);
                }
            }
        }

        return [.. seen.Select(plan.Find).OfType<PlannedIndicator>().SelectMany(planned => planned.Tallies).OfType<TallyKind>()];
    }

    private IEnumerable<(string Thing, string Property)> SeriesOf(IndicatorPlan plan, Thing thing, HashSet<TallyKind> counted) =>
        from below in tree.Subtree(thing)
        from kind in Kinds
        from tally in plan.TalliesFor(below.Type, kind)
        where counted.Contains(tally)
        from property in tally.Times is { } times ? new[] { tally.Source, times } : [tally.Source]
        select (below.Id, property);

    private IEnumerable<IndicatorValue> Over(
        IndicatorPlan plan, List<(Thing Thing, Indicator Indicator)> wanted, Dictionary<string, Dictionary<string, SampleRun>> runs, long from, long to)
    {
        var at = time.GetUtcNow();
        foreach (var group in wanted.GroupBy(each => each.Indicator.Window))
        {
            var window = new WindowSpan(group.Key, from, to, Shift: null);
            var sheets = new Dictionary<string, TallySheet?>(StringComparer.Ordinal);
            var evaluation = new IndicatorEvaluation(plan, tree, window, (thing, kind) => Sheet(thing)?.At(kind, to) ?? default);
            foreach (var (thing, indicator) in group)
            {
                if (evaluation.Of(indicator.Id, thing) is { } outcome)
                {
                    yield return new IndicatorValue(indicator.Id, thing.Id, window, outcome, at, Complete: false, CorrectedAt: null, Version: 1);
                }
            }

            TallySheet? Sheet(Thing thing)
            {
                if (!sheets.TryGetValue(thing.Id, out var sheet))
                {
                    var kinds = window.IsLong ? plan.TalliesOfDays(thing.Type) : plan.TalliesFor(thing.Type, window.Kind);
                    sheets[thing.Id] = sheet = runs.TryGetValue(thing.Id, out var own) ? TallySheet.Of(window, kinds, own) : null;
                }

                return sheet;
            }
        }
    }
}
