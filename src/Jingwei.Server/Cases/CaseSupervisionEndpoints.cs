using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Microsoft.AspNetCore.Http.HttpResults;
using static Jingwei.Server.Cases.CaseRequests;

namespace Jingwei.Server.Cases;

/// <param name="AnswerWithin">As packs write durations: 30m, 1h30m, 2d. Null: there is no hurry.</param>
public sealed record SuperviseRequest(SupervisionKind? Kind, string? Text, string? AnswerWithin);

/// <summary>Those above ask, urge, instruct; those below answer.</summary>
public static class CaseSupervisionEndpoints
{
    public static void MapCaseSupervision(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/cases/{id}/supervisions", Supervise).Requires(Right.View).WithSummary("Asks, urges or instructs who has a case, who has to answer; takes If-Match and an Idempotency-Key.");
        routes.MapPost("/api/cases/{id}/supervisions/{seq:long}/answer", Answer).Requires(Right.View).WithSummary("Answers a question, an urging or an instruction from above.");
    }

    private static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> Supervise(
        Caller caller, string id, SuperviseRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation)
    {
        // What cannot be read lasts for ever, which is refused for who may see the case.
        var within = request.AnswerWithin is not { } asked ? (TimeSpan?)null : Duration.TryParse(asked, out var length) ? length : TimeSpan.MaxValue;
        return request.Kind is { } kind
            ? await SignalAsync(caller, id, new SuperviseCase(kind, request.Text ?? "", within), request, cases, view, context, cancellation)
            : Refused(CaseRefusals.SupervisionKindInvalid);
    }

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Answer(
        Caller caller, string id, long seq, CommentRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(caller, id, new AnswerSupervision(seq, request.Text ?? ""), request, cases, view, context, cancellation);
}
