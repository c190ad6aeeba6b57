using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Access;

public sealed record NewUser(string? Id, string? Name, string? Party, string? Password);

public sealed record UserChange(string? Name, string? Party, bool? Disabled);

public sealed record NewGrant(Role Role, string? Party, string? Region);

public sealed record NewPassword(string? Password);

/// <summary>Users and their grants, for administrators of the users' parties.</summary>
public static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/users").Requires(Right.Administer);
        users.MapGet("", List).WithSummary("The users of the parties that the caller administers.");
        users.MapPost("", Create).WithSummary("Makes a user.");
        users.MapGet("/{id}", Get).WithSummary("A user with his grants.");
        users.MapPatch("/{id}", Change).WithSummary("Changes a user, or disables him.");
        users.MapDelete("/{id}", Remove).WithSummary("Removes a user; his sessions and tokens end.");
        users.MapPost("/{id}/password", SetPassword).WithSummary("Sets the password of a user; his sessions end.");
        users.MapPost("/{id}/grants", AddGrant).WithSummary("Grants a role over a party and a region.");
        users.MapDelete("/{id}/grants/{grant:long}", RemoveGrant).WithSummary("Takes a grant back.");
    }

    private static Ok<Page<User>> List(Caller caller, Users users, Parties parties, PageRequest page, string? q) => TypedResults.Ok(Page.Cut(
        users.All
            .Where(user => Administers(caller, parties, user.Party) && (q is null || user.Id.Contains(q, StringComparison.OrdinalIgnoreCase) || user.Name.Contains(q, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(user => user.Id, StringComparer.Ordinal),
        user => user.Id, page));

    private static Results<Created<User>, ProblemHttpResult> Create(Caller caller, NewUser request, Users users, Parties parties)
    {
        var party = request.Party ?? Parties.Root;
        if (Ids.Fault(request.Id) is { } fault)
        {
            return Problems.Invalid("bad-id", fault);
        }

        if (request.Id == Caller.System.Id || request.Id == AuditTrail.Nobody)
        {
            return Problems.Invalid("bad-id", $"The id \"{request.Id}\" is reserved.");
        }

        if (Ids.NameFault(request.Name) is { } nameFault)
        {
            return Problems.Invalid("bad-name", nameFault);
        }

        if (!Administers(caller, parties, party))
        {
            return Problems.NotFound("party");
        }

        if (!SignInEndpoints.IsPassword(request.Password))
        {
            return SignInEndpoints.WeakPassword();
        }

        return users.Add(request.Id!, request.Name ?? request.Id!, party, request.Password!)
            ? TypedResults.Created($"/api/users/{Uri.EscapeDataString(request.Id!)}", users.Find(request.Id!))
            : Problems.Conflict("exists", "There is a user of that id.");
    }

    private static Results<Ok<User>, ProblemHttpResult> Get(Caller caller, string id, Users users, Parties parties) =>
        Visible(caller, id, users, parties) is { } user ? TypedResults.Ok(user) : Problems.NotFound("user");

    private static Results<Ok<User>, ProblemHttpResult> Change(
        Caller caller, string id, UserChange change, Users users, Tokens tokens, Parties parties, Regions regions)
    {
        if (Visible(caller, id, users, parties) is not { } user || (change.Party is { } party && !Administers(caller, parties, party)))
        {
            return Problems.NotFound("user");
        }

        if (change.Disabled == true && id == caller.Id)
        {
            return Problems.Conflict("own-account", "You cannot disable your own account.");
        }

        if (Ids.NameFault(change.Name) is { } fault)
        {
            return Problems.Invalid("bad-name", fault);
        }

        if (!MayGiveAll(caller, user, parties, regions))
        {
            return BeyondYou();
        }

        if (users.Update(id, change.Name, change.Party, change.Disabled) is not { } changed)
        {
            return Problems.NotFound("user");
        }

        if (changed.Disabled)
        {
            tokens.Remove(token => token.IsSession && token.User == id);
        }

        return TypedResults.Ok(changed);
    }

    private static Results<NoContent, ProblemHttpResult> Remove(
        Caller caller, string id, Users users, Tokens tokens, Parties parties, Regions regions)
    {
        if (Visible(caller, id, users, parties) is not { } user)
        {
            return Problems.NotFound("user");
        }

        if (id == caller.Id)
        {
            return Problems.Conflict("own-account", "You cannot remove your own account.");
        }

        if (!MayGiveAll(caller, user, parties, regions))
        {
            return BeyondYou();
        }

        users.Remove(id);
        tokens.Remove(token => token.User == id);
        return TypedResults.NoContent();
    }

    private static Results<NoContent, ProblemHttpResult> SetPassword(
        Caller caller, string id, NewPassword request, Users users, Tokens tokens, Parties parties, Regions regions)
    {
        if (Visible(caller, id, users, parties) is not { } user)
        {
            return Problems.NotFound("user");
        }

        // Who sets a password can sign in with it, so he needs every right that it opens.
        if (!MayGiveAll(caller, user, parties, regions))
        {
            return BeyondYou();
        }

        if (!SignInEndpoints.IsPassword(request.Password))
        {
            return SignInEndpoints.WeakPassword();
        }

        users.SetPassword(id, request.Password!);
        tokens.Remove(token => token.IsSession && token.User == id);
        return TypedResults.NoContent();
    }

    private static Results<Created<Grant>, ProblemHttpResult> AddGrant(Caller caller, string id, NewGrant request, Users users, Parties parties, Regions regions)
    {
        var (party, region) = (request.Party ?? Parties.Root, request.Region ?? Regions.Root);
        if (Visible(caller, id, users, parties) is null)
        {
            return Problems.NotFound("user");
        }

        if (!Enum.IsDefined(request.Role))
        {
            return Problems.Invalid("bad-role", $"The role is one of {string.Join(", ", Enum.GetNames<Role>())}.");
        }

        if (!caller.May(Right.Administer, new(parties.PathOf(party), regions.PathOf(region))))
        {
            return Problems.Forbidden("You can only grant within the parties and regions that you administer.");
        }

        return users.AddGrant(id, request.Role, party, region) is { } grant
            ? TypedResults.Created($"/api/users/{Uri.EscapeDataString(id)}/grants/{grant.Id}", grant)
            : Problems.Conflict("exists", "The user holds that grant already.");
    }

    private static Results<NoContent, ProblemHttpResult> RemoveGrant(
        Caller caller, string id, long grant, Users users, Parties parties, Regions regions)
    {
        var found = Visible(caller, id, users, parties)?.Grants.FirstOrDefault(each => each.Id == grant);
        if (found is null)
        {
            return Problems.NotFound("grant");
        }

        if (!MayGive(caller, found, parties, regions))
        {
            return BeyondYou();
        }

        users.RemoveGrant(id, grant);
        return TypedResults.NoContent();
    }

    private static User? Visible(Caller caller, string id, Users users, Parties parties) =>
        users.Find(id) is { } user && Administers(caller, parties, user.Party) ? user : null;

    // Users have a party but no region, so the region of the administrator's grant does not narrow whom he sees.
    internal static bool Administers(Caller caller, Parties parties, string party) =>
        caller.Grants.Any(grant => grant.Role == Role.Administrator && parties.PathOf(party).Covers(grant.Party));

    private static bool MayGive(Caller caller, Grant grant, Parties parties, Regions regions) =>
        caller.May(Right.Administer, new(parties.PathOf(grant.Party), regions.PathOf(grant.Region)));

    private static bool MayGiveAll(Caller caller, User user, Parties parties, Regions regions) =>
        user.Grants.All(grant => MayGive(caller, grant, parties, regions));

    private static ProblemHttpResult BeyondYou() =>
        Problems.Forbidden("The user holds grants beyond the parties and regions that you administer.");
}
