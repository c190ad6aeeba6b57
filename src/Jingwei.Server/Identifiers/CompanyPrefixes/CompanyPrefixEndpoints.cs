using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Prefixes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Identifiers.CompanyPrefixes;

/// <summary>GS1 Company Prefixes: asked for by who holds a prefix, reviewed by the platform's operator.</summary>
internal static class CompanyPrefixEndpoints
{
    public static void MapCompanyPrefixes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/company-prefixes", List).Requires(Right.View)
            .WithSummary("GS1 Company Prefixes whose keys are identifiers here, of prefixes that the caller may see; `prefix` and `state` narrow it.");
        var one = routes.MapGroup("/api/company-prefixes/{digits}/{prefix}");
        one.MapPut("", Apply).Requires(Right.Configure)
            .WithSummary("Asks that the keys of a GS1 Company Prefix be identifiers below a prefix; so at once where the caller may approve it.");
        one.MapPost("/{decision}", Decide).Requires(Right.Administer).WithSummary("Decides: `approve` or `refuse`.");
        one.MapDelete("", Withdraw).Requires(Right.Configure).WithSummary("Gives a GS1 Company Prefix back.");
    }

    private static Results<Ok<Page<CompanyPrefixItem>>, ProblemHttpResult> List(
        Caller caller, string? prefix, string? state, CompanyPrefixes companies, CompanyPrefixItems items, PageRequest page)
    {
        var wanted = Words.Of<CompanyPrefixState>(state);
        return wanted is { } named && !Enum.IsDefined(named)
            ? Problems.Invalid("bad-state", $"state is one of {string.Join(", ", Enum.GetNames<CompanyPrefixState>()).ToLowerInvariant()}.")
            : TypedResults.Ok(Page.Cut(
                companies.All
                    .Where(each => (wanted is null || each.State == wanted) && (prefix is null || each.Prefix == PrefixName.Of(prefix)))
                    .Select(each => items.Visible(caller, each.Prefix) is { } found ? items.Of(caller, each, found) : null)
                    .OfType<CompanyPrefixItem>()
                    .OrderBy(Key, StringComparer.Ordinal),
                Key,
                page));
    }

    private static Results<Ok<CompanyPrefixItem>, ProblemHttpResult> Apply(
        Caller caller, string digits, string prefix, CompanyPrefixes companies, CompanyPrefixItems items)
    {
        if (items.Visible(caller, prefix) is not { } found)
        {
            return Problems.NotFound("prefix");
        }

        var reviews = CompanyPrefixItems.MayReview(caller);
        if (!reviews && !items.MayConfigure(caller, found))
        {
            return Problems.Forbidden("Who registers below a prefix asks for it.");
        }

        if (!CompanyPrefix.IsValid(digits))
        {
            return Problems.Invalid("bad-company-prefix", $"A GS1 Company Prefix has 4 to {CompanyPrefix.MostDigits} digits.");
        }

        return companies.Find(digits, found.Name) is { State: CompanyPrefixState.Active } there
            ? TypedResults.Ok(items.Of(caller, there, found))
            : Save(caller, digits, found, reviews ? CompanyPrefixState.Active : CompanyPrefixState.Applied, null, companies, items);
    }

    private static Results<Ok<CompanyPrefixItem>, ProblemHttpResult> Decide(
        Caller caller, string digits, string prefix, string decision, CompanyPrefixDecision request, CompanyPrefixes companies, CompanyPrefixItems items)
    {
        if (decision is not ("approve" or "refuse") || items.Visible(caller, prefix) is not { } found || companies.Find(digits, found.Name) is not { } asked)
        {
            return Problems.NotFound("company prefix");
        }

        if (!CompanyPrefixItems.MayReview(caller))
        {
            return Problems.Forbidden("GS1 Company Prefixes are reviewed by the platform's operator.");
        }

        if (asked.State != CompanyPrefixState.Applied)
        {
            return Problems.Conflict("wrong-state", $"The company prefix is {asked.State.ToString().ToLowerInvariant()}: nobody can {decision} it.");
        }

        if (decision == "refuse" && PrefixFaults.OfWhy(request.Why) is { } fault)
        {
            return Problems.Invalid("bad-reason", fault);
        }

        return Save(
            caller, digits, found, decision == "approve" ? CompanyPrefixState.Active : CompanyPrefixState.Refused, request.Why?.Trim(), companies, items);
    }

    private static Results<NoContent, ProblemHttpResult> Withdraw(
        Caller caller, string digits, string prefix, CompanyPrefixes companies, CompanyPrefixItems items)
    {
        if (items.Visible(caller, prefix) is not { } found || companies.Find(digits, found.Name) is not { } there)
        {
            return Problems.NotFound("company prefix");
        }

        if (!CompanyPrefixItems.MayReview(caller) && !items.MayConfigure(caller, found))
        {
            return Problems.Forbidden("Who registers below a prefix gives it back, or the platform's operator.");
        }

        companies.Remove(there);
        return TypedResults.NoContent();
    }

    private static Results<Ok<CompanyPrefixItem>, ProblemHttpResult> Save(
        Caller caller, string digits, Prefix prefix, CompanyPrefixState state, string? why, CompanyPrefixes companies, CompanyPrefixItems items) =>
        companies.Save(digits, prefix.Name, state, why, caller.Actor) is { } saved
            ? TypedResults.Ok(items.Of(caller, saved, prefix))
            : Problems.Conflict("company-prefix-taken", $"Another prefix has {digits}, or this one has {CompanyPrefixes.MostOfPrefix} company prefixes already.");

    private static string Key(CompanyPrefixItem item) => $"{item.Digits}/{item.Prefix}";
}
