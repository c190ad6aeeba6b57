using Jingwei.Server.Access;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Directory;

/// <summary>The things that a caller may see; the others do not exist for him.</summary>
public sealed class Visible(Things things, Parties parties, Regions regions, PackCatalog packs)
{
    /// <summary>The thing, or null when it does not exist or the caller may not see it.</summary>
    public Thing? Thing(Caller caller, string id) =>
        things.TryGet(id, out var thing) && May(caller, thing) ? thing : null;

    public bool May(Caller caller, Thing thing) =>
        caller.Kind == CallerKind.Thing ? caller.Id == thing.Id : caller.May(Right.View, things.ScopeOf(thing));

    /// <summary>The things that fit the filter; party and region include what is below them, type what extends it.</summary>
    public IEnumerable<Thing> Things(Caller caller, ThingFilter filter) => things.All.Where(thing =>
        May(caller, thing) &&
        (filter.Type is not { } type || (packs.Current.Type(thing.Type)?.Is(type) ?? thing.Type == type)) &&
        (filter.Party is not { } party || parties.PathOf(thing.Party).Covers(party)) &&
        (filter.Region is not { } region || regions.PathOf(thing.Region).Covers(region)) &&
        (filter.Parent is not { } parent || thing.Parent == parent) &&
        (filter.Q is not { } q || thing.Name.Contains(q, StringComparison.OrdinalIgnoreCase) || thing.Id.Contains(q, StringComparison.OrdinalIgnoreCase)));
}
