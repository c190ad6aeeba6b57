using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Access;

/// <summary>An entry with the name of who did it, where there still is one.</summary>
public sealed record AuditItem(long Id, DateTimeOffset At, string Actor, string ActorName, string Action, string Target, int Outcome);

/// <summary>The audit, for administrators of the whole platform: entries carry no party of their own.</summary>
public static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/audit", List).Requires(Right.Administer).WithSummary("Who changed, or tried, what and when; newest first.");

    private static Results<Ok<Page<AuditItem>>, ProblemHttpResult> List(
        Caller caller, Audit audit, Users users, Tokens tokens, string? user, string? action, string? target, string? outcome, DateTimeOffset? from,
        DateTimeOffset? to, PageRequest page)
    {
        if (!caller.May(Right.Administer, new(TreePath.Root(Parties.Root), TreePath.Root(Regions.Root))))
        {
            return Problems.Forbidden("The audit is open to administrators of the whole platform.");
        }

        AuditOutcome? came = Enum.TryParse<AuditOutcome>(outcome, ignoreCase: true, out var parsed) && char.IsAsciiLetter(outcome[0]) ? parsed : null;
        if (!string.IsNullOrEmpty(outcome) && came is null)
        {
            return Problems.Invalid("bad-outcome", "outcome: done, refused or failed.");
        }

        var before = long.TryParse(page.After, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        var items = audit.List(new(user, action, target, came, from, to), before, page.Limit);
        return TypedResults.Ok(new Page<AuditItem>([.. items.Select(Item)], items.Count < page.Limit ? null : PageRequest.Encode(items[^1].Id.ToString(CultureInfo.InvariantCulture))));

        AuditItem Item(AuditEntry entry) => new(
            entry.Id, entry.At, entry.Actor, users.Find(entry.Actor)?.Name ?? tokens.ById(entry.Actor)?.Name ?? entry.Actor, entry.Action, entry.Target, entry.Outcome);
    }
}
