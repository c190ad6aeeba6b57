using System.Globalization;
using Jingwei.Civic.Cap;
using Jingwei.Civic.Feeds;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Reports.Warnings;

/// <summary>A warning as lists and the live stream show it.</summary>
/// <param name="Cancels">It only takes others back, and warns of nothing.</param>
/// <param name="Cap">Where its alert can be read.</param>
public sealed record WarningItem(
    string Id, string Event, string Headline, string Description, string Instruction, Band Severity, string Sender, string SenderName, IReadOnlyList<string> Regions,
    IReadOnlyList<string> RegionNames, string Areas, DateTimeOffset Sent, DateTimeOffset From, DateTimeOffset To, bool InForce, bool Own, bool Exercise, string? Party, bool Cancels, string Cap);

/// <summary>What came of an alert that was sent.</summary>
/// <param name="Problems">Everything that is not as CAP 1.2 wants it.</param>
public sealed record AlertAnswer(WarningItem? Warning, bool Duplicate, string? Fault, IReadOnlyList<string> Problems);

/// <summary>Warnings: our own and others', and their alerts for whoever reads CAP.</summary>
internal static class WarningEndpoints
{
    private const string CapType = "application/cap+xml";
    private const string AtomType = "application/atom+xml";
    private const int LargestAlert = 5 << 20;

    public static void MapWarnings(this IEndpointRouteBuilder routes, ServerOptions options)
    {
        routes.MapGet("/api/warnings", List).Requires(Right.View).WithSummary("Warnings, newest first; with ?inForce=true those that are in force, with ?over=true or false those that ended or did not, with ?own=true or false ours or others'.");
        routes.MapPost("/api/warnings", Issue).Requires(Right.Configure).WithSummary("Issues a warning as a CAP 1.2 alert.");
        routes.MapPost("/api/warnings/cancel", Cancel).Requires(Right.Configure).WithSummary("Takes a warning of ours back.");
        routes.MapPost("/api/warnings/cap", TakeAsync).Requires(Right.Operate).WithMetadata(new BodyLimit(LargestAlert)).WithSummary("Takes a CAP alert of another issuer in.");
        Open(routes.MapGet("/cap/index.atom", Index), options).WithSummary("Our warnings in force as an Atom index of CAP alerts.");
        Open(routes.MapGet("/cap/{identifier}.xml", Alert), options).WithSummary("The CAP alert of a warning of ours.");
    }

    public static WarningItem Item(Warning warning, Regions regions, TimeProvider time) => new(
        warning.Id, warning.Event, warning.Headline, warning.Description, warning.Instruction, warning.Band, warning.Sender, warning.SenderName, warning.Regions,
        [.. warning.Regions.Select(region => regions.Find(region)?.Name ?? region)], warning.Areas, Instant.ToTime(warning.Sent), Instant.ToTime(warning.From), Instant.ToTime(warning.To),
        warning.IsInForce(Instant.Of(time.GetUtcNow())), warning.Own, warning.Exercise, warning.Party, warning.Cancels, $"/cap/{Uri.EscapeDataString(IdentifierOf(warning))}.xml");

    private static RouteHandlerBuilder Open(RouteHandlerBuilder route, ServerOptions options) => options.PublicWarnings ? route.AllowAnonymous() : route.Requires(Right.View);

    private static string IdentifierOf(Warning warning) => warning.Id[(warning.Sender.Length + 1)..];

    private static Ok<Page<WarningItem>> List(Caller caller, bool? inForce, bool? over, bool? own, bool? exercise, WarningBook warnings, Regions regions, TimeProvider time, PageRequest page)
    {
        var now = Instant.Of(time.GetUtcNow());
        var after = long.TryParse(page.After, CultureInfo.InvariantCulture, out var seq) ? seq : long.MaxValue;
        var found = warnings.All.Where(each => each.Seq < after && each.Exercise == (exercise ?? false) && (inForce is not true || each.IsInForce(now)) && (over is null || each.To <= now == over) && (own is null || each.Own == own))
            .OrderByDescending(each => each.Seq).Take(page.Limit + 1).ToList();
        var items = found.Take(page.Limit).Select(each => Item(each, regions, time)).ToList();
        return TypedResults.Ok(new Page<WarningItem>(items, found.Count > page.Limit ? PageRequest.Encode(found[page.Limit - 1].Seq.ToString(CultureInfo.InvariantCulture)) : null));
    }

