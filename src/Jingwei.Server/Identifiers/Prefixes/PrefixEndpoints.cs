using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Identifiers.Prefixes;

/// <summary>Prefixes: applied for, reviewed, limited, delegated, suspended.</summary>
internal static class PrefixEndpoints
{
    public static void MapPrefixes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/prefixes", List).Requires(Right.View)
            .WithSummary("Prefixes that the caller may see; `state`, `party` and `search` (part of the name, or of the party's) narrow it.");
        routes.MapPost("/api/prefixes", Apply).Requires(Right.Configure)
            .WithSummary("Applies for a prefix, or for the next number below one; active at once where the caller may approve it and names no applicant.");
        var prefix = routes.MapGroup("/api/prefixes/{prefix}");
        prefix.MapGet("", Get).Requires(Right.View).WithSummary("A prefix.");
        prefix.MapGet("/history", History).Requires(Right.View).WithSummary("What became of a prefix, oldest first.");
        prefix.MapPut("", Set).Requires(Right.Administer).WithSummary("Sets quota and delegation; takes If-Match.");
        prefix.MapPost("/{decision}", Decide).Requires(Right.Configure)
            .WithSummary("Decides: `approve`, `refuse`, `suspend`, `resume`, or, by its holder too, `withdraw`; takes If-Match.");
    }

    private static Results<Ok<Page<PrefixItem>>, ProblemHttpResult> List(
        Caller caller, string? state, string? party, string? search, Prefixes prefixes, PrefixRights rights, PrefixItems items, PageRequest page)
    {
        var wanted = Words.Of<PrefixState>(state);
        return wanted is { } named && !Enum.IsDefined(named)
            ? Problems.Invalid("bad-state", $"state is one of {string.Join(", ", Enum.GetNames<PrefixState>()).ToLowerInvariant()}.")
            : TypedResults.Ok(Page.Cut(
                prefixes.All
                    .Where(prefix => (wanted is null || prefix.State == wanted) && (party is null || prefix.Party == party) && rights.MaySee(caller, prefix))
                    .Select(prefix => items.Of(caller, prefix))
                    .Where(item => search is null || Contains(item.Prefix, search) || Contains(item.PartyName, search))
                    .OrderBy(item => item.Prefix, StringComparer.Ordinal),
                item => item.Prefix,
                page));
    }

    private static Results<Ok<PrefixItem>, ProblemHttpResult> Get(
        Caller caller, string prefix, Prefixes prefixes, PrefixRights rights, PrefixItems items, HttpContext context) =>
        Visible(caller, prefix, prefixes, rights) is { } found ? Show(caller, found, items, context) : Problems.NotFound("prefix");

    private static Results<Ok<Page<PrefixChangeItem>>, ProblemHttpResult> History(
        Caller caller, string prefix, Prefixes prefixes, PrefixRights rights, PrefixItems items) =>
        Visible(caller, prefix, prefixes, rights) is { } found
            ? TypedResults.Ok(new Page<PrefixChangeItem>([.. prefixes.History(found.Name).Select(items.Of)], null))
            : Problems.NotFound("prefix");

    private static Results<Created<PrefixItem>, ProblemHttpResult> Apply(
        Caller caller, PrefixApplication application, Prefixes prefixes, PrefixRights rights, PrefixItems items, Parties parties, HttpContext context)
    {
        if (PrefixFaults.Of(application) is { Count: > 0 } faults)
        {
            return Problems.Invalid("bad-prefix", "Nothing was applied for. Each mistake is told with its field.", faults);
        }

        var party = application.Party!;
        if (parties.Find(party) is null || !rights.MayConfigure(caller, party))
        {
            return Problems.Invalid("unknown-party", $"There is no party \"{party}\" for which you may apply.");
        }

        var name = PrefixName.Of(application.Prefix) ?? prefixes.NextBelow(PrefixName.Of(application.Below)!);
        var reviews = rights.MayReview(caller, name);
        if (!reviews && prefixes.Covering(name) is null)
        {
            return Problems.Invalid("not-below", "Prefixes are applied for below one that this node holds; only the platform's operator adds others.");
        }

        if (!reviews && application.Applicant is null)
        {
            return Problems.Invalid("bad-prefix", "Nothing was applied for. Each mistake is told with its field.", ["\"applicant\" is missing."]);
        }

        var state = application.Applicant is null ? PrefixState.Active : PrefixState.Applied;
        if (prefixes.Add(name, party, application.Applicant, state, caller.Actor) is not { } added)
        {
            return Problems.Conflict("prefix-taken", $"The prefix {name} is taken.");
        }

        Versions.Show(context, added.Version);
        return TypedResults.Created($"/api/prefixes/{added.Name}", items.Of(caller, added));
    }

    private static Results<Ok<PrefixItem>, ProblemHttpResult> Set(
        Caller caller, string prefix, PrefixSettings settings, Prefixes prefixes, PrefixRights rights, PrefixItems items, HttpContext context)
    {
        if (Visible(caller, prefix, prefixes, rights) is not { } found)
        {
            return Problems.NotFound("prefix");
        }

        if (!rights.MayReview(caller, found.Name))
        {
            return NotYours();
        }

        return PrefixFaults.Of(settings) is { Count: > 0 } faults
            ? Problems.Invalid("bad-prefix", "Nothing was changed. Each mistake is told with its field.", faults)
            : Write(caller, found, now => now with { Delegation = settings.Delegation, Quota = settings.Quota }, prefixes, items, context);
    }

    private static Results<Ok<PrefixItem>, ProblemHttpResult> Decide(
        Caller caller, string prefix, string decision, PrefixDecision request, Prefixes prefixes, PrefixRights rights, PrefixItems items, HttpContext context)
    {
        if (Visible(caller, prefix, prefixes, rights) is not { } found || PrefixStep.Named(decision) is not { } step)
        {
            return Problems.NotFound("prefix");
        }

        if (!(rights.MayReview(caller, found.Name) || (step.ByHolder && rights.MayConfigure(caller, found.Party))))
        {
            return NotYours();
        }

        if (step.NeedsWhy && PrefixFaults.OfWhy(request.Why) is { } fault)
        {
            return Problems.Invalid("bad-reason", fault);
        }

        return step.From.Contains(found.State)
            ? Write(caller, found, now => step.From.Contains(now.State) ? now with { State = step.To, Why = request.Why?.Trim() } : null, prefixes, items, context)
            : Problems.Conflict("wrong-state", $"The prefix is {found.State.ToString().ToLowerInvariant()}: nobody can {step.Name} it.");
    }

    private static Results<Ok<PrefixItem>, ProblemHttpResult> Write(
        Caller caller, Prefix found, Func<Prefix, Prefix?> change, Prefixes prefixes, PrefixItems items, HttpContext context) =>
        prefixes.Change(found.Name, Versions.Seen(context), caller.Actor, change) is { } changed
            ? Show(caller, changed, items, context)
            : Problems.Stale();

    private static Ok<PrefixItem> Show(Caller caller, Prefix prefix, PrefixItems items, HttpContext context)
    {
        Versions.Show(context, prefix.Version);
        return TypedResults.Ok(items.Of(caller, prefix));
    }

    private static Prefix? Visible(Caller caller, string name, Prefixes prefixes, PrefixRights rights) =>
        PrefixName.Of(name) is { } form && prefixes.Find(form) is { } found && rights.MaySee(caller, found) ? found : null;

    private static bool Contains(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    private static ProblemHttpResult NotYours() =>
        Problems.Forbidden("Prefixes are reviewed by whoever administers the party of the prefix above them.");
}
