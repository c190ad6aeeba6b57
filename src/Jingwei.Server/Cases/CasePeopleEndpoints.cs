using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using static Jingwei.Server.Cases.CaseRequests;

namespace Jingwei.Server.Cases;

/// <param name="To">A user; null: whoever is on duty, or nobody any more.</param>
public sealed record PassRequest(string? To, string? Reason);

public sealed record ReasonRequest(string? Reason);

/// <summary>A shift's cases for the next one.</summary>
/// <param name="From">Whose cases; null: the caller's.</param>
/// <param name="To">Who has them from now on.</param>
public sealed record HandOverRequest(string? From, string? To, string? Party, string? Region, string? Reason);

/// <summary>Who has a case: pass it on, send it back, let another act, hand over a whole shift.</summary>
public static class CasePeopleEndpoints
{
    public static void MapCasePeople(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/cases/{id}/reassign", Reassign).Requires(Right.View).WithSummary("Gives a case to another user, or back to whoever is on duty.");
        routes.MapPost("/api/cases/{id}/delegate", Delegate).Requires(Right.View).WithSummary("Lets another act for the assignee, who stays responsible.");
        routes.MapPost("/api/cases/{id}/return", Return).Requires(Right.View).WithSummary("Sends a case back to whoever had it before, with a reason.");
        routes.MapPost("/api/cases/handover", HandOver).Requires(Right.Operate).WithSummary("Hands over all open cases and tasks of a user at once; says what became of each.");
    }

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Reassign(
        Caller caller, string id, PassRequest request, CaseStore cases, Users users, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(
            caller, id, new PassCase(Passing.Reassigned, AssigneeOf(caller, id, request.To, cases, users), request.Reason), request, cases, view, context, cancellation);

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Delegate(
        Caller caller, string id, PassRequest request, CaseStore cases, Users users, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(caller, id, new DelegateCase(AssigneeOf(caller, id, request.To, cases, users), request.Reason), request, cases, view, context, cancellation);

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Return(
        Caller caller, string id, ReasonRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(caller, id, new ReturnCase(request.Reason ?? ""), request, cases, view, context, cancellation);

    private static async Task<Results<Ok<Page<CaseResult>>, ProblemHttpResult>> HandOver(
        Caller caller, HandOverRequest request, CaseStore cases, Users users, CaseView view, CancellationToken cancellation)
    {
        var from = request.From ?? (caller.Kind == CallerKind.User ? caller.Id : "");
        if (request.To is not { } to || to == from || users.Find(to) is not { Disabled: false })
        {
            return Refused(CaseRefusals.AssigneeRefused);
        }

        var work = new HandOver(caller, from, to, request.Reason, cases, users);
        var results = new List<CaseResult>();
        foreach (var chunk in cases.HeldBy(caller, from, request.Party, request.Region).Chunk(CaseLimits.Group))
        {
            results.AddRange(await Task.WhenAll(chunk.Select(async id => CaseResult.Of(id, await work.OfAsync(id, cancellation), view))));
        }

        return TypedResults.Ok(new Page<CaseResult>(results, null));
    }
}

/// <summary>Everything that one user has of a case goes to another.</summary>
internal sealed class HandOver(Caller caller, string from, string to, string? reason, CaseStore cases, Users users)
{
    public async Task<CaseOutcome> OfAsync(string id, CancellationToken cancellation)
    {
        if (cases.Find(caller, id) is not { State: var state })
        {
            return CaseOutcome.Refused(CaseRefusals.NotFound);
        }

        var next = AssigneeOf(caller, id, to, cases, users);
        var outcome = new CaseOutcome(null, CaseRefusals.NobodysCase, false);
        foreach (var signal in Signals(state, next!))
        {
            outcome = await cases.SignalAsync(caller, id, signal, cancellation: cancellation);
            if (outcome.Refusal is not null)
            {
                return outcome;
            }
        }

        return outcome;
    }

    // Tasks first: who gives the case away may not give its tasks any more.
    private IEnumerable<CaseSignal> Signals(Case state, CaseAssignee next)
    {
        foreach (var task in state.Tasks.Where(task => task.Assignee == from && !task.IsOver))
        {
            yield return new AssignTask(task.Id, next);
        }

        if (state.Delegate == from)
        {
            yield return new DelegateCase(next.Id == state.Assignee ? null : next, reason);
        }

        if (state.Assignee == from)
        {
            yield return new PassCase(Passing.HandedOver, next, reason);
        }
    }
}
