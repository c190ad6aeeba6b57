using System.Globalization;
using System.Text.Json;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>What a protocol can say a value is, before the thing's type is asked.</summary>
public enum RawKind
{
    /// <summary>Something that no property can hold: null, an object, an empty array.</summary>
    Nothing,
    Number,
    Boolean,
    Text,
    Position,
}

/// <summary>A value as it came.</summary>
/// <param name="Number">The number, 0 or 1 for a boolean, or the longitude in degrees.</param>
/// <param name="Latitude">Degrees; for positions only.</param>
public readonly record struct RawValue(RawKind Kind, double Number = 0, double Latitude = 0, string? Text = null)
{
    public static RawValue Of(double number) => new(RawKind.Number, number);

    public static RawValue Of(bool truth) => new(RawKind.Boolean, truth ? 1 : 0);

    public static RawValue Of(string text) => new(RawKind.Text, Text: text);

    public static RawValue Of(double longitude, double latitude) => new(RawKind.Position, longitude, latitude);

    /// <summary>As messages of JSON have it; what no message can have as text.</summary>
    internal string ToJson() => Kind switch
    {
        RawKind.Number when double.IsFinite(Number) => JsonSerializer.Serialize(Number),
        RawKind.Number => JsonSerializer.Serialize(Number.ToString(CultureInfo.InvariantCulture)),
        RawKind.Boolean => Number != 0 ? "true" : "false",
        RawKind.Text => JsonSerializer.Serialize(Text),
        RawKind.Position when double.IsFinite(Number) && double.IsFinite(Latitude) => JsonSerializer.Serialize(new[] { Number, Latitude }),
        _ => "null",
    };

    internal bool Fits(PropertyKind kind) => kind switch
    {
        PropertyKind.Number => Kind == RawKind.Number,
        PropertyKind.Boolean => Kind == RawKind.Boolean,
        PropertyKind.Enumeration or PropertyKind.Text => Kind == RawKind.Text,
        PropertyKind.Position => Kind == RawKind.Position,
        _ => false,
    };
}

/// <summary>A reading as it came: nothing of it is checked yet.</summary>
/// <param name="Time">Microseconds since the epoch, UTC; null: the time of arrival.</param>
/// <param name="Payload">What would deliver this one reading again; null: a message of JSON that is made of it.</param>
/// <param name="IsWhole">False when <paramref name="Payload"/> is cut.</param>
public readonly record struct RawReading(
    string Thing, string Property, long? Time, RawValue Value, Quality Quality, string? Flag, string? Payload, int Line = 0, bool IsWhole = true);
