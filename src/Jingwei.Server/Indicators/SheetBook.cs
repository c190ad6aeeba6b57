using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>
/// The sheets of all windows that are open or being counted anew. Readings in the order of time cost one step each; late ones
/// and corrections make their window's sheet stale, and the window after it, where what they changed may carry over.
/// Not safe for threads; its owner holds a lock.
/// </summary>
internal sealed class SheetBook(WindowCutter cutter, WindowCounts counts)
{
    // Sheets of windows that are over are kept while there is room, since siblings' late readings need them for sums.
    private const int MostKept = 20_000;

    // Windows of one span that are computed anew: half a year of hours.
    private const int MostRecomputed = 4096;

    private readonly Dictionary<(WindowSpan Window, string Thing), Sheet> sheets = [];
    private readonly PriorityQueue<(Thing Thing, string Property, Sample? Sample), long> ahead = new();
    private readonly Dictionary<(WindowSpan Window, string Thing), RevisionCause?> toEvaluate = [];

    private readonly IndicatorPlan plan = cutter.Plan;
    private int pastReadings;

    public IndicatorPlan Plan => plan;

    public ThingTree Tree => cutter.Tree;

    /// <summary>How time is cut.</summary>
    public WindowCutter Cutter => cutter;

    /// <summary>What was counted of windows that are over.</summary>
    public WindowCounts Kept => counts;

    public IEnumerable<Sheet> Stale => sheets.Values.Where(sheet => sheet.Tallies is null);

    /// <summary>Takes a good reading. One that is ahead of the clock waits until its time has come.</summary>
    public void Add(Thing thing, string property, Sample sample, long now)
    {
        if (sample.Time >= now)
        {
            ahead.Enqueue((thing, property, sample), sample.Time);
            return;
        }

        foreach (var window in cutter.WindowsOf(thing, property, sample.Time))
        {
            var sheet = Open(window, thing, now);
            var stood = sheet.Tallies is not null;
            sheet.Add(property, sample, now);
            HasCorrections |= window.To <= now || (stood && sheet.Tallies is null);
            if (window.To <= now)
            {
                pastReadings++;
                var cause = new RevisionCause(RevisionKind.Readings, thing.Id, property, sample.Time, sample.Time, 1, now);
                sheet.Because(cause);
                Carry(sheet, [property], cause, now);
            }

            Ask(window, thing.Id, sheet.Tallies is null ? null : sheet.TakeCause());
        }
    }

    /// <summary>Has what is asked for evaluated: a sheet that changed, or a subject whose window time has opened or closed.</summary>
    public void Ask(WindowSpan window, string thing, RevisionCause? cause = null) =>
        toEvaluate[(window, thing)] = RevisionCause.Join(toEvaluate.GetValueOrDefault((window, thing)), cause);

    /// <summary>Readings in windows that are over, since <see cref="TakePastReadings"/>.</summary>
    public int PastReadings => pastReadings;

