using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Access.Agreements;

/// <summary>Why a step is taken.</summary>
public sealed record AgreementReason(string? Reason);

/// <summary>A use of an agreement as the API shows it.</summary>
/// <param name="Actor">The name of who saw it.</param>
public sealed record AgreementUseItem(DateOnly Day, string Actor, AgreementUseKind Use, long Times, long Rows);

/// <summary>Sharing agreements: proposed or asked for by one party, accepted by the other, ended by either.</summary>
public static class AgreementEndpoints
{
    public static void MapAgreements(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/agreements", List).Requires(Right.View)
            .WithSummary("The agreements of the caller's parties, newest first; `state`, `party` (either side), `from`, `to` (each with all below it), `object`, `waiting=true` (for the caller's answer) narrow it; `order=turn`: what waits for him first, then what changed last.");
        routes.MapGet("/api/agreements/counts", Count).Requires(Right.View)
            .WithSummary("How many agreements wait for the caller, and how many `party` with all below it gives and takes; `state` narrows all but those that wait.");
        routes.MapGet("/api/agreements/parties", ListParties).Requires(Right.Operate).WithSummary("The parties that an agreement can be made with; `q` is a part of the name.");
        routes.MapGet("/api/agreements/{id}", Find).Requires(Right.View).WithSummary("An agreement with its history.");
        routes.MapGet("/api/agreements/{id}/uses", ListUses).Requires(Right.View).WithSummary("What was seen by an agreement: by whom, day by day.");
        routes.MapPost("/api/agreements", Propose).Requires(Right.Operate)
            .WithSummary("Proposes an agreement (whoever administers `from`) or asks for one (whoever operates `to`).");
        routes.MapPost("/api/agreements/{id}/{step}", Take).Requires(Right.Operate)
            .WithSummary("Takes a step: `accept` and `decline` the other side, `withdraw` who proposed, `revoke` either; takes If-Match.");
    }

    private static Results<Ok<Page<AgreementItem>>, ProblemHttpResult> List(Caller caller, [AsParameters] AgreementFilter filter, AgreementList list, PageRequest page)
    {
        if (Words.Of<AgreementOrder>(filter.Order) is { } order && !Enum.IsDefined(order))
        {
            return Problems.Invalid("bad-order", "order: newest or turn.");
        }

        return StateOf(filter.State, out var state) is { } fault
            ? fault
            : TypedResults.Ok(list.Read(caller, filter, state, Words.Of<AgreementOrder>(filter.Order) ?? AgreementOrder.Newest, page));
    }

    private static Results<Ok<AgreementCounts>, ProblemHttpResult> Count(Caller caller, string? party, string? state, AgreementList list) =>
        StateOf(state, out var wanted) is { } fault ? fault : TypedResults.Ok(list.Count(caller, party ?? Parties.Root, wanted));

    private static ProblemHttpResult? StateOf(string? word, out AgreementState? state)
    {
        state = Words.Of<AgreementState>(word);
        return state is { } named && !Enum.IsDefined(named) ? Problems.Invalid("bad-state", "state: proposed, accepted, declined, withdrawn, revoked or expired.") : null;
    }

