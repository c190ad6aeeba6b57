using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>Rules over a handful of readings, at once and in memory: what a pack's tests and a rule bench run on.</summary>
public static class RuleTrial
{
    /// <summary>
    /// What the rules say when the readings arrive at their <see cref="Reading.Arrived"/>, in that order, and time then goes on to
    /// <paramref name="end"/>. Delays and silences end exactly when they run out, whenever that is noticed.
    /// </summary>
    /// <param name="end">Microseconds UTC.</param>
    public static IReadOnlyList<RuleEvent> Run(
        PackSet packs, IReadOnlyCollection<Thing> things, IEnumerable<Reading> readings, long end, RuleCounters? counters = null)
    {
        var ordered = readings.OrderBy(reading => reading.Arrived).ToList();
        var start = ordered.Count == 0 ? end : ordered[0].Arrived;
        var engine = new RuleEngine(packs, counters ?? new RuleCounters(), start, Instant.Of(new TelemetryOptions().LiveWindow));
        var events = new List<RuleEvent>();
        engine.Meet(things);
        foreach (var moment in ordered.GroupBy(reading => reading.Arrived))
        {
            events.AddRange(engine.Tick(moment.Key));
            events.AddRange(engine.Take(moment));
        }

        events.AddRange(engine.Tick(end));
        return events;
    }
}
