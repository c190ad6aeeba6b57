using System.Numerics;
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
/// <param name="isIn">Whether a thing is in a region or one below it; null: only in its own.</param>
public sealed class RuleEngine(PackSet packs, RuleCounters counters, long start, long liveWindow, Func<Thing, string, bool>? isIn = null)
{
    private readonly RulePlan plan = new(packs);
    private readonly Neighbours neighbours = new(isIn ?? ((thing, region) => thing.Region == region));
    private readonly Dictionary<string, ThingLanes?> things = new(StringComparer.Ordinal);
    private readonly PriorityQueue<ThingRules, long> due = new();
    private readonly List<ThingLanes> touched = [];
    private Route[] routes = new Route[1024];

    // Numbers of series that have a place of their own, 32 bytes each; others are looked up each time.
    private const ulong MostRoutes = 4_194_304;

    public PackSet Packs => packs;

    /// <summary>Takes readings in the order of their arrival.</summary>
    public List<RuleEvent> Take(IEnumerable<Reading> readings)
    {
        var events = new List<RuleEvent>();
        Take([.. readings], events);
        return events;
    }

    /// <summary>Takes readings in the order of their arrival.</summary>
    public void Take(ReadOnlySpan<Reading> readings, List<RuleEvent> events)
    {
        for (var i = 0; i < readings.Length; i++)
        {
            var route = RouteOf(readings[i]);
            if (route.Lanes is { } lanes)
            {
                if (lanes.Waiting.Count == 0)
                {
                    touched.Add(lanes);
                }

                lanes.Waiting.Add(new WaitingReading(readings[i].Time, i, route.Slot));
            }
        }

        foreach (var lanes in touched)
        {
            Take(lanes, readings, events);
            lanes.Waiting.Clear();
        }

        touched.Clear();
    }

    /// <summary>Makes things known, so that their silence counts from now on.</summary>
    public void Meet(IEnumerable<Thing> all)
    {
        foreach (var thing in all)
        {
            RulesOf(thing);
        }
    }

    /// <summary>Lets time pass for all things that are known.</summary>
    /// <param name="now">Microseconds UTC.</param>
    public List<RuleEvent> Tick(long now)
    {
        var events = new List<RuleEvent>();
        while (due.TryPeek(out var rules, out var at) && at <= now)
        {
            due.Dequeue();
            if (rules.DueAt == at)
            {
                rules.DueAt = long.MaxValue;
                rules.Tick(now, events);
                Schedule(rules);
            }
        }

        return events;
    }

    /// <summary>A value from before the start; no rule runs for it.</summary>
    public void Seed(Thing thing, string property, ReadingValue value, long time)
    {
        foreach (var rules in RulesOf(thing)?.Rules ?? [])
        {
            rules.Seed(property, value, time);
        }
    }

    /// <summary>An alarm that is open from before.</summary>
    public void Restore(Thing thing, string rule, DateTimeOffset raisedAt)
    {
        foreach (var rules in RulesOf(thing)?.Rules ?? [])
        {
            rules.Restore(rule, Instant.Of(raisedAt));
        }
    }

    /// <summary>Other values for a rule's parameters on a thing, by their ids; what is not among them is as the rule declares.</summary>
    public void SetParameters(Thing thing, string rule, IReadOnlyDictionary<string, double> own)
    {
        foreach (var rules in RulesOf(thing)?.Rules ?? [])
        {
            rules.SetParameters(rule, own);
        }
    }

    /// <summary>All parameters of a thing's rules as they are declared.</summary>
    public void ResetParameters(string thing)
    {
        foreach (var rules in things.GetValueOrDefault(thing)?.Rules ?? [])
        {
            rules.ResetParameters();
        }
    }

    /// <summary>True when the rule still applies to the thing.</summary>
    public bool Applies(string rule, Thing thing) => plan.For(thing.Type)?.Rules.Any(each => each.Rule.Id == rule) ?? false;

    /// <summary>The thing is gone, and with it what is known of it.</summary>
    public void Forget(string thing)
    {
        if (things.Remove(thing, out var lanes) && lanes is not null)
        {
            foreach (var rules in lanes.Rules)
            {
                // What the queue has of it is passed over.
                rules.DueAt = long.MaxValue;
            }

            neighbours.Remove(lanes);
        }
    }

    /// <summary>The engine for other packs, with all that is known; where a rule is the same, its delays and windows go on.</summary>
    public RuleEngine With(PackSet next)
    {
        var engine = new RuleEngine(next, counters, start, liveWindow, isIn);
        foreach (var before in things.Values.OfType<ThingLanes>())
        {
            if (engine.RulesOf(before.Thing) is { } after)
            {
                foreach (var lane in after.Rules)
                {
                    foreach (var old in before.Rules)
                    {
                        old.HandOver(lane);
                    }

                    engine.Schedule(lane);
                }
            }
        }

        return engine;
    }

