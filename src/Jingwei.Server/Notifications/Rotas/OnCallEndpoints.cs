using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Rotas;

/// <summary>Who is on call.</summary>
internal static class OnCallEndpoints
{
    public static void MapOnCall(this IEndpointRouteBuilder routes)
    {
        routes.MapDuty();
        routes.MapGet("/api/on-call", List).Requires(Right.View).WithSummary("Who is on call for a party, a region and a role at a time, by the nearest rotas that have somebody then.");
    }

    private static Results<Ok<Page<TurnItem>>, ProblemHttpResult> List(
        Caller caller, string? party, string? region, string? role, DateTimeOffset? at, RotaBook book, Users users, Parties parties, Regions regions, TimeProvider clock)
    {
        var isRole = Enum.TryParse<Role>(role, ignoreCase: true, out var asked) && char.IsAsciiLetter(role![0]);
        if (!string.IsNullOrEmpty(role) && !isRole)
        {
            return Problems.Invalid("bad-role", "role: viewer, operator, engineer or administrator.");
        }

        var scope = new Scope(parties.PathOf(party ?? Parties.Root), regions.PathOf(region ?? Regions.Root));
        return caller.May(Right.View, scope)
            ? TypedResults.Ok(new Page<TurnItem>([.. book.OnCall(scope, at ?? clock.GetUtcNow(), isRole ? asked : null).Select(turn => RotaChangeEndpoints.Item(turn, users))], null))
            : Problems.Of(StatusCodes.Status404NotFound, "scope-not-found", "There is no such party or region.", null);
    }
}
