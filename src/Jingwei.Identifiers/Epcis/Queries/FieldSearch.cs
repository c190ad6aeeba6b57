using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Queries;

/// <summary>Where extensions are looked for.</summary>
internal enum FieldPlace
{
    Event,
    Ilmd,
    ErrorDeclaration,
    ReadPoint,
    BizLocation,
    SensorElement,
    SensorMetadata,
    SensorReport,
}

/// <summary>Finds extensions of an event by their full names.</summary>
internal static class FieldSearch
{
    /// <summary>Whether a field of that name is there whose value is wanted. Inner fields are those inside of other extensions, at any depth.</summary>
    public static bool Any(EpcisEvent read, FieldPlace place, bool inner, string name, Func<JsonElement, bool> isWanted) => place switch
    {
        FieldPlace.Event => In(read.Json, read.Context, inner, name, isWanted),
        FieldPlace.Ilmd => In(read.Ilmd, read.Context, inner, name, isWanted),
        FieldPlace.ErrorDeclaration => read.ErrorDeclaration is { } declaration && In(declaration.Json, read.Context, inner, name, isWanted),
        FieldPlace.ReadPoint => read.Json.TryGetProperty("readPoint"u8, out var point) && In(point, read.Context, inner, name, isWanted),
        FieldPlace.BizLocation => read.Json.TryGetProperty("bizLocation"u8, out var location) && In(location, read.Context, inner, name, isWanted),
        FieldPlace.SensorElement => read.SensorElementList.Any(element => In(element.Json, read.Context, inner, name, isWanted)),
        FieldPlace.SensorMetadata => read.SensorElementList.Any(element => element.Metadata is { } metadata && In(metadata.Json, read.Context, inner, name, isWanted)),
        _ => read.SensorElementList.SelectMany(element => element.Reports).Any(report => In(report.Json, read.Context, inner, name, isWanted)),
    };

    /// <summary>The value of the first extension of that name at the top of an event; null where there is none.</summary>
    public static FieldValue? First(EpcisEvent read, string name)
    {
        FieldValue? first = null;
        Any(read, FieldPlace.Event, false, name, value => (first = FieldValue.Of(value)) is not null);
        return first;
    }

    /// <summary>Whether a name, prefix spelled out, is the full name.</summary>
    public static bool IsNamed(string written, string name, EpcisContext context)
    {
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && context.NamespaceOf(written[..colon]) is { } space
            ? name.Length == space.Length + written.Length - colon - 1 && name.StartsWith(space, StringComparison.Ordinal) && name.AsSpan(space.Length).SequenceEqual(written.AsSpan(colon + 1))
            : written == name;
    }

    private static bool In(JsonElement part, EpcisContext context, bool inner, string name, Func<JsonElement, bool> isWanted)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var property in part.EnumerateObject())
        {
            if (inner ? property.Name.Contains(':', StringComparison.Ordinal) && Inside(property.Value, context, name, isWanted) : IsNamed(property.Name, name, context) && IsAny(property.Value, isWanted))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Inside(JsonElement value, EpcisContext context, string name, Func<JsonElement, bool> isWanted) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(property => (IsNamed(property.Name, name, context) && IsAny(property.Value, isWanted)) || Inside(property.Value, context, name, isWanted)),
        JsonValueKind.Array => value.EnumerateArray().Any(member => Inside(member, context, name, isWanted)),
        _ => false,
    };

    private static bool IsAny(JsonElement value, Func<JsonElement, bool> isWanted) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Any(isWanted) : isWanted(value);
}
