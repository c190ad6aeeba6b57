using System.Collections.Frozen;
using System.Text.Json;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Writes an event of XML as the same event in JSON (EPCIS 2.0, 9 and 10).</summary>
internal static class XmlEvents
{
    private delegate void Field(Utf8JsonWriter json, XmlPart part, XmlScope scope);

    private static readonly FrozenDictionary<string, Field> Fields = new Dictionary<string, Field>
    {
        ["eventTime"] = WriteText,
        ["recordTime"] = WriteText,
        ["eventTimeZoneOffset"] = WriteText,
        ["eventID"] = WriteText,
        ["errorDeclaration"] = WriteErrorDeclaration,
        ["parentID"] = WriteText,
        ["transformationID"] = WriteText,
        ["action"] = WriteText,
        ["bizStep"] = static (json, part, scope) => json.WriteStringValue(scope.Word(part.Text, Cbv.BizStep)),
        ["disposition"] = static (json, part, scope) => json.WriteStringValue(scope.Word(part.Text, Cbv.Disposition)),
        ["persistentDisposition"] = WritePersistentDisposition,
        ["readPoint"] = WritePlace,
        ["bizLocation"] = WritePlace,
        ["epcList"] = WriteTexts,
        ["childEPCs"] = WriteTexts,
        ["inputEPCList"] = WriteTexts,
        ["outputEPCList"] = WriteTexts,
        ["quantityList"] = WriteQuantities,
        ["childQuantityList"] = WriteQuantities,
        ["inputQuantityList"] = WriteQuantities,
        ["outputQuantityList"] = WriteQuantities,
        ["bizTransactionList"] = static (json, part, scope) => WriteTyped(json, part, "bizTransaction", Cbv.BizTransactionType, scope),
        ["sourceList"] = static (json, part, scope) => WriteTyped(json, part, "source", Cbv.SourceDestinationType, scope),
        ["destinationList"] = static (json, part, scope) => WriteTyped(json, part, "destination", Cbv.SourceDestinationType, scope),
        ["sensorElementList"] = XmlSensors.Write,
        ["ilmd"] = static (json, part, scope) => WriteObject(json, [.. part.Attributes, .. part.Unwrapped().Select(child => child.Part)], scope),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void Write(Utf8JsonWriter json, XmlPart part, XmlScope scope, Action<Utf8JsonWriter>? context = null)
    {
        json.WriteStartObject();
        context?.Invoke(json);
        json.WriteString("type", part.IsStandard ? part.Name : scope.Prefixes.NameOf(part));
        var extensions = new List<XmlPart>();
        var written = new HashSet<string>(StringComparer.Ordinal);
        var children = part.Unwrapped().Select(child => child.Part).ToList();
        WriteCertificates(json, children);
        foreach (var child in children)
        {
            if (child.IsStandard && !child.IsNil && Fields.TryGetValue(child.Name, out var field))
            {
                // An element that may stand once only is refused under a name that no field has.
                json.WritePropertyName(written.Add(child.Name) ? child.Name : child.Name + " (again)");
                field(json, child, scope);
            }
            else if (!(child.IsStandard && child.Name is "extension" or "baseExtension") && !(child.IsStandard && child.IsNil))
            {
                extensions.Add(child.IsStandard ? child with { Space = "" } : child);
            }
        }

        XmlExtensions.WriteFields(json, extensions, scope.Prefixes);
        json.WriteEndObject();
    }

    // In JSON there may be several in an array.
    private static void WriteCertificates(Utf8JsonWriter json, List<XmlPart> children)
    {
        var certificates = children.Where(child => child.IsStandard && child.Name == "certificationInfo").ToList();
        if (certificates.Count == 1)
        {
            json.WriteString("certificationInfo", certificates[0].Text);
        }
        else if (certificates.Count > 1)
        {
            json.WriteStartArray("certificationInfo");
            certificates.ForEach(certificate => json.WriteStringValue(certificate.Text));
            json.WriteEndArray();
        }

        children.RemoveAll(certificates.Contains);
    }

    private static void WriteText(Utf8JsonWriter json, XmlPart part, XmlScope scope) => json.WriteStringValue(part.Text);

    private static void WriteTexts(Utf8JsonWriter json, XmlPart part, XmlScope scope)
    {
        json.WriteStartArray();
        foreach (var child in part.Children)
        {
            json.WriteStringValue(child.Text);
        }

        json.WriteEndArray();
    }

    private static void WriteQuantities(Utf8JsonWriter json, XmlPart part, XmlScope scope)
    {
        json.WriteStartArray();
        foreach (var element in part.Children)
        {
            json.WriteStartObject();
            foreach (var child in element.Children.Where(child => !child.IsNil))
            {
                json.WritePropertyName(child.IsStandard ? child.Name : scope.Prefixes.NameOf(child));
                if (child.Name == "quantity")
                {
                    XmlValues.WriteNumber(json, child.Text);
                }
                else
                {
                    json.WriteStringValue(child.Text);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTyped(Utf8JsonWriter json, XmlPart part, string name, CbvVocabulary types, XmlScope scope)
    {
        json.WriteStartArray();
        foreach (var child in part.Children)
        {
            json.WriteStartObject();
            if (child.Attribute("type") is { } type)
            {
                json.WriteString("type", scope.Word(type, types));
            }

            json.WriteString(name, child.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, XmlPart part, XmlScope scope)
    {
        var inner = part.Unwrapped().Select(child => child.Part).ToList();
        json.WriteStartObject();
        if (inner.Find(child => child.Name == "id" && child.IsStandard) is { } id)
        {
            json.WriteString("id", id.Text);
            inner.Remove(id);
        }

        XmlExtensions.WriteFields(json, [.. part.Attributes, .. inner], scope.Prefixes);
        json.WriteEndObject();
    }

    private static void WritePersistentDisposition(Utf8JsonWriter json, XmlPart part, XmlScope scope)
    {
        json.WriteStartObject();
        foreach (var group in part.Children.GroupBy(child => child.IsStandard ? child.Name : scope.Prefixes.NameOf(child), StringComparer.Ordinal))
        {
            json.WriteStartArray(group.Key);
            foreach (var child in group)
            {
                json.WriteStringValue(scope.Word(child.Text, Cbv.Disposition));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteErrorDeclaration(Utf8JsonWriter json, XmlPart part, XmlScope scope)
    {
        var extensions = new List<XmlPart>(part.Attributes);
        json.WriteStartObject();
        foreach (var (child, _) in part.Unwrapped())
        {
            switch (child.IsStandard ? child.Name : "")
            {
                case "declarationTime":
                    json.WriteString("declarationTime", child.Text);
                    break;
                case "reason":
                    json.WriteString("reason", scope.Word(child.Text, Cbv.ErrorReason));
                    break;
                case "correctiveEventIDs":
                    json.WritePropertyName("correctiveEventIDs");
                    WriteTexts(json, child, scope);
                    break;
                default:
                    extensions.Add(child);
                    break;
            }
        }

        XmlExtensions.WriteFields(json, extensions, scope.Prefixes);
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, List<XmlPart> parts, XmlScope scope)
    {
        json.WriteStartObject();
        XmlExtensions.WriteFields(json, parts, scope.Prefixes);
        json.WriteEndObject();
    }
}
