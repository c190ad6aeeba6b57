using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Duty;

/// <param name="To">Who takes over.</param>
/// <param name="Since">From when on the log is part of it; null: since the last hand-over there, or for a day.</param>
/// <param name="PassCases">With the acceptance the open cases there that the caller has go to the other.</param>
public sealed record DutyHandoverRequest(string? Party, string? Region, string? To, string? Remark, DateTimeOffset? Since, bool? PassCases);

public sealed record HandoverAnswerRequest(string? Remark);

/// <param name="Cases">What became of each case that was to pass.</param>
public sealed record AnsweredHandover(Handover Handover, IReadOnlyList<CaseResult> Cases);

/// <summary>A duty goes from one to another: what was open is written down, and the other accepts it or says why not.</summary>
internal static class HandoverEndpoints
{
    public static void MapHandovers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/duty/handovers", List).Requires(Right.View).WithSummary("Hand-overs of duties, newest first; `mine` for those that the caller gives or takes.");
        routes.MapGet("/api/duty/handovers/{id:long}", Get).Requires(Right.View).WithSummary("A hand-over with what was open and logged when it was made.");
        routes.MapPost("/api/duty/handovers", MakeAsync).Requires(Right.Operate).WithSummary("Hands the duty of a party and region over to another user.");
        routes.MapPost("/api/duty/handovers/{id:long}/accept", AcceptAsync).Requires(Right.View).WithSummary("Accepts a hand-over; the cases pass with it where that was said.");
        routes.MapPost("/api/duty/handovers/{id:long}/object", ObjectAsync).Requires(Right.View).WithSummary("Does not accept a hand-over, and says why.");
    }

    private static Ok<Page<Handover>> List(Caller caller, string? party, string? region, bool? open, bool? mine, DateTimeOffset? from, DateTimeOffset? to, DutyLog log, PageRequest page) =>
        TypedResults.Ok(log.ListHandovers(caller, new(party, region, from, to, null, open, mine == true ? caller.Id : null), page));

    private static Results<Ok<HandoverDetail>, ProblemHttpResult> Get(Caller caller, long id, DutyLog log) =>
        log.Find(caller, id) is { } found ? TypedResults.Ok(found) : Problems.NotFound("hand-over");

    private static async Task<Results<Created<HandoverDetail>, ProblemHttpResult>> MakeAsync(
        Caller caller, DutyHandoverRequest request, DutyLog log, Users users, CaseStore cases, CaseView view, TimeProvider clock, CancellationToken cancellation)
    {
        var (party, region) = (request.Party ?? Parties.Root, request.Region ?? Regions.Root);
        var scope = log.ScopeOf(party, region);
        if (!caller.May(Right.View, scope))
        {
            return DutyLogEndpoints.ScopeNotFound();
        }

        // Who goes off duty may have gone off by the rota already.
        if (caller.Kind != CallerKind.User || !caller.May(Right.Operate, scope))
        {
            return DutyLogEndpoints.NotOnDuty();
        }

        if (request.To is not { } to || to == caller.Id || users.WithRight(Right.Operate, scope).FirstOrDefault(user => user.Id == to && !user.Disabled) is not { } taker)
        {
            return Problems.Invalid("bad-person", "to: another user who may work there.");
        }

        if (request.Remark?.Length > DutyLimits.Text)
        {
            return TooLong();
        }

        var now = clock.GetUtcNow();
        var since = request.Since ?? log.LastHandover(party, region) ?? now - DutyLimits.Shift;
        var snapshot = Snapshot(caller, party, region, since, log, cases, view);
        var made = new Handover(
            0, party, region, caller.Id, caller.Name, to, taker.Name, now, since, request.Remark, request.PassCases ?? false, HandoverState.Open, null, null,
            snapshot.Cases.Count + snapshot.CasesLeftOut, snapshot.Cases.Count(each => each.Late), snapshot.Entries.Count + snapshot.EntriesLeftOut);
        var kept = await log.HandOverAsync(made, snapshot, cancellation);
        return TypedResults.Created($"/api/duty/handovers/{kept.Handover.Id}", kept);
    }

    // One more than is kept is read of each, to know that there are more; how many these are is counted.
    private static HandoverSnapshot Snapshot(Caller caller, string party, string region, DateTimeOffset since, DutyLog log, CaseStore cases, CaseView view)
    {
        var filter = new CaseFilter(null, null, true, null, null, null, null, null) { Exercise = null };
        var open = cases.List(caller, filter, new(null, DutyLimits.Snapshot), party, region).Items;
        var entries = log.List(caller, new(party, region, since, null), new(null, PageRequest.ExportLimit)).Items;
        return new(
            [.. open.Select(view.Item).Select(item => new HandedCase(
                item.Number, item.TitleLabel, item.StateName, item.Severity, item.Due, item.Late, item.Assignee, item.AssigneeName, item.Exercise))],
            cases.Count(caller, filter, party, region).Sum(each => each.Cases) - open.Count,
            [.. entries.Take(DutyLimits.Snapshot)],
            Math.Max(0, entries.Count - DutyLimits.Snapshot));
    }

    private static async Task<Results<Ok<AnsweredHandover>, ProblemHttpResult>> AcceptAsync(
        Caller caller, long id, HandoverAnswerRequest? request, DutyLog log, Users users, CaseStore cases, CaseView view, CancellationToken cancellation)
    {
        if (Refusal(caller, log.Find(caller, id), request?.Remark) is { } refusal)
        {
            return refusal;
        }

        // Cases first: who repeats this after a stop passes on what is left.
        var handover = log.Find(caller, id)!.Handover;
        var passed = handover.PassCases ? await PassAsync(handover, users, cases, view, cancellation) : [];
        return await log.AnswerAsync(handover, true, request?.Remark, cancellation) is { } answered ? TypedResults.Ok(new AnsweredHandover(answered, passed)) : Answered();
    }

    private static async Task<Results<Ok<AnsweredHandover>, ProblemHttpResult>> ObjectAsync(
        Caller caller, long id, HandoverAnswerRequest? request, DutyLog log, CancellationToken cancellation)
    {
        if (Refusal(caller, log.Find(caller, id), request?.Remark) is { } refusal)
        {
            return refusal;
        }

        if (string.IsNullOrWhiteSpace(request?.Remark))
        {
            return Problems.Invalid("bad-remark", "remark: say what is not right.");
        }

        return await log.AnswerAsync(log.Find(caller, id)!.Handover, false, request.Remark, cancellation) is { } answered
            ? TypedResults.Ok(new AnsweredHandover(answered, []))
            : Answered();
    }

    // In the name of who handed over: he said so, and only who has a case gives it away.
    private static async Task<List<CaseResult>> PassAsync(Handover handover, Users users, CaseStore cases, CaseView view, CancellationToken cancellation)
    {
        var results = new List<CaseResult>();
        if (users.Find(handover.From) is { Disabled: false } giver)
        {
            var caller = Authenticator.Of(giver);
            var work = new HandOver(caller, handover.From, handover.To, handover.Remark, cases, users);
            foreach (var id in cases.HeldBy(caller, handover.From, handover.Party, handover.Region))
            {
                results.Add(CaseResult.Of(id, await work.OfAsync(id, cancellation), view));
            }
        }

        return results;
    }

    private static ProblemHttpResult? Refusal(Caller caller, HandoverDetail? found, string? remark) => found is not { Handover: var handover } ? Problems.NotFound("hand-over")
        : caller.Kind != CallerKind.User || caller.Id != handover.To ? Problems.Of(StatusCodes.Status403Forbidden, "not-the-taker", "Only who is to take over answers a hand-over.", null)
        : handover.State != HandoverState.Open ? Answered()
        : remark?.Length > DutyLimits.Text ? TooLong()
        : null;

    private static ProblemHttpResult Answered() => Problems.Conflict("handover-answered", "This hand-over has been answered.");

    private static ProblemHttpResult TooLong() => Problems.Invalid("bad-remark", $"remark: at most {DutyLimits.Text} characters.");
}
