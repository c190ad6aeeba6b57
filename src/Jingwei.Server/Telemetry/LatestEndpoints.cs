using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Telemetry;

/// <summary>A property's newest value.</summary>
/// <param name="Value">Number, boolean, text or enumeration value id; a position as {lat, lon}.</param>
public sealed record LatestItem(object Value, DateTimeOffset Ts, Quality Quality, string? Flag, DateTimeOffset Arrived);

public sealed record ThingLatest(IReadOnlyDictionary<string, LatestItem> Values);

public sealed record ThingLatestItem(
    string Thing, string Name, string Type, string? Parent, IReadOnlyDictionary<string, LatestItem> Values);

/// <summary>The newest values of one thing, or of many.</summary>
public static class LatestEndpoints
{
    public static void MapLatest(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/things/{id}/latest", One).Requires(Right.View).WithSummary("The newest values of a thing.");
        routes.MapGet("/api/latest", Many).Requires(Right.View).WithSummary("The newest values of many things.");
    }

    /// <summary>The values of a thing's properties, or of one of them.</summary>
    public static IReadOnlyDictionary<string, LatestItem> Values(Readings readings, PackCatalog packs, Thing thing, string? only = null)
    {
        var values = new SortedDictionary<string, LatestItem>(StringComparer.Ordinal);
        foreach (var property in packs.Current.Type(thing.Type)?.Properties ?? [])
        {
            if ((only is null || property.Id == only) && readings.Latest(thing.Id, property.Id) is { } latest)
            {
                values[property.Id] = Item(latest);
            }
        }

        return values;
    }

    public static LatestItem Item(LatestValue latest) => new(
        ValueOf(latest.Value), Instant.ToTime(latest.Time), latest.Quality, latest.Flag, Instant.ToTime(latest.Arrived));

    /// <summary>A value as JSON shows it.</summary>
    public static object ValueOf(ReadingValue value) => value.Kind switch
    {
        PropertyKind.Number => value.Number,
        PropertyKind.Boolean => value.Number != 0,
        PropertyKind.Position => Place.Parse(value.Text!),
        _ => value.Text!,
    };

    private static Results<Ok<ThingLatest>, ProblemHttpResult> One(Caller caller, string id, Visible visible, Readings readings, PackCatalog packs) =>
        visible.Thing(caller, id) is { } thing
            ? TypedResults.Ok(new ThingLatest(Values(readings, packs, thing)))
            : Problems.NotFound("thing");

    private static Ok<Page<ThingLatestItem>> Many(
        Caller caller, [AsParameters] ThingFilter filter, string? property, Visible visible, Readings readings, PackCatalog packs, PageRequest page) =>
        TypedResults.Ok(Page.Cut(
            visible.Things(caller, filter).OrderBy(thing => thing.Id, StringComparer.Ordinal).Select(thing =>
                new ThingLatestItem(thing.Id, thing.Name, thing.Type, thing.Parent, Values(readings, packs, thing, property))),
            item => item.Thing,
            page));
}
