using System.Buffers;
using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Writes a document of XML as the same document in JSON.</summary>
internal sealed class XmlDocuments(EpcisLimits limits, bool anyOrder, bool keepsWebUris)
{
    private readonly XmlPrefixes prefixes = new();
    private readonly List<EpcisProblem> problems = [];

    /// <summary>What the JSON does not show: elements out of order, and a root that is no document.</summary>
    public IReadOnlyList<EpcisProblem> Problems => problems;

    /// <summary>The prefixes of the document.</summary>
    public EpcisContext Context => EpcisContext.Of(prefixes.Added, bindsValues: false);

    /// <summary>How deep the JSON may be: an element can become an object in an array.</summary>
    public static int JsonDepth(EpcisLimits limits) => (limits.Depth * 2) + 16;

    /// <summary>The JSON; empty where the root is no document of EPCIS and no event.</summary>
    public ReadOnlyMemory<byte> Convert(XmlPart root)
    {
        switch (root.IsStandard ? root.Name : "")
        {
            case "EPCISDocument":
                return Whole(root, "EPCISDocument", WriteBody);
            case "EPCISQueryDocument":
                return Whole(root, "EPCISQueryDocument", WriteQueryBody);
            case "ObjectEvent" or "AggregationEvent" or "TransactionEvent" or "TransformationEvent" or "AssociationEvent":
                CheckOrder(root, 0, "");
                return Single(root);
            default:
                problems.Add(new(EpcisProblemCode.UnknownDocument, "", $"<{root.Name}> is neither a document of EPCIS nor an event."));
                return default;
        }
    }

    private ReadOnlyMemory<byte> Whole(XmlPart root, string type, Action<Utf8JsonWriter, XmlPart> writeBody)
    {
        // The context stands first and is known last.
        var rest = Buffer(json =>
        {
            json.WriteStartObject();
            writeBody(json, root);
            json.WriteEndObject();
        });
        return Buffer(json =>
        {
            json.WriteStartObject();
            WriteContext(json);
            json.WriteString("type", type);
            WriteAttribute(json, root, "schemaVersion");
            WriteAttribute(json, root, "creationDate");
            using var body = JsonDocument.Parse(rest, new() { MaxDepth = JsonDepth(limits) });
            foreach (var property in body.RootElement.EnumerateObject())
            {
                property.WriteTo(json);
            }

            json.WriteEndObject();
        });
    }

    private ReadOnlyMemory<byte> Single(XmlPart root)
    {
        // Once to learn the prefixes, once with them in front.
        Buffer(json => XmlEvents.Write(json, root, new(prefixes, keepsWebUris)));
        return Buffer(json => XmlEvents.Write(json, root, new(prefixes, keepsWebUris), WriteContext));
    }

    private void WriteBody(Utf8JsonWriter json, XmlPart root)
    {
        if (root.Child("EPCISHeader") is { } header)
        {
            XmlHeader.Write(json, header, prefixes);
        }

        WriteExtensions(json, root);
        json.WriteStartObject("epcisBody");
        if (root.Child("EPCISBody")?.Child("EventList") is { } list)
        {
            WriteEvents(json, list, "/epcisBody/eventList/");
        }

        json.WriteEndObject();
    }

    private void WriteQueryBody(Utf8JsonWriter json, XmlPart root)
    {
        json.WriteStartObject("epcisBody");
        if ((root.Child("EPCISBody")?.Child("QueryResults") ?? (root.Child("resultsBody") is null ? null : root)) is { } results)
        {
            json.WriteStartObject("queryResults");

            // Answers without the name of their query are about; this is the query that every repository has (EPCIS 2.0, 8.2.7.1).
            json.WriteString("queryName", results.Child("queryName")?.Text ?? "SimpleEventQuery");
            if (results.Child("subscriptionID") is { } subscription)
            {
                json.WriteString("subscriptionID", subscription.Text);
            }

            WriteExtensions(json, root);
            json.WriteStartObject("resultsBody");
            if (results.Child("resultsBody")?.Child("EventList") is { } list)
            {
                WriteEvents(json, list, "/epcisBody/queryResults/resultsBody/eventList/");
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteEvents(Utf8JsonWriter json, XmlPart list, string path)
    {
        json.WriteStartArray("eventList");
        var index = 0;
        foreach (var (part, _) in list.Unwrapped())
        {
            CheckOrder(part, index, $"{path}{index}");
            XmlEvents.Write(json, part, new(prefixes, keepsWebUris));
            index++;
        }

        json.WriteEndArray();
    }

    // A list of names in XML is one of empty elements; in JSON it is one of strings.
    private void WriteExtensions(Utf8JsonWriter json, XmlPart root)
    {
        var others = root.Children.Where(child => !child.IsStandard).ToList();
        foreach (var names in others.Where(child => child is { Name: "ignoreFields", Space: "https://repository-x.example.com/" }))
        {
            json.WriteStartArray(prefixes.NameOf(names));
            names.Children.ForEach(child => json.WriteStringValue(prefixes.NameOf(child)));
            json.WriteEndArray();
        }

        XmlExtensions.WriteFields(json, [.. others.Where(child => child.Name != "ignoreFields")], prefixes);
    }

    private void CheckOrder(XmlPart part, int index, string path)
    {
        if (!anyOrder && problems.Count < limits.Problems && EventSequence.FirstMisplaced(part) is { } misplaced)
        {
            problems.Add(new(EpcisProblemCode.WrongOrder, $"{path}/{misplaced.Name}", $"<{misplaced.Name}> in line {misplaced.Line} stands behind an element that follows it in the schema.", index));
        }
    }

    private void WriteContext(Utf8JsonWriter json)
    {
        json.WritePropertyName("@context");
        Context.WriteTo(json);
    }

    private static void WriteAttribute(Utf8JsonWriter json, XmlPart root, string name)
    {
        if (root.Attribute(name) is { } text)
        {
            json.WriteString(name, text);
        }
    }

    private ReadOnlyMemory<byte> Buffer(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { MaxDepth = JsonDepth(limits) }))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }
}
