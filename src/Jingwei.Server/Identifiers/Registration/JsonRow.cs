using System.Buffers;
using System.Text.Json;
using Jingwei.Identifiers.Handle.Json;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.Registration;

/// <summary>
/// Reads an identifier as JSON: `{"handle": "88.118.5/abc", "template": "board", "values": [{"index": 1, "type": "URL", "data": ..., "ttl": 86400,
/// "read": ...}]}`. `data` is a text, or `{"format", "value"}` as the Handle proxy has it; `read` is `public`, `owner` or
/// `{"parties": [], "roles": [], "purposes": []}`.
/// </summary>
internal sealed class JsonRow(RowWriter row, Audiences audiences)
{
    private readonly ArrayBufferWriter<byte> type = new(IdentifierLimits.TypeBytes);
    private readonly ArrayBufferWriter<byte> data = new(1024);

    /// <summary>The template that the row names; null for none.</summary>
    public string? Template { get; private set; }

    /// <summary>Whether the row named its identifier.</summary>
    public bool IsNamed { get; private set; }

    /// <summary>Reads one row into the writer.</summary>
    public RowFault? Read(ReadOnlySpan<byte> json)
    {
        row.Begin();
        (Template, IsNamed) = (null, false);
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                ? ReadObject(ref reader)
                : RowFault.Json("A row is a JSON object.");
        }
        catch (JsonException fault)
        {
            return RowFault.Json($"This is no JSON: {fault.Message}");
        }
        catch (InvalidOperationException)
        {
            return RowFault.Json("A member is of another kind than it should be, or its text is no UTF-8.");
        }
    }

    private RowFault? ReadObject(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            RowFault? fault = null;
            if (reader.ValueTextEquals("handle"u8))
            {
                reader.Read();
                fault = Name(ref reader);
            }
            else if (reader.ValueTextEquals("template"u8))
            {
                reader.Read();
                Template = reader.GetString();
            }
            else if (reader.ValueTextEquals("values"u8))
            {
                reader.Read();
                fault = ReadValues(ref reader);
            }
            else
            {
                return RowFault.Json($"\"{reader.GetString()}\" is no member of a row: handle, template, values.");
            }

            if (fault is not null)
            {
                return fault;
            }
        }

        return reader.Read() ? RowFault.Json("Something follows the row.") : null;
    }

    private RowFault? Name(ref Utf8JsonReader reader)
    {
        Span<byte> name = stackalloc byte[IdentifierLimits.NameBytes * 6];
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > name.Length)
        {
            return RowFault.Name;
        }

        IsNamed = true;
        return row.Name(name[..reader.CopyString(name)]);
    }

    private RowFault? ReadValues(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return RowFault.Json("\"values\" is a list.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (ReadValue(ref reader) is { } fault)
            {
                return fault;
            }
        }

        return reader.TokenType == JsonTokenType.EndArray ? null : RowFault.Json("\"values\" is a list of objects.");
    }

    private RowFault? ReadValue(ref Utf8JsonReader reader)
    {
        type.ResetWrittenCount();
        data.ResetWrittenCount();
        var (index, ttl, audience) = (0, IdentifierLimits.UsualTtl, (uint?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("index"u8))
            {
                reader.Read();
                index = reader.TryGetInt32(out var number) ? number : -1;
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                Copy(ref reader, type);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                if (ReadData(ref reader) is { } fault)
                {
                    return fault;
                }
            }
            else if (reader.ValueTextEquals("ttl"u8))
            {
                reader.Read();
                ttl = reader.TryGetUInt32(out var seconds) ? seconds : uint.MaxValue;
            }
            else if (reader.ValueTextEquals("read"u8))
            {
                reader.Read();
                if (ReadAudience(ref reader, ref audience) is { } fault)
                {
                    return fault;
                }
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                // What an answer says of a value may be sent back with it: the time is this node's to tell.
                reader.Skip();
            }
            else
            {
                return RowFault.Json($"\"{reader.GetString()}\" is no member of a value: index, type, data, ttl, read.");
            }
        }

        index = index == 0 ? row.FreeIndex() : index;
        return row.Value(index, type.WrittenSpan, data.WrittenSpan, ttl, audience);
    }

    private RowFault? ReadData(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            Copy(ref reader, data);
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return RowFault.Json("\"data\" is a text, or an object with \"format\" and \"value\".");
        }

        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.TryGetProperty("format", out var format) && format.ValueEquals("string"u8) &&
            document.RootElement.TryGetProperty("value", out var text) && text.ValueKind == JsonValueKind.String)
        {
            data.Write(System.Text.Encoding.UTF8.GetBytes(text.GetString()!));
            return null;
        }

        // In a form that its type has: as the library reads a whole value.
        var whole = JsonSerializer.SerializeToUtf8Bytes(new { index = 1, type = System.Text.Encoding.UTF8.GetString(type.WrittenSpan), data = document.RootElement });
        if (!HandleJsonReader.TryReadValue(whole, out var value, out var problem))
        {
            return RowFault.Json($"\"data\": {problem}");
        }

        data.Write(value!.Data.Span);
        return null;
    }

    private RowFault? ReadAudience(ref Utf8JsonReader reader, ref uint? audience)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            audience = reader.ValueTextEquals("owner"u8) ? Audiences.None : null;
            return audience is not null || reader.ValueTextEquals("public"u8) ? null : RowFault.Json(AudienceForm.Expected);
        }

        using var document = JsonDocument.ParseValue(ref reader);
        if (AudienceForm.Read(document.RootElement) is not { } read)
        {
            return RowFault.Json(AudienceForm.Expected);
        }

        audience = audiences.NumberOf(read);
        return null;
    }

    private static void Copy(ref Utf8JsonReader reader, ArrayBufferWriter<byte> destination)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("a text is expected");
        }

        destination.Advance(reader.CopyString(destination.GetSpan(reader.ValueSpan.Length + 1)));
    }
}
