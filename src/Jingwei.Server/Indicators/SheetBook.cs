using System.Collections.Immutable;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Indicators;

/// <summary>
/// The sheets of all windows that are open or being counted anew. Readings in the order of time cost one step each; late ones
/// and corrections make their window's sheet stale, and the window after it, where what they changed may carry over.
/// Not safe for threads; its owner holds a lock.
/// </summary>
internal sealed class SheetBook(IndicatorPlan plan, ThingTree tree, Func<string, TimeZoneInfo> zoneOf)
{
    // Sheets of windows that are over are kept while there is room, since siblings' late readings need them for sums.
    private const int MostKept = 20_000;

    // A month of shifts: how far a change is carried on through windows without readings of their own.
    private const int MostCarried = 93;

    private readonly Dictionary<(WindowSpan Window, string Thing), Sheet> sheets = [];
    private readonly PriorityQueue<(Thing Thing, string Property, Sample Sample), long> ahead = new();
    private readonly Dictionary<string, TimeZoneInfo> zones = new(StringComparer.Ordinal);
    private readonly Dictionary<(Cutting, TimeZoneInfo), WindowSpan> lastCut = [];

    private int pastReadings;

    public IndicatorPlan Plan => plan;

    public ThingTree Tree => tree;

    /// <summary>(window, thing) pairs whose sheets changed since they were last evaluated, or that shall be evaluated for another reason.</summary>
    public HashSet<(WindowSpan Window, string Thing)> ToEvaluate { get; } = [];

    public IEnumerable<Sheet> Stale => sheets.Values.Where(sheet => sheet.Tallies is null);

    /// <summary>Takes a good reading. One that is ahead of the clock waits until its time has come.</summary>
    public void Add(Thing thing, string property, Sample sample, long now)
    {
        if (sample.Time >= now)
        {
            ahead.Enqueue((thing, property, sample), sample.Time);
            return;
        }

        foreach (var window in WindowsOf(thing, property, sample.Time))
        {
            var sheet = Open(window, thing, now);
            sheet.Add(property, sample, now);
            ToEvaluate.Add((window, thing.Id));
            if (window.To <= now)
            {
                pastReadings++;
                Carry(sheet, 1, now);
            }
        }
    }

    /// <summary>How many readings fell into windows that are over since this was last asked.</summary>
    public int TakePastReadings()
    {
        var count = pastReadings;
        pastReadings = 0;
        return count;
    }

    /// <summary>Takes a reading that is not good: what was good for that time before, if anything was, does not count any more.</summary>
    public void Retract(Thing thing, string property, long time, long now)
    {
        foreach (var window in WindowsOf(thing, property, time))
        {
            if (Find(window, thing.Id) is null && window.To > now)
            {
                continue;
            }

            var sheet = Open(window, thing, now);
            if (sheet.Retract(property, time, now))
            {
                ToEvaluate.Add((window, thing.Id));
                Carry(sheet, 1, now);
            }
        }
    }

    /// <summary>Takes the readings whose time has come, and forgets what zones were looked up.</summary>
    public void Advance(long now)
    {
        while (ahead.TryPeek(out var next, out var time) && time < now)
        {
            ahead.Dequeue();
            Add(next.Thing, next.Property, next.Sample, now);
        }

        zones.Clear();
        Trim(now);
    }

    /// <summary>The sheet; a stale one when it was not there.</summary>
    public Sheet Open(WindowSpan window, Thing thing, long now)
    {
        if (!sheets.TryGetValue((window, thing.Id), out var sheet))
        {
            sheets[(window, thing.Id)] = sheet = new Sheet(window, thing, now);
        }

        return sheet;
    }

    /// <summary>Opens a window that time has just reached, starting from what holds at the end of the one before.</summary>
    public void Begin(WindowSpan window, WindowSpan before, Thing thing, long now)
    {
        var isNew = !sheets.ContainsKey((window, thing.Id));
        var sheet = Open(window, thing, now);
        if (isNew && before.To == window.From && sheets.TryGetValue((before, thing.Id), out var previous))
        {
            sheet.Follow(previous);
        }
    }

    public Sheet? Find(WindowSpan window, string thing) => sheets.GetValueOrDefault((window, thing));

    /// <summary>Puts what the engine holds onto a stale sheet.</summary>
    public void Count(Sheet sheet, IReadOnlyDictionary<string, SampleRun> runs, long now)
    {
        var kinds = plan.TalliesFor(sheet.Thing.Type, sheet.Window.Kind);
        if (sheet.Count(kinds, runs, now) is > 0 and < MostCarried and var carried)
        {
            Carry(sheet, carried + 1, now);
        }

        ToEvaluate.Add((sheet.Window, sheet.Thing.Id));
    }

    /// <summary>The windows in which a reading of a thing counts: its own, and those of what it is part of where they differ.</summary>
    public IEnumerable<WindowSpan> WindowsOf(Thing thing, string property, long time)
    {
        var found = ImmutableArray<WindowSpan>.Empty;
        foreach (var above in tree.Upwards(thing))
        {
            foreach (var cutting in plan.CuttingsFor(above.Type))
            {
                if (plan.TalliesFor(thing.Type, cutting.Kind).Any(kind => kind.Uses(property)) &&
                    WindowAt(cutting, above.Party, time) is { } window && !found.Contains(window))
                {
                    found = found.Add(window);
                }
            }
        }

        return found;
    }

