using System.Globalization;
using System.Text.Json;
using Jingwei.Identifiers.Epcis.Reading;

namespace Jingwei.Identifiers.Epcis.Queries;

/// <summary>How a value is compared with the one of a parameter.</summary>
internal enum Comparison
{
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// <summary>A value whose type is not known: text that may be a number or a time.</summary>
internal sealed record FieldValue(string Text)
{
    private readonly double? number = double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && double.IsFinite(read) ? read : null;

    private readonly DateTimeOffset? time = Text.Length < 64 && Timestamps.TryParse(Text, out var read) ? read : null;

    /// <summary>Whether it has an order beyond that of text.</summary>
    public bool IsOrdered => number is not null || time is not null;

    public static FieldValue? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new(value.GetString()!),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => new(value.GetRawText()),
        JsonValueKind.Object when value.TryGetProperty("#text"u8, out var text) => Of(text),
        _ => null,
    };

    /// <summary>Whether this, the value of an event, compares so with the value of a parameter.</summary>
    public bool Is(Comparison comparison, FieldValue wanted)
    {
        if (comparison == Comparison.Equal)
        {
            return Text == wanted.Text || (number is not null && number == wanted.number) || (time is not null && time == wanted.time);
        }

        int? order = number is { } left && wanted.number is { } right ? left.CompareTo(right)
            : time is { } earlier && wanted.time is { } later ? earlier.CompareTo(later)
            : null;
        return order is { } known && Is(comparison, known);
    }

    public static bool Is(Comparison comparison, int order) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.Greater => order > 0,
        Comparison.GreaterOrEqual => order >= 0,
        Comparison.Less => order < 0,
        _ => order <= 0,
    };

    public static int Compare(FieldValue? left, FieldValue? right)
    {
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }

        return left.number is { } first && right.number is { } second ? first.CompareTo(second)
            : left.time is { } earlier && right.time is { } later ? earlier.CompareTo(later)
            : string.CompareOrdinal(left.Text, right.Text);
    }
}
