using System.Globalization;
using System.Text.Json;
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
    // Written points between flushes, so that a long answer begins at once and stays small in memory.
    private const int FlushPoints = 5_000;

    private static readonly string[] Aggregates = ["mean", "min", "max", "sum", "count", "first", "last"];

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

        if (agg is not null && (question.Width == 0 || !Aggregates.Contains(agg)))
        {
            return Problems.Invalid("bad-agg", $"agg is one of {string.Join(", ", Aggregates)}, and needs a bucket.");
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("property", question.Property.Id);
        json.WriteString("unit", question.Property.Unit);
        json.WriteString("bucket", question.Width == 0 ? "raw" : bucket);
        if (question.Series is { } series && series.ExpiredBefore > question.From && (question.Width == 0 || question.Width % Instant.PerMinute != 0))
        {
            json.WriteString("keptSince", Instant.ToTime(series.ExpiredBefore));
        }

        json.WriteStartArray("points");
        await WritePointsAsync(json, queries, question, agg, cancellation);
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
        return Results.Empty;
    }

    private static Task WritePointsAsync(Utf8JsonWriter json, ReadingQueries queries, ReadingsQuestion question, string? agg, CancellationToken cancellation)
    {
        if (question.Series is not { } series)
        {
            return Task.CompletedTask;
        }

        if (question.Width > 0)
        {
            return WriteBucketsAsync(json, queries, series, question, agg);
        }

        return ReadingTable.IsText(question.Property.Kind)
            ? WriteRawAsync(json, queries.TextsAsync(series.Number, question.From, question.To, cancellation), question.Property.Kind, cancellation)
            : WriteRawAsync(json, queries.NumbersAsync(series.Number, question.From, question.To, cancellation), question.Property.Kind, cancellation);
    }

    private static async Task WriteRawAsync<T>(Utf8JsonWriter json, IAsyncEnumerable<Point<T>> points, PropertyKind kind, CancellationToken cancellation)
    {
        var written = 0;
        await foreach (var point in points.WithCancellation(cancellation))
        {
            json.WriteStartArray();
            WriteTime(json, point.Time);
            switch (point.Value)
            {
                case double truth when kind == PropertyKind.Boolean:
                    json.WriteBooleanValue(truth != 0);
                    break;
                case double number:
                    json.WriteNumberValue(number);
                    break;
                case string text when kind == PropertyKind.Position:
                    var place = Place.Parse(text);
                    json.WriteStartObject();
                    json.WriteNumber("lat", place.Lat);
                    json.WriteNumber("lon", place.Lon);
                    json.WriteEndObject();
                    break;
                default:
                    json.WriteStringValue(point.Value?.ToString());
                    break;
            }

            json.WriteStringValue(QualityName(point.Quality));
            json.WriteEndArray();
            if (++written % FlushPoints == 0)
            {
                await json.FlushAsync(cancellation);
            }
        }
    }

    private static async Task WriteBucketsAsync(Utf8JsonWriter json, ReadingQueries queries, Series series, ReadingsQuestion question, string? agg)
    {
        foreach (var bucket in await queries.BucketsAsync(series, question.From, question.To, question.Width))
        {
            json.WriteStartArray();
            WriteTime(json, bucket.Start);
            switch (agg)
            {
                case null:
                    json.WriteNumberValue(bucket.Mean);
                    json.WriteNumberValue(bucket.Min);
                    json.WriteNumberValue(bucket.Max);
                    json.WriteNumberValue(bucket.Count);
                    break;
                case "count":
                    json.WriteNumberValue(bucket.Count);
                    break;
                default:
                    WriteFinite(json, agg switch
                    {
                        "mean" => bucket.Mean,
                        "min" => bucket.Min,
                        "max" => bucket.Max,
                        "sum" => bucket.Sum,
                        "first" => bucket.First,
                        _ => bucket.Last,
                    });
                    break;
            }

            json.WriteEndArray();
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

    // Milliseconds, with decimals only where the reading has them.
    private static void WriteTime(Utf8JsonWriter json, long time)
    {
        if (time % Instant.PerMillisecond == 0)
        {
            json.WriteNumberValue(time / Instant.PerMillisecond);
        }
        else
        {
            json.WriteNumberValue(time / (decimal)Instant.PerMillisecond);
        }
    }

    // A sum of finite numbers can overflow; JSON has no infinity.
    private static void WriteFinite(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static string QualityName(Quality quality) => quality switch
    {
        Quality.Good => "good",
        Quality.Uncertain => "uncertain",
        Quality.Bad => "bad",
        _ => ((int)quality).ToString(CultureInfo.InvariantCulture),
    };
}
