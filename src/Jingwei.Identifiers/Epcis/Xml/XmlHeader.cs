using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Writes the header of an XML document as JSON: who sent it to whom, and master data.</summary>
internal static class XmlHeader
{
    public static void Write(Utf8JsonWriter json, XmlPart header, XmlPrefixes prefixes)
    {
        if (header.Children.Find(child => child.Name == "StandardBusinessDocumentHeader") is { } business)
        {
            WriteText(json, "sender", Find(business, "Sender", "Identifier"));
            WriteText(json, "receiver", Find(business, "Receiver", "Identifier"));
            WriteText(json, "instanceIdentifier", Find(business, "DocumentIdentification", "InstanceIdentifier"));
        }

        if (header.Unwrapped().Select(child => child.Part).FirstOrDefault(child => child.Name == "EPCISMasterData") is not { } master)
        {
            return;
        }

        json.WriteStartObject("epcisHeader");
        json.WriteStartObject("epcisMasterData");
        WriteVocabularies(json, master, prefixes);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteVocabularies(Utf8JsonWriter json, XmlPart master, XmlPrefixes prefixes)
    {
        json.WriteStartArray("vocabularyList");
        foreach (var vocabulary in Named(master, "VocabularyList", "Vocabulary"))
        {
            json.WriteStartObject();
            json.WriteString("type", vocabulary.Attribute("type") ?? "");
            json.WriteStartArray("vocabularyElementList");
            foreach (var element in Named(vocabulary, "VocabularyElementList", "VocabularyElement"))
            {
                WriteElement(json, element, prefixes);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteElement(Utf8JsonWriter json, XmlPart element, XmlPrefixes prefixes)
    {
        json.WriteStartObject();
        json.WriteString("id", element.Attribute("id") ?? "");
        json.WriteStartArray("attributes");
        foreach (var attribute in element.Children.Where(child => child.Name == "attribute"))
        {
            json.WriteStartObject();
            json.WriteString("id", attribute.Attribute("id") ?? "");
            if (attribute.Children.Count == 0)
            {
                json.WriteString("attribute", attribute.Text);
            }
            else
            {
                json.WriteStartObject("attribute");
                XmlExtensions.WriteFields(json, attribute.Children, prefixes);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (element.Child("children") is { } children)
        {
            json.WriteStartArray("children");
            foreach (var child in children.Children)
            {
                json.WriteStringValue(child.Text);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static IEnumerable<XmlPart> Named(XmlPart part, string list, string name) =>
        part.Children.Where(child => child.Name == list).SelectMany(child => child.Children).Where(child => child.Name == name);

    private static string? Find(XmlPart part, string first, string second) =>
        part.Children.Find(child => child.Name == first)?.Children.Find(child => child.Name == second)?.Text;

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }
}
