using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Directory.Calendars;

/// <summary>A pack's calendar as it holds for a party or thing.</summary>
/// <param name="Zone">IANA name; null: the zone of the party that is counted for.</param>
/// <param name="Owner">Whose times these are: the place's own, or those of what it is part of; null: as the pack declares.</param>
/// <param name="Own">They are the very place's.</param>
/// <param name="Version">Of what the place itself has; 0 where it never had anything.</param>
public sealed record CalendarItem(
    string Pack, string Calendar, Label Name, ImmutableArray<DayOfWeek> Days, ImmutableArray<WorkHours> Hours, ImmutableArray<DateOnly> Holidays,
    ImmutableArray<DateOnly> Workdays, string? Zone, CalendarOwner? Owner, string? OwnerName, bool Own, string? Why, string? By, string? ByName, DateTimeOffset? At,
    long Version, bool MayChange);

/// <param name="Zone">Null: that of the party.</param>
public sealed record CalendarRequest(
    ImmutableArray<DayOfWeek>? Days, ImmutableArray<WorkHours>? Hours, ImmutableArray<DateOnly>? Holidays, ImmutableArray<DateOnly>? Workdays, string? Zone,
    string? Why);

/// <summary>Calendars of packs, and those that parties and things have instead.</summary>
internal static class CalendarEndpoints
{
    public static void MapCalendars(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/calendars", List).Requires(Right.View)
            .WithSummary("The calendars of all packs as they hold for `thing`, or `party`, which is the root where none is named.");
        var calendar = routes.MapGroup("/api/calendars/{pack}/{calendar}/{kind}/{id}");
        calendar.MapGet("", Get).Requires(Right.View).WithSummary("A calendar as it holds for one of the `parties` or `things`.");
        calendar.MapPut("", Put).Requires(Right.Configure).WithSummary("Gives a party or thing a calendar of its own; takes If-Match.");
        calendar.MapDelete("", Remove).Requires(Right.Configure).WithSummary("Takes a party's or thing's own calendar back; takes If-Match.");
    }

    private static Results<Ok<Page<CalendarItem>>, ProblemHttpResult> List(
        Caller caller, string? party, string? thing, CalendarPlaces places, PackCatalog packs, PackParties enabled, OwnCalendars calendars, PageRequest page) =>
        places.Find(caller, party, thing) is { } place
            ? TypedResults.Ok(Page.Cut(
                packs.Current.Packs.Where(pack => enabled.Shows(pack.Id, caller))
                    .SelectMany(pack => pack.Calendars.Select(declared => Item(pack.Id, declared, place, calendars, places)))
                    .OrderBy(item => $"{item.Pack}/{item.Calendar}", StringComparer.Ordinal),
                item => $"{item.Pack}/{item.Calendar}",
                page))
            : Problems.NotFound(thing is null ? "party" : "thing");

    private static Results<Ok<CalendarItem>, ProblemHttpResult> Get(
        Caller caller, string pack, string calendar, string kind, string id, CalendarPlaces places, PackCatalog packs, OwnCalendars calendars, HttpContext context)
    {
        if (places.Named(caller, kind, id) is not { } place || Declared(packs, pack, calendar) is not { } declared)
        {
            return Problems.NotFound("calendar");
        }

        var item = Item(pack, declared, place, calendars, places);
        Versions.Show(context, item.Version);
        return TypedResults.Ok(item);
    }

    private static Results<Ok<CalendarItem>, ProblemHttpResult> Put(
        Caller caller, string pack, string calendar, string kind, string id, CalendarRequest request, CalendarPlaces places, PackCatalog packs,
        OwnCalendars calendars, TimeProvider clock, HttpContext context)
    {
        if (places.Named(caller, kind, id) is not { } place || Declared(packs, pack, calendar) is not { } declared)
        {
            return Problems.NotFound("calendar");
        }

        if (!place.MayChange)
        {
            return NotYours();
        }

        if (CalendarFaults.Of(request) is { Count: > 0 } faults)
        {
            return Problems.Invalid("bad-calendar", "Nothing was changed. Each mistake is told with its field.", faults);
        }

        var own = new OwnCalendar(
            Given(request.Days), Given(request.Hours), Given(request.Holidays), Given(request.Workdays), request.Zone, request.Why!.Trim(), caller.Id, clock.GetUtcNow());
        return Write(own, pack, declared, place, calendars, places, context) is { } item ? TypedResults.Ok(item) : Problems.Stale();
    }

    private static Results<Ok<CalendarItem>, ProblemHttpResult> Remove(
        Caller caller, string pack, string calendar, string kind, string id, CalendarPlaces places, PackCatalog packs, OwnCalendars calendars, HttpContext context)
    {
        if (places.Named(caller, kind, id) is not { } place || Declared(packs, pack, calendar) is not { } declared)
        {
            return Problems.NotFound("calendar");
        }

        return !place.MayChange ? NotYours()
            : Write(null, pack, declared, place, calendars, places, context) is { } item ? TypedResults.Ok(item)
            : Problems.Stale();
    }

    internal static ProblemHttpResult NotYours() => Problems.Forbidden("Working times belong to a party or thing that you configure.");

    private static CalendarItem? Write(
        OwnCalendar? own, string pack, WorkCalendar declared, CalendarPlace place, OwnCalendars calendars, CalendarPlaces places, HttpContext context)
    {
        if (calendars.Save(new(pack, declared.Id, place.Owner), own, Versions.Seen(context)) is not { } saved)
        {
            return null;
        }

        Versions.Show(context, saved.Version);
        return Item(pack, declared, place, calendars, places);
    }

    private static WorkCalendar? Declared(PackCatalog packs, string pack, string calendar) =>
        packs.Current.Packs.FirstOrDefault(each => each.Id == pack)?.Calendars.FirstOrDefault(each => each.Id == calendar);

    private static ImmutableArray<T> Given<T>(ImmutableArray<T>? list) => list is { IsDefault: false } given ? given : [];

    private static CalendarItem Item(string pack, WorkCalendar declared, CalendarPlace place, OwnCalendars calendars, CalendarPlaces places)
    {
        var found = calendars.Find(pack, declared.Id, place.Party, place.Thing);
        var holds = found is { Own: var own } ? own.Instead(declared) : declared;
        return new(
            pack, declared.Id, declared.Name, holds.Days, holds.Hours, holds.Holidays, holds.Workdays, holds.Zone,
            found?.Owner, found is { Owner: var owner } ? places.NameOf(owner) : null, found?.Owner == place.Owner,
            found?.Own.Why, found?.Own.By, found is { Own.By: var by } ? places.NameOfPerson(by) : null, found?.Own.At,
            calendars.Of(new(pack, declared.Id, place.Owner)).Version, place.MayChange);
    }
}
