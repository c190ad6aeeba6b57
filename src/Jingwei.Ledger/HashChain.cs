using System.Buffers;
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

    // Version and domain.
    private const int Prefix = 2;

    // Bytes of what is hashed on the stack; most rows are below.
    private const int Small = 512;

    [ThreadStatic]
    private static Salts? salts;

    private enum Domain : byte
    {
        Commitment = 0,
        Link = 1,
        Origin = 2,
    }

    /// <summary>The link that stands before the first row of the chain of that name.</summary>
    public static byte[] Origin(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var text = new byte[Prefix + sizeof(uint) + bytes.Length];
        Start(text, Domain.Origin);
        BinaryPrimitives.WriteUInt32BigEndian(text.AsSpan(Prefix), (uint)bytes.Length);
        bytes.CopyTo(text.AsSpan(Prefix + sizeof(uint)));
        return SHA256.HashData(text);
    }

    /// <summary>A fresh salt from the system's cryptographic source.</summary>
    public static byte[] NewSalt() => (salts ??= new()).Next();

    /// <summary>Commits to a content without telling it.</summary>
    /// <exception cref="ArgumentException">The salt is not <see cref="SaltSize"/> bytes long.</exception>
    public static byte[] Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        RequireLength(salt, SaltSize, nameof(salt));
        var length = Prefix + SaltSize + sizeof(ulong) + content.Length;
        var rented = length > Small ? ArrayPool<byte>.Shared.Rent(length) : null;
        var text = rented is null ? stackalloc byte[Small] : rented;
        Start(text, Domain.Commitment);
        salt.CopyTo(text[Prefix..]);
        BinaryPrimitives.WriteUInt64BigEndian(text[(Prefix + SaltSize)..], (ulong)content.Length);
        content.CopyTo(text[(Prefix + SaltSize + sizeof(ulong))..]);
        return Hash(text[..length], rented);
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
        var length = Prefix + sizeof(ulong) + HashSize + sizeof(uint) + header.Length + HashSize;
        var rented = length > Small ? ArrayPool<byte>.Shared.Rent(length) : null;
        var text = rented is null ? stackalloc byte[Small] : rented;
        Start(text, Domain.Link);
        var rest = text[Prefix..];
        BinaryPrimitives.WriteUInt64BigEndian(rest, (ulong)sequence);
        previous.CopyTo(rest[sizeof(ulong)..]);
        rest = rest[(sizeof(ulong) + HashSize)..];
        BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)header.Length);
        header.CopyTo(rest[sizeof(uint)..]);
        commitment.CopyTo(rest[(sizeof(uint) + header.Length)..]);
        return Hash(text[..length], rented);
    }

    /// <summary>Makes the row that follows <paramref name="previous"/>, with a fresh salt.</summary>
    public static ChainRow Seal(ReadOnlySpan<byte> previous, long sequence, byte[] header, byte[] content)
    {
        var salt = NewSalt();
        var commitment = Commit(salt, content);
        return new ChainRow(sequence, header, content, salt, commitment, Link(previous, sequence, header, commitment));
    }

    private static void Start(Span<byte> text, Domain domain) => (text[0], text[1]) = (Version, (byte)domain);

    private static byte[] Hash(ReadOnlySpan<byte> text, byte[]? rented)
    {
        var hash = SHA256.HashData(text);
        if (rented is not null)
        {
            // What was committed to may be erased later, and must not linger in a buffer that others get.
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return hash;
    }

    private static void RequireLength(ReadOnlySpan<byte> bytes, int length, string name)
    {
        if (bytes.Length != length)
        {
            throw new ArgumentException($"{length} bytes expected, {bytes.Length} given.", name);
        }
    }
}
