using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Notifications.Rotas;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Duty;

/// <param name="Case">The case that it is about.</param>
public sealed record DutyEntryRequest(string? Party, string? Region, string? Text, string? Case);

/// <summary>The log of a duty: written by who has it, read by who may see the place.</summary>
internal static class DutyLogEndpoints
{
    public static void MapDutyLog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/duty/log", List).Requires(Right.View).WithSummary("Lines of duty logs, newest first.");
        routes.MapPost("/api/duty/log", AddAsync).Requires(Right.Operate).WithSummary("Adds a line to the duty log of a party and region; for who is on duty there.");
    }

    /// <summary>Who is on call there by the rotas; where they name nobody, whoever may work there; and who configures the place.</summary>
    public static bool IsOnDuty(Caller caller, Scope scope, RotaBook rotas, DateTimeOffset now)
    {
        var people = rotas.OnCall(scope, now).SelectMany(turn => turn.People).ToList();
        return caller.May(Right.Configure, scope) || (caller.May(Right.Operate, scope) && (people.Count == 0 || people.Contains(caller.Id)));
    }

    private static Ok<Page<DutyEntry>> List(
        Caller caller, string? party, string? region, DateTimeOffset? from, DateTimeOffset? to, string? @case, DutyLog log, PageRequest page) =>
        TypedResults.Ok(log.List(caller, new(party, region, from, to, @case), page));

    private static async Task<Results<Created<DutyEntry>, ProblemHttpResult>> AddAsync(
        Caller caller, DutyEntryRequest request, DutyLog log, RotaBook rotas, CaseStore cases, TimeProvider clock, CancellationToken cancellation)
    {
        var (party, region) = (request.Party ?? Parties.Root, request.Region ?? Regions.Root);
        var scope = log.ScopeOf(party, region);
        if (!caller.May(Right.View, scope))
        {
            return ScopeNotFound();
        }

        if (caller.Kind != CallerKind.User || !IsOnDuty(caller, scope, rotas, clock.GetUtcNow()))
        {
            return NotOnDuty();
        }

        if (string.IsNullOrWhiteSpace(request.Text) || request.Text.Length > DutyLimits.Text)
        {
            return Problems.Invalid("bad-text", $"text: 1 to {DutyLimits.Text} characters of what happened.");
        }

        return request.Case is { } about && cases.PlaceOf(caller, about) is null
            ? CaseRequests.Refused(CaseRefusals.NotFound)
            : TypedResults.Created((string?)null, await log.AddAsync(party, region, caller.Id, request.Text, request.Case, cancellation));
    }

    internal static ProblemHttpResult ScopeNotFound() => Problems.Of(StatusCodes.Status404NotFound, "scope-not-found", "There is no such party or region.", null);

    internal static ProblemHttpResult NotOnDuty() => Problems.Of(StatusCodes.Status403Forbidden, "not-on-duty", "Somebody else is on duty there.", null);
}
