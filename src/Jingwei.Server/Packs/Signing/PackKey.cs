using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace Jingwei.Server.Packs.Signing;

/// <summary>
/// Ed25519 keys (RFC 8032) as the PEM files that other programs write and read: PKCS #8 and SubjectPublicKeyInfo as RFC 8410 lays them out.
/// </summary>
public static class PackKey
{
    private const int KeyBytes = 32;
    private const string PrivateLabel = "PRIVATE KEY";
    private const string PublicLabel = "PUBLIC KEY";

    // Everything that stands before the key itself is the same for every key (RFC 8410, section 10).
    private static readonly byte[] PrivateHead = Convert.FromHexString("302e020100300506032b657004220420");
    private static readonly byte[] PublicHead = Convert.FromHexString("302a300506032b6570032100");

    /// <summary>Makes a pair of keys; the first is to be kept secret.</summary>
    public static (string Private, string Public) New()
    {
        var secret = new Ed25519PrivateKeyParameters(new SecureRandom());
        return (Pem(PrivateLabel, PrivateHead, secret.GetEncoded()), Pem(PublicLabel, PublicHead, secret.GeneratePublicKey().GetEncoded()));
    }

    /// <summary>The public keys of a PEM file: its own, or that which belongs to the private one; empty when it holds none.</summary>
    public static IReadOnlyList<byte[]> ReadPublic(string pem) => [.. Keys(pem).Select(key =>
        key.IsPrivate ? new Ed25519PrivateKeyParameters(key.Bytes, 0).GeneratePublicKey().GetEncoded() : key.Bytes)];

    /// <summary>The private key of a PEM file, or null.</summary>
    public static byte[]? ReadPrivate(string pem) => Keys(pem).Where(key => key.IsPrivate).Select(key => key.Bytes).FirstOrDefault();

    public static byte[] PublicOf(byte[] secret) => new Ed25519PrivateKeyParameters(secret, 0).GeneratePublicKey().GetEncoded();

    public static byte[] Sign(byte[] secret, byte[] message)
    {
        var signer = new Ed25519Signer();
        signer.Init(true, new Ed25519PrivateKeyParameters(secret, 0));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.GenerateSignature();
    }

    public static bool Verify(byte[] key, byte[] message, byte[] signature)
    {
        if (key.Length != KeyBytes)
        {
            return false;
        }

        var verifier = new Ed25519Signer();
        verifier.Init(false, new Ed25519PublicKeyParameters(key, 0));
        verifier.BlockUpdate(message, 0, message.Length);
        return verifier.VerifySignature(signature);
    }

    private static string Pem(string label, byte[] head, byte[] key) => PemEncoding.WriteString(label, [.. head, .. key]) + "\n";

    private static IEnumerable<(bool IsPrivate, byte[] Bytes)> Keys(string pem)
    {
        for (var rest = pem; PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            var isPrivate = rest[fields.Label] == PrivateLabel;
            var bytes = Convert.FromBase64String(rest[fields.Base64Data]);
            var head = isPrivate ? PrivateHead : PublicHead;
            if ((isPrivate || rest[fields.Label] == PublicLabel) && bytes.Length == head.Length + KeyBytes && bytes.AsSpan().StartsWith(head))
            {
                yield return (isPrivate, bytes[head.Length..]);
            }
        }
    }
}
