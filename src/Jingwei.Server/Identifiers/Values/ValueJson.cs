using System.Buffers.Binary;
using System.Text.Json;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Json;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Server.Identifiers.Values;

/// <summary>Values as the Handle proxy's JSON has them (Handle.Net technical manual, 14).</summary>
internal static class ValueJson
{
    private static readonly JsonEncodedText Index = JsonEncodedText.Encode("index");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    private static readonly JsonEncodedText Format = JsonEncodedText.Encode("format");
    private static readonly JsonEncodedText Text = JsonEncodedText.Encode("string");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Ttl = JsonEncodedText.Encode("ttl");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");

    /// <summary>Writes one value as it lies in the store; allocates nothing for text.</summary>
    public static void Write(Utf8JsonWriter json, in EncodedHandleValue value)
    {
        if (IsRecord(value))
        {
            HandleJsonWriter.Write(json, Decode(value));
            return;
        }

        json.WriteStartObject();
        json.WriteNumber(Index, value.Index);
        json.WriteString(Type, value.Type);
        json.WriteStartObject(Data);
        json.WriteString(Format, Text);
        json.WriteString(Value, value.Data);
        json.WriteEndObject();
        WriteTtl(json, value);
        json.WriteString(Timestamp, DateTime.UnixEpoch.AddSeconds(BinaryPrimitives.ReadUInt32BigEndian(value.Bytes[4..])));
        json.WriteEndObject();
    }

    /// <summary>The value as an object.</summary>
    public static HandleValue Decode(in EncodedHandleValue value) => HandleValueWire.TryDecode(value.Bytes, out var values, out _)
        ? values[0]
        : throw new InvalidDataException("A value of the store cannot be read.");

    // Types of the handle system have forms of their own; what is no text has another format.
    private static bool IsRecord(in EncodedHandleValue value) => value.Type.StartsWith("HS_"u8) || !System.Text.Unicode.Utf8.IsValid(value.Data);

    private static void WriteTtl(Utf8JsonWriter json, in EncodedHandleValue value)
    {
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(value.Bytes[9..]);
        if (value.Bytes[8] == 1)
        {
            json.WriteString(Ttl, DateTime.UnixEpoch.AddSeconds(seconds));
        }
        else
        {
            json.WriteNumber(Ttl, seconds);
        }
    }
}
