using System.Globalization;
using System.Text.Json;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Conformance.Epcis;

/// <summary>Events as text in which what says the same is written the same: names in order, times in UTC, numbers without zeros at the end, standard words without `gs1:`, an array of one as that one.</summary>
internal static class SameEvent
{
    /// <summary>With short forms in values spelled out, as the context of the event has it.</summary>
    public static string Text(EpcisEvent read) => Text(read.Json, read.Context);

    /// <summary>With values as they are written.</summary>
    public static string Written(EpcisEvent read) => Text(read.Json, EpcisContext.Of(read.Context.Added, bindsValues: false));

    private static string Text(JsonElement value, EpcisContext context) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject()
            .Where(property => property.Name != "@context" && !(property.Name == "type" && property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() == "epcis:SensorElement"))
            .Select(property => $"{Name(property.Name, context)}:{Text(property.Value, context)}")
            .Order(StringComparer.Ordinal)) + "}",
        JsonValueKind.Array when value.GetArrayLength() == 1 => Text(value[0], context),
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(member => Text(member, context))) + "]",
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.String => Word(value.GetString()!, context),
        _ => value.GetRawText(),
    };

    // The namespace of master data ends with a colon in the context for JSON and without one in XML.
    private static string Name(string name, EpcisContext context) => context.Expand(name).Replace("urn:epcglobal:cbv:mda:", "urn:epcglobal:cbv:mda", StringComparison.Ordinal);

    private static string Word(string text, EpcisContext context)
    {
        if (text.Length > 18 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        }

        return text.StartsWith("gs1:", StringComparison.Ordinal) ? text[4..] : context.ExpandValue(text);
    }
}
