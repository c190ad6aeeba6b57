using System.Collections.Immutable;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>
/// Cuts time into hours, shifts, days, weeks and months of a zone. Days and shifts follow the wall clock, so on the days when it is
/// changed they are shorter or longer; hours start on the full hour of the zone's standard time and always last an hour.
/// A boundary that the clock skips is the moment of the change; one that it shows twice is the first of the two.
/// Where shifts change, one that has begun ends as it was, and what begins by the new ones begins no earlier than that.
/// </summary>
/// <param name="shifts">As the pack declares them.</param>
/// <param name="pack">Whose shifts they are.</param>
/// <param name="own">What holds at a place instead; null for nothing.</param>
public sealed class WindowCalendar(ImmutableArray<Shift> shifts, string pack = "", ShiftPlan? own = null)
{
    private const long Hour = 3_600_000_000;

    private readonly ImmutableArray<OwnShift> declared = [.. shifts.Select(shift => new OwnShift(shift.Id, shift.From, shift.To))];

    public string Pack => pack;

    /// <summary>True for the calendar of a place that has, or had, shifts of its own.</summary>
    public bool IsOwn => own is not null;

    /// <summary>The same for a place that has shifts of its own.</summary>
    public WindowCalendar Of(ShiftPlan plan) => new(shifts, pack, plan);

    /// <summary>The shifts that begin on a day.</summary>
    public ImmutableArray<OwnShift> ShiftsOn(DateOnly day) => own?.On(day) ?? declared;

    /// <summary>The window that <paramref name="time"/> (microseconds UTC) lies in; null between two shifts.</summary>
    public WindowSpan? WindowAt(IndicatorWindow kind, long time, TimeZoneInfo zone) => kind switch
    {
        IndicatorWindow.Hour => HourAt(time, zone),
        IndicatorWindow.Day => DaysAt(kind, LocalDay(time, zone), day => day.AddDays(1), zone),
        IndicatorWindow.Week => DaysAt(kind, Monday(LocalDay(time, zone)), day => day.AddDays(7), zone),
        IndicatorWindow.Month => DaysAt(kind, First(LocalDay(time, zone)), day => day.AddMonths(1), zone),
        _ => ShiftAt(time, zone),
    };

    /// <summary>Every window that shares time with [from, to), in order.</summary>
    public IEnumerable<WindowSpan> Windows(IndicatorWindow kind, long from, long to, TimeZoneInfo zone)
    {
        var window = WindowAt(kind, from, zone) ?? Next(kind, from, zone);
        while (window is { } found && found.From < to)
        {
            yield return found;
            window = Next(kind, found.To, zone);
        }
    }

    /// <summary>The first window that starts at or after <paramref name="time"/>; null where the calendar has no shift.</summary>
    public WindowSpan? Next(IndicatorWindow kind, long time, TimeZoneInfo zone)
    {
        if (kind != IndicatorWindow.Shift)
        {
            var at = WindowAt(kind, time, zone)!.Value;
            return at.From == time ? at : WindowAt(kind, at.To, zone);
        }

        WindowSpan? first = null;
        var day = LocalDay(time, zone);
        for (var offset = -1; offset <= 2; offset++)
        {
            foreach (var span in SpansOf(day.AddDays(offset), zone))
            {
                if (span.From >= time && span.From < span.To && (first is null || span.From < first.Value.From))
                {
                    first = span;
                }
            }
        }

        return first;
    }

    private static WindowSpan HourAt(long time, TimeZoneInfo zone)
    {
        var offset = Instant.Of(zone.BaseUtcOffset);
        var from = time - (long)(((Int128)time + offset) % Hour + Hour) % Hour;
        return new WindowSpan(IndicatorWindow.Hour, from, from + Hour, Shift: null);
    }

    private static WindowSpan DaysAt(IndicatorWindow kind, DateOnly first, Func<DateOnly, DateOnly> after, TimeZoneInfo zone) =>
        new(kind, InstantOf(first, TimeOnly.MinValue, zone), InstantOf(after(first), TimeOnly.MinValue, zone), Shift: null);

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static DateOnly First(DateOnly day) => new(day.Year, day.Month, 1);

    private WindowSpan? ShiftAt(long time, TimeZoneInfo zone)
    {
        var day = LocalDay(time, zone);
        // A shift that crosses midnight belongs to the day that it started on.
        foreach (var span in SpansOf(day, zone).Concat(SpansOf(day.AddDays(-1), zone)))
        {
            if (span.Contains(time))
            {
                return span;
            }
        }

        return null;
    }

    private IEnumerable<WindowSpan> SpansOf(DateOnly day, TimeZoneInfo zone)
    {
        var (today, yesterday) = (ShiftsOn(day), ShiftsOn(day.AddDays(-1)));
        var spans = today.Select(shift => SpanOf(shift, day, zone));
        if (today == yesterday || yesterday.IsEmpty)
        {
            return spans;
        }

        var ended = yesterday.Max(shift => SpanOf(shift, day.AddDays(-1), zone).To);
        return spans.Select(span => span with { From = Math.Max(span.From, ended) }).Where(span => span.From < span.To);
    }

    private static WindowSpan SpanOf(OwnShift shift, DateOnly day, TimeZoneInfo zone) =>
        new(IndicatorWindow.Shift,
            InstantOf(day, shift.From, zone),
            InstantOf(shift.To <= shift.From ? day.AddDays(1) : day, shift.To, zone),
            shift.Id);

    /// <summary>The day that a moment lies in.</summary>
    public static DateOnly LocalDay(long time, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Instant.ToTime(time), zone).DateTime);

    private static long InstantOf(DateOnly day, TimeOnly at, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(at, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        // The larger offset is the earlier instant.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return Instant.Of(new DateTimeOffset(local, offset));
    }
}
