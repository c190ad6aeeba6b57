using System.Buffers;
using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Writes JSON anew in which of names that stand twice in an object only the last is left.</summary>
internal static class LastValues
{
    public static ReadOnlyMemory<byte> Of(JsonElement root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, root);
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                var last = new Dictionary<string, int>(StringComparer.Ordinal);
                var index = 0;
                foreach (var property in value.EnumerateObject())
                {
                    last[property.Name] = index++;
                }

                index = 0;
                foreach (var property in value.EnumerateObject())
                {
                    if (last[property.Name] == index++)
                    {
                        writer.WritePropertyName(property.Name);
                        Write(writer, property.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var member in value.EnumerateArray())
                {
                    Write(writer, member);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
