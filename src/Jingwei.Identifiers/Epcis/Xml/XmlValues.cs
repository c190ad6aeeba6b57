using System.Globalization;
using System.Text.Json;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Writes values of XML as JSON has them. A value that is none of its kind is written as the string that it is, so that the check of the JSON says so.</summary>
internal static class XmlValues
{
    /// <summary>A word of the standard becomes its bare word; one that only claims to be of the standard, its URI.</summary>
    public static string Word(string value, CbvVocabulary vocabulary)
    {
        if (vocabulary.WordOf(value) is { } word)
        {
            return word;
        }

        // In JSON a full URI of the GS1 Web Vocabulary is refused, its short form is not.
        var uri = vocabulary.ToUri(value);
        return uri.StartsWith(Cbv.WebVocabulary, StringComparison.Ordinal) ? "gs1:" + uri[Cbv.WebVocabulary.Length..] : value.StartsWith(Cbv.Urn, StringComparison.Ordinal) ? uri : value;
    }

    public static void WriteNumber(Utf8JsonWriter json, string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
        {
            // A decimal keeps the digits, and the zeros at the end say nothing.
            json.WriteNumberValue(exact / 1.0000000000000000000000000000m);
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    public static void WriteTruth(Utf8JsonWriter json, string text)
    {
        if (text is "true" or "1" or "false" or "0")
        {
            json.WriteBooleanValue(text is "true" or "1");
        }
        else
        {
            json.WriteStringValue(text);
        }
    }
}
