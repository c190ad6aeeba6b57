using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Rules.Suppressing;

/// <summary>Alarms to be held back.</summary>
/// <param name="Kind">shelved, for at most a day; or maintenance, for at most 31.</param>
/// <param name="From">Null for now.</param>
public sealed record SuppressionRequest(string? Kind, string? Rule, string? Thing, string? Region, DateTimeOffset? From, DateTimeOffset? To, string? Why);

/// <summary>A time for which alarms are held back, with the names of what it is about.</summary>
/// <param name="MayEnd">The caller may end it: it is not over, and he operates all that it is about.</param>
public sealed record SuppressionItem(
    string Id, SuppressionKind Kind, string? Rule, Label? RuleName, string? Thing, string? ThingName, string? Region, string? RegionName,
    DateTimeOffset From, DateTimeOffset To, string Why, string By, string ByName, DateTimeOffset MadeAt, DateTimeOffset? EndedAt, string? EndedBy,
    string? EndedByName, bool MayEnd);

/// <summary>Shelving and maintenance windows (ISA-18.2): list, make, end.</summary>
internal static class SuppressionEndpoints
{
    private const int MaximumWhy = 500;

    // A shelved alarm must come back by itself before the shift that shelved it is forgotten; longer work is maintenance.
    private static readonly TimeSpan LongestShelving = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestMaintenance = TimeSpan.FromDays(31);

    public static void MapSuppressions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/suppressions", List).Requires(Right.View).WithSummary("Times for which alarms are held back, newest first; `standing=true` for those that are not over, `thing` for those that reach it.");
        routes.MapGet("/api/suppressions/{id:long}", Get).Requires(Right.View).WithSummary("A time for which alarms are held back.");
        routes.MapPost("/api/suppressions", Add).Requires(Right.Operate).WithSummary("Holds alarms back: shelves those of a rule or thing, or sets a maintenance window.");
        routes.MapPost("/api/suppressions/{id:long}/end", End).Requires(Right.Operate).WithSummary("Ends one before its time; alarms whose condition still holds are raised.");
    }

    private static Results<Ok<Page<SuppressionItem>>, ProblemHttpResult> List(
        Caller caller, Suppressions suppressions, Named named, PageRequest page, string? thing, bool standing = false)
    {
        if (thing is not null && !named.SeesThing(caller, thing))
        {
            return Problems.NotFound("thing");
        }

        var before = long.TryParse(page.After, CultureInfo.InvariantCulture, out var last) ? last : (long?)null;
        var found = suppressions.List(standing, before, page.Limit + 1);
        var items = found.Take(page.Limit).Where(each => named.MaySee(caller, each) && (thing is null || suppressions.Covers(each, thing)))
            .Select(each => named.Item(caller, each)).ToList();
        return TypedResults.Ok(new Page<SuppressionItem>(
            items, found.Count > page.Limit ? PageRequest.Encode(found[page.Limit - 1].Id.ToString(CultureInfo.InvariantCulture)) : null));
    }

    private static Results<Ok<SuppressionItem>, ProblemHttpResult> Get(Caller caller, long id, Suppressions suppressions, Named named) =>
        suppressions.Find(id) is { } found && named.MaySee(caller, found) ? TypedResults.Ok(named.Item(caller, found)) : Problems.NotFound("suppression");

    private static Results<Created<SuppressionItem>, ProblemHttpResult> Add(
        Caller caller, SuppressionRequest request, Suppressions suppressions, Named named, PackCatalog packs, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var kind = Enum.TryParse<SuppressionKind>(request.Kind, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : (SuppressionKind?)null;
        var (from, to) = (request.From ?? now, request.To ?? now);
        var longest = kind == SuppressionKind.Shelved ? LongestShelving : LongestMaintenance;
        List<string> faults =
        [
            .. Fault(kind is null, "kind: shelved or maintenance"),
            .. Fault(request is { Rule: null, Thing: null, Region: null }, "rule, thing or region: at least one says which alarms are meant"),
            .. Fault(request.Rule is { } rule && packs.Current.Rules.All(each => each.Id != rule), $"rule: there is no rule '{request.Rule}'"),
            .. Fault(request.Thing is not null && !named.SeesThing(caller, request.Thing), $"thing: there is no thing '{request.Thing}'"),
            .. Fault(request.Region is not null && !named.SeesRegion(caller, request.Region), $"region: there is no region '{request.Region}'"),
            .. Fault(to <= from || to <= now, "to: when it ends, after `from` and after now"),
            .. Fault(to - from > longest, $"to: at most {longest.TotalDays:0} days after `from`"),
            .. Fault(string.IsNullOrWhiteSpace(request.Why) || request.Why.Length > MaximumWhy, $"why: the reason, at most {MaximumWhy} characters"),
        ];
        if (faults.Count > 0)
        {
            return Problems.Invalid("bad-suppression", "Nothing is held back. Each mistake is told with its field.", faults);
        }

        var asked = new Suppression(0, kind!.Value, request.Rule, request.Thing, request.Region, from, to, request.Why!.Trim(), caller.Id, now, null, null);
        if (!named.May(caller, Right.Operate, asked))
        {
            return Problems.Forbidden("Holding alarms back needs the right to operate everything that they are about.");
        }

        return suppressions.Add(asked) is { } added
            ? TypedResults.Created($"/api/suppressions/{added.Id}", named.Item(caller, added))
            : Problems.Conflict("too-many", $"At most {Suppressions.Most} may stand at a time; end some that are not needed.");
    }

    private static Results<Ok<SuppressionItem>, ProblemHttpResult> End(Caller caller, long id, Suppressions suppressions, Named named)
    {
        if (suppressions.Find(id) is not { } found || !named.MaySee(caller, found))
        {
            return Problems.NotFound("suppression");
        }

        return named.May(caller, Right.Operate, found)
            ? TypedResults.Ok(named.Item(caller, suppressions.End(found, caller.Id)))
            : Problems.Forbidden("Ending this needs the right to operate everything that it is about.");
    }

    private static IEnumerable<string> Fault(bool isOne, string fault) => isOne ? [fault] : [];
}

