using Jingwei.Server.Directory;

namespace Jingwei.Server.Indicators;

/// <summary>How things stand in each other, as far as figures roll up: the installation's, or a trial's handful.</summary>
public sealed record ThingTree(Func<string, Thing?> Find, Func<string, IEnumerable<Thing>> Children)
{
    /// <summary>Deeper than any plant; a ring of parents ends here.</summary>
    public const int MaxDepth = 32;

    /// <summary>The parties and regions that figures roll up to; null for none.</summary>
    public PlaceTree? Places { get; private init; }

    public static ThingTree Of(Things things, PlaceTree? places = null) => new(
        id => things.TryGet(id, out var thing) ? thing : places?.Find(id),
        id => places?.Find(id) is { } place ? places.Children(place) : things.Children(id))
    { Places = places };

    public static ThingTree Of(IReadOnlyCollection<Thing> things)
    {
        var byId = things.ToDictionary(thing => thing.Id, StringComparer.Ordinal);
        var byParent = things.ToLookup(thing => thing.Parent, StringComparer.Ordinal);
        return new ThingTree(byId.GetValueOrDefault, id => byParent[id]);
    }

    /// <summary>The same things without the places that they lie in.</summary>
    public ThingTree WithoutPlaces() => this with { Places = null };

    /// <summary>The thing and all that it is part of, itself first; then the parties and regions that it lies in.</summary>
    public IEnumerable<Thing> Upwards(Thing thing)
    {
        var depth = 0;
        for (var at = thing; at is not null && depth < MaxDepth; at = at.Parent is null ? null : Find(at.Parent), depth++)
        {
            yield return at;
        }

        foreach (var place in Places is null || IsPlace(thing) ? [] : Places.Above(thing))
        {
            yield return place;
        }
    }

    /// <summary>The thing and everything below it, in the order of ids, so that lists always read the same way.</summary>
    public List<Thing> Subtree(Thing thing)
    {
        var all = new List<Thing>();
        if (Places is not null && IsPlace(thing))
        {
            all.AddRange(Places.Things(thing));
        }
        else
        {
            Collect(thing, 0);
        }

        all.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return all;

        void Collect(Thing at, int depth)
        {
            all.Add(at);
            if (depth < MaxDepth)
            {
                foreach (var child in Children(at.Id))
                {
                    Collect(child, depth + 1);
                }
            }
        }
    }

    private static bool IsPlace(Thing thing) => thing.Type is PlaceSubject.Party or PlaceSubject.Region;
}
