using Jingwei.Cel;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Reports.Incidents;

/// <param name="Into">The number of the incident that it becomes a part of.</param>
public sealed record IncidentMergeRequest(string? Into, string? Reason);

public sealed record ReasonRequest(string? Reason);

/// <param name="Heat">CEL over volume, acceleration, risk, level and reports.</param>
/// <param name="At">Default: now.</param>
public sealed record HeatTryRequest(string? Type, string? Heat, DateTimeOffset? At);

/// <summary>An incident in a list that is tried.</summary>
/// <param name="RankNow">Its place by the pack's expression.</param>
public sealed record HeatTryItem(int Rank, int RankNow, string Id, string Title, double Heat, double HeatNow);

/// <summary>What open incidents add up to.</summary>
/// <param name="Closed">Closed today, by the clock of the caller's party.</param>
/// <param name="ClosedBefore">Closed yesterday by this time.</param>
public sealed record IncidentFigures(
    int Open, int Red, int Orange, int Yellow, int Blue, int Late, int Mine, int Closed, int ClosedBefore, int Opened, int OpenedBefore, int Reports, int Proposals, long Waiting);

/// <summary>A kind of incidents, as the console needs it.</summary>
/// <param name="Fields">The field of the case by the fact that it is filled with.</param>
public sealed record IncidentTypeItem(
    string Id, string Pack, Label Name, string Case, string Source, IReadOnlyList<SourceKind> Sources, IReadOnlyList<LayerKind> Layers, IReadOnlyList<RiskPart> Risk, string Severity,
    string Heat, TimeSpan HalfLife, IReadOnlyList<MapBand> Map, double Merge, double Propose, IReadOnlyDictionary<string, string> Fields);

/// <summary>Incidents: list, see, merge, split, and why.</summary>
internal static class IncidentEndpoints
{
    // More than anybody reads of a list that he tries.
    private const int MostTried = 200;

    private const int LargestArchive = 32 << 20;

