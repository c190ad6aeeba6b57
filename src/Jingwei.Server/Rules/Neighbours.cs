using Jingwei.Cel;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Rules;

/// <summary>The things that rules know, by their place in the tree. One thread at a time.</summary>
/// <param name="isIn">Whether a thing is in a region or one below it.</param>
internal sealed class Neighbours(Func<Thing, string, bool> isIn)
{
    private readonly Dictionary<string, ThingLanes> things = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ThingLanes>> byParent = new(StringComparer.Ordinal);

    public void Add(ThingLanes thing)
    {
        things[thing.Thing.Id] = thing;
        if (thing.Thing.Parent is { } parent)
        {
            Of(parent).Add(thing);
        }
    }

    public void Remove(ThingLanes thing)
    {
        things.Remove(thing.Thing.Id);
        if (thing.Thing.Parent is { } parent)
        {
            Of(parent).Remove(thing);
        }
    }

    /// <summary>The thing was changed; it may be part of another one now.</summary>
    public void Move(ThingLanes thing, Thing to)
    {
        if (thing.Thing.Parent != to.Parent)
        {
            if (thing.Thing.Parent is { } before)
            {
                Of(before).Remove(thing);
            }

            if (to.Parent is { } after)
            {
                Of(after).Add(thing);
            }
        }
    }

    public IReadOnlyList<ThingLanes> Children(string thing) => byParent.GetValueOrDefault(thing) ?? [];

    public bool IsIn(Thing thing, string region) => isIn(thing, region);

    public CelValue OfParent(Thing thing, string property) =>
        thing.Parent is { } parent && things.TryGetValue(parent, out var above) && above.ValueOf(property) is { Kind: not CelKind.Unset } value
            ? value
            : CelValue.Error(CelErrorCode.Unbound, $"the thing above has no value of '{property}'");

    public IReadOnlyList<CelValue> OfSiblings(Thing thing, string property) => thing.Parent is { } parent
        ? [.. Children(parent)
            .Where(other => other.Thing.Id != thing.Id && other.Thing.Type == thing.Type)
            .Select(other => other.ValueOf(property))
            .Where(value => value.Kind != CelKind.Unset)]
        : [];

    private List<ThingLanes> Of(string parent)
    {
        if (!byParent.TryGetValue(parent, out var children))
        {
            children = [];
            byParent[parent] = children;
        }

        return children;
    }
}
