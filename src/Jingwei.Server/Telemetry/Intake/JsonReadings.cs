using System.Buffers;
using System.Text;
using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>
/// Reads `{"ts": epoch ms or RFC 3339, "values": {"property": value}, "quality": "good|uncertain|bad"}`, or an array of these.
/// A message is taken as a whole or, when it cannot be parsed, rejected as one.
/// </summary>
public sealed class JsonReadings(ReadingCheck check, PackCatalog packs, Things things, SeriesRegistry series, TelemetryOptions options)
{
    // Deeper than any message: array, message, values, position object.
    private const int Depth = 8;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = Depth };

    private readonly KnownThings known = new(check, packs, things, series);

    /// <summary>Puts every value of the payload into the batch, accepted or rejected.</summary>
    public void Read(IntakeBatch batch, Caller publisher, string thing, in ReadOnlySequence<byte> payload)
    {
        if (payload.Length > options.MessageBytes)
        {
            var kept = payload.Slice(0, Math.Min(payload.Length, options.RejectPayloadBytes)).ToArray();
            check.AddUnparsable(
                batch, thing, kept, RejectReason.TooLarge, $"A message has at most {options.MessageBytes} bytes.");
            return;
        }

        var bytes = payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray();
        var fields = known.Find(thing, batch, publisher);
        var first = batch.Accepted;
        if (fields.Length > 0 && new PlainMessage(bytes).TryTake(fields, batch, out var time) && TryDate(batch, first, time))
        {
            return;
        }

        List<RawReading> readings = [];
        if (Parse(bytes, thing, readings) is { } fault)
        {
            check.AddUnparsable(batch, thing, bytes, RejectReason.Unparsable, fault);
            return;
        }

        foreach (var reading in readings)
        {
            check.Add(batch, publisher, reading);
        }

        known.Learn(thing, readings);
    }

    private bool TryDate(IntakeBatch batch, int first, long? milliseconds)
    {
        var time = milliseconds * Instant.PerMillisecond ?? batch.Untimed;
        if (check.IsDoubtful(time, batch.Arrived))
        {
            batch.Truncate(first);
            return false;
        }

        batch.Date(first, time);
        return true;
    }

    /// <summary>The fault that makes the whole message unreadable, or null.</summary>
    private static string? Parse(ReadOnlySpan<byte> bytes, string thing, List<RawReading> readings)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, Strict);
            reader.Read();
            var many = reader.TokenType == JsonTokenType.StartArray;
            if (many)
            {
                reader.Read();
            }

            while (reader.TokenType == JsonTokenType.StartObject)
            {
                if (ParseMessage(ref reader, bytes, thing, readings) is { } fault)
                {
                    return fault;
                }

                if (!reader.Read() || !many)
                {
                    break;
                }
            }

            var ended = many ? reader.TokenType == JsonTokenType.EndArray && !reader.Read() : reader.TokenType == JsonTokenType.EndObject;
            return !ended ? "Expected an object with \"values\", or an array of such."
                : readings.Count == 0 ? "The message has no values." : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException: text that is no valid UTF-8 or has lone surrogates.
            return error.Message;
        }
    }

    private static string? ParseMessage(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, string thing, List<RawReading> readings)
    {
        var first = readings.Count;
        long? time = null;
        var quality = Quality.Good;
        var hasValues = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? fault = null;
            if (reader.ValueTextEquals("ts"u8))
            {
                fault = ParseTime(ref reader, out time);
            }
            else if (reader.ValueTextEquals("quality"u8))
            {
                fault = ParseQuality(ref reader, out quality);
            }
            else if (reader.ValueTextEquals("values"u8))
            {
                hasValues = true;
                fault = ParseValues(ref reader, bytes, thing, readings);
            }
            else
            {
                fault = $"Unknown member \"{reader.GetString()}\"; expected ts, values, quality.";
            }

            if (fault is not null)
            {
                return fault;
            }
        }

        for (var index = first; index < readings.Count; index++)
        {
            readings[index] = readings[index] with
            {
                Time = time,
                Quality = quality,
                Payload = Again(time, quality, readings[index].Property, readings[index].Payload!),
            };
        }

        return hasValues ? null : "A message needs \"values\".";
    }

    private static string? ParseValues(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, string thing, List<RawReading> readings)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "\"values\" must be an object.";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var value = ParseValue(ref reader);
            var raw = Encoding.UTF8.GetString(bytes[start..(int)reader.BytesConsumed]);
            readings.Add(new RawReading(thing, property, null, value, Quality.Good, null, raw));
        }

        return null;
    }

    private static RawValue ParseValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => RawValue.Of(reader.GetDouble()),
        JsonTokenType.True => RawValue.Of(true),
        JsonTokenType.False => RawValue.Of(false),
        JsonTokenType.String => RawValue.Of(reader.GetString()!),
        JsonTokenType.StartArray => ParsePair(ref reader),
        JsonTokenType.StartObject => ParsePosition(ref reader),
        _ => default,
    };

    /// <summary>[longitude, latitude], as in GeoJSON (RFC 7946, 3.1.1).</summary>
    private static RawValue ParsePair(ref Utf8JsonReader reader)
    {
        Span<double> numbers = stackalloc double[2];
        var count = 0;
        var valid = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            valid &= count < 2 && reader.TokenType == JsonTokenType.Number;
            if (valid)
            {
                numbers[count] = reader.GetDouble();
            }
            else
            {
                reader.Skip();
            }

            count++;
        }

        return valid && count == 2 ? RawValue.Of(numbers[0], numbers[1]) : default;
    }

    private static RawValue ParsePosition(ref Utf8JsonReader reader)
    {
        double? latitude = null, longitude = null;
        var valid = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isLatitude = reader.ValueTextEquals("lat"u8);
            var isLongitude = reader.ValueTextEquals("lon"u8);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number)
            {
                valid = false;
                reader.Skip();
            }
            else if (isLatitude)
            {
                latitude = reader.GetDouble();
            }
            else if (isLongitude)
            {
                longitude = reader.GetDouble();
            }
            else
            {
                valid = false;
            }
        }

        return valid && latitude is { } north && longitude is { } east ? RawValue.Of(east, north) : default;
    }

    private static string? ParseTime(ref Utf8JsonReader reader, out long? time)
    {
        reader.Read();
        time = null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var milliseconds))
        {
            time = Instant.OfMilliseconds(milliseconds);
            return null;
        }

        if (reader.TokenType == JsonTokenType.String && Instant.TryParse(reader.GetString()!, out var instant))
        {
            time = instant;
            return null;
        }

        return "\"ts\" must be an integer of milliseconds since 1970 or a time as in RFC 3339.";
    }

    private static string? ParseQuality(ref Utf8JsonReader reader, out Quality quality)
    {
        reader.Read();
        quality = Quality.Good;
        return reader.TokenType == JsonTokenType.String && reader.GetString() is "good" or "uncertain" or "bad"
            && Enum.TryParse(reader.GetString(), ignoreCase: true, out quality)
            ? null
            : "\"quality\" must be good, uncertain or bad.";
    }

    /// <summary>A message of one reading, for its reject.</summary>
    /// <param name="raw">The value as JSON.</param>
    internal static string Again(long? time, Quality quality, string property, string raw)
    {
        var ts = time is { } known ? $"\"ts\":\"{Instant.Format(known)}\"," : "";
        var trust = quality == Quality.Good ? "" : $"\"quality\":\"{quality.ToString().ToLowerInvariant()}\",";
        return $"{{{ts}{trust}\"values\":{{{JsonSerializer.Serialize(property)}:{raw}}}}}";
    }
}
