using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Writes elements and attributes that are not of the standard as JSON: text as a string, elements of one name as an array, anything else as an object.</summary>
internal static class XmlExtensions
{
    /// <summary>The name of the text of an element that has attributes or elements besides.</summary>
    public const string TextName = "#text";

    /// <summary>Writes fields of an object: those of one name together.</summary>
    public static void WriteFields(Utf8JsonWriter json, IReadOnlyList<XmlPart> parts, XmlPrefixes prefixes)
    {
        var names = parts.Select(prefixes.NameOf).ToList();
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var at = 0; at < names.Count; at++)
        {
            (places.TryGetValue(names[at], out var same) ? same : places[names[at]] = []).Add(at);
        }

        foreach (var (name, same) in places)
        {
            json.WritePropertyName(name);
            if (same.Count == 1)
            {
                WriteValue(json, parts[same[0]], prefixes);
                continue;
            }

            json.WriteStartArray();
            foreach (var at in same)
            {
                WriteValue(json, parts[at], prefixes);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteValue(Utf8JsonWriter json, XmlPart part, XmlPrefixes prefixes)
    {
        if (part.IsNil)
        {
            json.WriteNullValue();
            return;
        }

        if (part.Attributes.Count == 0 && part.Children.Count == 0)
        {
            json.WriteStringValue(part.Text);
            return;
        }

        json.WriteStartObject();
        if (part.Text.Length > 0)
        {
            json.WriteString(TextName, part.Text);
        }

        WriteFields(json, [.. part.Attributes, .. part.Children], prefixes);
        json.WriteEndObject();
    }
}
