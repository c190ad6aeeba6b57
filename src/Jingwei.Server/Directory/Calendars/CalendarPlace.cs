using Jingwei.Server.Access;

namespace Jingwei.Server.Directory.Calendars;

/// <summary>A party or thing that working times are asked for or written of.</summary>
/// <param name="Party">The party itself, or the thing's.</param>
/// <param name="MayChange">Whether the caller may write its working times.</param>
internal sealed record CalendarPlace(CalendarOwner Owner, string Party, string? Thing, bool MayChange);

/// <summary>Finds places for callers, and names them.</summary>
internal sealed class CalendarPlaces(Parties parties, Things things, Visible visible, Actors actors)
{
    public const string OfParty = "parties";
    public const string OfThing = "things";

    /// <summary>The place that a path names; null where there is none for this caller.</summary>
    public CalendarPlace? Named(Caller caller, string kind, string id) => kind switch
    {
        OfParty => Find(caller, id, null),
        OfThing => Find(caller, null, id),
        _ => null,
    };

    /// <summary>The place that a query names: a thing, or a party, which is the root where it names none; null where there is none for this caller.</summary>
    public CalendarPlace? Find(Caller caller, string? party, string? thing)
    {
        if (thing is not null)
        {
            return visible.Thing(caller, thing) is { } found
                ? new(new(OwnerKind.Thing, thing), found.Party, thing, caller.May(Right.Configure, things.ScopeOf(found)))
                : null;
        }

        // A party has no region, so only whoever configures it in all regions writes its working times.
        var id = party ?? Parties.Root;
        return parties.Find(id) is not null && PlaceEndpoints.Sees(caller, id, parties)
            ? new(new(OwnerKind.Party, id), id, null, caller.May(Right.Configure, new(parties.PathOf(id), TreePath.Root(Regions.Root))))
            : null;
    }

    public TimeZoneInfo ZoneOf(CalendarPlace place) => parties.ZoneOf(place.Party);

    public string NameOf(CalendarOwner owner) => owner.Kind == OwnerKind.Thing
        ? things.TryGet(owner.Id, out var thing) ? thing.Name : owner.Id
        : parties.Find(owner.Id)?.Name ?? owner.Id;

    public string NameOfPerson(string id) => actors.NameOf(id);
}
