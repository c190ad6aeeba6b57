using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Json;

/// <summary>HS_SITE in JSON: `format` is `site`.</summary>
internal static class HandleSiteJson
{
    public static void Write(Utf8JsonWriter writer, HandleSite site)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, site.FormatVersion);
        writer.WriteString("protocolVersion"u8, site.ProtocolVersion.ToString());
        writer.WriteNumber("serialNumber"u8, site.SerialNumber);
        writer.WriteBoolean("primarySite"u8, site.IsPrimary);
        writer.WriteBoolean("multiPrimary"u8, site.IsMultiPrimary);
        if (site.HashOption != HandleHashOption.ByAll)
        {
            writer.WriteNumber("hashOption"u8, (int)site.HashOption);
        }

        if (site.HashFilter.Length > 0)
        {
            writer.WriteString("hashFilter"u8, site.HashFilter);
        }

        writer.WriteStartArray("attributes"u8);
        foreach (var (name, value) in site.Attributes)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, name);
            writer.WriteString("value"u8, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("servers"u8);
        foreach (var server in site.Servers)
        {
            Write(writer, server);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static HandleSite Read(JsonReading reading, JsonElement json)
    {
        var site = new HandleSite();
        return site with
        {
            FormatVersion = reading.Number(json, "version", 1, ushort.MaxValue, site.FormatVersion),
            ProtocolVersion = ReadVersion(reading, json, site.ProtocolVersion),
            SerialNumber = reading.Number(json, "serialNumber", 0, ushort.MaxValue, site.SerialNumber),
            IsPrimary = reading.Flag(json, "primarySite"),
            IsMultiPrimary = reading.Flag(json, "multiPrimary"),
            HashOption = (HandleHashOption)reading.Number(json, "hashOption", 0, 2, (int)HandleHashOption.ByAll),
            HashFilter = reading.Text(json, "hashFilter", ""),
            Attributes = [.. reading.Elements(json, "attributes").Select(each => KeyValuePair.Create(reading.Text(each, "name"), reading.Text(each, "value")))],
            Servers = [.. reading.Elements(json, "servers").Select(each => ReadServer(reading, each))],
        };
    }

    private static void Write(Utf8JsonWriter writer, HandleServerRecord server)
    {
        writer.WriteStartObject();
        writer.WriteNumber("serverId"u8, server.ServerId);
        writer.WriteString("address"u8, server.Address.ToString());
        writer.WritePropertyName("publicKey"u8);
        HandleJsonWriter.WriteKeyData(writer, server.PublicKey.Span);
        writer.WriteStartArray("interfaces"u8);
        foreach (var each in server.Interfaces)
        {
            writer.WriteStartObject();
            writer.WriteBoolean("query"u8, (each.Kinds & HandleServiceKinds.Resolution) != 0);
            writer.WriteBoolean("admin"u8, (each.Kinds & HandleServiceKinds.Administration) != 0);
            writer.WriteString("protocol"u8, each.Transport.ToString().ToUpperInvariant());
            writer.WriteNumber("port"u8, each.Port);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static HandleVersion ReadVersion(JsonReading reading, JsonElement json, HandleVersion usual)
    {
        var text = reading.Text(json, "protocolVersion", usual.ToString());
        if (text.Split('.') is [var major, var minor] && byte.TryParse(major, out var first) && byte.TryParse(minor, out var second))
        {
            return new(first, second);
        }

        reading.Fail("protocolVersion is no version.");
        return usual;
    }

    private static HandleServerRecord ReadServer(JsonReading reading, JsonElement json)
    {
        if (!IPAddress.TryParse(reading.Text(json, "address"), out var address) || address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            reading.Fail("address is no IP address.");
        }

        return new(
            reading.Number(json, "serverId", int.MinValue, int.MaxValue),
            address ?? IPAddress.None,
            json.TryGetProperty("publicKey", out var key) ? HandleDataJson.Read(reading, key) : [],
            [.. reading.Elements(json, "interfaces").Select(each => ReadInterface(reading, each))]);
    }

    private static HandleInterface ReadInterface(JsonReading reading, JsonElement json)
    {
        var kinds = (reading.Flag(json, "query") ? HandleServiceKinds.Resolution : 0) | (reading.Flag(json, "admin") ? HandleServiceKinds.Administration : 0);
        if (!Enum.TryParse<HandleTransport>(reading.Text(json, "protocol"), ignoreCase: true, out var transport))
        {
            reading.Fail("protocol is none of UDP, TCP, HTTP, HTTPS.");
        }

        return new(kinds, transport, reading.Number(json, "port", 0, IPEndPoint.MaxPort));
    }
}
