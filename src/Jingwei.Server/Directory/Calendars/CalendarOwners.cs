using Jingwei.Server.Access;

namespace Jingwei.Server.Directory.Calendars;

/// <summary>Whose working times hold where: the nearest owner's, from the thing up to what it is part of, then from its party up.</summary>
public sealed class CalendarOwners(Things things, Parties parties)
{
    /// <summary>The zone that a party's days are counted in.</summary>
    public TimeZoneInfo ZoneOf(string party) => parties.ZoneOf(party);

    /// <summary>All that may say something of a thing, the nearest first.</summary>
    public IEnumerable<CalendarOwner> Of(Thing thing)
    {
        var at = thing;
        for (var depth = 0; depth < Things.MaximumDepth; depth++)
        {
            yield return new(OwnerKind.Thing, at.Id);
            if (at.Parent is null || !things.TryGet(at.Parent, out at))
            {
                break;
            }
        }

        foreach (var owner in OfParty(thing.Party))
        {
            yield return owner;
        }
    }

    /// <summary>All that may say something of a party, and of a thing of it where there is one; the nearest first.</summary>
    public IEnumerable<CalendarOwner> Of(string party, string? thing) =>
        thing is not null && things.TryGet(thing, out var found) ? Of(found) : OfParty(party);

    private IEnumerable<CalendarOwner> OfParty(string party)
    {
        var depth = 0;
        for (string? at = party; at is not null && depth < Tree.MaximumDepth; at = parties.Find(at)?.Parent, depth++)
        {
            yield return new(OwnerKind.Party, at);
        }
    }
}
