using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Json;

/// <summary>Values and answers as the REST interface of the Handle System gives them (Handle.Net technical manual, 14; hdl.handle.net/api).</summary>
public static class HandleJsonWriter
{
    /// <summary>An answer: `{"responseCode":1,"handle":"10.5/a","values":[...]}`.</summary>
    /// <param name="writer">To write to.</param>
    /// <param name="handle">Which was asked for.</param>
    /// <param name="response">How it ended.</param>
    public static void Write(Utf8JsonWriter writer, HandleName handle, HandleResponse response)
    {
        writer.WriteStartObject();
        writer.WriteNumber("responseCode"u8, (int)response.Code);
        if (response.Message.Length > 0)
        {
            writer.WriteString("message"u8, response.Message);
        }

        if (response.Code is HandleResponseCode.ServiceReferral or HandleResponseCode.PrefixReferral && !response.Handle.IsEmpty)
        {
            writer.WriteString("referralHandle"u8, response.Handle.Utf8);
        }

        writer.WriteString("handle"u8, response.IsSuccess && !response.Handle.IsEmpty ? response.Handle.Utf8 : handle.Utf8);
        if (response.Values.Count > 0)
        {
            writer.WriteStartArray("values"u8);
            foreach (var value in response.Values)
            {
                Write(writer, value);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>One value. Permissions are left out where they are <see cref="HandlePermissions.Usual"/>, a timestamp where there is none.</summary>
    public static void Write(Utf8JsonWriter writer, HandleValue value)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, value.Index);
        writer.WriteString("type"u8, value.Type);
        writer.WritePropertyName("data"u8);
        WriteData(writer, value);
        if (value.Permissions != HandlePermissions.Usual)
        {
            writer.WriteString("permissions"u8, Convert.ToString((int)value.Permissions, 2).PadLeft(4, '0'));
        }

        if (value.Ttl.IsAbsolute)
        {
            writer.WriteString("ttl"u8, Time(value.Ttl.Seconds));
        }
        else
        {
            writer.WriteNumber("ttl"u8, value.Ttl.Seconds);
        }

        if (value.Timestamp != 0)
        {
            writer.WriteString("timestamp"u8, Time(value.Timestamp));
        }

        if (value.References.Count > 0)
        {
            writer.WritePropertyName("references"u8);
            WriteReferences(writer, value.References);
        }

        writer.WriteEndObject();
    }

    internal static string Time(uint seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WriteData(Utf8JsonWriter writer, HandleValue value)
    {
        var data = value.Data.Span;
        writer.WriteStartObject();
        switch (value.Type.ToUpperInvariant())
        {
            case HandleTypes.Admin when HandleAdmin.TryRead(data, out var admin, out _):
                Begin(writer, "admin"u8);
                WriteAdmin(writer, admin!);
                break;
            case HandleTypes.ValueList when HandleValueList.TryRead(data, out var list, out _):
                Begin(writer, "vlist"u8);
                WriteReferences(writer, list!.References);
                break;
            case HandleTypes.Site or HandleTypes.SitePrefix or HandleTypes.NaDelegate when HandleSite.TryRead(data, out var site, out _):
                Begin(writer, "site"u8);
                HandleSiteJson.Write(writer, site!);
                break;
            case HandleTypes.PublicKey when HandlePublicKey.TryRead(data, out var key, out _):
                Begin(writer, "key"u8);
                WriteKey(writer, key!);
                break;
            default:
                WritePlain(writer, data);
                break;
        }

        writer.WriteEndObject();
    }

    internal static void WriteKeyData(Utf8JsonWriter writer, ReadOnlySpan<byte> data)
    {
        writer.WriteStartObject();
        if (HandlePublicKey.TryRead(data, out var key, out _))
        {
            Begin(writer, "key"u8);
            WriteKey(writer, key!);
        }
        else
        {
            Begin(writer, "base64"u8);
            writer.WriteBase64StringValue(data);
        }

        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, ReadOnlySpan<byte> format)
    {
        writer.WriteString("format"u8, format);
        writer.WritePropertyName("value"u8);
    }

    private static void WritePlain(Utf8JsonWriter writer, ReadOnlySpan<byte> data)
    {
        if (LooksLikeText(data))
        {
            Begin(writer, "string"u8);
            writer.WriteStringValue(data);
        }
        else
        {
            Begin(writer, "base64"u8);
            writer.WriteBase64StringValue(data);
        }
    }

    // As the Handle.Net library tells them apart: UTF-8 without control characters other than those of 0x09 to 0x13.
    private static bool LooksLikeText(ReadOnlySpan<byte> data)
    {
        foreach (var each in data)
        {
            if (each is < 0x09 or (> 0x13 and < 0x20) or 0x7F)
            {
                return false;
            }
        }

        return Utf8.IsValid(data);
    }

    private static void WriteAdmin(Utf8JsonWriter writer, HandleAdmin admin)
    {
        writer.WriteStartObject();
        writer.WriteString("handle"u8, admin.Admin.Handle.Utf8);
        writer.WriteNumber("index"u8, admin.Admin.Index);
        writer.WriteString("permissions"u8, Convert.ToString((int)admin.Permissions, 2).PadLeft(12, '0'));
        if (admin.IsLegacyLength)
        {
            writer.WriteBoolean("legacyByteLength"u8, true);
        }

        writer.WriteEndObject();
    }

    private static void WriteReferences(Utf8JsonWriter writer, IReadOnlyList<HandleReference> references)
    {
        writer.WriteStartArray();
        foreach (var reference in references)
        {
            writer.WriteStartObject();
            writer.WriteString("handle"u8, reference.Handle.Utf8);
            writer.WriteNumber("index"u8, reference.Index);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // As JSON Web Keys have them (RFC 7517); DSA is Handle.Net's own.
    private static void WriteKey(Utf8JsonWriter writer, HandlePublicKey key)
    {
        writer.WriteStartObject();
        if (key.Rsa is { } rsa)
        {
            writer.WriteString("kty"u8, "RSA"u8);
            writer.WriteString("n"u8, Base64Url.EncodeToString(rsa.Modulus));
            writer.WriteString("e"u8, Base64Url.EncodeToString(rsa.Exponent));
        }
        else if (key.Dsa is { } dsa)
        {
            writer.WriteString("kty"u8, "DSA"u8);
            writer.WriteString("y"u8, Base64Url.EncodeToString(dsa.Y));
            writer.WriteString("p"u8, Base64Url.EncodeToString(dsa.P));
            writer.WriteString("q"u8, Base64Url.EncodeToString(dsa.Q));
            writer.WriteString("g"u8, Base64Url.EncodeToString(dsa.G));
        }

        writer.WriteEndObject();
    }
}
