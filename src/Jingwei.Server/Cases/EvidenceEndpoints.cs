using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using static Jingwei.Server.Cases.CaseRequests;

namespace Jingwei.Server.Cases;

/// <summary>Files of evidence: in, with what they are found out by looking; out, for who may see the case.</summary>
public static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/cases/{id}/evidence", Add).Requires(Right.View).WithMetadata(new BodyLimit(Packs.PackLimits.EvidenceBytes))
            .WithSummary("Adds a file to a case: its bytes are the body; `kind`, `name` and `task` are in the query.");
        routes.MapGet("/api/cases/{id}/evidence/{hash}", Get).Requires(Right.View).WithSummary("A file of a case, by the SHA-256 of its bytes.");
    }

    private static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> Add(
        Caller caller, string id, string? kind, string? name, string? task, CaseStore cases, IServiceProvider services, CaseView view, HttpContext context,
        CancellationToken cancellation)
    {
        var files = services.GetRequiredService<EvidenceFiles>();
        if (string.IsNullOrWhiteSpace(name) || name.Length > CaseLimits.FileName || name.Any(char.IsControl))
        {
            return Refused(CaseRefusals.FileNameInvalid);
        }

        if (VersionOf(context, out var version) is { } malformed)
        {
            return Refused(malformed);
        }

        // Nobody sends a file in vain: what is refused for who he is or what it is for is refused before it is read.
        var most = cases.MostBytes(caller, id, kind ?? "", out var refusal);
        if (refusal is not null)
        {
            return Refused(refusal);
        }

        if (await files.ReceiveAsync(context.Request.Body, most, cancellation) is not { } file)
        {
            return Refused(CaseRefusals.EvidenceTooLarge(most));
        }

        KillPoint.Reach("evidence-received");
        var signal = new AddEvidence(new(kind!, file.Hash, name, file.MediaType, file.Bytes, string.IsNullOrEmpty(task) ? null : task));
        if (cases.Foresee(caller, id, signal) is { } unwanted)
        {
            EvidenceFiles.Drop(file);
            return Refused(unwanted);
        }

        // The file before the event that names it: what a case says that it has is there.
        files.Keep(file);
        KillPoint.Reach("evidence-kept");
        var outcome = await cases.SignalAsync(caller, id, signal, version, null, cancellation);
        KillPoint.Reach("evidence-added");
        return Answered(outcome, view, context);
    }

    private static Results<FileStreamHttpResult, ProblemHttpResult> Get(
        Caller caller, string id, string hash, CaseStore cases, IServiceProvider services, HttpContext context)
    {
        var found = cases.Find(caller, id)?.State.Evidence.FirstOrDefault(each => each.Hash == hash);
        if (found is null || services.GetRequiredService<EvidenceFiles>().Open(found.Hash) is not { } file)
        {
            return Refused(CaseRefusals.NotFound);
        }

        // What people bring is never run by a browser as if it were ours.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.File(file, found.MediaType, found.Name, enableRangeProcessing: true);
    }
}
