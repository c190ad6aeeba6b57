using System.Runtime.InteropServices;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>
/// Runs all rules over what arrives: readings and time in, events out; no clock and no store of its own. Only readings that are
/// not bad are looked at; uncertain ones are, since a value beyond its range is what rules are for. Silence counts from the
/// last arrival, and for things never heard of from their making or the server's start, whichever is later. One thread at a time.
/// </summary>
/// <param name="start">Microseconds UTC; when the server started.</param>
/// <param name="liveWindow">Microseconds; a reading older than this on arrival is history and runs no rule.</param>
public sealed class RuleEngine(PackSet packs, RuleCounters counters, long start, long liveWindow)
{
    private readonly RulePlan plan = new(packs);
    private readonly Dictionary<string, ThingRules?> things = new(StringComparer.Ordinal);

    public PackSet Packs => packs;

    /// <summary>Takes readings in the order of their arrival.</summary>
    public List<RuleEvent> Take(IEnumerable<Reading> readings)
    {
        var events = new List<RuleEvent>();
        foreach (var ofThing in readings.GroupBy(reading => reading.Thing.Id, StringComparer.Ordinal))
        {
            if (RulesOf(ofThing.First().Thing) is { } rules)
            {
                // What bears one time is one picture: no rule sees half of it.
                foreach (var picture in ofThing.OrderBy(reading => reading.Time).GroupBy(reading => reading.Time))
                {
                    rules.Take(CollectionsMarshal.AsSpan(picture.ToList()), liveWindow, events);
                }
            }
        }

        return events;
    }

    /// <summary>Lets time pass for all things that there are.</summary>
    /// <param name="now">Microseconds UTC.</param>
    public List<RuleEvent> Tick(IEnumerable<Thing> all, long now)
    {
        var events = new List<RuleEvent>();
        foreach (var thing in all)
        {
            RulesOf(thing)?.Tick(now, events);
        }

        return events;
    }

    /// <summary>A value from before the start; no rule runs for it.</summary>
    public void Seed(Thing thing, string property, ReadingValue value, long time) => RulesOf(thing)?.Seed(property, value, time);

    /// <summary>An alarm that is open from before.</summary>
    public void Restore(Thing thing, string rule, DateTimeOffset raisedAt) => RulesOf(thing)?.Restore(rule, Instant.Of(raisedAt));

    /// <summary>True when the rule still applies to the thing.</summary>
    public bool Applies(string rule, Thing thing) => RulesOf(thing)?.Plan.Rules.Any(each => each.Rule.Id == rule) ?? false;

    /// <summary>The engine for other packs, with the values that are known; delays that ran begin anew.</summary>
    public RuleEngine With(PackSet next)
    {
        var engine = new RuleEngine(next, counters, start, liveWindow);
        foreach (var before in things.Values.OfType<ThingRules>())
        {
            if (engine.RulesOf(before.Thing) is { } after)
            {
                before.SeedInto(after);
            }
        }

        return engine;
    }

    private ThingRules? RulesOf(Thing thing)
    {
        if (!things.TryGetValue(thing.Id, out var rules))
        {
            rules = plan.For(thing.Type) is { } ofType
                ? new ThingRules(thing, ofType, counters, Math.Max(start, Instant.Of(thing.Created)))
                : null;
            things[thing.Id] = rules;
        }

        return rules;
    }
}