    public static void MapIncidentRoutes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/incidents", (Caller caller, [AsParameters] IncidentQuery query, IncidentList list, PageRequest page) => TypedResults.Ok(list.Read(caller, query, page)))
            .Requires(Right.View).WithSummary("Incidents: the open ones by heat, with ?open=false those that ended, newest first.");
        routes.MapGet("/api/incidents/types", Types).Requires(Right.View).WithSummary("Kinds of incidents: sources, layers, and the expressions that judge them.");
        routes.MapGet("/api/incidents/figures", Figures).Requires(Right.View).WithSummary("What the incidents that the caller may see add up to; filters as the list's.");
        routes.MapPost("/api/incidents/heat/try", TryHeat).Requires(Right.View).WithSummary("Ranks the incidents of a moment by another expression.");
        routes.MapPost("/api/incidents/archive", ArchiveAsync).Requires(Right.Configure).WithMetadata(new BodyLimit(LargestArchive))
            .WithSummary("Loads incidents of the past that another system handled: all of them, or none and what is wrong.");
        routes.MapGet("/api/incidents/{id}", Get).Requires(Right.View).WithSummary("An incident: why its risk and its heat, who says what, what is near, what may be the same.");
        routes.MapPost("/api/incidents/{id}/merge", MergeAsync).Requires(Right.Operate).WithSummary("Makes an incident a part of another; can be undone.");
        routes.MapPost("/api/incidents/{id}/restore", RestoreAsync).Requires(Right.Operate).WithSummary("Undoes a merge: the incident has its reports again.");
        routes.MapPost("/api/incidents/{id}/proposals/{other}/refuse", Refuse).Requires(Right.Operate).WithSummary("Says that two incidents are not one.");
    }

    private static Ok<Page<IncidentTypeItem>> Types(Caller caller, IncidentTypes types, IncidentMatching matching) => TypedResults.Ok(new Page<IncidentTypeItem>(
        [
            .. types.All.Select(type => new IncidentTypeItem(
                type.Id, type.Pack, type.Name, type.Case, type.Source, type.Sources, type.Layers, type.Risk, type.Severity, type.Heat, type.HalfLife, type.Map,
                matching.Bars(type.Id).Merge, matching.Bars(type.Id).Propose, type.Fields)),
        ],
        null));

    private static Ok<IncidentFigures> Figures(
        Caller caller, [AsParameters] IncidentQuery query, IncidentBook book, IncidentList list, CaseFollowing cases, Proposals proposals, ReportIntake intake, Parties parties, TimeProvider time)
    {
        var party = query.Party ?? (caller.Grants.IsEmpty ? Parties.Root : caller.Grants[0].Party);
        var local = TimeZoneInfo.ConvertTime(time.GetUtcNow(), parties.ZoneOf(party));
        var (now, today) = (Instant.Of(local), Instant.Of(new DateTimeOffset(local.Date, local.Offset)));
        var all = book.All.Where(list.Narrowed(caller, query)).ToList();
        var open = all.Where(each => each.IsOpen).ToList();
        var rows = open.Select(cases.RowOf).OfType<CaseRow>().ToList();
        return TypedResults.Ok(new IncidentFigures(
            open.Count, Of(Band.Red), Of(Band.Orange), Of(Band.Yellow), Of(Band.Blue), rows.Count(row => row.Late), rows.Count(row => row.Assignee == caller.Id || row.Delegate == caller.Id),
            Between(each => each.Merged is null ? each.Closed : null, today, now), Between(each => each.Merged is null ? each.Closed : null, today - Instant.PerDay, now - Instant.PerDay),
            Between(each => each.First, today, now), Between(each => each.First, today - Instant.PerDay, now - Instant.PerDay),
            all.Sum(each => each.Moments.Count(moment => moment.At >= today)), open.Count(each => proposals.CountOf(each.Id) > 0), intake.Waiting));

        int Of(Band severity) => open.Count(each => each.Severity == severity);

        int Between(Func<Incident, long?> moment, long from, long to) => all.Count(each => moment(each) is { } at && at >= from && at <= to);
    }

    private static Results<Ok<Page<HeatTryItem>>, ProblemHttpResult> TryHeat(
        Caller caller, HeatTryRequest request, IncidentTypes types, IncidentRanking ranking, IncidentList list, PackCatalog packs, TimeProvider time)
    {
        var type = request.Type is null ? types.All.FirstOrDefault() : types.Find(request.Type)?.Type;
        if (type is null)
        {
            return Problems.NotFound("kind of incidents");
        }

        var compiled = IncidentScope.OfHeat(packs.Current.Plugin(type.Pack)).Compile(request.Heat ?? type.Heat, CelType.Double);
        if (compiled.Program is not { } program)
        {
            return Problems.Invalid("bad-expression", "The expression cannot be run.", [.. compiled.Issues.Select(issue => issue.ToString())]);
        }

        var sees = list.Sight(caller);
        var tried = ranking.Try(program, type.Id, Instant.Of(request.At ?? time.GetUtcNow()), each => !each.Exercise && sees(each));
        var now = tried.OrderByDescending(each => each.Before).Select((each, place) => (each.Incident.Id, Rank: place + 1)).ToDictionary(each => each.Id, each => each.Rank);
        return TypedResults.Ok(new Page<HeatTryItem>(
            [
                .. tried.Take(MostTried).Select((each, place) => new HeatTryItem(
                    place + 1, now[each.Incident.Id], each.Incident.Case, each.Incident.Title, Math.Round(each.Heat, 2), Math.Round(each.Before ?? 0, 2))),
            ],
            null));
    }

    private static async Task<Results<Ok<ArchiveAnswer>, ProblemHttpResult>> ArchiveAsync(
        Caller caller, IReadOnlyList<ArchivedIncident> request, IncidentArchive archive, Parties parties, Regions regions, CancellationToken cancellation)
    {
        if (request.Count is 0 or > IncidentArchive.Most)
        {
            return Problems.Invalid("bad-archive", $"A request holds 1 to {IncidentArchive.Most} incidents.");
        }

        var answer = await archive.LoadAsync(caller, request, (party, region) => caller.May(Right.Configure, new(parties.PathOf(party), regions.PathOf(region))), cancellation);
        return answer.Bad.Count > 0 ? Problems.Invalid("bad-archive", "Nothing was loaded. Each mistake is told with its place.", answer.Bad) : TypedResults.Ok(answer);
    }

    private static Results<Ok<IncidentDetail>, ProblemHttpResult> Get(Caller caller, string id, IncidentBook book, IncidentView view, IncidentDetails details) =>
        Seen(caller, id, book, view) is { } incident ? TypedResults.Ok(details.Read(caller, incident)) : CaseRequests.Refused(IncidentRefusals.NotFound);

    private static async Task<Results<Ok<IncidentItem>, ProblemHttpResult>> MergeAsync(
        Caller caller, string id, IncidentMergeRequest request, IncidentBook book, IncidentView view, IncidentChanges changes, CancellationToken cancellation)
    {
        if (Seen(caller, id, book, view) is not { } one || Seen(caller, request.Into ?? "", book, view) is not { } into)
        {
            return CaseRequests.Refused(IncidentRefusals.NotFound);
        }

        if (ReasonFault(request.Reason) is { } fault)
        {
            return CaseRequests.Refused(fault);
        }

        var outcome = await changes.MergeAsync(caller, one, into, request.Reason!, cancellation);
        return outcome.Refusal is { } refusal ? CaseRequests.Refused(refusal) : TypedResults.Ok(view.Item(outcome.Incident!));
    }

    private static async Task<Results<Ok<IncidentItem>, ProblemHttpResult>> RestoreAsync(
        Caller caller, string id, ReasonRequest request, IncidentBook book, IncidentView view, IncidentChanges changes, CancellationToken cancellation)
    {
        if (Seen(caller, id, book, view) is not { } one)
        {
            return CaseRequests.Refused(IncidentRefusals.NotFound);
        }

        if (ReasonFault(request.Reason) is { } fault)
        {
            return CaseRequests.Refused(fault);
        }

        var outcome = await changes.RestoreAsync(caller, one, request.Reason!, cancellation);
        return outcome.Refusal is { } refusal ? CaseRequests.Refused(refusal) : TypedResults.Ok(view.Item(outcome.Incident!));
    }

    private static Results<NoContent, ProblemHttpResult> Refuse(
        Caller caller, string id, string other, ReasonRequest? request, IncidentBook book, IncidentView view, Proposals proposals)
    {
        if (Seen(caller, id, book, view) is not { } one || Seen(caller, other, book, view) is not { } another)
        {
            return CaseRequests.Refused(IncidentRefusals.NotFound);
        }

        if (!caller.May(Right.Operate, view.ScopeOf(one)))
        {
            return Problems.Forbidden("Deciding on incidents needs the right to operate where they are.");
        }

        return proposals.Decide(caller, one.Id, another.Id, false, request?.Reason) ? TypedResults.NoContent() : CaseRequests.Refused(IncidentRefusals.NoProposal);
    }

    private static Refusal? ReasonFault(string? reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > ReportLimits.Reason ? IncidentRefusals.NoReason : null;

    private static Incident? Seen(Caller caller, string id, IncidentBook book, IncidentView view) =>
        book.OfCase(id) is { } incident && caller.May(Right.View, view.ScopeOf(incident)) ? incident : null;
}
