using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Jingwei.Server.Directory;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>The shifts that a thing, party or region has of its own; null: as the pack declares.</summary>
public delegate ShiftPlan? ShiftsOf(string pack, Thing thing);

/// <summary>
/// Cuts time into the windows of things, each by its party's zone and by its own shifts, and finds the windows in which something counts.
/// Not safe for threads; its owner holds a lock.
/// </summary>
internal sealed class WindowCutter(IndicatorPlan plan, ThingTree tree, Func<string, TimeZoneInfo> zoneOf, ShiftsOf shiftsOf)
{
    // Weeks and months whose days were worked out: ten years of both.
    private const int MostCalendars = 640;

    private readonly Dictionary<string, TimeZoneInfo> zones = new(StringComparer.Ordinal);
    private readonly Dictionary<(WindowCalendar, string), WindowCalendar> calendars = [];
    private readonly HashSet<(WindowCalendar, string)> lookedUp = [];
    private readonly ConditionalWeakTable<ShiftPlan, WindowCalendar> own = [];
    private readonly Dictionary<(Cutting, TimeZoneInfo), WindowSpan> lastCut = [];
    private readonly Dictionary<WindowSpan, ImmutableArray<WindowSpan>> daysOf = [];

    /// <summary>Another number after shifts were changed: what was worked out of windows to come no longer holds.</summary>
    public int Edition { get; private set; }

    public IndicatorPlan Plan => plan;

    public ThingTree Tree => tree;

    /// <summary>Forgets what zones and shifts were looked up.</summary>
    public void Forget()
    {
        zones.Clear();
        lookedUp.Clear();
        if (daysOf.Count > MostCalendars)
        {
            daysOf.Clear();
        }
    }

    /// <summary>The window of a cutting that holds a moment, for whoever has the indicator; null between two shifts.</summary>
    public WindowSpan? WindowAt(Cutting cutting, Thing thing, long time)
    {
        var (zone, cut) = (ZoneOf(thing.Party), cutting with { Calendar = CalendarOf(cutting, thing) });
        if (lastCut.TryGetValue((cut, zone), out var last) && last.Contains(time))
        {
            return last;
        }

        var window = cut.Calendar.WindowAt(cut.Kind, time, zone);
        if (window is { } found)
        {
            lastCut[(cut, zone)] = found;
        }

        return window;
    }

    /// <summary>Every window of a cutting that shares time with [from, to), in order.</summary>
    public IEnumerable<WindowSpan> Windows(Cutting cutting, Thing thing, long from, long to) =>
        CalendarOf(cutting, thing).Windows(cutting.Kind, from, to, ZoneOf(thing.Party));

    /// <summary>The windows in which a reading of a thing counts: its own, and those of what it is part of where they differ.</summary>
    public IEnumerable<WindowSpan> WindowsOf(Thing thing, string property, long time)
    {
        var found = ImmutableArray<WindowSpan>.Empty;
        foreach (var above in tree.Upwards(thing))
        {
            foreach (var cutting in plan.CuttingsFor(above.Type).Where(cutting => !cutting.IsLong))
            {
                if (plan.TalliesFor(thing.Type, cutting.Kind).Any(kind => kind.Uses(property)) &&
                    WindowAt(cutting, above, time) is { } window && !found.Contains(window))
                {
                    found = found.Add(window);
                }
            }
        }

        return found;
    }

    /// <summary>The weeks and months that a day of a thing, party or region is part of.</summary>
    public List<WindowSpan> LongWindowsOf(string subject, WindowSpan day) => tree.Find(subject) is not { } found
        ? []
        : tree.Upwards(found)
            .SelectMany(above => plan.CuttingsFor(above.Type)
                .Where(cutting => cutting.IsLong && WindowAt(cutting.Counted, above, day.From) == day)
                .Select(cutting => WindowAt(cutting, above, day.From)))
            .OfType<WindowSpan>()
            .Distinct()
            .ToList();

    /// <summary>The windows after this one in which the thing counts for the same reason.</summary>
    public IEnumerable<WindowSpan> Following(Thing thing, WindowSpan window) => Having(thing, window)
        .Select(each => CalendarOf(each.Cutting, each.Above).Next(window.Kind, window.To, ZoneOf(each.Above.Party)))
        .OfType<WindowSpan>()
        .Distinct();

    /// <summary>True when the thing itself has indicators over that very window.</summary>
    public bool Has(Thing thing, WindowSpan window) =>
        plan.CuttingsFor(thing.Type).Any(cutting => cutting.Kind == window.Kind && WindowAt(cutting, thing, window.From) == window);

    /// <summary>The days of a week or month in the zone of whoever has the window, and how many of them are over.</summary>
    public (ImmutableArray<WindowSpan> All, int Over) DaysOf(WindowSpan window, Thing thing, long now)
    {
        if (!daysOf.TryGetValue(window, out var all))
        {
            var (above, cutting) = Having(thing, window).First();
            daysOf[window] = all = [.. cutting.Calendar.Windows(IndicatorWindow.Day, window.From, window.To, zoneOf(above.Party))];
        }

        var over = all.Length;
        while (over > 0 && all[over - 1].To > now)
        {
            over--;
        }

        return (all, over);
    }

    /// <summary>The shifts by which a window of a thing was cut; null where they are as the pack declares.</summary>
    public ImmutableArray<OwnShift>? OwnShiftsOf(PlannedIndicator planned, Thing thing, WindowSpan window)
    {
        if (window.Kind != IndicatorWindow.Shift || CalendarOf(new(window.Kind, planned.Calendar), thing) is not { IsOwn: true } calendar)
        {
            return null;
        }

        var shifts = calendar.ShiftsOn(WindowCalendar.LocalDay(window.From, ZoneOf(thing.Party)));
        return shifts.SequenceEqual(planned.Calendar.ShiftsOn(default)) ? null : shifts;
    }

    // The thing and what it is part of, where they have indicators over that very window.
    private IEnumerable<(Thing Above, Cutting Cutting)> Having(Thing thing, WindowSpan window) => tree.Upwards(thing)
        .SelectMany(above => plan.CuttingsFor(above.Type).Where(cutting => cutting.Kind == window.Kind).Select(cutting => (above, cutting)))
        .Where(each => WindowAt(each.cutting, each.above, window.From) == window);

    private TimeZoneInfo ZoneOf(string party) => zones.TryGetValue(party, out var zone) ? zone : zones[party] = zoneOf(party);

    private WindowCalendar CalendarOf(Cutting cutting, Thing thing)
    {
        if (cutting.Kind != IndicatorWindow.Shift)
        {
            return cutting.Calendar;
        }

        var key = (cutting.Calendar, thing.Id);
        var isKnown = calendars.TryGetValue(key, out var known);
        if (isKnown && !lookedUp.Add(key))
        {
            return known!;
        }

        var calendar = shiftsOf(cutting.Calendar.Pack, thing) is { } shifts ? own.GetValue(shifts, cutting.Calendar.Of) : cutting.Calendar;
        Edition += isKnown && known != calendar ? 1 : 0;
        return calendars[key] = calendar;
    }
}
