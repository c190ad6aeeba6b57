using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Reports.Intake;
using Jingwei.Server.Reports.Structuring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Reports;

/// <summary>Which reports a list is about, as it is asked for.</summary>
/// <param name="Q">Words that stand in title, text or source.</param>
/// <param name="Exercise">True: those of drills; default: those of real life.</param>
public sealed record ReportQuery(
    [property: FromQuery] string? Type, [property: FromQuery] string? Incident, [property: FromQuery] string? State, [property: FromQuery] string? Channel,
    [property: FromQuery] string? SourceKind, [property: FromQuery] string? Q, [property: FromQuery] string? Party, [property: FromQuery] string? Region,
    [property: FromQuery] DateTimeOffset? From, [property: FromQuery] DateTimeOffset? To, [property: FromQuery] bool? Exercise)
{
    public ReportFilter Filter => new(Type, Incident, Words.Of<ReportState>(State), Words.Of<ReportChannel>(Channel), SourceKind, string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(), Party, Region, From, To, Exercise ?? false);
}

/// <param name="Number">Of a fact that is a number; with no text either: the report does not state it.</param>
/// <param name="Start">Where it stands in the text, or the title; null where it stands nowhere.</param>
public sealed record FactRequest(double? Number, string? Text, int? Start, int? End, bool? InTitle);

/// <param name="Incident">The number of the incident's case; null: it begins one of its own.</param>
public sealed record ReportMoveRequest(string? Incident, string? Reason);

/// <summary>Reports: in, list, see, correct, move.</summary>
internal static class ReportEndpoints
{
    // Ten files, each as large as a file may be, and the form around them.
    private const long FormBytes = ((long)ReportLimits.Files * ReportLimits.FileBytes) + (4 << 20);

    // Facts of text, with the most characters that they have.
    private const int FactText = 200;

    public static void MapReportRoutes(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/reports", (Caller caller, HttpRequest request, double? wait, ReportSending sending, CancellationToken cancellation) => sending.SendAsync(caller, request, wait, cancellation))
            .Requires(Right.Operate).WithMetadata(new BodyLimit(FormBytes)).WithSummary("Takes a report in, as JSON or as a form with files; takes an Idempotency-Key. With ?wait=seconds (at most 5) it answers with what became of it.");
        routes.MapGet("/api/reports", List).Requires(Right.View).WithSummary("Reports, newest first.");
        routes.MapGet("/api/reports/{id}", Get).Requires(Right.View).WithSummary("A report with what was read in it and how it came to its incident.");
        routes.MapGet("/api/reports/{id}/original", Original).Requires(Right.View).WithSummary("A report as it came, byte by byte.");
        routes.MapGet("/api/reports/{id}/files/{hash}", FileOf).Requires(Right.View).WithSummary("A file that came with a report, by the SHA-256 of its bytes.");
        routes.MapPut("/api/reports/{id}/facts/{fact}", CorrectAsync).Requires(Right.Operate).WithSummary("Corrects what was read in a report; kept as training data.");
        routes.MapPost("/api/reports/{id}/move", MoveAsync).Requires(Right.Operate).WithSummary("Moves a report to another incident, or to one of its own.");
        routes.MapGet("/api/reports/corrections", Corrections).Requires(Right.Administer).WithSummary("Corrected reports as lines of training data, newest first.");
    }

    private static Ok<Page<ReportItem>> List(Caller caller, [AsParameters] ReportQuery query, ReportView view, PageRequest page) =>
        TypedResults.Ok(view.List(caller, query.Filter, page));

    private static Results<Ok<ReportDetail>, ProblemHttpResult> Get(Caller caller, string id, ReportView view) =>
        view.Find(caller, id) is { } row ? TypedResults.Ok(view.Detail(row)) : Problems.NotFound("report");

    // What people bring is never run by a browser as if it were ours.
    private static Results<FileContentHttpResult, ProblemHttpResult> Original(Caller caller, string id, ReportView view, HttpContext context)
    {
        if (view.Find(caller, id) is not { } row)
        {
            return Problems.NotFound("report");
        }

        Guard(context);
        var original = view.Original(row.Seq);
        return TypedResults.File(original.Body, original.MediaType, $"{row.Id}.txt");
    }

