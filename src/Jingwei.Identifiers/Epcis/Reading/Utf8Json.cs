using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Names and strings of JSON as UTF-8, without making strings of them where nothing in them is escaped.</summary>
internal static class Utf8Json
{
    /// <summary>The text of a string, or the raw text of anything else.</summary>
    public static ReadOnlySpan<byte> Text(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (value.ValueKind != JsonValueKind.String)
        {
            return raw;
        }

        raw = raw[1..^1];
        return raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(value.GetString()!) : raw;
    }

    /// <summary>The name of a property.</summary>
    public static ReadOnlySpan<byte> Name(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(property.Name) : raw;
    }

    /// <summary>Whether every string can be read: it is UTF-8 and no escape stands for half of a pair of surrogates, neither of which the parser looks at.</summary>
    public static bool IsReadable(ReadOnlySpan<byte> json)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json))
        {
            return false;
        }

        return (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0) || HasWholePairs(json);
    }

    private static bool HasWholePairs(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        catch (JsonException)
        {
            // What is no JSON at all the parser says, with the place.
            return true;
        }

        return true;
    }
}
