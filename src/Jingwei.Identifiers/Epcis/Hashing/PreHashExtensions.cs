using System.Text.Json;
using Jingwei.Identifiers.Epcis.Reading;

namespace Jingwei.Identifiers.Epcis.Hashing;

/// <summary>
/// Writes what is not of the standard into the text that a hash is of. Inside of an object with more than one child those extensions are
/// gathered with it whose namespace ends with a slash; the others are written when everything else is.
/// </summary>
internal sealed class PreHashExtensions(PreHashBuffer text)
{
    private EpcisContext context = EpcisContext.Standard;

    /// <summary>Takes the names of another event's document.</summary>
    public void Begin(EpcisContext names) => context = names;

    /// <summary>Writes the extensions that are gathered with an object.</summary>
    /// <param name="names">Fields of the standard, which are left out.</param>
    public void WriteGathered(JsonElement part, Utf8Names<HashField> names) => Write(part, names, gathered: true);

    /// <summary>Writes the extensions of the event itself, but for those that are ignored.</summary>
    public void WriteOwn(JsonElement json, IReadOnlyList<string> ignored)
    {
        foreach (var property in json.EnumerateObject())
        {
            var name = Utf8Json.Name(property);
            if (!HashFields.Event.TryGet(name, out _) && !IsComment(name) && (ignored.Count == 0 || !ignored.Contains(context.Expand(property.Name))))
            {
                WriteGeneric(name, property.Value);
            }
        }
    }

    /// <summary>Writes whatever it is; each value of an array is a piece of its own.</summary>
    public void WriteGeneric(ReadOnlySpan<byte> name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            text.Begin();
            WriteNamed(name, value);
            return;
        }

        foreach (var member in value.EnumerateArray())
        {
            text.Begin();
            WriteNamed(name, member);
        }
    }

    private void WriteNamed(ReadOnlySpan<byte> name, JsonElement value)
    {
        WriteName(name);
        if (value.ValueKind == JsonValueKind.Object)
        {
            if (value.TryGetProperty("#text"u8, out var own))
            {
                WriteText(own);
            }

            var since = text.Pieces;
            foreach (var property in value.EnumerateObject())
            {
                var child = Utf8Json.Name(property);
                if (!IsComment(child) && !child.SequenceEqual("#text"u8))
                {
                    WriteGeneric(child, property.Value);
                }
            }

            text.Order(since);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var since = text.Pieces;
            WriteGeneric([], value);
            text.Order(since);
        }
        else
        {
            WriteText(value);
        }
    }

    private void WriteText(JsonElement value)
    {
        var start = text.Length;
        text.Append((byte)'=');
        HashValues.Write(text, value, null, context);
        if (text.Length == start + 1)
        {
            text.Truncate(start);
        }
    }

    /// <summary>Writes a name with its namespace, where it has one.</summary>
    public void WriteName(ReadOnlySpan<byte> name)
    {
        if (!context.TrySplit(name, out var space, out var local))
        {
            text.Append(name);
            return;
        }

        // The namespace of master data ends with a colon in the context for JSON and without one in XML.
        text.Append((byte)'{');
        text.Append(space.SequenceEqual("urn:epcglobal:cbv:mda:"u8) ? space[..^1] : space);
        text.Append((byte)'}');
        text.Append(local);
    }

    // Comments of JSON-LD say nothing about the event.
    private bool IsComment(ReadOnlySpan<byte> name) => context.BindsValues && (name.SequenceEqual("rdfs:comment"u8) || name.SequenceEqual("comment"u8));

    private static int Children(JsonElement part)
    {
        var count = 0;
        foreach (var property in part.EnumerateObject())
        {
            count += property.Value.ValueKind == JsonValueKind.Array ? property.Value.GetArrayLength() : 1;
        }

        return count;
    }

    /// <summary>Writes what was not gathered with an object.</summary>
    public void WriteLeftOf(ReadOnlySpan<byte> name, JsonElement part, Utf8Names<HashField> names)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var (start, since) = (text.Length, text.Pieces);
        text.Begin();
        text.Append(name);
        var from = text.Length;
        var sinceChild = text.Pieces;
        Write(part, names, gathered: false);
        text.Order(sinceChild);
        Keep(start, since, from);
    }

    /// <summary>Writes what was not gathered with sensor elements, with the names of the objects around it.</summary>
    public void WriteLeftOfSensors(JsonProperty list)
    {
        var (start, since) = (text.Length, text.Pieces);
        text.Begin();
        text.Append(Utf8Json.Name(list));
        var from = text.Length;
        var sinceElement = text.Pieces;
        foreach (var element in list.Value.EnumerateArray())
        {
            var (elementStart, elementSince) = (text.Length, text.Pieces);
            text.Begin();
            text.Append("sensorElement"u8);
            var elementFrom = text.Length;
            var sinceChild = text.Pieces;
            if (element.TryGetProperty("sensorMetadata"u8, out var metadata))
            {
                WriteLeftOf("sensorMetadata"u8, metadata, HashFields.SensorMetadata);
            }

            if (element.TryGetProperty("sensorReport"u8, out var reports) && reports.ValueKind == JsonValueKind.Array)
            {
                foreach (var report in reports.EnumerateArray())
                {
                    WriteLeftOf("sensorReport"u8, report, HashFields.SensorReport);
                }
            }

            Write(element, HashFields.SensorElement, gathered: false);
            text.Order(sinceChild);
            Keep(elementStart, elementSince, elementFrom);
        }

        text.Order(sinceElement);
        Keep(start, since, from);
    }

    // A piece with nothing in it but its name is taken back.
    private void Keep(int start, int since, int from)
    {
        if (text.Length == from)
        {
            text.Truncate(start);
            text.Drop(since);
        }
    }

    private void Write(JsonElement part, Utf8Names<HashField> names, bool gathered)
    {
        var gathers = Children(part) > 1;
        foreach (var property in part.EnumerateObject())
        {
            var name = Utf8Json.Name(property);
            if (!names.TryGet(name, out _) && !IsComment(name) && gathered == (gathers && context.TrySplit(name, out var space, out _) && space.EndsWith("/"u8)))
            {
                WriteGeneric(name, property.Value);
            }
        }
    }
}
