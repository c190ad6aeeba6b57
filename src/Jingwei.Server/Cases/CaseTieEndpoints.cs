using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using static Jingwei.Server.Cases.CaseRequests;

namespace Jingwei.Server.Cases;

/// <param name="Into">The case that it becomes a part of.</param>
public sealed record MergeRequest(string? Into, string? Reason);

public sealed record LinkRequest(string? Case, string? Reason);

/// <param name="Version">Digest of the version; null: the one that is installed.</param>
/// <param name="State">The state that the case is in by it; null: the same.</param>
public sealed record MigrateRequest(string? Version, string? State, string? Reason);

/// <summary>Cases that have to do with each other, and versions.</summary>
public static class CaseTieEndpoints
{
    public static void MapCaseTies(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/cases/{id}/merge", Merge).Requires(Right.View).WithSummary("Makes a case a part of another of the same party, and closes it.");
        routes.MapPost("/api/cases/{id}/restore", Restore).Requires(Right.View).WithSummary("Undoes a merge: the case is open again in the state that it had, and the other gives back its alarms.");
        routes.MapPost("/api/cases/{id}/links", Link).Requires(Right.View).WithSummary("Links two cases that have to do with each other.");
        routes.MapDelete("/api/cases/{id}/links/{other}", Unlink).Requires(Right.View).WithSummary("Takes a link between two cases away.");
        routes.MapPost("/api/cases/{id}/migrate", Migrate).Requires(Right.View).WithSummary("Takes a case that is open to another version of its type, with a reason.");
    }

    private static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> Merge(
        Caller caller, string id, MergeRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        VersionOf(context, out var version) is { } refusal
            ? Refused(refusal)
            : Answered(await cases.MergeAsync(caller, id, request.Into ?? "", request.Reason ?? "", version, cancellation), view, context);

    private static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> Restore(
        Caller caller, string id, ReasonRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        VersionOf(context, out var version) is { } refusal
            ? Refused(refusal)
            : Answered(await cases.RestoreAsync(caller, id, request.Reason ?? "", version, cancellation), view, context);

    private static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> Link(
        Caller caller, string id, LinkRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        VersionOf(context, out var version) is { } refusal
            ? Refused(refusal)
            : Answered(await cases.LinkAsync(caller, id, request.Case ?? "", true, request.Reason, version, cancellation), view, context);

    private static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> Unlink(
        Caller caller, string id, string other, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        VersionOf(context, out var version) is { } refusal
            ? Refused(refusal)
            : Answered(await cases.LinkAsync(caller, id, other, false, null, version, cancellation), view, context);

    private static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> Migrate(
        Caller caller, string id, MigrateRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        VersionOf(context, out var version) is { } refusal
            ? Refused(refusal)
            : Answered(await cases.MigrateAsync(caller, id, request.Version, request.State, request.Reason ?? "", version, cancellation), view, context);
}
