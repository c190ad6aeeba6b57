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
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/api/tokens").Requires(Right.View);
        tokens.MapGet("", List);
        tokens.MapPost("", Create);
        tokens.MapDelete("/{id}", Remove);
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

        if (string.IsNullOrWhiteSpace(request.Name) || request.Expires < clock.GetUtcNow())
        {
            return Problems.Invalid("bad-token", "A token needs a name, and its end lies in the future.");
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
