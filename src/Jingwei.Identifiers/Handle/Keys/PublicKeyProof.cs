using System.Security.Cryptography;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Keys;

/// <summary>The answer to a challenge by a public key: the name of a digest, and a signature over nonce and request digest (RFC 3652, 3.5.2).</summary>
public static class PublicKeyProof
{
    /// <param name="key">The private key.</param>
    /// <param name="nonce">Of the challenge.</param>
    /// <param name="digest">Of the request, without the byte that names its algorithm.</param>
    /// <param name="version">Of the challenge: SHA-256 from 2.7 on, SHA-1 before.</param>
    public static byte[] Create(RSA key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> digest, HandleVersion version)
    {
        var signature = key.SignData([.. nonce, .. digest], version.HasSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
        var writer = new WireWriter(new byte[signature.Length + 16]);
        writer.WriteBytes(version.HasSha256 ? "SHA-256"u8 : "SHA1"u8);
        writer.WriteBytes(signature);
        return writer.ToArray();
    }

    /// <summary>Whether the proof was made with the other half of a key.</summary>
    public static bool Verify(HandlePublicKey key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> proof)
    {
        var reader = new WireReader(proof);
        var algorithm = DigestNames.Find(reader.ReadBytes(WireLimits.Type));
        var signature = reader.ReadBytes(WireLimits.Message);
        return reader.IsSound && algorithm is { } name && key.Verify([.. nonce, .. digest], signature, name);
    }
}
