using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Cases;

/// <summary>Which cases are counted, and by which of their fields.</summary>
/// <param name="From">Only those opened at that time or later; 90 days by default.</param>
/// <param name="To">Only those opened before; now by default.</param>
public sealed record ParetoQuery(
    [property: FromQuery] string? Case, [property: FromQuery] string? Field, [property: FromQuery] DateTimeOffset? From, [property: FromQuery] DateTimeOffset? To,
    [property: FromQuery] string? Thing, [property: FromQuery] string? Party, [property: FromQuery] string? Region, [property: FromQuery] Exercises? Exercise);

/// <summary>Cases that have the same value of a field.</summary>
/// <param name="Value">Null: the field is not filled in.</param>
/// <param name="Name">The value's word; null for no value.</param>
/// <param name="Hours">How long they were, or are, open, together.</param>
public sealed record ParetoItem(string? Value, Label? Name, long Cases, double Hours);

/// <summary>What cases come from: counts and hours by the value of a field (Pareto).</summary>
internal static class ParetoEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(90);

    public static void MapParetos(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/cases/pareto", List).Requires(Right.View).WithSummary("How many cases of a type have each value of a field, and how long they were open; the most first.");

    private static Results<Ok<Page<ParetoItem>>, ProblemHttpResult> List(
        Caller caller, [AsParameters] ParetoQuery query, CaseStore cases, PackCatalog packs, TimeProvider clock)
    {
        if (packs.Current.CaseType(query.Case ?? "") is not { } type)
        {
            return Problems.Invalid("bad-case-type", "case: a type of cases.");
        }

        if (type.Fields.FirstOrDefault(each => each.Id == query.Field) is not { Kind: PropertyKind.Enumeration or PropertyKind.Boolean } field)
        {
            return Problems.Invalid("bad-field", "field: a field of the case type that has one of a few values: an enumeration or a boolean.");
        }

        var to = query.To ?? clock.GetUtcNow();
        var from = query.From ?? to - Usual;
        return from < to
            ? TypedResults.Ok(new Page<ParetoItem>([.. cases.ByField(caller, query, field.Id, from, to).Select(row => Item(row, field))], null))
            : Problems.Invalid("bad-period", "to: after from.");
    }

    private static ParetoItem Item(ParetoRow row, Property field)
    {
        var hours = row.Micros / (double)TimeSpan.MicrosecondsPerHour;
        return row.Value is not { } value ? new(null, null, row.Cases, hours)
            : field.Kind == PropertyKind.Boolean ? value == "1" ? new("true", new("是", "yes"), row.Cases, hours) : new("false", new("否", "no"), row.Cases, hours)
            // A value that the type no longer has keeps its id.
            : new(value, field.Values.FirstOrDefault(each => each.Id == value)?.Name ?? Label.Of(value), row.Cases, hours);
    }
}
