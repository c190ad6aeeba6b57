using System.Text;
using System.Text.Json;
using Jingwei.Identifiers.Epcis.Reading;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Hashing;

/// <summary>
/// Writes the text that an event's hash is of. The reference implementation takes fields in their order, with the extensions of the objects in which they stand,
/// and then everything that is left, sorted: what it leaves behind inside of an object is written a second time around, with the names of the objects around it.
/// </summary>
internal sealed class PreHashWriter
{
    private static readonly HashField Unshaped = new(int.MaxValue, HashShape.Generic);

    private readonly PreHashBuffer text = new();
    private readonly PreHashExtensions extensions;
    private readonly List<(HashField Field, JsonProperty Property)> fields = [];
    private EpcisContext context = EpcisContext.Standard;

    public PreHashWriter() => extensions = new(text);

    /// <summary>The text, until the next one is written.</summary>
    public ReadOnlySpan<byte> Write(EpcisEvent read, IReadOnlyList<string> ignored)
    {
        text.Clear();
        fields.Clear();
        context = read.Context;
        extensions.Begin(context);
        text.Append("eventType="u8);
        WriteTypeName(read);
        Collect(read.Json, HashFields.Event);
        for (var at = 0; at < fields.Count; at++)
        {
            WriteInOrder(fields[at]);
        }

        var since = text.Pieces;
        for (var at = 0; at < fields.Count; at++)
        {
            WriteLeft(fields[at]);
        }

        extensions.WriteOwn(read.Json, ignored);
        text.Order(since);
        return text.Written;
    }

    private void WriteTypeName(EpcisEvent read)
    {
        if (read.Type != EpcisEventType.Extended)
        {
            text.Append(Encoding.UTF8.GetBytes(read.TypeName));
            return;
        }

        extensions.WriteName(Encoding.UTF8.GetBytes(read.TypeName));
    }

    // Fields of the standard, in their order; those of an object are few, so they are put in place one by one.
    private int Collect(JsonElement part, Utf8Names<HashField> names)
    {
        var first = fields.Count;
        foreach (var property in part.EnumerateObject())
        {
            if (names.TryGet(Utf8Json.Name(property), out var field) && field.Shape != HashShape.None)
            {
                // Events of types that are not of the standard may have anything in its fields.
                field = Fits(field.Shape, property.Value) ? field : Unshaped;
                var to = fields.Count;
                while (to > first && fields[to - 1].Field.Place > field.Place)
                {
                    to--;
                }

                fields.Insert(to, (field, property));
            }
        }

        return first;
    }

    private static bool Fits(HashShape shape, JsonElement value) => shape switch
    {
        HashShape.Quantities or HashShape.Sensors or HashShape.Typed => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(member => member.ValueKind == JsonValueKind.Object),
        HashShape.Dispositions or HashShape.Place => value.ValueKind == JsonValueKind.Object,
        HashShape.Epcs => value.ValueKind == JsonValueKind.Array,
        _ => true,
    };

    private void WriteInOrder((HashField Field, JsonProperty Property) entry)
    {
        var (field, property) = entry;
        switch (field.Shape)
        {
            case HashShape.Text or HashShape.Time:
                WriteField(property, field);
                break;
            case HashShape.Epcs:
                WriteEpcs(property);
                break;
            case HashShape.Quantities:
                WriteList(property, "quantityElement"u8, HashFields.Quantity);
                break;
            case HashShape.Place:
                WriteObject(Utf8Json.Name(property), property.Value, HashFields.Place);
                break;
            case HashShape.Dispositions:
                WriteDispositions(property);
                break;
            case HashShape.Sensors:
                WriteSensors(property);
                break;
            default:
                break;
        }
    }

    private void WriteLeft((HashField Field, JsonProperty Property) entry)
    {
        var (field, property) = entry;
        switch (field.Shape)
        {
            case HashShape.Typed:
                WriteTyped(property, field.Words!);
                break;
            case HashShape.Generic:
                extensions.WriteGeneric(Utf8Json.Name(property), property.Value);
                break;
            case HashShape.Place:
                extensions.WriteLeftOf(Utf8Json.Name(property), property.Value, HashFields.Place);
                break;
            case HashShape.Sensors:
                extensions.WriteLeftOfSensors(property);
                break;
            default:
                break;
        }
    }

    private void WriteField(JsonProperty property, HashField field)
    {
        var since = text.Pieces;
        if (property.Value.ValueKind == JsonValueKind.Array)
        {
            foreach (var member in property.Value.EnumerateArray())
            {
                text.Begin();
                WriteValue(Utf8Json.Name(property), member, field);
            }
        }
        else
        {
            WriteValue(Utf8Json.Name(property), property.Value, field);
        }

        text.Order(since);
    }

