using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Server.Identifiers.Registry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Identifiers.Registration;

/// <summary>What is to be erased of an identifier: a value, all of an earlier version, or a value of one version.</summary>
/// <param name="Index">Of the value; null: all values of `version`.</param>
/// <param name="Version">Null: the value in every version; one that the newest has is taken out of it by a new version.</param>
/// <param name="Reason">Kept for ever beside what is left.</param>
public sealed record ErasureRequest(int? Index, uint? Version, string? Reason);

/// <summary>Erasing what identifiers said; that they said something, and the proofs of it, stay.</summary>
internal static class ErasureEndpoints
{
    private const string Path = "/api/identifier-erasures/";

    public static void MapErasures(this IEndpointRouteBuilder routes) => routes.MapPost(Path + "{prefix}/{**suffix}", Erase).Requires(Right.Configure)
        .WithSummary("Erases a value, or all of an earlier version, with a reason; proofs show its commitment. When it answers, no file of the store holds it any more.");

    private static Results<NoContent, ProblemHttpResult> Erase(
        Caller caller, ErasureRequest request, Prefixes.Prefixes prefixes, PrefixRights rights, IdentifierStore store, HttpContext context)
    {
        Span<byte> name = stackalloc byte[IdentifierLimits.NameBytes + 1];
        if (IdentifierName.KeyOf(TargetName.Of(context, Path, name)) is not { } key || IdentifierName.PrefixOf(key) is not { } prefix ||
            prefixes.Find(prefix) is not { } found || !caller.May(Right.View, rights.ScopeOf(found.Party)))
        {
            return Problems.NotFound("identifier");
        }

        if (!rights.MayConfigure(caller, found.Party))
        {
            return Problems.Forbidden("Identifiers are erased by who may configure the party of their prefix.");
        }

        return Fault(request) is { } fault
            ? Problems.Invalid("bad-erasure", fault)
            : Answer(store.Erase(key, new(request.Index, request.Version, request.Reason!.Trim()), caller.Actor));
    }

    private static string? Fault(ErasureRequest request) =>
        request.Index is null && request.Version is null ? "index or version: Say what is to be erased."
        : request.Reason?.Trim() is not { Length: > 0 and <= IdentifierLimits.ReasonLength } ? $"reason: 1 to {IdentifierLimits.ReasonLength} characters."
        : null;

    private static Results<NoContent, ProblemHttpResult> Answer(ErasureOutcome outcome) => outcome switch
    {
        ErasureOutcome.Done => TypedResults.NoContent(),
        ErasureOutcome.IsNewest => Problems.Conflict("newest-version", "This is the newest version. Erase its values one by one, or replace or delete it first."),
        ErasureOutcome.Nothing => Problems.Conflict("nothing-to-erase", "No version has such a value, or it was erased before."),
        _ => Problems.NotFound("identifier"),
    };
}
