using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Server.Facts.Rest;

/// <summary>An event with the EPC URIs of its standard fields as Digital Links (header GS1-EPC-Format); extensions stay as they are.</summary>
internal static class DigitalLinkForm
{
    private static readonly JsonWriterOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "epcList", "childEPCs", "parentID", "inputEPCList", "outputEPCList", "epcClass", "id", "bizTransaction", "source", "destination", "transformationID", "deviceID",
    };

    /// <summary>The same event anew; null where it has no EPC URI.</summary>
    public static EpcisDocument? Of(EpcisEvent read)
    {
        var text = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(read.Json);
        if (text.IndexOf("urn:epc:"u8) < 0)
        {
            return null;
        }

        var written = new ArrayBufferWriter<byte>(text.Length + 256);
        using (var json = new Utf8JsonWriter(written, AsIs))
        {
            Write(json, read.Json, false);
        }

        return EpcisReader.ReadJson(written.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, bool isEpc)
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
                    Write(json, property.Value, Fields.Contains(property.Name));
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var member in value.EnumerateArray())
                {
                    Write(json, member, isEpc);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String when isEpc:
                json.WriteStringValue(CanonicalIdentifier.Of(value.GetString()!));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
