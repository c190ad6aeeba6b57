using System.Text.Json;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Writes sensor elements of XML, whose values are attributes, as those of JSON.</summary>
internal static class XmlSensors
{
    public static void Write(Utf8JsonWriter json, XmlPart list, XmlScope scope)
    {
        json.WriteStartArray();
        foreach (var (element, _) in list.Unwrapped())
        {
            WriteElement(json, element, scope);
        }

        json.WriteEndArray();
    }

    private static void WriteElement(Utf8JsonWriter json, XmlPart element, XmlScope scope)
    {
        var extensions = new List<XmlPart>(element.Attributes);
        var reports = new List<XmlPart>();
        json.WriteStartObject();
        foreach (var (child, _) in element.Unwrapped())
        {
            if (child.IsStandard && child.Name == "sensorMetadata")
            {
                json.WritePropertyName("sensorMetadata");
                WriteAttributes(json, child, scope);
            }
            else
            {
                (child.IsStandard && child.Name == "sensorReport" ? reports : extensions).Add(child);
            }
        }

        json.WriteStartArray("sensorReport");
        foreach (var report in reports)
        {
            WriteAttributes(json, report, scope);
        }

        json.WriteEndArray();
        XmlExtensions.WriteFields(json, extensions, scope.Prefixes);
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, XmlPart part, XmlScope scope)
    {
        json.WriteStartObject();
        foreach (var attribute in part.Attributes)
        {
            if (attribute.Space.Length > 0)
            {
                json.WriteString(scope.Prefixes.NameOf(attribute), attribute.Text);
                continue;
            }

            json.WritePropertyName(attribute.Name);
            switch (attribute.Name)
            {
                case "value" or "minValue" or "maxValue" or "meanValue" or "sDev" or "percRank" or "percValue":
                    XmlValues.WriteNumber(json, attribute.Text);
                    break;
                case "booleanValue":
                    XmlValues.WriteTruth(json, attribute.Text);
                    break;
                case "type":
                    json.WriteStringValue(scope.Word(attribute.Text, Cbv.MeasurementType));
                    break;
                case "exception":
                    json.WriteStringValue(scope.Word(attribute.Text, Cbv.SensorAlertType));
                    break;
                case "component":
                    json.WriteStringValue(scope.Word(attribute.Text, Cbv.Component));
                    break;
                default:
                    json.WriteStringValue(attribute.Text);
                    break;
            }
        }

        json.WriteEndObject();
    }
}
