using System.Collections.Immutable;
using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Rules.Parameters;

/// <summary>A parameter of a rule, as it is for a thing.</summary>
/// <param name="Value">What holds for the thing.</param>
/// <param name="Default">What the rule declares.</param>
public sealed record ParameterItem(string Id, Label Name, double Value, double Default, string? Unit, double? Min, double? Max);

/// <summary>A rule that is for a thing.</summary>
/// <param name="By">Who set parameters of its own; null: nobody.</param>
public sealed record ThingRuleItem(
    string Rule, Label Name, Band Severity, IReadOnlyList<ParameterItem> Parameters, string? Why, string? By, string? ByName, DateTimeOffset? At);

/// <param name="Values">By the parameter's id; those that are left out get their default.</param>
public sealed record ParametersRequest(Dictionary<string, double>? Values, string? Why);

/// <summary>Thresholds of a thing's own.</summary>
internal static class RuleParameterEndpoints
{
    private const int MaximumWhy = 500;

    public static void MapRuleParameters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/things/{id}/rules", List).Requires(Right.View).WithSummary("The rules for a thing, with the parameters that hold for it.");
        routes.MapPut("/api/things/{id}/rules/{rule}/parameters", Set).Requires(Right.Configure).WithSummary("Sets a rule's parameters for one thing.");
        routes.MapDelete("/api/things/{id}/rules/{rule}/parameters", Remove).Requires(Right.Configure).WithSummary("Back to the parameters that the rule declares.");
    }

    private static Results<Ok<Page<ThingRuleItem>>, ProblemHttpResult> List(
        Caller caller, string id, Visible visible, PackCatalog packs, RuleParameters parameters, Users users, Tokens tokens, PageRequest page) =>
        visible.Thing(caller, id) is { } thing
            ? TypedResults.Ok(Page.Cut(
                RulesOf(thing, packs).OrderBy(rule => rule.Id, StringComparer.Ordinal).Select(rule => Item(rule, parameters.Of(rule.Id, id), users, tokens)), item => item.Rule, page))
            : Problems.NotFound("thing");

    private static Results<Ok<ThingRuleItem>, ProblemHttpResult> Set(
        Caller caller, string id, string rule, ParametersRequest request, Visible visible, Things things, PackCatalog packs, RuleParameters parameters,
        Users users, Tokens tokens, TimeProvider clock)
    {
        var (found, refusal) = Find(caller, id, rule, visible, things, packs);
        if (found is null)
        {
            return refusal!;
        }

        var values = request.Values ?? [];
        List<string> faults =
        [
            .. values.Select(value => Fault(found.Parameters.FirstOrDefault(parameter => parameter.Id == value.Key), value.Key, value.Value)).OfType<string>(),
            .. string.IsNullOrWhiteSpace(request.Why) || request.Why.Length > MaximumWhy ? [$"why: the reason, at most {MaximumWhy} characters"] : Array.Empty<string>(),
        ];
        if (faults.Count > 0)
        {
            return Problems.Invalid("bad-parameters", "Nothing was changed. Each mistake is told with its field.", faults);
        }

        var own = new OwnParameters(rule, id, values.ToImmutableDictionary(StringComparer.Ordinal), request.Why!.Trim(), caller.Id, clock.GetUtcNow());
        parameters.Set(own);
        return TypedResults.Ok(Item(found, own, users, tokens));
    }

    private static Results<NoContent, ProblemHttpResult> Remove(
        Caller caller, string id, string rule, Visible visible, Things things, PackCatalog packs, RuleParameters parameters)
    {
        if (Find(caller, id, rule, visible, things, packs) is (_, { } refusal))
        {
            return refusal;
        }

        parameters.Remove(rule, id);
        return TypedResults.NoContent();
    }

    private static (Rule? Rule, ProblemHttpResult? Refusal) Find(Caller caller, string id, string rule, Visible visible, Things things, PackCatalog packs)
    {
        if (visible.Thing(caller, id) is not { } thing)
        {
            return (null, Problems.NotFound("thing"));
        }

        if (RulesOf(thing, packs).FirstOrDefault(each => each.Id == rule) is not { } found)
        {
            return (null, Problems.NotFound("rule"));
        }

        return caller.May(Right.Configure, things.ScopeOf(thing)) ? (found, null) : (null, Problems.Forbidden("Setting a rule's parameters needs the right to configure its thing."));
    }

    private static IEnumerable<Rule> RulesOf(Thing thing, PackCatalog packs) =>
        packs.Current.Type(thing.Type) is { } type ? packs.Current.Rules.Where(rule => type.Is(rule.Type)) : [];

    private static string? Fault(RuleParameter? parameter, string id, double value) =>
        parameter is null ? $"values.{id}: the rule has no parameter '{id}'"
        : !double.IsFinite(value) || value < parameter.Min || value > parameter.Max
            ? string.Create(CultureInfo.InvariantCulture, $"values.{id}: {value} is not from {parameter.Min} to {parameter.Max}")
        : null;

    private static ThingRuleItem Item(Rule rule, OwnParameters? own, Users users, Tokens tokens) => new(
        rule.Id, rule.Name, rule.Severity,
        [.. rule.Parameters.Select(parameter => new ParameterItem(
            parameter.Id, parameter.Name, own?.Values.GetValueOrDefault(parameter.Id, parameter.Default) ?? parameter.Default, parameter.Default, parameter.Unit, parameter.Min, parameter.Max))],
        own?.Why, own?.By, own is null ? null : users.Find(own.By)?.Name ?? tokens.ById(own.By)?.Name ?? own.By, own?.At);
}
