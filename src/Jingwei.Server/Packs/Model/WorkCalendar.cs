using System.Collections.Immutable;

namespace Jingwei.Server.Packs.Model;

/// <summary>Hours of a working day, local time; an end at or before the start is on the next day.</summary>
public sealed record WorkHours(TimeOnly From, TimeOnly To);

/// <summary>
/// When people work: on these days of the week and on extra workdays, except on holidays. What counts time in it counts working
/// time alone. A night's hours belong to the day that they begin on.
/// </summary>
/// <param name="Zone">IANA name; null: the zone of the party that is counted for.</param>
public sealed record WorkCalendar(
    string Id, ImmutableArray<DayOfWeek> Days, ImmutableArray<WorkHours> Hours, ImmutableArray<DateOnly> Holidays,
    ImmutableArray<DateOnly> Workdays, string? Zone, Label Name)
{
    // Ten years of days, more than any deadline: a calendar whose holidays never end must not be searched for ever.
    private const int MostDays = 3_660;

    /// <summary>True when that day's hours count.</summary>
    public bool IsWorkday(DateOnly day) => Workdays.Contains(day) || (Days.Contains(day.DayOfWeek) && !Holidays.Contains(day));

    /// <summary>The moment at which that much working time has passed since <paramref name="from"/>.</summary>
    /// <param name="zone">The party's zone, where the calendar has none of its own.</param>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan work, TimeZoneInfo zone)
    {
        if (work <= TimeSpan.Zero)
        {
            return from;
        }

        var left = work;
        var end = from;
        foreach (var (begins, ends) in Spans(from, zone))
        {
            var start = begins > from ? begins : from;
            if (left <= ends - start)
            {
                return start + left;
            }

            left -= ends - start;
            end = ends;
        }

        return end;
    }

    /// <summary>True when that moment is working time.</summary>
    public bool IsOpen(DateTimeOffset at, TimeZoneInfo zone) => Spans(at, zone).Take(1).Any(span => span.Begins <= at);

    // Working time that ends after that moment, in order.
    private IEnumerable<(DateTimeOffset Begins, DateTimeOffset Ends)> Spans(DateTimeOffset from, TimeZoneInfo partys)
    {
        var zone = Zone is null ? partys : TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime).AddDays(-1);
        for (var day = first; day < first.AddDays(MostDays); day = day.AddDays(1))
        {
            if (!IsWorkday(day))
            {
                continue;
            }

            foreach (var hours in Hours.OrderBy(each => each.From))
            {
                var ends = Instant(hours.To <= hours.From ? day.AddDays(1) : day, hours.To, zone);
                if (ends > from)
                {
                    yield return (Instant(day, hours.From, zone), ends);
                }
            }
        }
    }

    // A time that the clock skips is the moment of the change; one that it shows twice is the first of the two.
    private static DateTimeOffset Instant(DateOnly day, TimeOnly at, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(at, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