    private static Results<FileStreamHttpResult, ProblemHttpResult> FileOf(Caller caller, string id, string hash, ReportView view, Attachments attachments, HttpContext context)
    {
        if (view.Find(caller, id) is not { } row || view.Files(row.Seq).FirstOrDefault(each => each.Hash == hash) is not { } found || attachments.Open(found) is not { } file)
        {
            return Problems.NotFound("file");
        }

        Guard(context);
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.File(file, found.MediaType, found.Name, enableRangeProcessing: true);
    }

    private static async Task<Results<Ok<ReportDetail>, ProblemHttpResult>> CorrectAsync(
        Caller caller, string id, string fact, FactRequest request, ReportView view, IncidentChanges changes, CancellationToken cancellation)
    {
        if (view.Find(caller, id) is not { } row)
        {
            return Problems.NotFound("report");
        }

        if (!caller.May(Right.Operate, view.ScopeOf(row)))
        {
            return Problems.Forbidden("Correcting a report needs the right to operate where it belongs.");
        }

        if (FactFault(fact, request, row) is { } fault)
        {
            return Problems.Invalid("bad-fact", fault);
        }

        var stated = request.Number is null && request.Text is null ? null : new StatedFact(fact, request.Number, request.Text, request.Start, request.End, request.InTitle ?? false, 1);
        var outcome = await changes.CorrectAsync(caller, row, fact, stated, cancellation);
        return outcome.Refusal is { } refusal ? CaseRequests.Refused(refusal) : TypedResults.Ok(view.Detail(view.Find(caller, id)!));
    }

    private static string? FactFault(string fact, FactRequest request, ReportRow row)
    {
        if (fact != "region" && Packs.IncidentScope.Facts.All(each => each.Id != fact))
        {
            return $"{fact} is no fact: {string.Join(", ", Packs.IncidentScope.Facts.Select(each => each.Id))}, region.";
        }

        var isNumber = Packs.IncidentScope.Facts.Any(each => each.Id == fact && each.Kind == Packs.Model.PropertyKind.Number);
        if ((isNumber && request.Text is not null) || (!isNumber && request.Number is not null))
        {
            return $"{fact} is a {(isNumber ? "number" : "text")}.";
        }

        if (request.Number is { } number && (!double.IsFinite(number) || number < 0))
        {
            return $"{fact} is 0 or more.";
        }

        if (request.Text is { } text && (text.Length is 0 or > FactText))
        {
            return $"{fact} has 1 to {FactText} characters.";
        }

        var within = request.InTitle is true ? row.Title.Length : row.Text.Length;
        return request.Start is null && request.End is null ? null : request is { Start: { } start, End: { } end } && start >= 0 && start < end && end <= within
            ? null
            : "start and end are a piece of the text.";
    }

    private static async Task<Results<Ok<IncidentItem>, ProblemHttpResult>> MoveAsync(
        Caller caller, string id, ReportMoveRequest request, ReportView view, IncidentBook book, IncidentView incidents, IncidentChanges changes, CancellationToken cancellation)
    {
        if (view.Find(caller, id) is not { } row)
        {
            return Problems.NotFound("report");
        }

        var into = request.Incident is { } named ? book.OfCase(named) : null;
        if (request.Incident is not null && (into is null || !caller.May(Right.Operate, incidents.ScopeOf(into))))
        {
            return CaseRequests.Refused(IncidentRefusals.NotFound);
        }

        if (!caller.May(Right.Operate, view.ScopeOf(row)))
        {
            return Problems.Forbidden("Moving a report needs the right to operate where it belongs.");
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > ReportLimits.Reason)
        {
            return CaseRequests.Refused(IncidentRefusals.NoReason);
        }

        var outcome = await changes.MoveAsync(caller, row, into, request.Reason, cancellation);
        return outcome.Refusal is { } refusal ? CaseRequests.Refused(refusal) : TypedResults.Ok(incidents.Item(outcome.Incident!));
    }

    private static Ok<Page<TrainingLine>> Corrections(Caller caller, CorrectedReports corrected, PageRequest page) => TypedResults.Ok(corrected.List(caller, page));

    private static void Guard(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
    }
}
