using System.Net;
using System.Security.Cryptography;
using Jingwei.Identifiers.Handle.Wire;

#pragma warning disable CA5351 // Spreads handles over servers, protects nothing.
namespace Jingwei.Identifiers.Handle.Records;

/// <summary>By which part of a handle it is found which server of a site has it (RFC 3651, 3.2.2).</summary>
public enum HandleHashOption
{
    ByPrefix = 0,
    BySuffix = 1,
    ByAll = 2,
}

/// <summary>The data of HS_SITE and HS_SITE.PREFIX: servers of which each has a part of the handles (RFC 3651, 3.2.2).</summary>
public sealed record HandleSite
{
    private const byte PrimaryBit = 0x80;
    private const byte MultiPrimaryBit = 0x40;
    private const int AddressBytes = 16;

    /// <summary>Version of this form; always 1.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>What the servers can do.</summary>
    public HandleVersion ProtocolVersion { get; init; } = HandleVersion.Newest;

    /// <summary>Goes up with every change; 0 to 65,535.</summary>
    public int SerialNumber { get; init; } = 1;

    /// <summary>Whether handles are administered here.</summary>
    public bool IsPrimary { get; init; } = true;

    /// <summary>Whether other sites are primary as well.</summary>
    public bool IsMultiPrimary { get; init; }

    public HandleHashOption HashOption { get; init; } = HandleHashOption.ByAll;

    /// <summary>Reserved; empty.</summary>
    public string HashFilter { get; init; } = "";

    /// <summary>Names and texts, as `desc`.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];

    public IReadOnlyList<HandleServerRecord> Servers { get; init; } = [];

    public static bool TryRead(ReadOnlySpan<byte> data, out HandleSite? site, out WireFault fault)
    {
        var reader = new WireReader(data);
        var format = reader.ReadUInt16();
        var version = new HandleVersion(reader.ReadByte(), reader.ReadByte());
        var serial = reader.ReadUInt16();
        var mask = reader.ReadByte();
        var hash = reader.ReadByte();
        if (hash > (byte)HandleHashOption.ByAll)
        {
            reader.Fail(WireFaultCode.Unknown, 7);
        }

        var filter = reader.ReadText(WireLimits.Type);
        var attributes = ReadAttributes(ref reader);
        var servers = ReadServers(ref reader);
        reader.ReadEnd();
        fault = reader.Fault;
        site = !fault.IsNone ? null : new()
        {
            FormatVersion = format,
            ProtocolVersion = version,
            SerialNumber = serial,
            IsPrimary = (mask & PrimaryBit) != 0,
            IsMultiPrimary = (mask & MultiPrimaryBit) != 0,
            HashOption = (HandleHashOption)hash,
            HashFilter = filter,
            Attributes = attributes,
            Servers = servers,
        };
        return fault.IsNone;
    }

    public byte[] ToBytes()
    {
        var writer = new WireWriter(stackalloc byte[1024]);
        writer.WriteUInt16(FormatVersion);
        writer.WriteByte(ProtocolVersion.Major);
        writer.WriteByte(ProtocolVersion.Minor);
        writer.WriteUInt16(SerialNumber);
        writer.WriteByte((byte)((IsPrimary ? PrimaryBit : 0) | (IsMultiPrimary ? MultiPrimaryBit : 0)));
        writer.WriteByte((byte)HashOption);
        writer.WriteText(HashFilter);
        writer.WriteInt32(Attributes.Count);
        foreach (var (name, value) in Attributes)
        {
            writer.WriteText(name);
            writer.WriteText(value);
        }

        writer.WriteInt32(Servers.Count);
        foreach (var server in Servers)
        {
            Write(ref writer, server);
        }

        var bytes = writer.ToArray();
        writer.Dispose();
        return bytes;
    }

    /// <summary>The server that has a handle: the last four bytes of the MD5 of the part that counts, in capital letters, modulo the number of servers (RFC 3652, 3.1.2).</summary>
    /// <returns>Null when the site has no server.</returns>
    public HandleServerRecord? ServerOf(HandleName handle)
    {
        if (Servers.Count < 2)
        {
            return Servers.Count == 1 ? Servers[0] : null;
        }

        var part = HashOption switch { HandleHashOption.ByPrefix => handle.Prefix, HandleHashOption.BySuffix => handle.Suffix, _ => handle.Utf8 };
        Span<byte> capitals = new byte[part.Length];
        for (var at = 0; at < part.Length; at++)
        {
            capitals[at] = part[at] is >= (byte)'a' and <= (byte)'z' ? (byte)(part[at] - 0x20) : part[at];
        }

        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(capitals, digest);
        // Practice takes the absolute value of a signed number; RFC 3652 speaks of an unsigned one.
        var last = Math.Abs((long)System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(digest[12..]));
        return Servers[(int)(last % Servers.Count)];
    }

    public bool Equals(HandleSite? other) => other is not null && ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    public override int GetHashCode() => HashCode.Combine(SerialNumber, Servers.Count);

    private static KeyValuePair<string, string>[] ReadAttributes(ref WireReader reader)
    {
        var attributes = new KeyValuePair<string, string>[reader.ReadCount(WireLimits.Elements, 8)];
        for (var at = 0; at < attributes.Length && reader.IsSound; at++)
        {
            attributes[at] = new(reader.ReadText(WireLimits.Message), reader.ReadText(WireLimits.Message));
        }

        return attributes;
    }

    private static HandleServerRecord[] ReadServers(ref WireReader reader)
    {
        var servers = new HandleServerRecord[reader.ReadCount(WireLimits.Elements, 12 + AddressBytes)];
        for (var at = 0; at < servers.Length && reader.IsSound; at++)
        {
            var id = reader.ReadInt32();
            var address = ReadAddress(reader.Take(AddressBytes));
            var key = reader.ReadBytes(WireLimits.Message).ToArray();
            var interfaces = new HandleInterface[reader.ReadCount(WireLimits.Elements, 6)];
            for (var each = 0; each < interfaces.Length; each++)
            {
                interfaces[each] = new((HandleServiceKinds)(reader.ReadByte() & 3), (HandleTransport)reader.ReadByte(), reader.ReadInt32());
            }

            servers[at] = new(id, address, key, interfaces);
        }

        return servers;
    }

    // Practice puts an IPv4 address into the last four bytes behind zeros; ::ffff:a.b.c.d is understood as well.
    private static IPAddress ReadAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != AddressBytes)
        {
            return IPAddress.None;
        }

        var isIPv4 = bytes[..10].IndexOfAnyExcept((byte)0) < 0 && bytes[10..12] is [0, 0] or [255, 255] && bytes[12] != 0;
        return new(isIPv4 ? bytes[12..] : bytes);
    }

    private static void Write(ref WireWriter writer, HandleServerRecord server)
    {
        writer.WriteInt32(server.ServerId);
        Span<byte> address = stackalloc byte[AddressBytes];
        address.Clear();
        server.Address.TryWriteBytes(server.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? address[12..] : address, out _);
        writer.Write(address);
        writer.WriteBytes(server.PublicKey.Span);
        writer.WriteInt32(server.Interfaces.Count);
        foreach (var each in server.Interfaces)
        {
            writer.WriteByte((byte)each.Kinds);
            writer.WriteByte((byte)each.Transport);
            writer.WriteInt32(each.Port);
        }
    }
}
