using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Jingwei.Identifiers.Handle.Records;

namespace Jingwei.Identifiers.Handle.Json;

/// <summary>The data of a value: `{"format":"string","value":"..."}`, or text alone.</summary>
internal static class HandleDataJson
{
    public static byte[] Read(JsonReading reading, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return Encoding.UTF8.GetBytes(json.GetString()!);
        }

        var format = reading.Text(json, "format");
        if (reading.Find(json, "value") is not { } value)
        {
            reading.Fail("data has no value.");
            return [];
        }

        switch (format.ToUpperInvariant())
        {
            case "STRING":
                return Encoding.UTF8.GetBytes(reading.Text(json, "value"));
            case "BASE64":
                return Decode(reading, "Base64", () => Convert.FromBase64String(reading.Text(json, "value")));
            case "HEX":
                return Decode(reading, "hexadecimal", () => Convert.FromHexString(reading.Text(json, "value")));
            case "ADMIN":
                var admin = new HandleAdmin(ReadReference(reading, value), ReadPermissions(reading, value));
                return (admin with { IsLegacyLength = reading.Flag(value, "legacyByteLength") }).ToBytes();
            case "VLIST":
                return new HandleValueList([.. reading.Elements(json, "value").Select(each => ReadReference(reading, each))]).ToBytes();
            case "SITE":
                return HandleSiteJson.Read(reading, value).ToBytes();
            case "KEY":
                return ReadKey(reading, value);
            default:
                reading.Fail($"format '{format}' is not known.");
                return [];
        }
    }

    public static HandleReference ReadReference(JsonReading reading, JsonElement json)
    {
        if (!HandleName.TryParse(reading.Text(json, "handle"), out var handle))
        {
            reading.Fail("handle is no handle.");
        }

        return new(handle, reading.Number(json, "index", 0, int.MaxValue));
    }

    // Digits of which the last is the lowest bit; `*` for all.
    private static AdminPermissions ReadPermissions(JsonReading reading, JsonElement json)
    {
        var text = reading.Text(json, "permissions", "");
        if (text == "*")
        {
            return AdminPermissions.All;
        }

        if (text.Length > 12 || text.AsSpan().IndexOfAnyExcept('0', '1') >= 0)
        {
            reading.Fail("permissions is not of up to 12 digits 0 and 1.");
            return AdminPermissions.None;
        }

        return (AdminPermissions)text.Aggregate(0, (bits, digit) => (bits << 1) | (digit - '0'));
    }

    private static byte[] ReadKey(JsonReading reading, JsonElement json)
    {
        byte[] Number(string name) => Decode(reading, "Base64 for URLs", () => Base64Url.DecodeFromChars(reading.Text(json, name)));

        switch (reading.Text(json, "kty"))
        {
            case "RSA":
                return HandlePublicKey.FromRsa(new System.Security.Cryptography.RSAParameters { Modulus = Number("n"), Exponent = Number("e") }).ToBytes();
            case "DSA":
                return HandlePublicKey.FromDsa(new() { Y = Number("y"), P = Number("p"), Q = Number("q"), G = Number("g") }).ToBytes();
            default:
                reading.Fail("kty is neither RSA nor DSA.");
                return [];
        }
    }

    private static byte[] Decode(JsonReading reading, string form, Func<byte[]> decode)
    {
        try
        {
            return decode();
        }
        catch (FormatException)
        {
            reading.Fail($"value is no {form}.");
            return [];
        }
    }
}
