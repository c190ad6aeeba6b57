using Jingwei.Server.Access;
using Jingwei.Server.Access.Outlines;
using Jingwei.Server.Packs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Directory;

/// <summary>Things: list, make, see, change, remove.</summary>
public static class ThingEndpoints
{
    public static void MapThings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/things", List).Requires(Right.View).WithSummary("The things that the caller may see.");
        routes.MapPost("/api/things", Create).Requires(Right.Configure).WithSummary("Makes a thing.");
        routes.MapGet("/api/things/{id}", Get).Requires(Right.View).WithSummary("A thing with its type and the way down to it.");
        routes.MapPatch("/api/things/{id}", Change).Requires(Right.Configure).WithSummary("Changes a thing; takes If-Match.");
        routes.MapDelete("/api/things/{id}", Remove).Requires(Right.Configure).WithSummary("Removes a thing from sight; its id is never used again.");
    }

    private static Ok<Page<ThingItem>> List(Caller caller, [AsParameters] ThingFilter filter, Visible visible, PackCatalog packs, Presence presence, PageRequest page) =>
        TypedResults.Ok(Page.Cut(
            visible.Things(caller, filter, page.After).Select(thing => Item(thing, packs, presence)),
            thing => thing.Id,
            page));

    private static Results<Ok<ThingDetail>, ProblemHttpResult> Get(
        Caller caller, string id, Visible visible, Things things, PackCatalog packs, Presence presence, HttpContext context)
    {
        if (visible.Thing(caller, id) is not { } thing)
        {
            return Problems.NotFound("thing");
        }

        context.Response.Headers.ETag = $"\"{thing.Version}\"";
        return TypedResults.Ok(new ThingDetail(
            Item(thing, packs, presence),
            packs.Current.KnownType(thing.Type) is { } type ? TypeInfo.Of(type) : null,
            [.. things.Ancestors(thing).Where(step => visible.May(caller, step)).Select(step => new ThingStep(step.Id, step.Name))],
            things.Children(id).Count(child => visible.May(caller, child))));
    }

    private static async Task<Results<Created<ThingItem>, ProblemHttpResult>> Create(
        Caller caller, NewThing request, Visible visible, Things things, Parties parties, Regions regions, RegionOutlines outlines, PackCatalog packs,
        Presence presence, TimeProvider clock, CancellationToken cancellation)
    {
        var id = request.Id ?? Ulid.New(clock.GetUtcNow());
        var party = request.Party ?? Parties.Root;
        if (Fault(id, request, packs) is { } fault)
        {
            return fault;
        }

        // Where nobody says the region, the position does.
        var region = request.Region ?? (request.Position is { } position ? outlines.Smallest(position)?.Id : null) ?? Regions.Root;
        if (!caller.May(Right.Configure, new(parties.PathOf(party), regions.PathOf(region))))
        {
            return Problems.Forbidden("You can only make things within the parties and regions that you configure.");
        }

        if (MissingLink(caller, request.Parent, request.Gateway, visible) is { } missing)
        {
            return missing;
        }

        var thing = new Thing(id, request.Type!, request.Name ?? id, party, region, request.Parent, request.Gateway, clock.GetUtcNow(), 1)
        {
            Position = request.Position,
            Identifiers = ThingIdentifiers.Of(request.Identifiers),
        };
        return await things.AddAsync(thing, ThingAuthor.Of(caller), cancellation) switch
        {
            ThingOutcome.Done => TypedResults.Created($"/api/things/{Uri.EscapeDataString(id)}", Item(things.TryGet(id, out var made) ? made : thing, packs, presence)),
            ThingOutcome.Taken =>
                Problems.Conflict("exists", "The id is taken.", visible.Thing(caller, id) is { } existing ? Item(existing, packs, presence) : null),
            var outcome => Refused(outcome),
        };
    }

    private static ProblemHttpResult? Fault(string id, NewThing request, PackCatalog packs)
    {
        if (Ids.Fault(id) is { } fault)
        {
            return Problems.Invalid("bad-id", fault);
        }

        if (TypeFault(request.Type, packs) is { } typeFault)
        {
            return Problems.Invalid("bad-type", typeFault);
        }

        return Ids.NameFault(request.Name) is { } nameFault ? Problems.Invalid("bad-name", nameFault) : Fault(request.Position, request.Identifiers);
    }

    private static ProblemHttpResult? Fault(LonLat? position, IReadOnlyDictionary<string, string>? identifiers) =>
        position is { IsOnEarth: false } ? Problems.Invalid("bad-position", "position.lon lies between -180 and 180, position.lat between -90 and 90 degrees.")
        : ThingIdentifiers.Fault(identifiers) is { } fault ? Problems.Invalid("bad-identifiers", fault)
        : null;

    private static async Task<Results<Ok<ThingItem>, ProblemHttpResult>> Change(
        Caller caller, string id, ThingChange change, Visible visible, Things things, Parties parties, Regions regions, PackCatalog packs,
        Presence presence, HttpContext context, CancellationToken cancellation)
    {
        if (visible.Thing(caller, id) is not { } thing)
        {
            return Problems.NotFound("thing");
        }

        var changed = thing with
        {
            Name = change.Name ?? thing.Name,
            Party = change.Party ?? thing.Party,
            Region = change.Region ?? thing.Region,
            Parent = change.Parent is "" ? null : change.Parent ?? thing.Parent,
            Gateway = change.Gateway is "" ? null : change.Gateway ?? thing.Gateway,
            Position = change.Position ?? thing.Position,
            Identifiers = change.Identifiers is null ? thing.Identifiers : ThingIdentifiers.Of(thing.Identifiers.SetItems(change.Identifiers)),
        };
        if (Ids.NameFault(change.Name) is { } fault)
        {
            return Problems.Invalid("bad-name", fault);
        }

        if (Fault(change.Position, change.Identifiers is null ? null : changed.Identifiers) is { } refused)
        {
            return refused;
        }

        if (!caller.May(Right.Configure, things.ScopeOf(thing)) ||
            !caller.May(Right.Configure, new(parties.PathOf(changed.Party), regions.PathOf(changed.Region))))
        {
            return Problems.Forbidden("You can only change things within the parties and regions that you configure.");
        }

        // What stays as it was is not asked for again: it may have gone out of the caller's sight.
        if (MissingLink(caller, changed.Parent == thing.Parent ? null : changed.Parent, changed.Gateway == thing.Gateway ? null : changed.Gateway, visible) is { } missing)
        {
            return missing;
        }

        var asked = context.Request.Headers.IfMatch.ToString().Trim('"');
        var outcome = asked is "" or "*" || asked == $"{thing.Version}" ? await things.UpdateAsync(changed, ThingAuthor.Of(caller), cancellation) : ThingOutcome.Stale;
        if (outcome != ThingOutcome.Done)
        {
            return Refused(outcome);
        }

        context.Response.Headers.ETag = $"\"{thing.Version + 1}\"";
        return TypedResults.Ok(Item(changed with { Version = thing.Version + 1 }, packs, presence));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(Caller caller, string id, Visible visible, Things things, CancellationToken cancellation)
    {
        if (visible.Thing(caller, id) is not { } thing)
        {
            return Problems.NotFound("thing");
        }

        if (!caller.May(Right.Configure, things.ScopeOf(thing)))
        {
            return Problems.Forbidden("You can only remove things that you configure.");
        }

        return await things.RemoveAsync(thing, ThingAuthor.Of(caller), cancellation) is var outcome and not ThingOutcome.Done
            ? Refused(outcome)
            : TypedResults.NoContent();
    }

    private static ProblemHttpResult Refused(ThingOutcome outcome) => outcome switch
    {
        ThingOutcome.Cycle => Problems.Invalid("cycle", "A thing cannot stand below itself."),
        ThingOutcome.TooDeep => Problems.Invalid("too-deep", $"Things stand within things at most {Things.MaximumDepth} levels deep."),
        ThingOutcome.NotEnabled => Problems.Invalid("pack-disabled", "The pack of the type is not enabled for that party."),
        ThingOutcome.HasChildren => Problems.Conflict("has-children", "Other things are part of this one; remove or move them first."),
        _ => Problems.Stale(),
    };

    public static ThingItem Item(Thing thing, PackCatalog packs, Presence presence) => new(
        thing.Id, thing.Type, packs.Current.KnownType(thing.Type)?.Name, thing.Name, thing.Party, thing.Region, thing.Parent, thing.Gateway,
        presence.IsConnected(thing.Id), presence.LastSeen(thing.Id), thing.Created, thing.Version,
        thing.Position, thing.Identifiers);

    internal static string? TypeFault(string? type, PackCatalog packs) => type switch
    {
        null or "" => "A type is missing.",
        _ when packs.Current.Type(type) is not { } known => $"No pack declares the type \"{type}\".",
        _ when packs.Current.Type(type)!.Abstract => $"The type \"{type}\" is abstract: other types extend it.",
        _ => null,
    };

    private static ProblemHttpResult? MissingLink(Caller caller, string? parent, string? gateway, Visible visible) => (parent, gateway) switch
    {
        ({ } above, _) when visible.Thing(caller, above) is null => Problems.Invalid("unknown-parent", $"There is no thing \"{above}\" to be part of."),
        (_, { } through) when visible.Thing(caller, through) is null => Problems.Invalid("unknown-gateway", $"There is no gateway \"{through}\"."),
        _ => null,
    };
}
