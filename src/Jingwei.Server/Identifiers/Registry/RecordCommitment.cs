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
/// salt of value i  = SHA-256( 01 || 10 || salt (16) || uint32 i )
/// salt of the head = SHA-256( 01 || 13 || salt (16) )
/// value i          = SHA-256( 01 || 11 || salt of value i || uint32 audience || value as the Handle protocol sends it )
/// commitment       = SHA-256( 01 || 12 || salt of the head || uint32 version || uint32 time || uint32 template || flags || uint32 length of key || key || values )
/// </code>
/// Each salt can be shown without the others and without the one that they come from: of a value whose salt is gone, or was never told, the
/// commitment cannot be tried out against what it might have been.
/// </remarks>
internal static class RecordCommitment
{
    public const int Bytes = SHA256.HashSizeInBytes;

    private const byte Version = 1;
    private const byte SaltDomain = 0x10;
    private const byte ValueDomain = 0x11;
    private const byte RecordDomain = 0x12;
    private const byte HeadSaltDomain = 0x13;
    private const int HeadText = 2 + Bytes + 4 + 4 + 4 + 1 + 4;

    // Bytes of what is hashed on the stack: a dozen values; most identifiers have fewer.
    private const int Small = 1024;
    private const int SaltText = 2 + IdentifierRecord.SaltBytes + 4;

    /// <summary>Commits to a version of an identifier.</summary>
    public static void Of(ReadOnlySpan<byte> key, in IdentifierRecord record, Span<byte> commitment)
    {
        var length = HeadText + key.Length + (record.Places * Bytes);
        Span<byte> text = length <= Small ? stackalloc byte[Small] : new byte[length];
        (text[0], text[1]) = (Version, RecordDomain);
        SaltOfHead(record, text[2..]);
        var rest = text[(2 + Bytes)..];
        BinaryPrimitives.WriteUInt32BigEndian(rest, record.Head.Version);
        BinaryPrimitives.WriteUInt32BigEndian(rest[4..], record.Head.At);
        BinaryPrimitives.WriteUInt32BigEndian(rest[8..], record.Head.Template);
        rest[12] = (byte)record.Head.Flags;
        BinaryPrimitives.WriteUInt32BigEndian(rest[13..], (uint)key.Length);
        key.CopyTo(text[HeadText..]);
        OfValues(record, text[(HeadText + key.Length)..]);
        SHA256.HashData(text[..length], commitment);
    }

    /// <summary>Commits to one value.</summary>
    public static void OfValue(ReadOnlySpan<byte> salt, uint audience, ReadOnlySpan<byte> value, Span<byte> commitment)
    {
        var length = 2 + Bytes + 4 + value.Length;
        Span<byte> text = length <= Small ? stackalloc byte[Small] : new byte[length];
        (text[0], text[1]) = (Version, ValueDomain);
        salt.CopyTo(text[2..]);
        BinaryPrimitives.WriteUInt32BigEndian(text[(2 + Bytes)..], audience);
        value.CopyTo(text[(2 + Bytes + 4)..]);
        SHA256.HashData(text[..length], commitment);
    }

    /// <summary>The salt of what is beside the values.</summary>
    public static void SaltOfHead(in IdentifierRecord record, Span<byte> salt)
    {
        if (record.Erased.Count > 0)
        {
            record.Erased.SaltOfHead.CopyTo(salt);
            return;
        }

        Span<byte> text = stackalloc byte[2 + IdentifierRecord.SaltBytes];
        (text[0], text[1]) = (Version, HeadSaltDomain);
        record.Salt.CopyTo(text[2..]);
        SHA256.HashData(text, salt);
    }

    /// <summary>The salt of a value that is there.</summary>
    /// <param name="place">Among all values that the record had, from 0.</param>
    public static void SaltOfValue(in IdentifierRecord record, int place, Span<byte> salt)
    {
        if (record.Erased.Count > 0)
        {
            record.Erased.At(place).CopyTo(salt);
            return;
        }

        Span<byte> text = stackalloc byte[SaltText];
        (text[0], text[1]) = (Version, SaltDomain);
        record.Salt.CopyTo(text[2..]);
        BinaryPrimitives.WriteUInt32BigEndian(text[(2 + IdentifierRecord.SaltBytes)..], (uint)place);
        SHA256.HashData(text, salt);
    }

    private static void OfValues(in IdentifierRecord record, Span<byte> commitments)
    {
        Span<byte> salt = stackalloc byte[Bytes];
        var values = record.Values;
        var audiences = record.Audiences;
        for (var place = 0; place < record.Places; place++)
        {
            var mine = commitments.Slice(place * Bytes, Bytes);
            if (record.Erased.Holds(place))
            {
                record.Erased.At(place).CopyTo(mine);
            }
            else if (HandleValueWire.TryNext(ref values, out var value))
            {
                SaltOfValue(record, place, salt);
                OfValue(salt, audiences.Next(), value.Bytes, mine);
            }
        }
    }
}
