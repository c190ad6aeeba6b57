using System.Collections.Immutable;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>
/// The sheets of all windows that are open or being counted anew. Readings in the order of time cost one step each; late ones
/// and corrections make their window's sheet stale, and the window after it, where what they changed may carry over.
/// Not safe for threads; its owner holds a lock.
/// </summary>
internal sealed class SheetBook(IndicatorPlan plan, ThingTree tree, Func<string, TimeZoneInfo> zoneOf, WindowCounts counts)
{
    // Sheets of windows that are over are kept while there is room, since siblings' late readings need them for sums.
    private const int MostKept = 20_000;

    // Weeks and months whose days were worked out: ten years of both.
    private const int MostCalendars = 640;

    private readonly Dictionary<(WindowSpan Window, string Thing), Sheet> sheets = [];
    private readonly PriorityQueue<(Thing Thing, string Property, Sample? Sample), long> ahead = new();
    private readonly Dictionary<string, TimeZoneInfo> zones = new(StringComparer.Ordinal);
    private readonly Dictionary<(Cutting, TimeZoneInfo), WindowSpan> lastCut = [];
    private readonly Dictionary<WindowSpan, ImmutableArray<WindowSpan>> daysOf = [];

    private readonly Dictionary<(WindowSpan Window, string Thing), RevisionCause?> toEvaluate = [];

    private int pastReadings;

    public IndicatorPlan Plan => plan;

    public ThingTree Tree { get; } = plan.HasPlaces ? tree : tree.WithoutPlaces();

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

        foreach (var window in WindowsOf(thing, property, sample.Time))
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
        foreach (var window in WindowsOf(thing, property, time))
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

    /// <summary>Takes the readings whose time has come, and forgets what zones were looked up.</summary>
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

