using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Directory.Calendars;

/// <summary>When people of a party, or at a thing, work, instead of what a pack's calendar declares.</summary>
/// <param name="Zone">IANA name; null: the zone of the party that is counted for.</param>
/// <param name="By">Who wrote it.</param>
public sealed record OwnCalendar(
    ImmutableArray<DayOfWeek> Days, ImmutableArray<WorkHours> Hours, ImmutableArray<DateOnly> Holidays, ImmutableArray<DateOnly> Workdays, string? Zone,
    string Why, string By, DateTimeOffset At)
{
    /// <summary>The declared calendar with these times.</summary>
    public WorkCalendar Instead(WorkCalendar declared) =>
        declared with { Days = Days, Hours = Hours, Holidays = Holidays, Workdays = Workdays, Zone = Zone };
}

/// <summary>Calendars that parties and things have of their own.</summary>
public sealed class OwnCalendars(Database database, CalendarOwners owners)
{
    private readonly OwnedBook<OwnCalendar> book = new(database, "own_calendar");

    /// <summary>How time is counted for what belongs to a party and, where one is named, is about a thing.</summary>
    /// <param name="pack">Whose calendars are counted in.</param>
    public WorkClock ClockOf(string pack, string party, string? thing) => book.IsEmpty(pack)
        ? WorkClock.Of(owners.ZoneOf(party))
        : new(owners.ZoneOf(party), declared => Find(pack, declared.Id, party, thing) is { Own: var own } ? own.Instead(declared) : declared);

    /// <summary>What holds instead of a declared calendar, and whose it is; null where the declared one holds.</summary>
    internal (CalendarOwner Owner, OwnCalendar Own)? Find(string pack, string calendar, string party, string? thing)
    {
        foreach (var owner in owners.Of(party, thing))
        {
            if (book.Of(new(pack, calendar, owner)).Body is { } own)
            {
                return (owner, own);
            }
        }

        return null;
    }

    internal Owned<OwnCalendar> Of(OwnedKey key) => book.Of(key);

    /// <inheritdoc cref="OwnedBook{T}.Save"/>
    internal Owned<OwnCalendar>? Save(OwnedKey key, OwnCalendar? own, long? seen) => book.Save(key, own, seen);
}
