using Jingwei.Server.Packs.Building;
using Jingwei.Server.Packs.Drafts;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks the calendars of pack.yaml: every id once, days that exist, shifts and zones that are known.</summary>
internal static class CalendarCheck
{
    public static void Check(PackDraft draft, ProblemList problems)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var shifts = draft.Manifest.MapsOf("shifts").Select(shift => shift.Text("shift")).OfType<string>().ToList();
        foreach (var calendar in draft.Manifest.MapsOf("calendars"))
        {
            if (calendar.Scalar("calendar") is { } id && !seen.TryAdd(id.Text, id.At.Line))
            {
                problems.Add(id, $"duplicate calendar {id.Text}, first on line {seen[id.Text]}", "every id once");
            }

            foreach (var day in calendar.ScalarsOf("holidays").Concat(calendar.ScalarsOf("workdays")).Where(day => CalendarBuilder.Date(day.Text) is null))
            {
                problems.Add(day, $"{day.Text} is in no calendar", "a day that exists");
            }

            foreach (var shift in calendar.ScalarsOf("shifts").Where(shift => !shifts.Contains(shift.Text)))
            {
                problems.Add(shift, $"no shift {shift.Text}{Nearest.Hint(shift.Text, shifts)}", $"one of {string.Join(", ", shifts)}");
            }

            if (calendar.Scalar("zone") is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Text, out _))
            {
                problems.Add(zone, $"no time zone {zone.Text}", "an IANA time zone such as Asia/Shanghai");
            }
        }
    }

    /// <summary>The calendars that a pack declares.</summary>
    public static List<string> Ids(PackDraft draft) =>
        [.. draft.Manifest.MapsOf("calendars").Select(calendar => calendar.Text("calendar")).OfType<string>()];
}
