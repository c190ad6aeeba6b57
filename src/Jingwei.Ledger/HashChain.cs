using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Jingwei.Ledger;

/// <summary>
/// An append-only history as a hash chain over commitments: what a row says can be erased later, with its salt, and
/// every row before and after it still verifies.
/// </summary>
/// <remarks>
/// Byte layout, version 1. <c>||</c> joins; integers are big-endian; every hash is SHA-256 (FIPS 180-4), 32 bytes.
/// The first two bytes of every hashed text are the version <c>01</c> and a domain, so that no text of one kind can be
/// taken for one of another.
/// <code>
/// commitment = SHA-256( 01 || 00 || salt (32) || uint64 length of content || content )
/// link       = SHA-256( 01 || 01 || uint64 sequence || previous link (32) || uint32 length of header || header || commitment (32) )
/// origin     = SHA-256( 01 || 02 || uint32 length of name || name in UTF-8 )
/// </code>
/// Sequences start at 1 and have no gaps; the link before the first row is the chain's origin, so rows cannot be
/// carried from one chain to another. The header is what stays readable for ever; the content is what may be erased.
/// The salt (32 random bytes a row) keeps an erased content from being guessed out of its commitment.
/// A chain shows that a row was altered, not that all of it was written anew: keep a copy of its newest link elsewhere.
/// </remarks>
public static class HashChain
{
    /// <summary>Bytes in a commitment, a link and an origin.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Bytes in a salt.</summary>
    public const int SaltSize = 32;

    private const byte Version = 1;

    private enum Domain : byte
    {
        Commitment = 0,
        Link = 1,
        Origin = 2,
    }

    /// <summary>The link that stands before the first row of the chain of that name.</summary>
    public static byte[] Origin(string name)
    {
        using var hash = Start(Domain.Origin);
        var bytes = Encoding.UTF8.GetBytes(name);
        AppendUInt32(hash, bytes.Length);
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }

    /// <summary>A fresh salt from the system's cryptographic source.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltSize);

    /// <summary>Commits to a content without telling it.</summary>
    /// <exception cref="ArgumentException">The salt is not <see cref="SaltSize"/> bytes long.</exception>
    public static byte[] Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        RequireLength(salt, SaltSize, nameof(salt));
        using var hash = Start(Domain.Commitment);
        hash.AppendData(salt);
        AppendUInt64(hash, content.Length);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }

    /// <summary>Ties a row to every row before it.</summary>
    /// <param name="previous">The link of row <paramref name="sequence"/> - 1, or the origin for row 1.</param>
    /// <param name="sequence">The row's place in the chain; 1 or more.</param>
    /// <exception cref="ArgumentException">A hash is not <see cref="HashSize"/> bytes long.</exception>
    public static byte[] Link(
        ReadOnlySpan<byte> previous, long sequence, ReadOnlySpan<byte> header, ReadOnlySpan<byte> commitment)
    {
        RequireLength(previous, HashSize, nameof(previous));
        RequireLength(commitment, HashSize, nameof(commitment));
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        using var hash = Start(Domain.Link);
        AppendUInt64(hash, sequence);
        hash.AppendData(previous);
        AppendUInt32(hash, header.Length);
        hash.AppendData(header);
        hash.AppendData(commitment);
        return hash.GetHashAndReset();
    }

    /// <summary>Makes the row that follows <paramref name="previous"/>, with a fresh salt.</summary>
    public static ChainRow Seal(ReadOnlySpan<byte> previous, long sequence, byte[] header, byte[] content)
    {
        var salt = NewSalt();
        var commitment = Commit(salt, content);
        return new ChainRow(sequence, header, content, salt, commitment, Link(previous, sequence, header, commitment));
    }

    private static IncrementalHash Start(Domain domain)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Version, (byte)domain]);
        return hash;
    }

    private static void AppendUInt32(IncrementalHash hash, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        hash.AppendData(bytes);
    }

    private static void AppendUInt64(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)value);
        hash.AppendData(bytes);
    }

    private static void RequireLength(ReadOnlySpan<byte> bytes, int length, string name)
    {
        if (bytes.Length != length)
        {
            throw new ArgumentException($"{length} bytes expected, {bytes.Length} given.", name);
        }
    }
}
