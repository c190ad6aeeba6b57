using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using static Jingwei.Server.Cases.CaseRequests;

namespace Jingwei.Server.Cases;

public sealed record TickRequest(bool? Done);

public sealed record RatingRequest(int? Mark, string? Text);

/// <summary>The work on a case: tasks, checklist, and how satisfied somebody is at its end.</summary>
public static class CaseTaskEndpoints
{
    public static void MapCaseTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/cases/{id}/tasks/{task}/done", Done).Requires(Right.View).WithSummary("A task is done; those that waited for it begin.");
        routes.MapPost("/api/cases/{id}/tasks/{task}/skip", Skip).Requires(Right.View).WithSummary("A task need not be done, with the reason in `text`.");
        routes.MapPost("/api/cases/{id}/tasks/{task}/return", Return).Requires(Right.View).WithSummary("A task is to be done again, with a reason; those after it wait again.");
        routes.MapPost("/api/cases/{id}/tasks/{task}/assign", Assign).Requires(Right.View).WithSummary("Gives a task to a user, or to whoever has its role.");
        routes.MapPut("/api/cases/{id}/checklist/{item}", Tick).Requires(Right.View).WithSummary("Ticks an item of the checklist, or takes the tick away.");
        routes.MapPost("/api/cases/{id}/rating", Rate).Requires(Right.View).WithSummary("Gives a closed case a mark of satisfaction, 1 to 5, once.");
    }

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Done(
        Caller caller, string id, string task, CommentRequest? request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(caller, id, new EndTask(task, false, request?.Text), request, cases, view, context, cancellation);

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Skip(
        Caller caller, string id, string task, CommentRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(caller, id, new EndTask(task, true, request.Text), request, cases, view, context, cancellation);

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Return(
        Caller caller, string id, string task, ReasonRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(caller, id, new ReturnTask(task, request.Reason ?? ""), request, cases, view, context, cancellation);

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Assign(
        Caller caller, string id, string task, PassRequest request, CaseStore cases, Users users, CaseView view, HttpContext context,
        CancellationToken cancellation) =>
        SignalAsync(caller, id, new AssignTask(task, AssigneeOf(caller, id, request.To, cases, users)), request, cases, view, context, cancellation);

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Tick(
        Caller caller, string id, string item, TickRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(caller, id, new TickItem(item, request.Done ?? true), request, cases, view, context, cancellation);

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Rate(
        Caller caller, string id, RatingRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(caller, id, new RateCase(request.Mark ?? 0, request.Text), request, cases, view, context, cancellation);
}
