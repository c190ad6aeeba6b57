using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Access;

public sealed record NewParty(string? Id, string? Name, string? Parent, string? Zone);

public sealed record PartyChange(string? Name, string? Zone);

public sealed record PartyItem(string Id, string Name, string? Parent, string Zone, string Path);

public sealed record NewRegion(string? Id, string? Name, string? Parent, string? Kind);

public sealed record RegionChange(string? Name);

public sealed record RegionItem(string Id, string Name, string? Parent, string Kind, string Path);

/// <summary>The two trees that rights hang on: parties and regions.</summary>
public static class PlaceEndpoints
{
    public static void MapPlaces(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/parties", ListParties).Requires(Right.View).WithSummary("The parties that the caller may see.");
        routes.MapPost("/api/parties", CreateParty).Requires(Right.Administer).WithSummary("Makes a party.");
        routes.MapPatch("/api/parties/{id}", ChangeParty).Requires(Right.Administer).WithSummary("Changes the name or time zone of a party.");
        routes.MapGet("/api/regions", ListRegions).Requires(Right.View).WithSummary("The regions that the caller may see.");
        routes.MapPost("/api/regions", CreateRegion).Requires(Right.Administer).WithSummary("Makes a region.");
        routes.MapPatch("/api/regions/{id}", ChangeRegion).Requires(Right.Administer).WithSummary("Changes the name of a region.");
    }

    private static Ok<Page<PartyItem>> ListParties(Caller caller, Parties parties, PageRequest page) => TypedResults.Ok(Page.Cut(
        parties.All
            .Where(party => Sees(caller, party.Id, parties))
            .OrderBy(party => party.Id, StringComparer.Ordinal)
            .Select(party => Item(party, parties)),
        party => party.Id, page));

    private static Ok<Page<RegionItem>> ListRegions(Caller caller, Regions regions, PageRequest page) => TypedResults.Ok(Page.Cut(
        regions.All
            .Where(region => Sees(caller, region.Id, regions))
            .OrderBy(region => region.Id, StringComparer.Ordinal)
            .Select(region => Item(region, regions)),
        region => region.Id, page));

    private static Results<Created<PartyItem>, ProblemHttpResult> CreateParty(Caller caller, NewParty request, Parties parties)
    {
        var parent = request.Parent ?? Parties.Root;
        if (Ids.Fault(request.Id) is { } fault)
        {
            return Problems.Invalid("bad-id", fault);
        }

        if (!MayChangeParties(caller, parent, parties))
        {
            return Problems.NotFound("party");
        }

        if (Fault(request.Name, parties.PathOf(parent)) is { } refusal)
        {
            return refusal;
        }

        var zone = request.Zone ?? parties.Find(parent)!.Zone;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            return Problems.Invalid("bad-zone", $"\"{zone}\" is not a time zone; an IANA name such as Asia/Shanghai is.");
        }

        var party = new Party(request.Id!, request.Name ?? request.Id!, parent, zone);
        return parties.Add(party)
            ? TypedResults.Created($"/api/parties/{Uri.EscapeDataString(party.Id)}", Item(party, parties))
            : Problems.Conflict("exists", "There is a party of that id.");
    }

    private static Results<Ok<PartyItem>, ProblemHttpResult> ChangeParty(Caller caller, string id, PartyChange change, Parties parties)
    {
        if (parties.Find(id) is not { } party || !MayChangeParties(caller, id, parties))
        {
            return Problems.NotFound("party");
        }

        if (Ids.NameFault(change.Name) is { } fault)
        {
            return Problems.Invalid("bad-name", fault);
        }

        if (change.Zone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            return Problems.Invalid("bad-zone", $"\"{zone}\" is not a time zone; an IANA name such as Asia/Shanghai is.");
        }

        var changed = party with { Name = change.Name ?? party.Name, Zone = change.Zone ?? party.Zone };
        parties.Update(changed);
        return TypedResults.Ok(Item(changed, parties));
    }

    private static Results<Created<RegionItem>, ProblemHttpResult> CreateRegion(Caller caller, NewRegion request, Regions regions)
    {
        var parent = request.Parent ?? Regions.Root;
        if (Ids.Fault(request.Id) is { } fault)
        {
            return Problems.Invalid("bad-id", fault);
        }

        if (!MayChangeRegions(caller, parent, regions))
        {
            return Problems.NotFound("region");
        }

        if (Fault(request.Name, regions.PathOf(parent)) is { } refusal)
        {
            return refusal;
        }

        if (request.Kind is not { } kind || !Regions.Kinds.Contains(kind))
        {
            return Problems.Invalid("bad-kind", $"The kind is one of {string.Join(", ", Regions.Kinds)}.");
        }

        var region = new Region(request.Id!, request.Name ?? request.Id!, parent, kind);
        return regions.Add(region)
            ? TypedResults.Created($"/api/regions/{Uri.EscapeDataString(region.Id)}", Item(region, regions))
            : Problems.Conflict("exists", "There is a region of that id.");
    }

    private static Results<Ok<RegionItem>, ProblemHttpResult> ChangeRegion(Caller caller, string id, RegionChange change, Regions regions)
    {
        if (regions.Find(id) is not { } region || !MayChangeRegions(caller, id, regions))
        {
            return Problems.NotFound("region");
        }

        if (Ids.NameFault(change.Name) is { } fault)
        {
            return Problems.Invalid("bad-name", fault);
        }

        var changed = region with { Name = change.Name ?? region.Name };
        regions.Update(changed);
        return TypedResults.Ok(Item(changed, regions));
    }

    // A party has no region, so only whoever administers it in all regions changes it.
    private static bool MayChangeParties(Caller caller, string party, Parties parties) =>
        caller.May(Right.Administer, new(parties.PathOf(party), TreePath.Root(Regions.Root)));

    private static ProblemHttpResult? Fault(string? name, TreePath parent) =>
        Ids.NameFault(name) is { } fault ? Problems.Invalid("bad-name", fault)
        : Tree.IsFull(parent) ? Problems.Invalid("too-deep", $"The tree has at most {Tree.MaximumDepth} levels.")
        : null;

    /// <summary>Whether a party exists for a caller.</summary>
    internal static bool Sees(Caller caller, string party, Parties parties) =>
        Touches(caller.Grants.Select(grant => grant.Party), parties.PathOf(party), parties.PathOf);

    /// <summary>Whether a region exists for a caller.</summary>
    internal static bool Sees(Caller caller, string region, Regions regions) =>
        Touches(caller.Grants.Select(grant => grant.Region), regions.PathOf(region), regions.PathOf);

    // Regions are shared by all parties, so only an administrator of the whole platform changes them, within his regions.
    internal static bool MayChangeRegions(Caller caller, string region, Regions regions) =>
        caller.May(Right.Administer, new(TreePath.Root(Parties.Root), regions.PathOf(region)));

    // A caller sees the subtrees of his grants and the way up from them to the root.
    private static bool Touches(IEnumerable<string> granted, TreePath path, Func<string, TreePath> pathOf) =>
        granted.Any(id => path.Covers(id) || pathOf(id).Text.StartsWith(path.Text, StringComparison.Ordinal));

    private static PartyItem Item(Party party, Parties parties) => new(party.Id, party.Name, party.Parent, party.Zone, parties.PathOf(party.Id).Text);

    private static RegionItem Item(Region region, Regions regions) => new(region.Id, region.Name, region.Parent, region.Kind, regions.PathOf(region.Id).Text);
}
