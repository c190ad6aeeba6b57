using Jingwei.Server.Access;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Indicators;

/// <summary>A period to sign off.</summary>
/// <param name="Month">As 2026-10; or <paramref name="From"/> and <paramref name="To"/>.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Indicator">Without it all indicators.</param>
public sealed record SignOffRequest(string? Party, string? Month, DateOnly? From, DateOnly? To, string? Indicator, string? Note);

/// <summary>Why a sign-off is taken back.</summary>
public sealed record WithdrawRequest(string? Note);

/// <summary>Signing off periods: what was reported stays as it was reported.</summary>
public static class SignOffEndpoints
{
    // A sentence or two; longer words belong to a case.
    private const int MaximumNote = 2_000;

    public static void MapSignOffs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/indicators/sign-offs", List).Requires(Right.View).WithSummary("Periods that were signed off, newest first.");
        routes.MapPost("/api/indicators/sign-offs", Add).Requires(Right.Administer).WithSummary("Signs a period off: its figures stay as they are reported now.");
        routes.MapSignedFigures();
        routes.MapPost("/api/indicators/sign-offs/{id:long}/withdraw", Withdraw).Requires(Right.Administer).WithSummary("Takes a sign-off back; it stays on record.");
    }

    /// <summary>The sign-off, or null when there is none or the caller may not see it.</summary>
    internal static SignOff? Visible(Caller caller, long id, SignOffStore signOffs, Parties parties) =>
        signOffs.All.FirstOrDefault(each => each.Id == id) is { } found && caller.May(Right.View, ScopeOf(parties, found.Party)) ? found : null;

    private static Ok<Page<SignOff>> List(Caller caller, SignOffStore signOffs, Parties parties, PageRequest page)
    {
        var mine = signOffs.All
            .Where(each => caller.May(Right.View, ScopeOf(parties, each.Party)))
            .OrderByDescending(each => each.Id)
            .Select(each => (Item: each, Key: (long.MaxValue - each.Id).ToString("D19", System.Globalization.CultureInfo.InvariantCulture)));
        var cut = Page.Cut(mine, each => each.Key, page);
        return TypedResults.Ok(new Page<SignOff>([.. cut.Items.Select(each => each.Item)], cut.Next));
    }

    private static Results<Created<SignOff>, ProblemHttpResult> Add(
        Caller caller, SignOffRequest request, SignOffStore signOffs, Parties parties, LiveIndicators live, TimeProvider time)
    {
        var party = request.Party ?? Parties.Root;
        if (parties.Find(party) is null || !caller.May(Right.View, ScopeOf(parties, party)))
        {
            return Problems.NotFound("party");
        }

        if (!caller.May(Right.Administer, ScopeOf(parties, party)))
        {
            return Problems.Forbidden("A period is signed off by an administrator of the party in all regions.");
        }

        if (PeriodOf(request) is not var (from, to) || from >= to)
        {
            return Problems.Invalid("bad-period", "month is written 2026-10; or from and to are days, and to is after from.");
        }

        if (request.Indicator is { } indicator && live.Plan.Find(indicator) is null)
        {
            return Problems.Invalid("bad-indicator", "indicator: there is no such indicator.");
        }

        if (request.Note?.Length > MaximumNote)
        {
            return Problems.Invalid("bad-note", $"note: at most {MaximumNote} characters.");
        }

        var now = time.GetUtcNow();
        if (WindowCalendar.LocalDay(Instant.Of(now) - LiveIndicators.Grace, parties.ZoneOf(party)) < to)
        {
            return Problems.Conflict("period-not-over", "to: the period is not over yet in the zone of the party.");
        }

        var made = signOffs.Add(party, from, to, request.Indicator, caller, now, request.Note ?? "");
        return TypedResults.Created($"/api/indicators/sign-offs/{made.Id}", made);
    }

    private static Results<Ok<SignOff>, ProblemHttpResult> Withdraw(
        Caller caller, long id, WithdrawRequest request, SignOffStore signOffs, Parties parties, TimeProvider time)
    {
        if (Visible(caller, id, signOffs, parties) is not { } signOff)
        {
            return Problems.NotFound("sign-off");
        }

        if (!caller.May(Right.Administer, ScopeOf(parties, signOff.Party)))
        {
            return Problems.Forbidden("A sign-off is taken back by an administrator of the party in all regions.");
        }

        if (request.Note is not { Length: > 0 and <= MaximumNote })
        {
            return Problems.Invalid("bad-note", $"note: say why, in at most {MaximumNote} characters.");
        }

        return signOffs.Withdraw(id, caller, time.GetUtcNow(), request.Note)
            ? TypedResults.Ok(signOffs.All.First(each => each.Id == id))
            : Problems.Conflict("withdrawn", "It was taken back before.");
    }

    private static (DateOnly From, DateOnly To)? PeriodOf(SignOffRequest request)
    {
        if (request.Month is { } month)
        {
            return DateOnly.TryParseExact($"{month}-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, default, out var first)
                ? (first, first.AddMonths(1))
                : null;
        }

        return request is { From: { } from, To: { } to } ? (from, to) : null;
    }

    private static Scope ScopeOf(Parties parties, string party) => new(parties.PathOf(party), TreePath.Root(Regions.Root));
}
