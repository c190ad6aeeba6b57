using System.Security.Cryptography;

#pragma warning disable CA5350, CA5351 // The digests that the protocol has; what they protect is one short exchange.
namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>
/// The digest of a request that an answer begins with, so that the client sees that the server answers what was asked: one byte that
/// names the algorithm, then the digest of the request's header and body (RFC 3652, 2.2.3).
/// </summary>
public static class RequestDigest
{
    /// <summary>Longest digest with its name.</summary>
    public const int MaxBytes = 1 + SHA256.HashSizeInBytes;

    private const byte Md5Name = 1;
    private const byte Sha1Name = 2;
    private const byte Sha256Name = 3;

    /// <summary>Writes name and digest: SHA-256 from 2.7 on, SHA-1 before.</summary>
    /// <returns>How many bytes that were.</returns>
    public static int Write(ReadOnlySpan<byte> headerAndBody, HandleVersion version, Span<byte> digest)
    {
        if (version.HasSha256)
        {
            digest[0] = Sha256Name;
            return 1 + SHA256.HashData(headerAndBody, digest[1..]);
        }

        digest[0] = Sha1Name;
        return 1 + SHA1.HashData(headerAndBody, digest[1..]);
    }

    /// <summary>Name and digest; empty when the name is not known.</summary>
    public static ReadOnlySpan<byte> Read(ref WireReader reader)
    {
        var start = reader;
        var length = reader.ReadByte() switch
        {
            Md5Name => MD5.HashSizeInBytes,
            Sha1Name => SHA1.HashSizeInBytes,
            Sha256Name => SHA256.HashSizeInBytes,
            _ => -1,
        };
        if (length < 0)
        {
            reader.Fail(WireFaultCode.Unknown, start.Position);
            return [];
        }

        reader = start;
        return reader.Take(1 + length);
    }

    /// <summary>Whether a name and digest are those of a request.</summary>
    public static bool Matches(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> headerAndBody) => digest switch
    {
        [Sha256Name, .. var bytes] => bytes.SequenceEqual(SHA256.HashData(headerAndBody)),
        [Sha1Name, .. var bytes] => bytes.SequenceEqual(SHA1.HashData(headerAndBody)),
        [Md5Name, .. var bytes] => bytes.SequenceEqual(MD5.HashData(headerAndBody)),
        _ => false,
    };
}
