using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Directory.Calendars;

/// <summary>A shift by name.</summary>
public sealed record ShiftItem(string Id, Label Name, TimeOnly From, TimeOnly To);

/// <summary>Other shifts from a day on.</summary>
/// <param name="Shifts">Null: those of what the place is part of again.</param>
public sealed record ShiftChangeItem(DateOnly From, IReadOnlyList<ShiftItem>? Shifts, string Why, string By, string ByName, DateTimeOffset At);

/// <summary>The shifts of a pack as they hold for a party or thing today, and what the place itself has had and will have.</summary>
/// <param name="Owner">Whose shifts hold today; null: as the pack declares.</param>
/// <param name="Changes">The place's own, oldest first.</param>
/// <param name="Today">By the clock of the place: a change begins on a later day.</param>
/// <param name="Version">Of what the place itself has; 0 where it never had anything.</param>
public sealed record ShiftsItem(
    string Pack, IReadOnlyList<ShiftItem> Shifts, IReadOnlyList<ShiftItem> Declared, CalendarOwner? Owner, string? OwnerName, IReadOnlyList<ShiftChangeItem> Changes,
    DateOnly Today, string Zone, long Version, bool MayChange);

/// <param name="From">The first day whose shifts these are; after today.</param>
/// <param name="Shifts">Null: none of the place's own any more.</param>
public sealed record ShiftsRequest(DateOnly? From, ImmutableArray<OwnShift>? Shifts, string? Why);

