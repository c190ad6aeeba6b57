using System.Buffers.Binary;

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>
/// Values as bytes: index, timestamp, TTL type and TTL, permissions, type, data, references (RFC 3652, 3.2.2; RFC 3651 has the
/// fields in another order, and practice goes by this one). The same bytes are what a store keeps: they are copied into answers as they are.
/// </summary>
public static class HandleValueWire
{
    /// <summary>Bytes before the type: index, timestamp, TTL type, TTL, permissions.</summary>
    private const int Fixed = 14;

    /// <summary>Fewest bytes of a value.</summary>
    internal const int Smallest = Fixed + 12;

    /// <summary>Bytes of a value without references.</summary>
    public static int BytesOf(int typeLength, int dataLength) => Smallest + typeLength + dataLength;

    public static void Write(ref WireWriter writer, HandleValue value)
    {
        writer.WriteInt32(value.Index);
        writer.WriteUInt32(value.Timestamp);
        writer.WriteByte(value.Ttl.IsAbsolute ? (byte)1 : (byte)0);
        writer.WriteUInt32(value.Ttl.Seconds);
        writer.WriteByte((byte)value.Permissions);
        writer.WriteText(value.Type);
        writer.WriteBytes(value.Data.Span);
        writer.WriteInt32(value.References.Count);
        foreach (var reference in value.References)
        {
            writer.WriteReference(reference);
        }
    }

    /// <summary>Values behind their count.</summary>
    public static void WriteAll(ref WireWriter writer, IReadOnlyList<HandleValue> values)
    {
        writer.WriteInt32(values.Count);
        foreach (var value in values)
        {
            Write(ref writer, value);
        }
    }

    /// <summary>The bytes of values one after the other, as a store may keep them.</summary>
    public static byte[] Encode(params IEnumerable<HandleValue> values)
    {
        var writer = new WireWriter(stackalloc byte[1024]);
        try
        {
            foreach (var value in values)
            {
                Write(ref writer, value);
            }

            return writer.IsFull ? throw new ArgumentException($"The values take more than the {WireLimits.Message} bytes of a message.", nameof(values)) : writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>One value; the reader's fault says what is wrong.</summary>
    public static HandleValue Read(ref WireReader reader)
    {
        var index = reader.ReadInt32();
        var timestamp = reader.ReadUInt32();
        var ttl = new HandleTtl(reader.ReadByte() == 1, reader.ReadUInt32());
        var permissions = (HandlePermissions)(reader.ReadByte() & 0x0F);
        var type = reader.ReadText(WireLimits.Type);
        var data = reader.ReadBytes(WireLimits.Message).ToArray();
        var references = new HandleReference[reader.ReadCount(WireLimits.Elements, 8)];
        for (var at = 0; at < references.Length && reader.IsSound; at++)
        {
            references[at] = reader.ReadReference();
        }

        return new() { Index = index, Timestamp = timestamp, Ttl = ttl, Permissions = permissions, Type = type, Data = data, References = references };
    }

    /// <summary>Values behind their count.</summary>
    public static HandleValue[] ReadAll(ref WireReader reader)
    {
        var values = new HandleValue[reader.ReadCount(WireLimits.Values, Smallest)];
        for (var at = 0; at < values.Length && reader.IsSound; at++)
        {
            values[at] = Read(ref reader);
        }

        return reader.IsSound ? values : [];
    }

    /// <summary>Values one after the other, as <see cref="Encode"/> wrote them.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out IReadOnlyList<HandleValue> values, out WireFault fault)
    {
        var reader = new WireReader(bytes);
        var found = new List<HandleValue>();
        while (reader.IsSound && reader.Left > 0 && found.Count <= WireLimits.Values)
        {
            found.Add(Read(ref reader));
        }

        if (found.Count > WireLimits.Values)
        {
            reader.Fail(WireFaultCode.LengthOutOfRange, 0);
        }

        (values, fault) = (reader.IsSound ? found : [], reader.Fault);
        return fault.IsNone;
    }

    /// <summary>Takes the next value off encoded ones without reading more of it than it must; false at the end and where bytes are wrong.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> bytes, out EncodedHandleValue value)
    {
        value = default;
        if (bytes.Length < Smallest)
        {
            return false;
        }

        var type = BinaryPrimitives.ReadInt32BigEndian(bytes[Fixed..]);
        if (type < 0 || type > bytes.Length - Smallest)
        {
            return false;
        }

        var dataAt = Fixed + 4 + type;
        var data = BinaryPrimitives.ReadInt32BigEndian(bytes[dataAt..]);
        if (data < 0 || data > bytes.Length - dataAt - 8)
        {
            return false;
        }

        var at = dataAt + 4 + data;
        var references = BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
        at += 4;
        for (; references > 0; references--)
        {
            if (bytes.Length - at < 8 || BinaryPrimitives.ReadInt32BigEndian(bytes[at..]) is var length && (length < 0 || length > bytes.Length - at - 8))
            {
                return false;
            }

            at += 8 + BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
        }

        value = new(bytes[..at], bytes.Slice(Fixed + 4, type), bytes.Slice(dataAt + 4, data));
        bytes = bytes[at..];
        return true;
    }
}

/// <summary>A value that is looked at where it lies.</summary>
public readonly ref struct EncodedHandleValue
{
    internal EncodedHandleValue(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Bytes = bytes;
        Type = type;
        Data = data;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public ReadOnlySpan<byte> Type { get; }

    public ReadOnlySpan<byte> Data { get; }

    public int Index => BinaryPrimitives.ReadInt32BigEndian(Bytes);

    public HandlePermissions Permissions => (HandlePermissions)(Bytes[13] & 0x0F);
}
