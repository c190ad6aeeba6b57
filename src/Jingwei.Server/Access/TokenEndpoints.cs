using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Access;

public sealed record NewToken(string? Name, Role Role, string? Party, string? Region, DateTimeOffset? Expires);

/// <param name="Token">Shown this once; only its hash is kept.</param>
public sealed record CreatedToken(string Id, string Token, string Name, DateTimeOffset? Expires);

public sealed record TokenItem(
    string Id, string Name, string Prefix, string User, Role Role, string Party, string Region, DateTimeOffset Created, DateTimeOffset? Expires);

/// <summary>API tokens: everybody makes them for himself, never with more than he may do.</summary>
public static class TokenEndpoints
{
    // One for each program and machine of a large plant, and a stop for a program that makes them in a loop.
    private const int MaximumPerUser = 1_000;

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/api/tokens").Requires(Right.View);
        tokens.MapGet("", List).WithSummary("API tokens of the caller, and of those whom he administers.");
        tokens.MapPost("", Create).WithSummary("Makes an API token; its secret is shown this once.");
        tokens.MapDelete("/{id}", Remove).WithSummary("Ends an API token.");
    }

    private static Ok<Page<TokenItem>> List(Caller caller, Tokens tokens, Users users, Parties parties, PageRequest page) => TypedResults.Ok(Page.Cut(
        tokens.ApiTokens
            .Where(token => Owns(caller, token, users, parties))
            .OrderBy(token => token.Id, StringComparer.Ordinal)
            .Select(token => new TokenItem(
                token.Id, token.Name, token.Prefix, token.User, token.Grant!.Role, token.Grant.Party, token.Grant.Region, token.Created, token.Expires)),
        token => token.Id, page));

    private static Results<Created<CreatedToken>, ProblemHttpResult> Create(
        Caller caller, NewToken request, Tokens tokens, Parties parties, Regions regions, TimeProvider clock)
    {
        if (caller.Kind != CallerKind.User)
        {
            return Problems.Forbidden("Only a user makes tokens.");
        }

        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > Ids.MaximumName || !Enum.IsDefined(request.Role) || request.Expires <= clock.GetUtcNow())
        {
            return Problems.Invalid("bad-token", $"A token needs a name of at most {Ids.MaximumName} characters, a role, and an end, if any, in the future.");
        }

        if (tokens.ApiTokens.Count(token => token.User == caller.Id) >= MaximumPerUser)
        {
            return Problems.Conflict("too-many-tokens", $"A user has at most {MaximumPerUser} tokens; remove those that nobody uses.");
        }

        var grant = new Grant(0, request.Role, request.Party ?? Parties.Root, request.Region ?? Regions.Root);
        if (!caller.May((Right)request.Role, new(parties.PathOf(grant.Party), regions.PathOf(grant.Region))))
        {
            return Problems.Forbidden("A token cannot do more than you may do yourself.");
        }

        var (token, secret) = tokens.Add(request.Name, caller.Id, grant, request.Expires);
        return TypedResults.Created($"/api/tokens/{token.Id}", new CreatedToken(token.Id, secret, token.Name, token.Expires));
    }

    private static Results<NoContent, ProblemHttpResult> Remove(Caller caller, string id, Tokens tokens, Users users, Parties parties)
    {
        if (tokens.ApiTokens.FirstOrDefault(token => token.Id == id) is not { } found || !Owns(caller, found, users, parties))
        {
            return Problems.NotFound("token");
        }

        tokens.Remove(token => token.Id == id);
        return TypedResults.NoContent();
    }

    private static bool Owns(Caller caller, Token token, Users users, Parties parties) =>
        token.User == caller.Id || (users.Find(token.User) is { } user && UserEndpoints.Administers(caller, parties, user.Party));
}
