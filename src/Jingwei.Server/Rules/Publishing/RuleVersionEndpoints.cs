using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Rules.Publishing;

/// <summary>A rule to be published.</summary>
/// <param name="After">The number of the version that this one changes; 0 for the pack's.</param>
public sealed record PublishRequest(RuleDefinition? Definition, string? Why, long? After);

/// <param name="After">The number of the version that holds now.</param>
public sealed record RestoreRequest(string? Why, long? After);

/// <summary>Versions of a rule: see, publish, go back.</summary>
internal static class RuleVersionEndpoints
{
    private const int MaximumWhy = 500;

    public static void MapRuleVersions(this IEndpointRouteBuilder routes)
    {
        var rule = routes.MapGroup("/api/rules/{id}/versions");
        rule.MapGet("", List).Requires(Right.View).WithSummary("What was published of a rule, newest first; the last one is what its pack declares, with the number 0.");
        rule.MapPost("", Publish).Requires(Right.Configure).WithSummary("Puts other words of a rule in force, over what its pack declares.");
        rule.MapPost("/{number:long}/restore", Restore).Requires(Right.Configure).WithSummary("Puts an earlier version in force again, as a new one; 0 is what the pack declares.");
    }

    private static Results<Ok<Page<RuleVersion>>, ProblemHttpResult> List(string id, PackCatalog packs, RuleVersions versions, PageRequest page)
    {
        if (Declared(id, packs) is not { } declared)
        {
            return Problems.NotFound("rule");
        }

        var before = long.TryParse(page.After, CultureInfo.InvariantCulture, out var last) ? last : (long?)null;
        var found = versions.List(id, before, page.Limit).ToList();
        if (found.Count < page.Limit)
        {
            found.Add(new RuleVersion(id, 0, RuleDefinition.Of(declared), "", declared.Pack, DateTimeOffset.UnixEpoch, null));
            return TypedResults.Ok(new Page<RuleVersion>(found, null));
        }

        return TypedResults.Ok(new Page<RuleVersion>(found, PageRequest.Encode(found[^1].Number.ToString(CultureInfo.InvariantCulture))));
    }

    private static Results<Created<RuleVersion>, ProblemHttpResult> Publish(
        Caller caller, string id, PublishRequest request, PackCatalog packs, RuleVersions versions, TimeProvider clock)
    {
        if (Refusal(caller, id, request.Why, packs) is { } refusal)
        {
            return refusal;
        }

        IReadOnlyList<string> faults = request.Definition is { } definition
            ? definition.FaultsOver(Declared(id, packs)!, packs.Installed)
            : ["definition: the rule's new words"];
        return faults.Count > 0
            ? Problems.Invalid("bad-rule", "Nothing was published. Each mistake is told with its place.", faults)
            : Answer(versions.Publish(id, request.After ?? 0, request.Definition, request.Why!.Trim(), caller.Id, clock.GetUtcNow()));
    }

    private static Results<Created<RuleVersion>, ProblemHttpResult> Restore(
        Caller caller, string id, long number, RestoreRequest request, PackCatalog packs, RuleVersions versions, TimeProvider clock)
    {
        if (Refusal(caller, id, request.Why, packs) is { } refusal)
        {
            return refusal;
        }

        var earlier = versions.Find(id, number);
        return number != 0 && earlier is null
            ? Problems.NotFound("version")
            : Answer(versions.Publish(id, request.After ?? 0, earlier?.Definition, request.Why!.Trim(), caller.Id, clock.GetUtcNow(), number));
    }

    private static Results<Created<RuleVersion>, ProblemHttpResult> Answer(RuleVersion? added) => added is null
        ? Problems.Stale()
        : TypedResults.Created($"/api/rules/{Uri.EscapeDataString(added.Rule)}/versions", added);

    private static ProblemHttpResult? Refusal(Caller caller, string id, string? why, PackCatalog packs) =>
        Declared(id, packs) is null ? Problems.NotFound("rule")
        : !caller.May(Right.Configure, Scope.Everything) ? Problems.Forbidden("A rule holds for all things of its type: changing it needs the right to configure the whole installation.")
        : string.IsNullOrWhiteSpace(why) || why.Length > MaximumWhy ? Problems.Invalid("why-missing", $"Say why, in at most {MaximumWhy} characters: who comes after will ask.")
        : null;

    private static Rule? Declared(string id, PackCatalog packs) => packs.Installed.Rules.FirstOrDefault(rule => rule.Id == id);
}
