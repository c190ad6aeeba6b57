using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Jingwei.Ledger.Merkle;

/// <summary>A hash of a Merkle tree: 32 bytes of SHA-256 (RFC 6962, 2.1; RFC 9162, 2.1.1).</summary>
public readonly struct MerkleHash : IEquatable<MerkleHash>
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>Characters of a hash in base64.</summary>
    public const int Base64Size = 44;

    // Keeps an entry from being taken for a node (RFC 6962, 2.1).
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    // Entries up to here are hashed on the stack.
    private const int Small = 512;

    private readonly Bytes32 bytes;

    private MerkleHash(ReadOnlySpan<byte> bytes) => bytes.CopyTo(this.bytes);

    /// <summary>The root of the tree without leaves: the hash of nothing.</summary>
    public static MerkleHash Empty { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of an entry as a leaf: SHA-256 of 00 and the entry.</summary>
    public static MerkleHash Leaf(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        var rented = length > Small ? ArrayPool<byte>.Shared.Rent(length) : null;
        var text = rented is null ? stackalloc byte[Small] : rented;
        text[0] = LeafPrefix;
        entry.CopyTo(text[1..]);
        var hash = Hash(text[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>The hash of two neighbours: SHA-256 of 01, the left and the right.</summary>
    public static MerkleHash Node(in MerkleHash left, in MerkleHash right)
    {
        Span<byte> text = stackalloc byte[1 + (2 * Size)];
        text[0] = NodePrefix;
        left.CopyTo(text[1..]);
        right.CopyTo(text[(1 + Size)..]);
        return Hash(text);
    }

    /// <summary>Takes a hash's bytes.</summary>
    /// <exception cref="ArgumentException">They are not <see cref="Size"/>.</exception>
    public static MerkleHash Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? new(bytes) : throw new ArgumentException($"{Size} bytes expected, {bytes.Length} given.", nameof(bytes));

    /// <summary>Reads base64 (RFC 4648, 4) in its canonical form; false for anything else.</summary>
    public static bool TryReadBase64(ReadOnlySpan<byte> text, out MerkleHash hash)
    {
        hash = default;
        // One byte of room too many, as what decodes to more must be seen to.
        Span<byte> decoded = stackalloc byte[Size + 1];
        if (text.Length != Base64Size || Base64.DecodeFromUtf8(text, decoded, out _, out var length) != OperationStatus.Done || length != Size)
        {
            return false;
        }

        hash = new(decoded[..Size]);
        // Bits behind the last byte, and spaces, are lost in decoding: who reads a hash must be able to write it back.
        Span<byte> again = stackalloc byte[Base64Size];
        Base64.EncodeToUtf8(decoded[..Size], again, out _, out _);
        return again.SequenceEqual(text);
    }

    /// <summary>Writes the hash's bytes to the front of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">It is shorter than <see cref="Size"/>.</exception>
    public void CopyTo(Span<byte> destination) => ((ReadOnlySpan<byte>)bytes).CopyTo(destination);

    public byte[] ToArray() => ((ReadOnlySpan<byte>)bytes).ToArray();

    /// <summary>The hash in base64, as checkpoints and proofs write it.</summary>
    public override string ToString() => Convert.ToBase64String(bytes);

    public bool Equals(MerkleHash other) => ((ReadOnlySpan<byte>)bytes).SequenceEqual(other.bytes);

    public override bool Equals(object? obj) => obj is MerkleHash other && Equals(other);

    public override int GetHashCode() => BitConverter.ToInt32(bytes);

    public static bool operator ==(MerkleHash left, MerkleHash right) => left.Equals(right);

    public static bool operator !=(MerkleHash left, MerkleHash right) => !left.Equals(right);

    private static MerkleHash Hash(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(text, hash);
        return new(hash);
    }

    [InlineArray(Size)]
    private struct Bytes32
    {
        private byte first;
    }
}
