using System.Text.Json;
using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using static Jingwei.Server.Cases.CaseRequests;

namespace Jingwei.Server.Cases;

/// <summary>The same for many cases.</summary>
/// <param name="Action">transition, comment or reassign.</param>
/// <param name="Transition">For transition: which.</param>
/// <param name="To">For reassign: to whom; null: to whoever is on duty. For a transition that assigns: whom.</param>
/// <param name="Comment">For comment: the text. Otherwise a comment, or the reason.</param>
public sealed record BulkRequest(
    IReadOnlyList<string>? Cases, string? Action, string? Transition, string? To, Dictionary<string, JsonElement>? Fields, string? Comment);

/// <summary>What became of one case.</summary>
/// <param name="Code">Why it was refused; null when it was done.</param>
/// <param name="Case">As it stands; null when it was refused.</param>
public sealed record CaseResult(string Id, bool Done, int Status, string? Code, Label? Why, CaseItem? Case)
{
    public static CaseResult Of(string id, CaseOutcome outcome, CaseView view) => outcome.Row is { } row
        ? new(id, true, StatusCodes.Status200OK, null, null, view.Item(row))
        : new(id, false, outcome.Refusal!.Status, outcome.Refusal.Code, outcome.Refusal.Why, null);
}

/// <summary>One request for many cases; each is decided for itself.</summary>
public static class CaseBulkEndpoints
{
    public static void MapCaseBulk(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/cases/bulk", Do).Requires(Right.Operate).WithSummary("Does the same with up to 1,000 cases; says what became of each.");

    private static async Task<Results<Ok<Page<CaseResult>>, ProblemHttpResult>> Do(
        Caller caller, BulkRequest request, CaseStore cases, Users users, CaseView view, CancellationToken cancellation)
    {
        var ids = (request.Cases ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count is 0 or > CaseLimits.Bulk)
        {
            return Refused(CaseRefusals.BulkInvalid("cases", $"1 to {CaseLimits.Bulk} cases"));
        }

        if (request.Action is not ("transition" or "comment" or "reassign"))
        {
            return Refused(CaseRefusals.BulkInvalid("action", "expected one of transition, comment, reassign"));
        }

        var results = new List<CaseResult>();
        foreach (var chunk in ids.Chunk(CaseLimits.Group))
        {
            results.AddRange(await Task.WhenAll(chunk.Select(async id =>
                CaseResult.Of(id, await cases.SignalAsync(caller, id, SignalFor(id), cancellation: cancellation), view))));
        }

        return TypedResults.Ok(new Page<CaseResult>(results, null));

        CaseSignal SignalFor(string id)
        {
            var to = AssigneeOf(caller, id, request.To, cases, users);
            return request.Action switch
            {
                "comment" => new AddComment(request.Comment ?? ""),
                "reassign" => new PassCase(Passing.Reassigned, to, request.Comment),
                _ => new TakeTransition(request.Transition ?? "", request.Fields ?? [], to, request.Comment),
            };
        }
    }
}