    private static Ok<Page<PartyName>> ListParties(Caller caller, string? q, Parties parties, AgreementPartners partners, PageRequest page) => TypedResults.Ok(Page.Cut(
        parties.All
            .Where(party => partners.Knows(caller, party.Id, null) && (q is null || party.Name.Contains(q, StringComparison.OrdinalIgnoreCase) || party.Id.Contains(q, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(party => party.Id, StringComparer.Ordinal)
            .Select(party => new PartyName(party.Id, party.Name)),
        party => party.Id,
        page));

    private static Results<Ok<AgreementItem>, ProblemHttpResult> Find(
        Caller caller, string id, AgreementBook book, AgreementRights rights, AgreementItems items, HttpContext context) =>
        Visible(caller, id, book, rights) is { } found ? Show(caller, found, items, context) : Problems.NotFound("agreement");

    private static Results<Ok<Page<AgreementUseItem>>, ProblemHttpResult> ListUses(
        Caller caller, string id, AgreementBook book, AgreementRights rights, AgreementUses uses, Actors actors, PageRequest page)
    {
        if (Visible(caller, id, book, rights) is null)
        {
            return Problems.NotFound("agreement");
        }

        var skip = int.TryParse(page.After, CultureInfo.InvariantCulture, out var told) && told > 0 ? told : 0;
        var found = uses.Of(id, skip, page.Limit + 1);
        var shown = found.Take(page.Limit).Select(use => new AgreementUseItem(use.Day, actors.NameOf(use.Actor), use.Use, use.Times, use.Rows)).ToList();
        return TypedResults.Ok(new Page<AgreementUseItem>(
            shown, found.Count > page.Limit ? PageRequest.Encode((skip + page.Limit).ToString(CultureInfo.InvariantCulture)) : null));
    }

    private static Results<Created<AgreementItem>, ProblemHttpResult> Propose(
        Caller caller, NewAgreement asked, AgreementBook book, AgreementRights rights, AgreementPartners partners, AgreementItems items, TimeProvider clock, HttpContext context)
    {
        var (from, to) = (asked.From ?? "", asked.To ?? "");
        if (!partners.Knows(caller, from, asked.Object) || !partners.Knows(caller, to, null))
        {
            return Problems.NotFound("party");
        }

        var proposes = rights.MayBind(caller, from);
        if (!proposes && !rights.MayAsk(caller, to))
        {
            return Problems.Forbidden("Whoever administers the party that shows proposes an agreement; whoever operates the party that sees asks for one.");
        }

        if (partners.SeesAnyhow(to, from))
        {
            return Problems.Invalid("no-agreement-needed", "The party that is to see stands above the one that shows, and sees it anyhow.");
        }

        var (now, faults) = (clock.GetUtcNow(), new List<string>());
        if (AgreementForm.Read(asked, now, faults) is not { } terms)
        {
            return Problems.Invalid("bad-agreement", "Nothing was proposed. Each mistake is told with its field.", faults);
        }

        var agreement = new Agreement(
            Ulid.New(now), from, to, proposes ? from : to, terms, asked.Object, AgreementState.Proposed, caller.Actor, null, now, now, 1);
        if (book.Add(agreement) is not { } added)
        {
            return Problems.Conflict("too-many-agreements", $"The two parties have {AgreementLimits.Together} agreements already; revoke or withdraw what is not needed.");
        }

        Versions.Show(context, added.Version);
        return TypedResults.Created($"/api/agreements/{added.Id}", items.Of(caller, added));
    }

    private static Results<Ok<AgreementItem>, ProblemHttpResult> Take(
        Caller caller, string id, string step, AgreementReason? request, AgreementBook book, AgreementRights rights, AgreementItems items, TimeProvider clock, HttpContext context)
    {
        if (Visible(caller, id, book, rights) is not { } found || AgreementStep.Named(step) is not { } taken)
        {
            return Problems.NotFound("agreement");
        }

        if (rights.SideOf(caller, found, taken) is not { } side)
        {
            return Problems.Forbidden("An agreement is answered by whoever administers the other side, withdrawn by the side that proposed it, and revoked by either.");
        }

        var reason = request?.Reason?.Trim();
        if (taken.NeedsReason && string.IsNullOrEmpty(reason))
        {
            return Problems.Invalid("bad-reason", "Say why; the other side reads it.");
        }

        if (reason?.Length > AgreementLimits.Purpose)
        {
            return Problems.Invalid("bad-reason", $"A reason has at most {AgreementLimits.Purpose} characters.");
        }

        return book.Change(id, Versions.Seen(context), taken, caller.Actor, side, reason) is { } changed ? Show(caller, changed, items, context)
            : found.StateAt(clock.GetUtcNow()) == taken.From ? Problems.Stale()
            : Problems.Conflict("wrong-state", $"The agreement is {found.StateAt(clock.GetUtcNow()).ToString().ToLowerInvariant()}: nobody can {taken.Name} it.");
    }

    private static Ok<AgreementItem> Show(Caller caller, Agreement agreement, AgreementItems items, HttpContext context)
    {
        Versions.Show(context, agreement.Version);
        return TypedResults.Ok(items.Of(caller, agreement, withHistory: true));
    }

    private static Agreement? Visible(Caller caller, string id, AgreementBook book, AgreementRights rights) =>
        book.Find(id) is { } found && rights.MaySee(caller, found) ? found : null;
}
