using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>A checked value of a case's field, as its JSON text: a number, true, false, or a string.</summary>
[JsonConverter(typeof(FieldValueConverter))]
public readonly record struct FieldValue(string Json)
{
    /// <summary>The words of it that people search for: text and enumeration ids; empty for the rest.</summary>
    public string Words => Json.StartsWith('"') ? JsonSerializer.Deserialize<string>(Json)! : "";

    /// <summary>Checks a value against its declaration.</summary>
    /// <param name="fault">What is wrong with it; null when it is taken.</param>
    /// <returns>The value; null clears the field.</returns>
    public static FieldValue? Take(Property field, JsonElement value, out string? fault)
    {
        fault = null;
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || IsBlank(value))
        {
            return null;
        }

        fault = field.Kind switch
        {
            PropertyKind.Number => NumberFault(field, value),
            PropertyKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "expected true or false",
            PropertyKind.Enumeration => EnumerationFault(field, value),
            PropertyKind.Position => PositionFault(value),
            _ => TextFault(field, value),
        };
        return fault is null ? new FieldValue(Canonical(value)) : null;
    }

    private static bool IsBlank(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString());

    private static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => JsonSerializer.Serialize(value.GetString(), FieldValueConverter.Readable),
    };

    private static string? NumberFault(Property field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            return "expected a number";
        }

        return number < field.Min || number > field.Max
            ? string.Create(CultureInfo.InvariantCulture, $"expected {field.Min} to {field.Max}")
            : null;
    }

    private static string? EnumerationFault(Property field, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && field.Values.Any(each => each.Id == value.GetString())
            ? null
            : $"expected one of {string.Join(", ", field.Values.Select(each => each.Id))}";

    private static string? TextFault(Property field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return "expected text";
        }

        return value.GetString()!.Length > field.MaxLength ? $"expected at most {field.MaxLength} characters" : null;
    }

    private static string? PositionFault(JsonElement value)
    {
        var parts = value.ValueKind == JsonValueKind.String ? value.GetString()!.Split(' ') : [];
        return parts.Length == 2 && Within(parts[0], 180) && Within(parts[1], 90)
            ? null
            : "expected \"longitude latitude\" in degrees";
    }

    private static bool Within(string text, double limit) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= limit;
}

/// <summary>Writes a field's value as the JSON that it is.</summary>
internal sealed class FieldValueConverter : JsonConverter<FieldValue>
{
    /// <summary>Keeps Chinese readable in what is stored.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override FieldValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return new FieldValue(value.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, FieldValue value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json);
}