            foreach (var window in WindowsOf(next.Thing, next.Property, time))
            {
                Open(window, next.Thing, now).CarryInto([next.Property], now);
                Ask(window, next.Thing.Id);
            }
        }

        HasCorrections = false;
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
        var cause = sheet.Cause;
        if (sheet.Count(plan.TalliesFor(sheet.Thing.Type, sheet.Window.Kind), runs, now) is { Count: > 0 } through)
        {
            Carry(sheet, through, cause, now);
        }

        Ask(sheet.Window, sheet.Thing.Id, sheet.Tallies is null ? null : sheet.TakeCause());
    }

    /// <summary>The windows in which a reading of a thing counts: its own, and those of what it is part of where they differ.</summary>
    public IEnumerable<WindowSpan> WindowsOf(Thing thing, string property, long time)
    {
        var found = ImmutableArray<WindowSpan>.Empty;
        foreach (var above in Tree.Upwards(thing))
        {
            foreach (var cutting in plan.CuttingsFor(above.Type).Where(cutting => !cutting.IsLong))
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

    /// <summary>Has what was read of a property ahead of the clock counted from the engine once its time has come.</summary>
    public void TouchAhead(Thing thing, string property, long time) => ahead.Enqueue((thing, property, null), time);

    /// <summary>True when a window that is over waits to be counted or evaluated.</summary>
    public bool HasPast(long now) => Stale.Any(sheet => sheet.Window.To <= now) || toEvaluate.Keys.Any(each => each.Window.To <= now);

    /// <summary>The properties that a sheet counts.</summary>
    public IEnumerable<string> PropertiesOf(Sheet sheet) =>
        plan.TalliesFor(sheet.Thing.Type, sheet.Window.Kind).SelectMany(kind => kind.Properties).Distinct(StringComparer.Ordinal);

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

    /// <summary>
    /// Evaluates the changed things and all that they are part of, where these have indicators over that very window. What stands
    /// above sheets that are still stale stays asked for.
    /// </summary>
    public IEnumerable<IndicatorValue> Evaluate(WindowSpan window, Dictionary<string, RevisionCause?> changed, long now, bool over, DateTimeOffset at)
    {
        var evaluation = new IndicatorEvaluation(plan, Tree, window, (thing, kind) => Counted(window, thing, kind, now));
        return Concerned(window, changed)
            .Where(each => IsReady(each.Thing, window, each.Cause, now))
            .SelectMany(each => plan.For(each.Thing.Type)
                .Where(planned => planned.Indicator.Window == window.Kind)
                .Select(planned => (Planned: planned, each.Thing, each.Cause, Outcome: evaluation.Of(planned.Indicator.Id, each.Thing))))
            .Where(each => each.Outcome is not null)
            .Select(each => new IndicatorValue(each.Planned.Indicator.Id, each.Thing.Id, window, each.Outcome!, at, over, CorrectedAt: null, Version: 1)
            {
                Cause = each.Cause,
                Definition = each.Planned.Definition.Digest,
            });
    }

    /// <summary>Keeps what was counted of a window that is over, so that it need not be counted from readings again.</summary>
    public void Keep(WindowSpan window, IEnumerable<string> changed)
    {
        foreach (var thing in changed.Select(Tree.Find).OfType<Thing>().SelectMany(Tree.Subtree).DistinctBy(thing => thing.Id))
        {
            var kinds = plan.TalliesFor(thing.Type, window.Kind);
            if (!kinds.IsEmpty && Find(window, thing.Id)?.Tallies is { } tallies)
            {
                counts.Keep(new WindowCount(
                    thing.Id, window.Kind, window.From, kinds.ToDictionary(kind => kind.Key, kind => tallies.At(kind, window.To), StringComparer.Ordinal)));
            }
        }
    }

    /// <summary>Hands a day on to the weeks and months that it is part of.</summary>
    public void HandOn(WindowSpan day, Dictionary<string, RevisionCause?> changed, long now)
    {
        foreach (var (id, cause) in changed)
        {
            foreach (var window in LongWindowsOf(id, day))
            {
                foreach (var thing in day.To <= now && Tree.Find(id) is { } found ? Tree.Subtree(found) : [])
                {
                    counts.ForgetSums(window, thing.Id);
                }

                Ask(window, id, cause);
            }
        }
    }

    private List<WindowSpan> LongWindowsOf(string subject, WindowSpan day) => Tree.Find(subject) is not { } found
        ? []
        : Tree.Upwards(found)
            .SelectMany(above => plan.CuttingsFor(above.Type)
                .Where(cutting => cutting.IsLong && WindowAt(cutting.Counted, above.Party, day.From) == day)
                .Select(cutting => WindowAt(cutting, above.Party, day.From)))
            .OfType<WindowSpan>()
            .Distinct()
            .ToList();

    private List<(Thing Thing, RevisionCause? Cause)> Concerned(WindowSpan window, Dictionary<string, RevisionCause?> changed) => changed
        .Select(each => (Thing: Tree.Find(each.Key), Cause: each.Value))
        .Where(each => each.Thing is not null)
        .SelectMany(each => Tree.Upwards(each.Thing!).Select(above => (Thing: above, each.Cause)))
        .GroupBy(each => each.Thing.Id, StringComparer.Ordinal)
        .Select(each => (each.First().Thing, each.Select(one => one.Cause).Aggregate(RevisionCause.Join)))
        .Where(each => plan.CuttingsFor(each.Thing.Type).Any(cutting =>
            cutting.Kind == window.Kind && WindowAt(cutting, each.Thing.Party, window.From) == window))
        .ToList();

    private Contribution Counted(WindowSpan window, Thing thing, TallyKind kind, long now)
    {
        if (!window.IsLong)
        {
            return CountOf(window, thing, kind, now);
        }

        var kinds = plan.TalliesOfDays(thing.Type);
        var at = kinds.IndexOf(kind);
        if (at < 0)
        {
            return default;
        }

        var (all, over) = DaysOf(window, thing, now);
        var sum = SumsOver(window, thing, kinds, all.AsSpan()[..over])[at];
        return over < all.Length && all[over].From < now ? sum.Plus(CountOf(all[over], thing, kind, now)) : sum;
    }

    private Contribution CountOf(WindowSpan window, Thing thing, TallyKind kind, long now) =>
        Find(window, thing.Id) is { } sheet ? sheet.Tallies?.At(kind, window.EndAt(now)) ?? default
        : window.To <= now && counts.Find(thing.Id, window.Kind, window.From) is { } kept ? kept.Counts.GetValueOrDefault(kind.Key)
        : default;

    private Contribution[] SumsOver(WindowSpan window, Thing thing, ImmutableArray<TallyKind> kinds, ReadOnlySpan<WindowSpan> over)
    {
        var upto = over.IsEmpty ? window.From : over[^1].To;
        if (counts.SumsOf(window, thing.Id, upto) is { } known)
        {
            return known;
        }

        var sums = new Contribution[kinds.Length];
        foreach (var day in over)
        {
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] = sums[i].Plus(CountOf(day, thing, kinds[i], day.To));
            }
        }

        counts.KeepSums(window, thing.Id, upto, sums);
        return sums;
    }

    // The days of a week or month in the zone of whoever has the window, and how many of them are over.
    private (ImmutableArray<WindowSpan> All, int Over) DaysOf(WindowSpan window, Thing thing, long now)
    {
        if (!daysOf.TryGetValue(window, out var all))
        {
            daysOf[window] = all = CalendarDays(window, thing);
        }

        var over = all.Length;
        while (over > 0 && all[over - 1].To > now)
        {
            over--;
        }

        return (all, over);
    }

    private ImmutableArray<WindowSpan> CalendarDays(WindowSpan window, Thing thing)
    {
        var (above, cutting) = Tree.Upwards(thing)
            .SelectMany(each => plan.CuttingsFor(each.Type).Where(cutting => cutting.Kind == window.Kind).Select(cutting => (each, cutting)))
            .First(each => WindowAt(each.cutting, each.each.Party, window.From) == window);
        return [.. cutting.Calendar.Windows(IndicatorWindow.Day, window.From, window.To, zoneOf(above.Party))];
    }

    private bool IsReady(Thing thing, WindowSpan window, RevisionCause? cause, long now)
    {
        var ready = true;
        foreach (var below in Tree.Subtree(thing).Where(each => Counts(each, window)))
        {
            ready &= window.IsLong ? HasDays(window, below, now) : IsCounted(window, below, now);
        }

        if (!ready)
        {
            Ask(window, thing.Id, cause);
        }

        return ready;
    }

    private bool HasDays(WindowSpan window, Thing thing, long now)
    {
        var (all, over) = DaysOf(window, thing, now);
        var ready = over == all.Length || all[over].From >= now || IsCounted(all[over], thing, now);
        if (over > 0 && counts.SumsOf(window, thing.Id, all[over - 1].To) is null)
        {
            foreach (var day in all[..over])
            {
                ready &= IsCounted(day, thing, now);
            }
        }

        return ready;
    }

    // A window that nobody counted is counted now: it was before the pack, or before a change of it.
    private bool IsCounted(WindowSpan window, Thing thing, long now)
    {
        if (Find(window, thing.Id) is { } sheet)
        {
            return sheet.Tallies is not null;
        }

        var isKept = window.To <= now && counts.Find(thing.Id, window.Kind, window.From) is { } kept
            && plan.TalliesFor(thing.Type, window.Kind).All(kind => kept.Counts.ContainsKey(kind.Key));
        return isKept || Open(window, thing, now).Tallies is not null;
    }

    /// <summary>True when something is counted of the thing in such windows.</summary>
    public bool Counts(Thing thing, WindowSpan window) =>
        !(window.IsLong ? plan.TalliesOfDays(thing.Type) : plan.TalliesFor(thing.Type, window.Kind)).IsEmpty;

    // The window after this one in which the thing counts for the same reason.
    private IEnumerable<WindowSpan> Following(Thing thing, WindowSpan window) => Tree.Upwards(thing)
        .SelectMany(above => plan.CuttingsFor(above.Type).Where(cutting => cutting.Kind == window.Kind).Select(cutting => (above, cutting)))
        .Where(each => WindowAt(each.cutting, each.above.Party, window.From) == window)
        .Select(each => each.cutting.Calendar.Next(window.Kind, window.To, zoneOf(each.above.Party)))
        .OfType<WindowSpan>()
        .Distinct();

    // As far as a value is taken to hold without another reading; then it is unknown, whatever it was.
    private void Carry(Sheet changed, IReadOnlyCollection<string> properties, RevisionCause? cause, long now)
    {
        var carried = properties.Where(plan.CarriesOver).ToList();
        if (carried.Count == 0)
        {
            return;
        }

        changed.Next ??= [.. Following(changed.Thing, changed.Window)];
        foreach (var next in changed.Next.Where(next => next.From < now && next.From - (cause?.To ?? changed.Window.From) <= Tally.Memory))
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
        if (daysOf.Count > MostCalendars)
        {
            daysOf.Clear();
        }

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