    /// <summary>Writes all that is known, for <see cref="Read"/>.</summary>
    public void Write(BinaryWriter to)
    {
        var known = things.Values.OfType<ThingLanes>().Where(lanes => lanes.Rules.Any(rules => !rules.Lane.Rules.IsEmpty)).ToList();
        to.Write(known.Count);
        foreach (var lanes in known)
        {
            to.Write(lanes.Thing.Id);
            to.Write(lanes.Rules.Length);
            foreach (var rules in lanes.Rules)
            {
                to.Write(rules.Lane.Lateness);
                rules.Write(to);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; of things and rules that are no more it is passed over.</summary>
    public void Read(BinaryReader from, Func<string, Thing?> thing)
    {
        var nobody = new ThingRules(
            new Thing("-", "-", "-", "-", "-", null, null, DateTimeOffset.UnixEpoch, 1),
            new RuleLane(new ThingType("-", "-", null, false, null, Label.Of("-"), ["-"], [], []), TimeSpan.Zero, [], []),
            new RuleCounters(), neighbours, 0);
        for (var count = from.ReadInt32(); count > 0; count--)
        {
            var lanes = thing(from.ReadString()) is { } known ? RulesOf(known) : null;
            for (var lane = from.ReadInt32(); lane > 0; lane--)
            {
                var lateness = from.ReadInt64();
                (lanes?.Rules.FirstOrDefault(rules => rules.Lane.Lateness == lateness) ?? nobody).Read(from);
            }

            if (lanes is not null)
            {
                Schedule(lanes);
            }
        }
    }

    private void Take(ThingLanes lanes, ReadOnlySpan<Reading> readings, List<RuleEvent> events)
    {
        var waiting = lanes.InOrder();
        // What bears one time is one picture: no rule sees half of it.
        for (var from = 0; from < waiting.Length;)
        {
            var end = from + 1;
            while (end < waiting.Length && waiting[end].Time == waiting[from].Time)
            {
                end++;
            }

            lanes.Take(waiting[from..end], readings, liveWindow, events);
            TellChildren(lanes, waiting[from..end], events);
            from = end;
        }

        Schedule(lanes);
    }

    // Rules that read a value of the thing above are judged when it changes.
    private void TellChildren(ThingLanes lanes, ReadOnlySpan<WaitingReading> picture, List<RuleEvent> events)
    {
        if (plan.AskedOfParents.Count == 0)
        {
            return;
        }

        foreach (var each in picture)
        {
            var property = lanes.Rules[0].Lane.Type.Properties[each.Slot].Id;
            if (!plan.AskedOfParents.Contains(property))
            {
                continue;
            }

            foreach (var child in neighbours.Children(lanes.Thing.Id))
            {
                child.ParentChanged(property, each.Time, events);
                Schedule(child);
            }
        }
    }

    private void Schedule(ThingLanes lanes)
    {
        foreach (var rules in lanes.Rules)
        {
            Schedule(rules);
        }
    }

    // What falls due later than it is in the queue for is put off when its turn comes.
    private void Schedule(ThingRules rules)
    {
        var at = rules.NextDue();
        if (at < rules.DueAt)
        {
            rules.DueAt = at;
            due.Enqueue(rules, at);
        }
    }

    private Route RouteOf(in Reading reading)
    {
        if ((ulong)reading.Series >= MostRoutes)
        {
            return NewRoute(reading);
        }

        if (reading.Series >= routes.Length)
        {
            Array.Resize(ref routes, (int)BitOperations.RoundUpToPowerOf2((uint)reading.Series + 1));
        }

        ref var route = ref routes[reading.Series];
        if (!ReferenceEquals(route.Thing, reading.Thing) || !ReferenceEquals(route.Property, reading.Property))
        {
            route = NewRoute(reading);
        }

        return route;
    }

    private Route NewRoute(in Reading reading)
    {
        var lanes = RulesOf(reading.Thing);
        var slot = lanes?.Rules[0].Lane.SlotOf(reading.Property.Id) ?? -1;
        return new Route(reading.Thing, reading.Property, slot >= 0 ? lanes : null, slot);
    }

    private ThingLanes? RulesOf(Thing thing)
    {
        if (!things.TryGetValue(thing.Id, out var lanes))
        {
            lanes = plan.For(thing.Type) is { } ofType ? New(thing, ofType) : null;
            things[thing.Id] = lanes;
        }

        if (lanes is not null && !ReferenceEquals(lanes.Thing, thing))
        {
            neighbours.Move(lanes, thing);
            lanes.Thing = thing;
        }

        return lanes;
    }

    private ThingLanes New(Thing thing, TypeRules ofType)
    {
        var since = Math.Max(start, Instant.Of(thing.Created));
        var lanes = new ThingLanes([.. ofType.Lanes.Select(lane => new ThingRules(thing, lane, counters, neighbours, since))]);
        neighbours.Add(lanes);
        Schedule(lanes);
        return lanes;
    }

    // Where the readings of a series go, looked up once.
    private readonly record struct Route(Thing? Thing, Property? Property, ThingLanes? Lanes, int Slot);
}
