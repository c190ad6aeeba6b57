using Jingwei.Server.Access;

namespace Jingwei.Server.Directory.Edits;

/// <summary>What becomes of selected things; what is not named stays. An empty parent or gateway is none.</summary>
/// <param name="Name">A pattern: {name}, {id}, {n}, {n:3}.</param>
public sealed record SelectionChange(string? Party, string? Region, string? Parent, string? Gateway, string? Name);

public sealed record SelectionRequest(IReadOnlyList<string>? Things, SelectionChange? Set);

/// <summary>What becomes, or became, of one of them.</summary>
/// <param name="Outcome">change, same or refused.</param>
/// <param name="Code">Why it is refused.</param>
public sealed record SelectionItem(string Thing, string? Name, string Outcome, string? Code, string? Detail, IReadOnlyList<FieldChange> Fields);

/// <summary>Changes the same of many things; each is judged by itself.</summary>
public sealed class SelectionEdit(Visible visible, Things things, Parties parties, Regions regions)
{
    /// <summary>Most things of one change: more than a list shows.</summary>
    public const int Most = 10_000;

    /// <summary>What the change would do to each, in the order of the request.</summary>
    public IReadOnlyList<(SelectionItem Item, ThingWrite? Write)> Plan(SelectionRequest request, Caller caller)
    {
        var (set, number) = (request.Set!, 0);
        return [.. request.Things!.Distinct(StringComparer.Ordinal).Select(id =>
            visible.Thing(caller, id) is { } thing ? Plan(thing, set, ++number, caller) : (new SelectionItem(id, null, "refused", "not-found", "There is no such thing.", []), null))];
    }

    private (SelectionItem Item, ThingWrite? Write) Plan(Thing thing, SelectionChange set, int number, Caller caller)
    {
        var changed = thing with
        {
            Name = set.Name is { } pattern ? NamePattern.Of(pattern).For(thing, number) : thing.Name,
            Party = set.Party ?? thing.Party,
            Region = set.Region ?? thing.Region,
            Parent = set.Parent is "" ? null : set.Parent ?? thing.Parent,
            Gateway = set.Gateway is "" ? null : set.Gateway ?? thing.Gateway,
        };
        SelectionItem Refused(string code, string detail) => new(thing.Id, thing.Name, "refused", code, detail, []);

        if (Ids.NameFault(changed.Name) is { } fault)
        {
            return (Refused("bad-name", fault), null);
        }

        if (!caller.May(Right.Configure, things.ScopeOf(thing)) || !caller.May(Right.Configure, new(parties.PathOf(changed.Party), regions.PathOf(changed.Region))))
        {
            return (Refused("forbidden", "You configure it only here, or only there."), null);
        }

        if (changed.Parent == thing.Id)
        {
            return (Refused("cycle", "A thing cannot stand below itself."), null);
        }

        var fields = ThingFields.Between(thing, changed);
        return fields.Count == 0
            ? (new(thing.Id, thing.Name, "same", null, null, fields), null)
            : (new(thing.Id, thing.Name, "change", null, null, fields), new ThingWrite(ThingDeed.Changed, changed));
    }
}
