using Jingwei.Server.Access;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Directory;

/// <summary>The things that a caller may see; the others do not exist for him.</summary>
public sealed class Visible(Things things, PackCatalog packs)
{
    /// <summary>The thing, or null when it does not exist or the caller may not see it.</summary>
    public Thing? Thing(Caller caller, string id) =>
        things.TryGet(id, out var thing) && May(caller, thing) ? thing : null;

    public bool May(Caller caller, Thing thing) =>
        caller.Kind == CallerKind.Thing ? caller.Id == thing.Id : caller.May(Right.View, things.ScopeOf(thing));

    /// <summary>
    /// The things that fit the filter, in the ordinal order of their ids; party and region include what is below them, type what extends it.
    /// </summary>
    /// <param name="after">Only those behind this id; null for all.</param>
    public IEnumerable<Thing> Things(Caller caller, ThingFilter filter, string? after = null)
    {
        // Things share few types and places: each is judged once a list.
        var types = new Dictionary<string, bool>(StringComparer.Ordinal);
        var places = new Dictionary<(string Party, string Region), bool>();
        var inOrder = things.InOrder(after);
        Thing? last = null;
        var isLast = false;
        for (var index = 0; index < inOrder.Length; index++)
        {
            var thing = inOrder.Span[index];
            if (last is null || thing.Type != last.Type || thing.Party != last.Party || thing.Region != last.Region)
            {
                (last, isLast) = (thing, IsInPlace(places, caller, filter, thing) && IsOfType(types, filter, thing));
            }

            if (isLast && (caller.Kind != CallerKind.Thing || caller.Id == thing.Id) && Fits(filter, thing))
            {
                yield return thing;
            }
        }
    }

    private bool IsInPlace(Dictionary<(string Party, string Region), bool> known, Caller caller, ThingFilter filter, Thing thing)
    {
        if (!known.TryGetValue((thing.Party, thing.Region), out var isIn))
        {
            var scope = things.ScopeOf(thing);
            isIn = (caller.Kind == CallerKind.Thing || caller.May(Right.View, scope)) &&
                (filter.Party is not { } party || scope.PartyPath.Covers(party)) &&
                (filter.Region is not { } region || scope.RegionPath.Covers(region));
            known.Add((thing.Party, thing.Region), isIn);
        }

        return isIn;
    }

    private bool IsOfType(Dictionary<string, bool> known, ThingFilter filter, Thing thing)
    {
        if (filter.Type is not { } type)
        {
            return true;
        }

        if (!known.TryGetValue(thing.Type, out var isOne))
        {
            isOne = packs.Current.Type(thing.Type)?.Is(type) ?? thing.Type == type;
            known.Add(thing.Type, isOne);
        }

        return isOne;
    }

    private static bool Fits(ThingFilter filter, Thing thing) =>
        (filter.Parent is not { } parent || thing.Parent == parent) &&
        (filter.Q is not { } q || thing.Name.Contains(q, StringComparison.OrdinalIgnoreCase) || thing.Id.Contains(q, StringComparison.OrdinalIgnoreCase) ||
            thing.Identifiers.Values.Any(value => value.Contains(q, StringComparison.OrdinalIgnoreCase)));
}
