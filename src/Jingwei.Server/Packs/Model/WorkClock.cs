namespace Jingwei.Server.Packs.Model;

/// <summary>How time is counted at a place: by whose clock, and by which calendars instead of the declared ones.</summary>
/// <param name="Zone">Of the party, for calendars that have none of their own.</param>
/// <param name="Calendar">What holds at the place instead of a calendar that a pack declares; the same where nothing does.</param>
public sealed record WorkClock(TimeZoneInfo Zone, Func<WorkCalendar, WorkCalendar> Calendar)
{
    /// <summary>A clock with the calendars as they are declared.</summary>
    public static WorkClock Of(TimeZoneInfo zone) => new(zone, declared => declared);

    /// <summary>The moment at which that much time has passed since <paramref name="from"/>.</summary>
    /// <param name="calendar">What the time is counted in; null: every hour of every day.</param>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan length, WorkCalendar? calendar) =>
        calendar is null ? from + length : Calendar(calendar).After(from, length, Zone);
}