/// <summary>What a suppression is about, by name, and who may see and change it.</summary>
internal sealed class Named(Things things, Regions regions, PackCatalog packs, Visible visible, Users users, Tokens tokens, TimeProvider clock)
{
    public bool SeesThing(Caller caller, string thing) => visible.Thing(caller, thing) is not null;

    public bool SeesRegion(Caller caller, string region) => regions.Find(region) is not null && caller.May(Right.View, ScopeOf(region));

    public bool MaySee(Caller caller, Suppression suppression) => suppression switch
    {
        { Thing: { } thing } => SeesThing(caller, thing),
        { Region: { } region } => SeesRegion(caller, region),
        _ => caller.MayAnywhere(Right.View),
    };

    public bool May(Caller caller, Right right, Suppression suppression) => suppression switch
    {
        { Thing: { } id } => things.TryGet(id, out var thing) && caller.May(right, things.ScopeOf(thing)),
        { Region: { } region } => caller.May(right, ScopeOf(region)),
        _ => caller.May(right, Scope.Everything),
    };

    public SuppressionItem Item(Caller caller, Suppression suppression) => new(
        suppression.Id.ToString(CultureInfo.InvariantCulture), suppression.Kind, suppression.Rule,
        packs.Current.Rules.FirstOrDefault(rule => rule.Id == suppression.Rule)?.Name, suppression.Thing,
        suppression.Thing is { } id && things.TryGet(id, out var thing) ? thing.Name : null, suppression.Region,
        suppression.Region is { } region ? regions.Find(region)?.Name : null, suppression.From, suppression.To, suppression.Why, suppression.By, NameOf(suppression.By)!,
        suppression.MadeAt, suppression.EndedAt, suppression.EndedBy, NameOf(suppression.EndedBy),
        suppression.EndedAt is null && suppression.To > clock.GetUtcNow() && May(caller, Right.Operate, suppression));

    private string? NameOf(string? id) => id is null ? null : users.Find(id)?.Name ?? tokens.ById(id)?.Name ?? id;

    // Of all parties: alarms of any of them are held back.
    private Scope ScopeOf(string region) => Scope.Everything with { RegionPath = regions.PathOf(region) };
}
