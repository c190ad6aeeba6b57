using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server.Identifiers.DigitalLinks;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.Registration;

/// <summary>
/// Gathers one row after the other, as the Handle protocol sends values (RFC 3652, section 3.2), and puts it into a batch. Used again for each
/// row; makes no object for one.
/// </summary>
internal sealed class RowWriter
{
    private const byte Owner = (byte)(HandlePermissions.AdminRead | HandlePermissions.AdminWrite);
    private const byte Public = (byte)HandlePermissions.Usual;

    private readonly byte[] key = new byte[IdentifierLimits.NameBytes];
    private readonly ArrayBufferWriter<byte> values = new(1024);
    private readonly List<uint> audiences = [];
    private readonly List<int> indexes = [];
    private int keyLength;

    public int PrefixLength { get; private set; }

    public ReadOnlySpan<byte> Key => key.AsSpan(0, keyLength);

    public int Count => audiences.Count;

    /// <summary>The values so far, one after the other.</summary>
    public ReadOnlySpan<byte> Values => values.WrittenSpan;

    public void Begin()
    {
        values.ResetWrittenCount();
        audiences.Clear();
        indexes.Clear();
        keyLength = 0;
    }

    /// <summary>Names the identifier.</summary>
    public RowFault? Name(ReadOnlySpan<byte> name)
    {
        if (!IdentifierName.TryKey(name, key, out var prefixLength))
        {
            return RowFault.Name;
        }

        (keyLength, PrefixLength) = (name.Length, prefixLength);
        return null;
    }

    /// <summary>The smallest index that no value has yet.</summary>
    public int FreeIndex()
    {
        var index = 1;
        while (indexes.Contains(index))
        {
            index++;
        }

        return index;
    }

    /// <summary>Adds a value.</summary>
    /// <param name="audience">Null: everybody; else a number of <see cref="Audiences"/>.</param>
    public RowFault? Value(int index, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, uint ttl, uint? audience)
    {
        if (FaultOf(index, type, data, ttl, audience is null) is { } fault)
        {
            return fault;
        }

        var place = values.GetSpan(HandleValueWire.BytesOf(type.Length, data.Length));
        BinaryPrimitives.WriteInt32BigEndian(place, index);
        BinaryPrimitives.WriteUInt32BigEndian(place[4..], 0);
        place[8] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(place[9..], ttl);
        place[13] = audience is null ? Public : Owner;
        var at = 14;
        Put(place, ref at, type);
        Put(place, ref at, data);
        BinaryPrimitives.WriteInt32BigEndian(place[at..], 0);
        values.Advance(at + sizeof(int));
        Kept(index, audience);
        return null;
    }

    /// <summary>Adds a value with all that the protocol gives it: references, times, permissions.</summary>
    /// <param name="audience">A number of <see cref="Audiences"/>, for a value that not everybody reads.</param>
    public RowFault? Value(HandleValue value, uint audience)
    {
        var isPublic = (value.Permissions & HandlePermissions.PublicRead) != 0;
        if (FaultOf(value.Index, Encoding.UTF8.GetBytes(value.Type), value.Data.Span, value.Ttl.IsAbsolute ? 0 : value.Ttl.Seconds, isPublic) is { } fault)
        {
            return fault;
        }

        values.Write(HandleValueWire.Encode(value));
        Kept(value.Index, isPublic ? null : audience);
        return null;
    }

    /// <summary>Puts the row into a batch.</summary>
    public void AddTo(RegistrationBatch batch, WriteMode mode, uint template, uint seen = 0) => batch.Add(
        mode, Key, PrefixLength, seen, template, values.WrittenSpan, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(audiences));

    private RowFault? FaultOf(int index, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, uint ttl, bool isPublic)
    {
        if (index < 1 || indexes.Contains(index))
        {
            return RowFault.Value($"The index {index} is below 1 or twice.");
        }

        if (type.IsEmpty || type.Length > IdentifierLimits.TypeBytes || type.ContainsAnyInRange((byte)0, (byte)0x20))
        {
            return RowFault.Value($"Value {index}: a type has 1 to {IdentifierLimits.TypeBytes} bytes and no blank.");
        }

        if (isPublic && SecretValues.Holds(type))
        {
            return RowFault.Value($"Value {index}: nobody reads a secret key; its \"read\" is owner.");
        }

        if (HandleTypes.Matches(LinkValue.Utf8TypeName, type) && LinkValue.FaultOf(data) is { } linkFault)
        {
            return RowFault.Value($"Value {index}: {linkFault}");
        }

        if (ttl > IdentifierLimits.LongestTtl)
        {
            return RowFault.Value($"Value {index}: a TTL is at most {IdentifierLimits.LongestTtl} seconds.");
        }

        if (Count == IdentifierRecord.MostValues)
        {
            return RowFault.Value($"An identifier has at most {IdentifierRecord.MostValues} values.");
        }

        return values.WrittenCount + data.Length > IdentifierLimits.ValueBytes
            ? RowFault.Value($"The values of an identifier are at most {IdentifierLimits.ValueBytes} bytes together; longer content belongs behind a URL.")
            : null;
    }

    private void Kept(int index, uint? audience)
    {
        indexes.Add(index);
        audiences.Add(audience ?? Audiences.None);
    }

    private static void Put(Span<byte> place, ref int at, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(place[at..], bytes.Length);
        bytes.CopyTo(place[(at + sizeof(int))..]);
        at += sizeof(int) + bytes.Length;
    }
}