    /// <summary>True when a figure that stood may be another since <see cref="Advance"/>.</summary>
    public bool HasCorrections { get; private set; }

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
        foreach (var window in cutter.WindowsOf(thing, property, time))
        {
            if (Find(window, thing.Id) is null && window.To > now)
            {
                continue;
            }

            var sheet = Open(window, thing, now);
            if (sheet.Retract(property, time, now))
            {
                HasCorrections = true;
                var cause = window.To <= now ? new RevisionCause(RevisionKind.Withdrawn, thing.Id, property, time, time, 1, now) : null;
                if (cause is not null)
                {
                    sheet.Because(cause);
                }

                Ask(window, thing.Id);
                Carry(sheet, [property], cause, now);
            }
        }
    }

    /// <summary>Takes the readings whose time has come, and forgets what zones and shifts were looked up.</summary>
    public void Advance(long now)
    {
        while (ahead.TryPeek(out var next, out var time) && time < now)
        {
            ahead.Dequeue();
            if (next.Sample is { } sample)
            {
                Add(next.Thing, next.Property, sample, now);
                continue;
            }

            foreach (var window in cutter.WindowsOf(next.Thing, next.Property, time))
            {
                Open(window, next.Thing, now).CarryInto([next.Property], now);
                Ask(window, next.Thing.Id);
            }
        }

        HasCorrections = false;
        cutter.Forget();
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
        var cause = sheet.Cause;
        if (sheet.Count(plan.TalliesFor(sheet.Thing.Type, sheet.Window.Kind), runs, now) is { Count: > 0 } through)
        {
            Carry(sheet, through, cause, now);
        }

        Ask(sheet.Window, sheet.Thing.Id, sheet.Tallies is null ? null : sheet.TakeCause());
    }

    /// <summary>Has the window of a thing counted anew from the engine, and those after it as far as it reaches.</summary>
    public void Touch(WindowSpan window, Thing thing, string property, RevisionCause cause, long now)
    {
        var sheet = Open(window, thing, now);
        sheet.CarryInto([property], now);
        sheet.Because(cause);
        Ask(window, thing.Id);
        // What changed in it may be what holds after it.
        Carry(sheet, [property], cause, now);
    }

    /// <summary>Has a span of a thing's past counted anew from the engine.</summary>
    /// <param name="from">Microseconds UTC.</param>
    /// <param name="to">Microseconds UTC, before <paramref name="now"/>.</param>
    public void Touch(Thing thing, string property, long from, long to, RevisionCause cause, long now)
    {
        for (var (at, count) = (from, 0); at <= to && count < MostRecomputed; count++)
        {
            var windows = cutter.WindowsOf(thing, property, at).ToList();
            windows.ForEach(window => Touch(window, thing, property, cause, now));
            at = windows.Count == 0 ? at + Instant.PerHour : windows.Min(window => window.To);
        }
    }

    /// <summary>Takes over what the book before this one had not done: readings ahead of the clock, and windows that are over and wait.</summary>
    public void TakeOver(SheetBook before, long now)
    {
        foreach (var (reading, at) in before.ahead.UnorderedItems)
        {
            ahead.Enqueue(reading, at);
        }

        foreach (var ((window, id), cause) in before.toEvaluate)
        {
            if (window.IsLong || window.To > now || Tree.Find(id) is not { } thing)
            {
                // Made of days, or counted anew as it is.
                Ask(window, id, cause);
                continue;
            }

            foreach (var property in before.PropertiesOf(thing, window))
            {
                var why = RevisionCause.Join(cause, before.Find(window, id)?.Cause) ?? new(RevisionKind.Restart, id, property, window.From, window.To - 1, 0, now);
                Touch(thing, property, window.From, window.To - 1, why, now);
            }
        }
    }

    /// <summary>Has what was read of a property ahead of the clock counted from the engine once its time has come.</summary>
    public void TouchAhead(Thing thing, string property, long time) => ahead.Enqueue((thing, property, null), time);

    /// <summary>True when a window that is over waits to be counted or evaluated.</summary>
    public bool HasPast(long now) => Stale.Any(sheet => sheet.Window.To <= now) || toEvaluate.Keys.Any(each => each.Window.To <= now);

    /// <summary>The properties that a sheet counts.</summary>
    public IEnumerable<string> PropertiesOf(Sheet sheet) => PropertiesOf(sheet.Thing, sheet.Window);

    private IEnumerable<string> PropertiesOf(Thing thing, WindowSpan window) =>
        plan.TalliesFor(thing.Type, window.Kind).SelectMany(kind => kind.Properties).Distinct(StringComparer.Ordinal);

    /// <summary>What is to be evaluated and can be, by window; it is not asked for any more.</summary>
    /// <param name="ofDays">The windows that are made of days, or the others, which come first.</param>
    public List<(WindowSpan Window, Dictionary<string, RevisionCause?> Changed)> TakeToEvaluate(bool ofDays)
    {
        // What waits for the engine stays asked for: nothing above it could be evaluated either.
        var taken = toEvaluate
            .Where(each => each.Key.Window.IsLong == ofDays && Find(each.Key.Window, each.Key.Thing) is not { Tallies: null })
            .GroupBy(each => each.Key.Window)
            .Select(group => (group.Key, group.ToDictionary(each => each.Key.Thing, each => each.Value, StringComparer.Ordinal)))
            .ToList();
        foreach (var (window, changed) in taken)
        {
            foreach (var thing in changed.Keys)
            {
                toEvaluate.Remove((window, thing));
            }
        }

        return taken;
    }

    /// <summary>True when something is counted of the thing in such windows.</summary>
    public bool Counts(Thing thing, WindowSpan window) =>
        !(window.IsLong ? plan.TalliesOfDays(thing.Type) : plan.TalliesFor(thing.Type, window.Kind)).IsEmpty;

    // As far as a value is taken to hold without another reading; then it is unknown, whatever it was.
    private void Carry(Sheet changed, IReadOnlyCollection<string> properties, RevisionCause? cause, long now)
    {
        var carried = properties.Where(plan.CarriesOver).ToList();
        if (carried.Count == 0)
        {
            return;
        }

        if (changed.Next?.Edition != cutter.Edition)
        {
            changed.Next = (cutter.Edition, [.. cutter.Following(changed.Thing, changed.Window)]);
        }

        foreach (var next in changed.Next!.Value.Windows.Where(next => next.From < now && next.From - (cause?.To ?? changed.Window.From) <= Tally.Memory))
        {
            var sheet = Open(next, changed.Thing, now);
            if (sheet.Tallies is not null || !carried.TrueForAll(sheet.Carried.Contains))
            {
                sheet.CarryInto(carried, now);
                Ask(next, changed.Thing.Id);
            }

            if (cause is not null && next.To <= now)
            {
                sheet.Because(cause);
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
            .Where(each => each.Key.Window.To + LiveIndicators.Grace < now && each.Value.Tallies is not null && !toEvaluate.ContainsKey(each.Key))
            .OrderBy(each => each.Value.TouchedAt)
            .Take(sheets.Count - (MostKept * 9 / 10))
            .Select(each => each.Key)
            .ToList();
        over.ForEach(key => sheets.Remove(key));
    }
}