    /// <summary>The window of a cutting, in the zone of a party.</summary>
    public WindowSpan? WindowAt(Cutting cutting, string party, long time)
    {
        if (!zones.TryGetValue(party, out var zone))
        {
            zones[party] = zone = zoneOf(party);
        }

        if (lastCut.TryGetValue((cutting, zone), out var last) && last.Contains(time))
        {
            return last;
        }

        var window = cutting.Calendar.WindowAt(cutting.Kind, time, zone);
        if (window is { } found)
        {
            lastCut[(cutting, zone)] = found;
        }

        return window;
    }

    /// <summary>Has the window of a thing counted anew from the engine.</summary>
    public void Touch(WindowSpan window, Thing thing, long now)
    {
        Open(window, thing, now).CarryInto(1, now);
        ToEvaluate.Add((window, thing.Id));
    }

    /// <summary>True when a window that is over waits to be counted or evaluated.</summary>
    public bool HasPast(long now) => Stale.Any(sheet => sheet.Window.To <= now) || ToEvaluate.Any(each => each.Window.To <= now);

    /// <summary>The properties that a sheet counts.</summary>
    public IEnumerable<string> PropertiesOf(Sheet sheet) => plan.TalliesFor(sheet.Thing.Type, sheet.Window.Kind)
        .SelectMany(kind => kind.Times is { } times ? new[] { kind.Source, times } : [kind.Source])
        .Distinct();

    /// <summary>What is to be evaluated, by window; it is not asked for any more.</summary>
    public List<IGrouping<WindowSpan, string>> TakeToEvaluate()
    {
        var taken = ToEvaluate.GroupBy(each => each.Window, each => each.Thing).ToList();
        ToEvaluate.Clear();
        return taken;
    }

    /// <summary>
    /// Evaluates the changed things and all that they are part of, where these have indicators over that very window. What stands
    /// above sheets that are still stale stays asked for.
    /// </summary>
    public IEnumerable<IndicatorValue> Evaluate(WindowSpan window, IEnumerable<string> changed, long now, bool over, DateTimeOffset at)
    {
        var evaluation = new IndicatorEvaluation(plan, tree, window, window.EndAt(now), thing => Find(window, thing.Id)?.Tallies);
        return Concerned(window, changed)
            .Where(thing => IsReady(thing, window, now))
            .SelectMany(thing => plan.For(thing.Type)
                .Where(planned => planned.Indicator.Window == window.Kind)
                .Select(planned => (planned.Indicator.Id, Thing: thing.Id, Outcome: evaluation.Of(planned.Indicator.Id, thing))))
            .Where(each => each.Outcome is not null)
            .Select(each => new IndicatorValue(each.Id, each.Thing, window, each.Outcome!, at, over, CorrectedAt: null, Version: 1));
    }

    private IEnumerable<Thing> Concerned(WindowSpan window, IEnumerable<string> changed) => changed
        .Select(tree.Find)
        .OfType<Thing>()
        .SelectMany(tree.Upwards)
        .DistinctBy(thing => thing.Id)
        .Where(thing => plan.CuttingsFor(thing.Type).Any(cutting =>
            cutting.Kind == window.Kind && WindowAt(cutting, thing.Party, window.From) == window));

    private bool IsReady(Thing thing, WindowSpan window, long now)
    {
        var ready = true;
        foreach (var below in tree.Subtree(thing).Where(each => Counts(each, window)))
        {
            ready &= Open(window, below, now).Tallies is not null;
        }

        if (!ready)
        {
            ToEvaluate.Add((window, thing.Id));
        }

        return ready;
    }

    /// <summary>True when something is counted of the thing in such windows.</summary>
    public bool Counts(Thing thing, WindowSpan window) => !plan.TalliesFor(thing.Type, window.Kind).IsEmpty;

    // The window after this one in which the thing counts for the same reason.
    private IEnumerable<WindowSpan> Following(Thing thing, WindowSpan window) => tree.Upwards(thing)
        .SelectMany(above => plan.CuttingsFor(above.Type).Where(cutting => cutting.Kind == window.Kind).Select(cutting => (above, cutting)))
        .Where(each => WindowAt(each.cutting, each.above.Party, window.From) == window)
        .Select(each => each.cutting.Calendar.Next(window.Kind, window.To, zoneOf(each.above.Party)))
        .OfType<WindowSpan>()
        .Distinct();

    private void Carry(Sheet changed, int depth, long now)
    {
        changed.Next ??= [.. Following(changed.Thing, changed.Window)];
        foreach (var next in changed.Next.Where(next => next.From < now))
        {
            var sheet = Open(next, changed.Thing, now);
            if (sheet.Tallies is not null || sheet.Carried == 0)
            {
                sheet.CarryInto(depth, now);
                ToEvaluate.Add((next, changed.Thing.Id));
            }
        }
    }

    private void Trim(long now)
    {
        if (sheets.Count <= MostKept)
        {
            return;
        }

        var over = sheets
            .Where(each => each.Key.Window.To + LiveIndicators.Grace < now && each.Value.Tallies is not null && !ToEvaluate.Contains(each.Key))
            .OrderBy(each => each.Value.TouchedAt)
            .Take(sheets.Count - (MostKept * 9 / 10))
            .Select(each => each.Key)
            .ToList();
        over.ForEach(key => sheets.Remove(key));
    }
}