    private void WriteValue(ReadOnlySpan<byte> name, JsonElement value, HashField field)
    {
        var start = text.Length;
        text.Append(name);
        text.Append((byte)'=');
        var from = text.Length;
        if (field.Shape == HashShape.Time)
        {
            HashValues.WriteTime(text, Utf8Json.Text(value));
        }
        else
        {
            HashValues.Write(text, value, field.Words, context);
        }

        if (text.Length == from)
        {
            text.Truncate(start);
        }
    }

    private void WriteEpcs(JsonProperty list)
    {
        if (list.Value.ValueKind != JsonValueKind.Array || list.Value.GetArrayLength() == 0)
        {
            return;
        }

        text.Append(Utf8Json.Name(list));
        var since = text.Pieces;
        foreach (var epc in list.Value.EnumerateArray())
        {
            text.Begin();
            text.Append("epc="u8);
            HashValues.Write(text, epc, null, context);
        }

        text.Order(since);
    }

    private void WriteList(JsonProperty list, ReadOnlySpan<byte> elementName, Utf8Names<HashField> names)
    {
        if (list.Value.ValueKind != JsonValueKind.Array || list.Value.GetArrayLength() == 0)
        {
            return;
        }

        text.Append(Utf8Json.Name(list));
        var since = text.Pieces;
        foreach (var element in list.Value.EnumerateArray())
        {
            text.Begin();
            WriteObject(elementName, element, names);
        }

        text.Order(since);
    }

    // An object: its name, its fields in their order, its extensions in that of their bytes. Nothing where it has none.
    private void WriteObject(ReadOnlySpan<byte> name, JsonElement part, Utf8Names<HashField> names)
    {
        var start = text.Length;
        text.Append(name);
        var from = text.Length;
        if (part.ValueKind == JsonValueKind.Object)
        {
            var first = Collect(part, names);
            for (var at = first; at < fields.Count; at++)
            {
                WriteField(fields[at].Property, fields[at].Field);
            }

            fields.RemoveRange(first, fields.Count - first);
            var since = text.Pieces;
            extensions.WriteGathered(part, names);
            text.Order(since);
        }

        if (text.Length == from)
        {
            text.Truncate(start);
        }
    }

    private void WriteDispositions(JsonProperty property)
    {
        text.Append(Utf8Json.Name(property));
        foreach (var name in new[] { "set", "unset" })
        {
            if (property.Value.TryGetProperty(name, out var words) && words.ValueKind == JsonValueKind.Array)
            {
                var since = text.Pieces;
                foreach (var word in words.EnumerateArray())
                {
                    text.Begin();
                    text.Append(name == "set" ? "set="u8 : "unset="u8);
                    HashValues.Write(text, word, Cbv.Disposition, context);
                }

                text.Order(since);
            }
        }
    }

    private void WriteSensors(JsonProperty list)
    {
        if (list.Value.ValueKind != JsonValueKind.Array || list.Value.GetArrayLength() == 0)
        {
            return;
        }

        text.Append(Utf8Json.Name(list));
        var since = text.Pieces;
        foreach (var element in list.Value.EnumerateArray())
        {
            text.Begin();
            text.Append("sensorElement"u8);
            if (element.TryGetProperty("sensorMetadata"u8, out var metadata))
            {
                WriteObject("sensorMetadata"u8, metadata, HashFields.SensorMetadata);
            }

            if (element.TryGetProperty("sensorReport"u8, out var reports) && reports.ValueKind == JsonValueKind.Array)
            {
                var sinceReport = text.Pieces;
                foreach (var report in reports.EnumerateArray())
                {
                    text.Begin();
                    WriteObject("sensorReport"u8, report, HashFields.SensorReport);
                }

                text.Order(sinceReport);
            }

            var sinceExtension = text.Pieces;
            extensions.WriteGathered(element, HashFields.SensorElement);
            text.Order(sinceExtension);
        }

        text.Order(since);
    }

    private void WriteTyped(JsonProperty list, CbvVocabulary types)
    {
        if (list.Value.ValueKind != JsonValueKind.Array || list.Value.GetArrayLength() == 0)
        {
            return;
        }

        text.Begin();
        var listName = Utf8Json.Name(list);
        text.Append(listName);
        var since = text.Pieces;
        var idName = listName[..^"List"u8.Length];
        foreach (var member in list.Value.EnumerateArray())
        {
            text.Begin();
            if (member.TryGetProperty("type"u8, out var type))
            {
                WriteValue("type"u8, type, new(0, HashShape.Text, types));
            }

            if (member.TryGetProperty(idName, out var id))
            {
                WriteValue(idName, id, new(0, HashShape.Text));
            }
        }

        text.Order(since);
    }
}
