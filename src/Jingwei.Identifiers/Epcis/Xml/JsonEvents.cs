using System.Text.Json;
using System.Xml;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Writes an event of JSON as the same event in XML, elements in the order of the schema.</summary>
internal static class JsonEvents
{
    private const string Schema = "http://www.w3.org/2001/XMLSchema-instance";

    public static void Write(XmlWriter xml, EpcisEvent read, CbvXmlForm form)
    {
        if (read.Type == EpcisEventType.Extended)
        {
            var (prefix, space, local) = XmlNames.Of(read.TypeName, read.Context);
            xml.WriteStartElement(prefix, local, space);
        }
        else
        {
            xml.WriteStartElement(read.TypeName);
        }

        var sequence = EventSequence.Of(read.TypeName);
        foreach (var name in sequence)
        {
            if (read.Json.TryGetProperty(name, out var value))
            {
                WriteField(xml, name, value, read.Context, form);
            }
        }

        foreach (var property in read.Json.EnumerateObject())
        {
            if (property.Name is not ("type" or "@context") && !sequence.Contains(property.Name))
            {
                WriteExtension(xml, property.Name, property.Value, read.Context);
            }
        }

        xml.WriteEndElement();
    }

    /// <summary>An extension: an array as elements of one name, an object as an element with elements in it.</summary>
    public static void WriteExtension(XmlWriter xml, string name, JsonElement value, EpcisContext context)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var member in value.EnumerateArray())
            {
                WriteExtension(xml, name, member, context);
            }

            return;
        }

        var (prefix, space, local) = XmlNames.Of(name, context);
        xml.WriteStartElement(prefix, local, space);
        WriteContent(xml, value, context);
        xml.WriteEndElement();
    }

    /// <summary>A value as text. Short forms with a prefix of the document are spelled out: in XML prefixes are for names alone.</summary>
    public static string Text(JsonElement value, EpcisContext context)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return value.ValueKind == JsonValueKind.Null ? "" : value.GetRawText();
        }

        var text = value.GetString()!;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return context.BindsValues && colon > 0 && context.Added.ContainsKey(text[..colon]) ? context.Expand(text) : text;
    }

    private static void WriteContent(XmlWriter xml, JsonElement value, EpcisContext context)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                if (value.TryGetProperty(XmlExtensions.TextName, out var own))
                {
                    WriteText(xml, Text(own, context));
                }

                foreach (var property in value.EnumerateObject())
                {
                    if (property.Name != XmlExtensions.TextName)
                    {
                        WriteExtension(xml, property.Name, property.Value, context);
                    }
                }

                break;
            case JsonValueKind.Null:
                xml.WriteAttributeString("xsi", "nil", Schema, "true");
                break;
            default:
                WriteText(xml, Text(value, context));
                break;
        }
    }

    private static void WriteField(XmlWriter xml, string name, JsonElement value, EpcisContext context, CbvXmlForm form)
    {
        switch (name)
        {
            case "errorDeclaration":
                WriteErrorDeclaration(xml, value, context, form);
                break;
            case "epcList" or "childEPCs" or "inputEPCList" or "outputEPCList":
                WriteList(xml, name, value, "epc", context);
                break;
            case "quantityList" or "childQuantityList" or "inputQuantityList" or "outputQuantityList":
                WriteQuantities(xml, name, value, context);
                break;
            case "bizTransactionList":
                WriteTyped(xml, name, value, "bizTransaction", Cbv.BizTransactionType, context, form);
                break;
            case "sourceList":
                WriteTyped(xml, name, value, "source", Cbv.SourceDestinationType, context, form);
                break;
            case "destinationList":
                WriteTyped(xml, name, value, "destination", Cbv.SourceDestinationType, context, form);
                break;
            case "sensorElementList":
                JsonSensors.Write(xml, value, context, form);
                break;
            case "persistentDisposition":
                WritePersistentDisposition(xml, value, context, form);
                break;
            case "bizStep":
                WriteElement(xml, name, Word(value, Cbv.BizStep, context, form));
                break;
            case "disposition":
                WriteElement(xml, name, Word(value, Cbv.Disposition, context, form));
                break;
            case "readPoint" or "bizLocation" or "ilmd":
                xml.WriteStartElement(name);
                WriteContent(xml, value, context);
                xml.WriteEndElement();
                break;
            default:
                WriteExtension(xml, name, value, context);
                break;
        }
    }

    // A word of the standard is a URN or a Web URI in XML; what is none stays as it is.
    private static string Word(JsonElement value, CbvVocabulary vocabulary, EpcisContext context, CbvXmlForm form)
    {
        var text = Text(value, context);
        return form switch
        {
            CbvXmlForm.WebUri when vocabulary.WordOf(text) is not null => vocabulary.ToUri(text),
            CbvXmlForm.Urn => vocabulary.UrnOf(text) ?? text,
            _ => vocabulary.Contains(text) ? vocabulary.UrnOf(text) ?? text : text,
        };
    }

    private static void WriteList(XmlWriter xml, string name, JsonElement list, string memberName, EpcisContext context)
    {
        xml.WriteStartElement(name);
        foreach (var member in list.EnumerateArray())
        {
            WriteElement(xml, memberName, Text(member, context));
        }

        xml.WriteEndElement();
    }

    private static void WriteQuantities(XmlWriter xml, string name, JsonElement list, EpcisContext context)
    {
        xml.WriteStartElement(name);
        foreach (var element in list.EnumerateArray())
        {
            xml.WriteStartElement("quantityElement");
            foreach (var field in new[] { "epcClass", "quantity", "uom" })
            {
                if (element.TryGetProperty(field, out var value))
                {
                    WriteElement(xml, field, Text(value, context));
                }
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteTyped(XmlWriter xml, string name, JsonElement list, string memberName, CbvVocabulary types, EpcisContext context, CbvXmlForm form)
    {
        xml.WriteStartElement(name);
        foreach (var member in list.EnumerateArray())
        {
            xml.WriteStartElement(memberName);
            if (member.TryGetProperty("type"u8, out var type))
            {
                xml.WriteAttributeString("type", Word(type, types, context, form));
            }

            WriteText(xml, Text(member.GetProperty(memberName), context));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // The schema has what is set before what is unset in either order; each word is an element of its own.
    private static void WritePersistentDisposition(XmlWriter xml, JsonElement value, EpcisContext context, CbvXmlForm form)
    {
        xml.WriteStartElement("persistentDisposition");
        foreach (var property in value.EnumerateObject())
        {
            foreach (var word in property.Value.EnumerateArray())
            {
                WriteElement(xml, property.Name, Word(word, Cbv.Disposition, context, form));
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteErrorDeclaration(XmlWriter xml, JsonElement value, EpcisContext context, CbvXmlForm form)
    {
        xml.WriteStartElement("errorDeclaration");
        WriteElement(xml, "declarationTime", Text(value.GetProperty("declarationTime"), context));
        if (value.TryGetProperty("reason"u8, out var reason))
        {
            WriteElement(xml, "reason", Word(reason, Cbv.ErrorReason, context, form));
        }

        if (value.TryGetProperty("correctiveEventIDs"u8, out var corrective))
        {
            WriteList(xml, "correctiveEventIDs", corrective, "correctiveEventID", context);
        }

        foreach (var property in value.EnumerateObject())
        {
            if (property.Name is not ("declarationTime" or "reason" or "correctiveEventIDs"))
            {
                WriteExtension(xml, property.Name, property.Value, context);
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteElement(XmlWriter xml, string name, string text)
    {
        xml.WriteStartElement(name);
        WriteText(xml, text);
        xml.WriteEndElement();
    }

    // Characters that XML does not have cannot be written in it at all; U+FFFD says that there was one.
    private static void WriteText(XmlWriter xml, string text) => xml.WriteString(JsonSensors.Legal(text));
}
