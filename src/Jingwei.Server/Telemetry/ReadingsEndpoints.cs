using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry;

public sealed record StateItem(DateTimeOffset From, DateTimeOffset To, string Value);

/// <param name="Totals">Seconds in each state.</param>
public sealed record StatesAnswer(string Property, IReadOnlyList<StateItem> Intervals, IReadOnlyDictionary<string, double> Totals);

/// <summary>What a property was, when: readings as they came, buckets of them, or intervals of a state.</summary>
public static class ReadingsEndpoints
{
    public static void MapReadings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/things/{id}/readings", Get).Requires(Right.View).WithSummary("Readings of a property, raw or in buckets.");
        routes.MapGet("/api/things/{id}/states", States).Requires(Right.View).WithSummary("Which state a property was in, when and for how long.");
    }

    private static async Task<IResult> Get(
        Caller caller, string id, string? property, string? from, string? to, string? bucket, string? agg,
        ReadingsRequest requests, ReadingQueries queries, HttpContext context, CancellationToken cancellation)
    {
        var (question, refusal) = requests.Read(caller, id, property, from, to, bucket);
        if (question is null)
        {
            return refusal!;
        }

        if (agg is not null && (question.Width == 0 || !BucketPoints.Aggregates.Contains(agg)))
        {
            return Problems.Invalid("bad-agg", $"agg is one of {string.Join(", ", BucketPoints.Aggregates)}, and needs a bucket.");
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        using var json = new JsonStream(context.Response.BodyWriter);
        WriteHead(json, question, question.Width == 0 ? "raw" : bucket);
        if (question.Series is { } series)
        {
            await (question.Width > 0
                ? BucketPoints.WriteAsync(json, queries.BucketsAsync(series, question.From, question.To, question.Width, cancellation), agg, cancellation)
                : WriteRawAsync(json, queries, series, question, cancellation));
        }

        json.Raw("]}"u8);
        await json.FlushAsync(cancellation);
        return Results.Empty;
    }

    private static void WriteHead(JsonStream json, ReadingsQuestion question, string? bucket)
    {
        json.Raw("{\"property\":"u8);
        json.Text(question.Property.Id);
        json.Raw(",\"unit\":"u8);
        json.Text(question.Property.Unit);
        json.Raw(",\"bucket\":"u8);
        json.Text(bucket);
        if (question.Series is { } series && series.ExpiredBefore > question.From && (question.Width == 0 || question.Width % Instant.PerMinute != 0))
        {
            json.Raw(",\"keptSince\":"u8);
            json.Time(series.ExpiredBefore);
        }

        json.Raw(",\"points\":["u8);
    }

    private static Task WriteRawAsync(JsonStream json, ReadingQueries queries, Series series, ReadingsQuestion question, CancellationToken cancellation)
    {
        var (number, from, to, kind) = (series.Number, question.From, question.To, question.Property.Kind);
        return kind switch
        {
            PropertyKind.Boolean => WriteRawAsync(
                json, queries.NumbersAsync(number, from, to, cancellation), static (json, truth) => json.Raw(truth != 0 ? "true"u8 : "false"u8), cancellation),
            PropertyKind.Number => WriteRawAsync(
                json, queries.NumbersAsync(number, from, to, cancellation), static (json, value) => json.Number(value), cancellation),
            PropertyKind.Position => WriteRawAsync(
                json, queries.TextsAsync(number, from, to, cancellation), static (json, text) => json.Position(Place.Parse(text)), cancellation),
            _ => WriteRawAsync(
                json, queries.TextsAsync(number, from, to, cancellation), static (json, text) => json.Text(text), cancellation),
        };
    }

    private static async Task WriteRawAsync<T>(
        JsonStream json, IAsyncEnumerable<Point<T>> points, Action<JsonStream, T> write, CancellationToken cancellation)
    {
        var next = "["u8.Length;
        await foreach (var point in points.WithCancellation(cancellation))
        {
            json.Raw(",["u8[^next..]);
            next = ",["u8.Length;
            json.Milliseconds(point.Time);
            json.Raw(","u8);
            write(json, point.Value);
            json.Raw(","u8);
            json.Quality(point.Quality);
            json.Raw("]"u8);
            if (json.IsFull)
            {
                await json.FlushAsync(cancellation);
            }
        }
    }

    private static async Task<IResult> States(
        Caller caller, string id, string? property, string? from, string? to, ReadingsRequest requests, ReadingQueries queries, TimeProvider clock)
    {
        var (question, refusal) = requests.Read(caller, id, property, from, to, null);
        if (question is null)
        {
            return refusal!;
        }

        if (!ReadingTable.IsText(question.Property.Kind))
        {
            return Problems.Invalid("not-a-state", $"'{property}' is a number: ask for its readings.");
        }

        // What will be is not known: a state holds until now at most.
        var end = Math.Min(question.To, Instant.Of(clock.GetUtcNow()));
        var intervals = question.Series is { } series && question.From < end ? await queries.StatesAsync(series.Number, question.From, end) : [];
        var totals = intervals
            .GroupBy(interval => interval.Value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(interval => interval.To - interval.From) / (double)Instant.PerSecond);
        return Results.Ok(new StatesAnswer(
            question.Property.Id,
            intervals.ConvertAll(interval => new StateItem(Instant.ToTime(interval.From), Instant.ToTime(interval.To), interval.Value)),
            totals));
    }
}
