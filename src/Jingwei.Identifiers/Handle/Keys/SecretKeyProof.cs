using System.Security.Cryptography;
using System.Text;
using Jingwei.Identifiers.Handle.Wire;

#pragma warning disable CA5350, CA5351 // The digests that the protocol has; what they protect is one short exchange.
namespace Jingwei.Identifiers.Handle.Keys;

/// <summary>
/// The answer to a challenge by a secret key: the name of a code and the code over nonce and request digest. RFC 3652 (3.5.2) has a
/// digest over secret, data, secret; practice added HMAC, and from 2.7 on HMAC-SHA-1 by a key that PBKDF2 derives.
/// </summary>
public static class SecretKeyProof
{
    /// <summary>Rounds of PBKDF2 that are computed for somebody. 100,000: clients take 10,000, and whoever proves nothing must not keep us busy.</summary>
    public const int MaxIterations = 100_000;

    private const int Iterations = 10_000;
    private const int SaltBytes = 16;

    // The names that practice gives them.
    private const byte Sha1 = 0x02;
    private const byte Sha256 = 0x03;
    private const byte HmacSha1 = 0x12;
    private const byte HmacSha256 = 0x13;
    private const byte Pbkdf2HmacSha1 = 0x22;

    /// <param name="secret">As HS_SECKEY has it.</param>
    /// <param name="nonce">Of the challenge.</param>
    /// <param name="digest">Of the request, without the byte that names its algorithm.</param>
    /// <param name="version">Of the challenge: PBKDF2 from 2.7 on, SHA-1 before.</param>
    public static byte[] Create(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> digest, HandleVersion version)
    {
        byte[] data = [.. nonce, .. digest];
        if (!version.HasSha256)
        {
            return [Sha1, .. SHA1.HashData([.. secret, .. data, .. secret])];
        }

        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        const int KeyBytes = SHA1.HashSizeInBytes;
        var code = HMACSHA1.HashData(Derive(secret, salt, Iterations, KeyBytes), data);
        var writer = new WireWriter(new byte[1 + 16 + salt.Length + code.Length]);
        writer.WriteByte(Pbkdf2HmacSha1);
        writer.WriteBytes(salt);
        writer.WriteInt32(Iterations);
        writer.WriteInt32(KeyBytes * 8);
        writer.WriteBytes(code);
        return writer.ToArray();
    }

    /// <summary>Whether the proof was made with a secret.</summary>
    public static bool Verify(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> proof)
    {
        if (proof.IsEmpty)
        {
            return false;
        }

        byte[] data = [.. nonce, .. digest];
        var expected = proof[0] switch
        {
            Sha1 => SHA1.HashData([.. secret, .. data, .. secret]),
            Sha256 => SHA256.HashData([.. secret, .. data, .. secret]),
            HmacSha1 => HMACSHA1.HashData(secret, data),
            HmacSha256 => HMACSHA256.HashData(secret, data),
            Pbkdf2HmacSha1 => Recompute(secret, data, ref proof),
            _ => [],
        };
        return expected.Length > 0 && CryptographicOperations.FixedTimeEquals(expected, proof[1..]);
    }

    private static byte[] Recompute(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> data, ref ReadOnlySpan<byte> proof)
    {
        var reader = new WireReader(proof[1..]);
        var salt = reader.ReadBytes(WireLimits.Type);
        var iterations = reader.ReadInt32();
        var keyBits = reader.ReadInt32();
        var code = reader.ReadBytes(SHA1.HashSizeInBytes);
        if (!reader.IsSound || iterations is < 1 or > MaxIterations || keyBits is < 8 or > 1024)
        {
            return [];
        }

        proof = (byte[])[0, .. code];
        return HMACSHA1.HashData(Derive(secret, salt, iterations, keyBits / 8), data);
    }

    // The Java library makes a character of each byte, and its PBKDF2 takes characters as UTF-8: bytes from 0x80 on become two.
    private static byte[] Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt, int iterations, int bytes) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(secret)), salt, iterations, HashAlgorithmName.SHA1, bytes);
}
