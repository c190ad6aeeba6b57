using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>Indicators over a handful of readings, at once and in memory: what a pack's tests and a rule bench run on.</summary>
public sealed class IndicatorTrial
{
    private readonly IndicatorPlan plan;
    private readonly ThingTree tree;
    private readonly TimeZoneInfo zone;
    private readonly Dictionary<string, Dictionary<string, SampleRun>> runs;
    private readonly Dictionary<(string Thing, WindowSpan Window, long End), TallySheet?> sheets = [];

    /// <param name="readings">In the order of their arrival: of two for the same time the later wins.</param>
    /// <param name="zone">The zone that windows are cut in.</param>
    public IndicatorTrial(PackSet packs, IReadOnlyCollection<Thing> things, IEnumerable<Reading> readings, TimeZoneInfo zone)
    {
        (plan, tree, this.zone) = (new IndicatorPlan(packs), ThingTree.Of(things), zone);
        runs = readings
            .GroupBy(reading => (reading.Thing.Id, Property: reading.Property.Id, reading.Time), (_, ofTime) => ofTime.Last())
            .Where(reading => reading.Quality == Quality.Good)
            .GroupBy(reading => reading.Thing.Id, StringComparer.Ordinal)
            .ToDictionary(
                thing => thing.Key,
                thing => thing.GroupBy(reading => reading.Property.Id, StringComparer.Ordinal).ToDictionary(
                    property => property.Key,
                    property => SampleRun.Of(property.Select(reading => Sample.Of(reading.Time, reading.Value))),
                    StringComparer.Ordinal),
                StringComparer.Ordinal);
    }

    /// <summary>
    /// The indicator over the window that holds <paramref name="at"/>, as known at <paramref name="now"/>. Null when the thing's
    /// type does not have the indicator or no shift holds that time.
    /// </summary>
    /// <param name="at">Microseconds since the epoch, UTC.</param>
    /// <param name="now">Microseconds since the epoch, UTC; null: after the window's end.</param>
    public (WindowSpan Window, Outcome Outcome)? Value(string indicator, string thing, long at, long? now = null)
    {
        if (plan.Find(indicator) is not { } planned || tree.Find(thing) is not { } subject ||
            planned.Calendar.WindowAt(planned.Indicator.Window, at, zone) is not { } window)
        {
            return null;
        }

        var end = window.EndAt(now ?? window.To);
        var outcome = new IndicatorEvaluation(plan, tree, window, (each, kind) => SheetOf(each, window, end)?.At(kind, end) ?? default).Of(indicator, subject);
        return outcome is null ? null : (window, outcome);
    }

    private TallySheet? SheetOf(Thing thing, WindowSpan window, long end)
    {
        var key = (thing.Id, window, end);
        if (!sheets.TryGetValue(key, out var sheet))
        {
            var kinds = window.IsLong ? plan.TalliesOfDays(thing.Type) : plan.TalliesFor(thing.Type, window.Kind);
            sheets[key] = sheet = runs.TryGetValue(thing.Id, out var own)
                ? TallySheet.Of(window with { To = Math.Max(end, window.From + 1) }, kinds, own)
                : null;
        }

        return sheet;
    }
}