/// <summary>Shifts of packs, and those that parties and things have instead from a day on.</summary>
internal static class ShiftEndpoints
{
    public static void MapShifts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/shifts", List).Requires(Right.View)
            .WithSummary("The shifts of all packs as they hold for `thing`, or `party`, which is the root where none is named.");
        var shifts = routes.MapGroup("/api/shifts/{pack}/{kind}/{id}");
        shifts.MapGet("", Get).Requires(Right.View).WithSummary("The shifts of a pack as they hold for one of the `parties` or `things`.");
        shifts.MapPut("", Put).Requires(Right.Configure).WithSummary("Gives a party or thing other shifts from a day on, or takes them back from then on; takes If-Match.");
        shifts.MapDelete("/{from}", Withdraw).Requires(Right.Configure).WithSummary("Withdraws a change that has not begun; takes If-Match.");
    }

    private static Results<Ok<Page<ShiftsItem>>, ProblemHttpResult> List(
        Caller caller, string? party, string? thing, CalendarPlaces places, PackCatalog packs, PackParties enabled, OwnShifts own, TimeProvider clock, PageRequest page) =>
        places.Find(caller, party, thing) is { } place
            ? TypedResults.Ok(Page.Cut(
                packs.Current.Packs.Where(pack => !pack.Shifts.IsEmpty && enabled.Shows(pack.Id, caller))
                    .OrderBy(pack => pack.Id, StringComparer.Ordinal).Select(pack => Item(pack, place, own, places, clock)),
                item => item.Pack,
                page))
            : Problems.NotFound(thing is null ? "party" : "thing");

    private static Results<Ok<ShiftsItem>, ProblemHttpResult> Get(
        Caller caller, string pack, string kind, string id, CalendarPlaces places, PackCatalog packs, OwnShifts own, TimeProvider clock, HttpContext context)
    {
        if (places.Named(caller, kind, id) is not { } place || WithShifts(packs, pack) is not { } found)
        {
            return Problems.NotFound("shifts");
        }

        var item = Item(found, place, own, places, clock);
        Versions.Show(context, item.Version);
        return TypedResults.Ok(item);
    }

    private static Results<Ok<ShiftsItem>, ProblemHttpResult> Put(
        Caller caller, string pack, string kind, string id, ShiftsRequest request, CalendarPlaces places, PackCatalog packs, OwnShifts own, TimeProvider clock,
        HttpContext context)
    {
        if (places.Named(caller, kind, id) is not { } place || WithShifts(packs, pack) is not { } found)
        {
            return Problems.NotFound("shifts");
        }

        if (!place.MayChange)
        {
            return CalendarEndpoints.NotYours();
        }

        if (CalendarFaults.Of(request, found.Shifts, Today(place, places, clock)) is { Count: > 0 } faults)
        {
            return Problems.Invalid("bad-shifts", "Nothing was changed. Each mistake is told with its field.", faults);
        }

        var change = new ShiftChange(request.From!.Value, request.Shifts, request.Why!.Trim(), caller.Id, clock.GetUtcNow());
        return Write(changes => changes.With(change), found, place, own, places, clock, context);
    }

    private static Results<Ok<ShiftsItem>, ProblemHttpResult> Withdraw(
        Caller caller, string pack, string kind, string id, DateOnly from, CalendarPlaces places, PackCatalog packs, OwnShifts own, TimeProvider clock, HttpContext context)
    {
        if (places.Named(caller, kind, id) is not { } place || WithShifts(packs, pack) is not { } found)
        {
            return Problems.NotFound("shifts");
        }

        if (!place.MayChange)
        {
            return CalendarEndpoints.NotYours();
        }

        return own.Of(new(pack, "", place.Owner)).Body?.All.Any(change => change.From == from) != true ? Problems.NotFound("change")
            : from <= Today(place, places, clock) ? Problems.Conflict("has-begun", "Figures are counted by these shifts already; change them from a later day on.")
            : Write(changes => new([.. changes.All.Where(change => change.From != from)]), found, place, own, places, clock, context);
    }

    // Of two changes at once without a version the later one is told, so that it does not wipe out the earlier unseen.
    private static Results<Ok<ShiftsItem>, ProblemHttpResult> Write(
        Func<ShiftChanges, ShiftChanges> change, Pack pack, CalendarPlace place, OwnShifts own, CalendarPlaces places, TimeProvider clock, HttpContext context)
    {
        var key = new OwnedKey(pack.Id, "", place.Owner);
        var before = own.Of(key);
        if (own.Save(key, change(before.Body ?? ShiftChanges.None), Versions.Seen(context) is { } seen && seen != before.Version ? seen : before.Version) is not { } saved)
        {
            return Problems.Stale();
        }

        Versions.Show(context, saved.Version);
        return TypedResults.Ok(Item(pack, place, own, places, clock));
    }

    private static Pack? WithShifts(PackCatalog packs, string pack) => packs.Current.Packs.FirstOrDefault(each => each.Id == pack && !each.Shifts.IsEmpty);

    private static DateOnly Today(CalendarPlace place, CalendarPlaces places, TimeProvider clock) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), places.ZoneOf(place)).DateTime);

    private static ShiftsItem Item(Pack pack, CalendarPlace place, OwnShifts own, CalendarPlaces places, TimeProvider clock)
    {
        var today = Today(place, places, clock);
        var found = own.Find(pack.Id, place.Party, place.Thing, today);
        var has = own.Of(new(pack.Id, "", place.Owner));
        IReadOnlyList<ShiftItem> declared = [.. pack.Shifts.Select(shift => new ShiftItem(shift.Id, shift.Name, shift.From, shift.To))];
        return new(
            pack.Id, found?.Change.Shifts is { } shifts ? Named(pack, shifts) : declared, declared,
            found?.Owner, found is { Owner: var owner } ? places.NameOf(owner) : null,
            [.. (has.Body ?? ShiftChanges.None).All.Select(change => new ShiftChangeItem(
                change.From, change.Shifts is { } list ? Named(pack, list) : null, change.Why, change.By, places.NameOfPerson(change.By), change.At))],
            today, places.ZoneOf(place).Id, has.Version, place.MayChange);
    }

    private static IReadOnlyList<ShiftItem> Named(Pack pack, ImmutableArray<OwnShift> shifts) =>
        [.. shifts.Select(shift => new ShiftItem(shift.Id, pack.Shifts.FirstOrDefault(each => each.Id == shift.Id)?.Name ?? Label.Of(shift.Id), shift.From, shift.To))];
}
