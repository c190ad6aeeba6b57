using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Cases.Review;

/// <summary>The review of a case, to read and to print.</summary>
internal static class ReviewEndpoints
{
    public static void MapCaseReview(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/cases/{id}/review", Get).Requires(Right.View).WithSummary("The review of a case as one HTML page without scripts or outside requests, made from its history alone; `lang` is zh or en.");

    private static Results<ContentHttpResult, ProblemHttpResult> Get(Caller caller, string id, string? lang, CaseStore cases, CaseReview review, HttpContext context)
    {
        if (lang is not (null or "zh" or "en"))
        {
            return Problems.Invalid("bad-language", "lang: zh or en.");
        }

        if (cases.Find(caller, id) is not { } file)
        {
            return CaseRequests.Refused(CaseRefusals.NotFound);
        }

        context.Response.Headers.ETag = CaseRequests.Tag(file.State.Version);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
        return TypedResults.Content(review.Of(file, lang != "en"), "text/html; charset=utf-8");
    }
}
