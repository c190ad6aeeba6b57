using System.Text.Json;
using System.Xml;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Writes sensor elements of JSON as those of XML, whose values are attributes.</summary>
internal static class JsonSensors
{
    public static void Write(XmlWriter xml, JsonElement list, EpcisContext context, CbvXmlForm form)
    {
        xml.WriteStartElement("sensorElementList");
        foreach (var element in list.EnumerateArray())
        {
            xml.WriteStartElement("sensorElement");
            if (element.TryGetProperty("sensorMetadata"u8, out var metadata))
            {
                WriteAttributes(xml, "sensorMetadata", metadata, context, form);
            }

            foreach (var report in element.GetProperty("sensorReport").EnumerateArray())
            {
                WriteAttributes(xml, "sensorReport", report, context, form);
            }

            foreach (var property in element.EnumerateObject())
            {
                if (property.Name is not ("sensorMetadata" or "sensorReport" or "type"))
                {
                    JsonEvents.WriteExtension(xml, property.Name, property.Value, context);
                }
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>Text without characters that XML does not have.</summary>
    public static string Legal(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!XmlConvert.IsXmlChar(text[at]) && !char.IsSurrogate(text[at]))
            {
                return string.Concat(text.Select(character => XmlConvert.IsXmlChar(character) || char.IsSurrogate(character) ? character : '\uFFFD'));
            }
        }

        return text;
    }

    private static void WriteAttributes(XmlWriter xml, string name, JsonElement part, EpcisContext context, CbvXmlForm form)
    {
        xml.WriteStartElement(name);
        var written = new HashSet<(string, string)>();
        foreach (var property in part.EnumerateObject())
        {
            // An attribute has text alone; an extension with more in it is written as the JSON that it is.
            var text = property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? property.Value.GetRawText() : Value(property, context, form);
            var (prefix, space, local) = XmlNames.Of(property.Name, context);

            // Two prefixes may stand for one namespace; an attribute stands once.
            if (written.Add((space, local)))
            {
                xml.WriteAttributeString(prefix, local, space, Legal(text));
            }
        }

        xml.WriteEndElement();
    }

    private static string Value(JsonProperty property, EpcisContext context, CbvXmlForm form) => property.Name switch
    {
        "type" => Short(Cbv.MeasurementType, JsonEvents.Text(property.Value, context)),
        "exception" => Short(Cbv.SensorAlertType, JsonEvents.Text(property.Value, context)),
        "component" => Component(JsonEvents.Text(property.Value, context), form),
        _ => JsonEvents.Text(property.Value, context),
    };

    // Components are the one list of the CBV that has no URNs.
    private static string Component(string text, CbvXmlForm form) => form switch
    {
        CbvXmlForm.WebUri when Cbv.Component.WordOf(text) is not null => Cbv.Component.ToUri(text),
        CbvXmlForm.AsCaptured when !Cbv.Component.Contains(text) => text,
        _ => Short(Cbv.Component, text),
    };

    // Words without URN are written with their prefix, as the examples of the standard do.
    private static string Short(CbvVocabulary vocabulary, string text)
    {
        if (vocabulary.WordOf(text) is null)
        {
            return text;
        }

        var uri = vocabulary.ToUri(text);
        return uri.StartsWith(Cbv.WebVocabulary, StringComparison.Ordinal) ? "gs1:" + uri[Cbv.WebVocabulary.Length..] : "cbv:" + uri[Cbv.Namespace.Length..];
    }
}
