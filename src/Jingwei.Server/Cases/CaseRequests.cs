using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Cases;

/// <summary>What every route of a case does with its request and its answer: version, repetition, refusal.</summary>
internal static class CaseRequests
{
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Takes a signal and answers with the case after it.</summary>
    public static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> SignalAsync<T>(
        Caller caller, string id, CaseSignal signal, T request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation)
    {
        var malformed = VersionOf(context, out var version);
        if ((OnceOf(caller, context, request, out var once) ?? malformed) is { } refusal)
        {
            return Refused(refusal);
        }

        return Answered(await cases.SignalAsync(caller, id, signal, version, once, cancellation), view, context);
    }

    public static Results<Ok<CaseItem>, ProblemHttpResult> Answered(CaseOutcome outcome, CaseView view, HttpContext context) =>
        outcome.Row is { } row ? TypedResults.Ok(Tagged(view.Item(row), context)) : Refused(outcome.Refusal!);

    /// <summary>Who is named, and whether he may operate on the case; null when nobody is.</summary>
    public static CaseAssignee? AssigneeOf(Caller caller, string id, string? named, CaseStore cases, Users users)
    {
        if (named is null)
        {
            return null;
        }

        // A case that the caller may not see is refused before anything is told of the assignee.
        var scope = cases.PlaceOf(caller, id);
        return new CaseAssignee(named, scope is { } at && users.WithRight(Right.Operate, at).Any(user => user.Id == named));
    }

    public static CaseItem Tagged(CaseItem item, HttpContext context)
    {
        context.Response.Headers.ETag = Tag(item.Version);
        return item;
    }

    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    // RFC 9110 section 13.1.1: "*" fits any version; weak tags are taken as what they name.
    public static Refusal? VersionOf(HttpContext context, out long? version)
    {
        version = null;
        var asked = context.Request.Headers.IfMatch.ToString().Trim();
        if (asked is "" or "*")
        {
            return null;
        }

        var bare = (asked.StartsWith("W/", StringComparison.Ordinal) ? asked[2..] : asked).Trim('"');
        if (!long.TryParse(bare, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return CaseRefusals.VersionMalformed;
        }

        version = number;
        return null;
    }

    public static Refusal? OnceOf<T>(Caller caller, HttpContext context, T request, out Once? once)
    {
        once = null;
        if (!context.Request.Headers.TryGetValue(IdempotencyKey, out var header))
        {
            return null;
        }

        var key = header.ToString();
        if (key.Length is 0 or > CaseLimits.Key)
        {
            return CaseRefusals.KeyInvalid;
        }

        var asked = JsonSerializer.SerializeToUtf8Bytes(new { path = context.Request.Path.Value, request });
        once = new Once($"{caller.Kind}:{caller.Id}", key, SHA256.HashData(asked));
        return null;
    }

    public static ProblemHttpResult Refused(Refusal refusal)
    {
        var problem = Problems.Of(
            refusal.Status, refusal.Code, refusal.Why.En, null, refusal.Errors.IsEmpty ? null : ("errors", refusal.Errors));
        problem.ProblemDetails.Extensions["label"] = refusal.Why;
        return problem;
    }
}