    private static Results<Created<WarningItem>, ProblemHttpResult> Issue(
        Caller caller, WarningRequest request, WarningIssuing issuing, Regions regions, Parties parties, TimeProvider time)
    {
        if (issuing.Faults(request) is { Count: > 0 } faults)
        {
            return Problems.Invalid("bad-warning", "Nothing was issued. Each mistake is told with its field.", faults);
        }

        if (request.Regions!.Any(region => !caller.May(Right.Configure, new(parties.PathOf(request.Party ?? Parties.Root), regions.PathOf(region)))))
        {
            return Problems.Forbidden("Warnings are issued by who may configure the party in all of their regions.");
        }

        var item = Item(issuing.Issue(caller, request)!, regions, time);
        return TypedResults.Created(item.Cap, item);
    }

    /// <param name="Id">The warning's id.</param>
    public sealed record CancelRequest(string? Id, string? Reason);

    private static Results<NoContent, ProblemHttpResult> Cancel(
        Caller caller, CancelRequest request, WarningIssuing issuing, WarningBook warnings, Regions regions, Parties parties, TimeProvider time)
    {
        var warning = warnings.All.FirstOrDefault(each => each.Id == request.Id && each.Own && each.To > Instant.Of(time.GetUtcNow()));
        if (warning is null)
        {
            return Problems.NotFound("warning of ours that is not over");
        }

        if (warning.Regions.Any(region => !caller.May(Right.Configure, new(parties.PathOf(warning.Party ?? Parties.Root), regions.PathOf(region)))))
        {
            return Problems.Forbidden("Warnings are taken back by who may configure the party in all of their regions.");
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > ReportLimits.Reason)
        {
            return Problems.Invalid("reason-missing", $"Give a reason of at most {ReportLimits.Reason} characters.");
        }

        issuing.Cancel(caller, warning, request.Reason);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<AlertAnswer>, ProblemHttpResult>> TakeAsync(
        Caller caller, HttpRequest request, AlertIntake intake, Regions regions, TimeProvider time, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        var outcome = intake.Take(body.ToArray(), CharsetOf(request.ContentType), caller.Actor);
        IReadOnlyList<string> problems = [.. outcome.Reading.Problems.Select(problem => problem.ToString())];
        return outcome.Reading.Alert is null
            ? Problems.Invalid("bad-alert", outcome.Fault!, problems)
            : TypedResults.Ok(new AlertAnswer(outcome.Warning is null ? null : Item(outcome.Warning, regions, time), outcome.Duplicate, outcome.Fault, problems));
    }

    private static FileContentHttpResult Index(HttpContext context, WarningBook warnings, TimeProvider time, [FromServices] Parties parties)
    {
        var now = Instant.Of(time.GetUtcNow());
        var own = warnings.All.Where(each => each.Own && each.IsInForce(now)).ToList();
        var root = $"{context.Request.Scheme}://{context.Request.Host}";
        using var document = new MemoryStream();
        CapIndexWriter.Write(
            new CapIndex
            {
                Id = $"{root}/cap/index.atom",
                Title = parties.Find(Parties.Root)?.Name ?? "Jingwei",
                Updated = own.Count > 0 ? Instant.ToTime(own.Max(each => each.Sent)) : DateTimeOffset.UnixEpoch,
                Author = parties.Find(Parties.Root)?.Name ?? "Jingwei",
                Address = $"{root}/cap/index.atom",
                Language = "zh",
                Entries = [.. own.OrderByDescending(each => each.Sent).Select(each => new CapIndexEntry(
                    $"urn:jingwei:warning:{each.Id}", $"{root}/cap/{Uri.EscapeDataString(IdentifierOf(each))}.xml", CapReader.Read(warnings.Alert(each.Id)!).Alert!))],
            },
            document);
        return TypedResults.File(document.ToArray(), AtomType);
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> Alert(string identifier, WarningBook warnings) =>
        warnings.All.FirstOrDefault(each => each.Own && IdentifierOf(each) == identifier) is { } warning && warnings.Alert(warning.Id) is { } alert
            ? TypedResults.File(alert, CapType)
            : Problems.NotFound("alert");

    private static string? CharsetOf(string? contentType) =>
        System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var media) ? media.CharSet : null;
}
