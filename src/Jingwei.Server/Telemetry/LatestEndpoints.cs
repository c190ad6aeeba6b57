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
        routes.MapGet("/api/latest", Many).Requires(Right.View).WithSummary("The newest values of many things.")
            .Produces<Page<ThingLatestItem>>();
    }

    // A large site in one request; the answer is streamed, so the limit bounds the time of one request, not the memory.
    private const int MostThings = 100_000;

    private static SortedDictionary<string, LatestItem> Values(SeriesRegistry registry, PackCatalog packs, Thing thing)
    {
        var values = new SortedDictionary<string, LatestItem>(StringComparer.Ordinal);
        var type = packs.Current.KnownType(thing.Type);
        foreach (var series in registry.OfThing(thing.Id))
        {
            if (type?.Property(series.PropertyId) is not null && series.Latest is { } latest)
            {
                values[series.PropertyId] = Item(latest);
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

    private static Results<Ok<ThingLatest>, ProblemHttpResult> One(
        Caller caller, string id, Visible visible, SeriesRegistry series, PackCatalog packs) =>
        visible.Thing(caller, id) is { } thing
            ? TypedResults.Ok(new ThingLatest(Values(series, packs, thing)))
            : Problems.NotFound("thing");

    private static async Task<IResult> Many(
        Caller caller, [AsParameters] ThingFilter filter, string? property, Visible visible, SeriesRegistry series, PackCatalog packs,
        HttpContext context, CancellationToken cancellation)
    {
        var page = PageRequest.Of(context, MostThings);
        var things = visible.Things(caller, filter, page.After);
        using var json = new JsonStream(context.Response.BodyWriter);
        var answer = new LatestPage(json, series, packs.Current, property);
        if (CsvExport.IsWanted(context))
        {
            CsvExport.Begin(context.Response);
            await answer.WriteCsvAsync(things, page.Limit, cancellation);
            return Results.Empty;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await answer.WriteAsync(things, page.Limit, cancellation);
        return Results.Empty;
    }
}
