using System.Globalization;
using System.Text.Json;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Intake.ThingsBoard;

/// <summary>Turns ThingsBoard's JSON into readings of one thing.</summary>
/// <param name="thing">Id of the thing.</param>
/// <param name="type">Its type; null when there is no such thing.</param>
/// <param name="channel">Knows other names of properties; null for none.</param>
internal sealed class ThingsBoardJson(string thing, ThingType? type, ChannelMapping? channel)
{
    /// <summary>What is wrong with the form of the last message that was not read.</summary>
    public const string Expected = "Expected an object of keys and values, {\"ts\", \"values\"}, or an array of such.";

    /// <summary>Telemetry: `{"key": value}`, `{"ts": milliseconds, "values": {"key": value}}`, or an array of these; false for anything else.</summary>
    public bool TryReadTelemetry(JsonElement message, List<RawReading> readings)
    {
        if (message.ValueKind == JsonValueKind.Array)
        {
            return message.EnumerateArray().All(each => each.ValueKind == JsonValueKind.Object && TryReadTelemetry(each, readings));
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (!message.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Object)
        {
            return TryReadValues(message, null, readings);
        }

        if (!message.TryGetProperty("ts", out var ts))
        {
            return TryReadValues(values, null, readings);
        }

        return ts.ValueKind == JsonValueKind.Number && ts.TryGetInt64(out var milliseconds)
            && TryReadValues(values, Instant.OfMilliseconds(milliseconds), readings);
    }

    /// <summary>Attributes, or values without a time: `{"key": value}`.</summary>
    public bool TryReadValues(JsonElement values, long? time, List<RawReading> readings)
    {
        if (values.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var each in values.EnumerateObject())
        {
            var id = ForeignNames.Property(type, channel, each.Name);
            var again = JsonReadings.Again(time, Quality.Good, id, each.Value.GetRawText());
            readings.Add(new RawReading(thing, id, time, Value(type?.Property(id), each.Value), Quality.Good, null, again));
        }

        return true;
    }

    private static RawValue Value(Property? property, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => RawValue.Of(value.GetDouble()),
        JsonValueKind.True => RawValue.Of(true),
        JsonValueKind.False => RawValue.Of(false),
        // Many devices put numbers in quotes, and ThingsBoard takes them for numbers (its JSON_TYPE_CAST_ENABLED is on by default).
        JsonValueKind.String when property?.Kind == PropertyKind.Number
            && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => RawValue.Of(number),
        JsonValueKind.String => RawValue.Of(value.GetString()!),
        JsonValueKind.Object when Degrees(value, "latitude", "lat") is { } north && Degrees(value, "longitude", "lon") is { } east => RawValue.Of(east, north),
        _ => default,
    };

    private static double? Degrees(JsonElement position, string name, string brief) =>
        (position.TryGetProperty(name, out var value) || position.TryGetProperty(brief, out value)) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;
}
