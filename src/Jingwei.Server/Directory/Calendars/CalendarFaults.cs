using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Directory.Calendars;

/// <summary>Everything that is wrong with working times that somebody wrote.</summary>
internal static class CalendarFaults
{
    public const int MaximumWhy = 500;

    // An hour each, at most.
    private const int MaximumHours = 24;

    // Ten years of days off at the most, as far as a calendar is searched.
    private const int MaximumDays = 3_660;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static List<string> Of(CalendarRequest request)
    {
        var (hours, workdays, holidays) = (Given(request.Hours), Given(request.Workdays), Given(request.Holidays));
        return
        [
            .. Fault(Given(request.Days).Any(day => !Enum.IsDefined(day)), "days: monday to sunday"),
            .. Fault(Given(request.Days).IsEmpty && workdays.IsEmpty, "days: at least one working day"),
            .. Fault(hours.Length is < 1 or > MaximumHours || hours.Any(span => span is null), $"hours: 1 to {MaximumHours} spans of time"),
            .. Fault(Overlap(hours.Where(span => span is not null).Select(span => (span.From, span.To))), "hours: they must not overlap"),
            .. Fault(holidays.Length > MaximumDays, $"holidays: at most {MaximumDays} days"),
            .. Fault(workdays.Length > MaximumDays, $"workdays: at most {MaximumDays} days"),
            .. holidays.Intersect(workdays).Order().Take(1).Select(day => $"workdays: {day:yyyy-MM-dd} is a holiday too"),
            .. Fault(request.Zone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), $"zone: there is no time zone {request.Zone}"),
            .. WhyFault(request.Why),
        ];
    }

    /// <param name="declared">What the pack declares.</param>
    /// <param name="today">By the clock of the place.</param>
    public static List<string> Of(ShiftsRequest request, ImmutableArray<Shift> declared, DateOnly today)
    {
        var shifts = Given(request.Shifts);
        return
        [
            .. Fault(!(request.From > today), $"from: a day after {today:yyyy-MM-dd}; shifts that have begun end as they are"),
            .. Fault(shifts.Any(shift => shift is null) || (shifts.IsEmpty && request.Shifts is not null), "shifts: at least one; leave them out to go back"),
            .. shifts.Where(shift => shift is not null && declared.All(each => each.Id != shift.Id)).Select(shift => $"shifts: the pack has no shift {shift.Id}"),
            .. Fault(shifts.Where(shift => shift is not null).DistinctBy(shift => shift.Id).Count() < shifts.Length, "shifts: each once"),
            .. Fault(Overlap(shifts.Where(shift => shift is not null).Select(shift => (shift.From, shift.To))), "shifts: they must not overlap"),
            .. WhyFault(request.Why),
        ];
    }

    private static string[] WhyFault(string? why) =>
        Fault(string.IsNullOrWhiteSpace(why) || why.Length > MaximumWhy, $"why: the reason, at most {MaximumWhy} characters");

    // The day is a circle: what ends at or before its start ends on the next day.
    private static bool Overlap(IEnumerable<(TimeOnly From, TimeOnly To)> spans)
    {
        var all = spans.Select(span => (span.From, Length: span.To > span.From ? span.To - span.From : span.To - span.From + (span.To == span.From ? Day : TimeSpan.Zero))).ToList();
        return all.Where((one, index) => all.Where((other, at) => at != index && After(other.From, one.From) < one.Length).Any()).Any();
    }

    // How long after a time of day another one is; the difference of two TimeOnly goes round the clock.
    private static TimeSpan After(TimeOnly time, TimeOnly since) => time - since;

    private static ImmutableArray<T> Given<T>(ImmutableArray<T>? list) => list is { IsDefault: false } given ? given : [];

    private static string[] Fault(bool wrong, string text) => wrong ? [text] : [];
}
