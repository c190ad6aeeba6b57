using Jingwei.Server.Access;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Indicators;

/// <summary>
/// Parties and regions as what indicators are about, beside things. Each is a thing that stands nowhere in the directory; no thing can have
/// such an id or type, because neither may hold an at sign.
/// </summary>
public static class PlaceSubject
{
    /// <summary>The type of parties.</summary>
    public const string Party = "party@";

    /// <summary>The type of regions.</summary>
    public const string Region = "region@";

    public static bool IsParty(string subject) => subject.StartsWith(Party, StringComparison.Ordinal);

    public static bool IsRegion(string subject) => subject.StartsWith(Region, StringComparison.Ordinal);

    /// <summary>The party's or region's own id.</summary>
    public static string IdOf(string subject) => subject[(subject.IndexOf('@', StringComparison.Ordinal) + 1)..];

    // Its days and shifts are its own.
    public static Thing OfParty(string id, string name) => new(Party + id, Party, name, id, Regions.Root, null, null, DateTimeOffset.UnixEpoch, 1);

    // Parties of several zones may lie in it: its days are the installation's.
    public static Thing OfRegion(string id, string name) => new(Region + id, Region, name, Parties.Root, id, null, null, DateTimeOffset.UnixEpoch, 1);
}

/// <summary>Which parties and regions a thing counts for, and what counts for them.</summary>
public sealed class PlaceTree(Parties parties, Regions regions, Things things)
{
    /// <summary>Every party and region.</summary>
    public IEnumerable<Thing> All => parties.All.Select(Of).Concat(regions.All.Select(Of));

    public Thing? Find(string subject) =>
        PlaceSubject.IsParty(subject) ? parties.Find(PlaceSubject.IdOf(subject)) is { } party ? Of(party) : null
        : PlaceSubject.IsRegion(subject) && regions.Find(PlaceSubject.IdOf(subject)) is { } region ? Of(region) : null;

    /// <summary>The parties and regions that a thing lies in, all the way up.</summary>
    public IEnumerable<Thing> Above(Thing thing)
    {
        for (var party = parties.Find(thing.Party); party is not null; party = party.Parent is null ? null : parties.Find(party.Parent))
        {
            yield return Of(party);
        }

        for (var region = regions.Find(thing.Region); region is not null; region = region.Parent is null ? null : regions.Find(region.Parent))
        {
            yield return Of(region);
        }
    }

    /// <summary>All things in it and in what is below it.</summary>
    public IEnumerable<Thing> Things(Thing place)
    {
        var (id, ofParty) = (PlaceSubject.IdOf(place.Id), PlaceSubject.IsParty(place.Id));
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var thing in things.All)
        {
            var at = ofParty ? thing.Party : thing.Region;
            if (!known.TryGetValue(at, out var isIn))
            {
                known[at] = isIn = (ofParty ? parties.PathOf(at) : regions.PathOf(at)).Covers(id);
            }

            if (isIn)
            {
                yield return thing;
            }
        }
    }

    /// <summary>The places right below it, and the things that stand in it itself and are part of nothing.</summary>
    public IEnumerable<Thing> Children(Thing place)
    {
        var id = PlaceSubject.IdOf(place.Id);
        return PlaceSubject.IsParty(place.Id)
            ? parties.All.Where(party => party.Parent == id).Select(Of).Concat(things.All.Where(thing => thing.Parent is null && thing.Party == id))
            : regions.All.Where(region => region.Parent == id).Select(Of).Concat(things.All.Where(thing => thing.Parent is null && thing.Region == id));
    }

    private static Thing Of(Party party) => PlaceSubject.OfParty(party.Id, party.Name);

    private static Thing Of(Region region) => PlaceSubject.OfRegion(region.Id, region.Name);
}
