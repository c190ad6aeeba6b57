using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Server.Facts.Rest;

/// <summary>Events with the EPCs of their standard fields in the form that is wanted (header GS1-EPC-Format); extensions stay as they are.</summary>
internal sealed class EpcForms(CompanyPrefixLengths lengths)
{
    private const string Class = "epcClass";

    private static readonly JsonWriterOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // What may be a GS1 key by CBV 2.0, 8: objects, places, parties, documents, devices.
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "epcList", "childEPCs", "parentID", "inputEPCList", "outputEPCList", Class, "id", "bizTransaction", "source", "destination", "transformationID", "deviceID",
        "rawData", "dataProcessingMethod", "bizRules",
    };

    /// <summary>The events in a form; what had to be written anew for it is disposed of with them.</summary>
    public FormedEvents Of(IReadOnlyList<EpcisEvent> events, EpcFormat format)
    {
        var documents = new List<EpcisDocument>();
        var formed = events.Select(read =>
        {
            if (Rewritten(read, format) is not { } document)
            {
                return read;
            }

            documents.Add(document);
            return document.Events[0];
        }).ToList();
        return new(formed, documents);
    }

    /// <summary>An identifier in a form.</summary>
    /// <param name="isClass">Whether it stands where a class may.</param>
    public string Of(string identifier, EpcFormat format, bool isClass) => format switch
    {
        EpcFormat.DigitalLink when identifier.StartsWith("urn:epc:", StringComparison.Ordinal) => CanonicalIdentifier.Of(identifier),
        EpcFormat.Urn => UrnIdentifier.Of(identifier, isClass, lengths.Of),
        _ => identifier,
    };

    // Null where nothing in it would be another.
    private EpcisDocument? Rewritten(EpcisEvent read, EpcFormat format)
    {
        var text = JsonMarshal.GetRawUtf8Value(read.Json);
        if (format == EpcFormat.AsCaptured || text.IndexOf(format == EpcFormat.Urn ? "http"u8 : "urn:epc:"u8) < 0)
        {
            return null;
        }

        var written = new ArrayBufferWriter<byte>(text.Length + 256);
        using (var json = new Utf8JsonWriter(written, AsIs))
        {
            Write(json, read.Json, format, null);
        }

        return EpcisReader.ReadJson(written.WrittenMemory);
    }

    // A field is the name of the one that a text stands in, where it may be an EPC.
    private void Write(Utf8JsonWriter json, JsonElement value, EpcFormat format, string? field)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    // An extension's name has a prefix.
                    if (property.Name.Contains(':', StringComparison.Ordinal))
                    {
                        property.WriteTo(json);
                        continue;
                    }

                    json.WritePropertyName(property.Name);
                    Write(json, property.Value, format, Fields.Contains(property.Name) ? property.Name : null);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var member in value.EnumerateArray())
                {
                    Write(json, member, format, field);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String when field is not null:
                json.WriteStringValue(Of(value.GetString()!, format, field == Class));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}

/// <summary>Events in a form; dispose of them when they were told.</summary>
/// <param name="documents">Of those that were written anew.</param>
internal sealed class FormedEvents(IReadOnlyList<EpcisEvent> events, IReadOnlyList<EpcisDocument> documents) : IDisposable
{
    public IReadOnlyList<EpcisEvent> Events => events;

    public void Dispose()
    {
        foreach (var document in documents)
        {
            document.Dispose();
        }
    }
}
