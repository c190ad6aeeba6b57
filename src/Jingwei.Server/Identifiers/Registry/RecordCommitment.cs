using System.Buffers.Binary;
using System.Security.Cryptography;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>
/// What the ledger keeps of an identifier's version: a hash over a commitment to each value, so that one value can be shown, or erased, and
/// the others still prove.
/// </summary>
/// <remarks>
/// Layout, version 1; integers are big-endian, every hash is SHA-256, the first two bytes of what is hashed are the version and a domain.
/// <code>
/// salt of value i = SHA-256( 01 || 10 || salt (16) || uint32 i )
/// value i         = SHA-256( 01 || 11 || salt of value i || uint32 audience || value as the Handle protocol sends it )
/// commitment      = SHA-256( 01 || 12 || salt (16) || uint32 version || uint32 time || uint32 template || flags || uint32 length of key || key || values )
/// </code>
/// </remarks>
internal static class RecordCommitment
{
    public const int Bytes = SHA256.HashSizeInBytes;

    private const byte Version = 1;
    private const byte SaltDomain = 0x10;
    private const byte ValueDomain = 0x11;
    private const byte RecordDomain = 0x12;
    private const int HeadText = 2 + IdentifierRecord.SaltBytes + 4 + 4 + 4 + 1 + 4;

    // Bytes of what is hashed on the stack: a dozen values; most identifiers have fewer.
    private const int Small = 1024;
    private const int SaltText = 2 + IdentifierRecord.SaltBytes + 4;

    /// <summary>Commits to a version of an identifier.</summary>
    public static void Of(ReadOnlySpan<byte> key, in IdentifierRecord record, Span<byte> commitment)
    {
        var length = HeadText + key.Length + (record.Count * Bytes);
        Span<byte> text = length <= Small ? stackalloc byte[Small] : new byte[length];
        (text[0], text[1]) = (Version, RecordDomain);
        record.Salt.CopyTo(text[2..]);
        var rest = text[(2 + IdentifierRecord.SaltBytes)..];
        BinaryPrimitives.WriteUInt32BigEndian(rest, record.Head.Version);
        BinaryPrimitives.WriteUInt32BigEndian(rest[4..], record.Head.At);
        BinaryPrimitives.WriteUInt32BigEndian(rest[8..], record.Head.Template);
        rest[12] = (byte)record.Head.Flags;
        BinaryPrimitives.WriteUInt32BigEndian(rest[13..], (uint)key.Length);
        key.CopyTo(text[HeadText..]);
        var each = text[(HeadText + key.Length)..];
        var values = record.Values;
        var audiences = record.Audiences;
        for (uint at = 0; HandleValueWire.TryNext(ref values, out var value); at++)
        {
            OfValue(record.Salt, at, audiences.Next(), value.Bytes, each);
            each = each[Bytes..];
        }

        SHA256.HashData(text[..length], commitment);
    }

    /// <summary>Commits to one value.</summary>
    /// <param name="at">Its place in the record, from 0.</param>
    public static void OfValue(ReadOnlySpan<byte> salt, uint at, uint audience, ReadOnlySpan<byte> value, Span<byte> commitment)
    {
        Span<byte> text = stackalloc byte[SaltText];
        (text[0], text[1]) = (Version, SaltDomain);
        salt.CopyTo(text[2..]);
        BinaryPrimitives.WriteUInt32BigEndian(text[(2 + IdentifierRecord.SaltBytes)..], at);
        Span<byte> head = stackalloc byte[2 + Bytes + 4];
        (head[0], head[1]) = (Version, ValueDomain);
        SHA256.HashData(text, head[2..]);
        BinaryPrimitives.WriteUInt32BigEndian(head[(2 + Bytes)..], audience);
        Span<byte> joined = value.Length <= Small ? stackalloc byte[head.Length + value.Length] : new byte[head.Length + value.Length];
        head.CopyTo(joined);
        value.CopyTo(joined[head.Length..]);
        SHA256.HashData(joined, commitment);
    }
}
