using System.Globalization;
using System.Text.Json.Serialization;

namespace Jingwei.Server.Facts.Subscriptions;

/// <summary>
/// When a standing query is asked (EPCIS 2.0, 8.2.5.3): at every second whose fields, in UTC, are among those named. Each field is a number, a
/// range `[1-5]`, or several of these parted by commas. Of what is not named every value fits, but the least alone where it is finer than
/// everything that is named: `{"hour": "1", "minute": "5"}` means 01:05:00.
/// </summary>
internal sealed record QuerySchedule(string? Second, string? Minute, string? Hour, string? DayOfMonth, string? Month, string? DayOfWeek)
{
    // 29 February on a given weekday comes back within 40 years (Gregorian calendar, around a year without one).
    private const int FarthestDays = 366 * 40;

    private bool[] seconds = [];
    private bool[] minutes = [];
    private bool[] hours = [];
    private bool[] days = [];
    private bool[] months = [];
    private bool[] weekdays = [];

    [JsonIgnore]
    public bool IsEmpty => (Second ?? Minute ?? Hour ?? DayOfMonth ?? Month ?? DayOfWeek) is null;

    /// <summary>What is wrong with it, or null; called once before <see cref="Next"/>.</summary>
    public string? Fault()
    {
        var hasDay = (DayOfMonth ?? Month ?? DayOfWeek) is not null;
        var isRead = TryRead(Second, 0, 59, false, out seconds) & TryRead(Minute, 0, 59, Second is not null, out minutes) &
            TryRead(Hour, 0, 23, (Second ?? Minute) is not null || !hasDay, out hours) & TryRead(DayOfMonth, 1, 31, true, out days) &
            TryRead(Month, 1, 12, true, out months) & TryRead(DayOfWeek, 1, 7, true, out weekdays);
        return !isRead ? "A field of a schedule is a number in its range, a range [a-b], or several of these parted by commas."
            : IsEmpty || Next(DateTimeOffset.UnixEpoch) is null ? "A schedule names a time that comes."
            : null;
    }

    /// <summary>The first time behind another; null where there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var start = new DateTime(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc).AddSeconds(1);
        for (var day = start.Date; day < start.Date.AddDays(FarthestDays); day = day.AddDays(1))
        {
            if (months[day.Month] && days[day.Day] && weekdays[day.DayOfWeek == System.DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek] &&
                OfDay(day == start.Date ? start.TimeOfDay : TimeSpan.Zero) is { } time)
            {
                return new DateTimeOffset(day, TimeSpan.Zero) + time;
            }
        }

        return null;
    }

    private TimeSpan? OfDay(TimeSpan from)
    {
        for (var time = from; time < TimeSpan.FromDays(1);)
        {
            if (!hours[time.Hours])
            {
                time = TimeSpan.FromHours(time.Hours + 1);
            }
            else if (!minutes[time.Minutes])
            {
                time = new(time.Hours, time.Minutes + 1, 0);
            }
            else if (!seconds[time.Seconds])
            {
                time += TimeSpan.FromSeconds(1);
            }
            else
            {
                return time;
            }
        }

        return null;
    }

    private static bool TryRead(string? text, int least, int most, bool isAny, out bool[] wanted)
    {
        wanted = new bool[most + 1];
        if (text is null)
        {
            Array.Fill(wanted, true, least, isAny ? most - least + 1 : 1);
            return true;
        }

        foreach (var element in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var bounds = element is ['[', .. var range, ']'] ? range.Split('-', StringSplitOptions.TrimEntries) : [element, element];
            if (bounds.Length != 2 || !TryNumber(bounds[0], least, most, out var from) || !TryNumber(bounds[1], least, most, out var to) || from > to)
            {
                return false;
            }

            Array.Fill(wanted, true, from, to - from + 1);
        }

        return true;
    }

    private static bool TryNumber(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
}
