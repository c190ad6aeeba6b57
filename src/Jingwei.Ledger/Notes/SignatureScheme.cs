using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Jingwei.Ledger.Notes;

/// <summary>The bare arithmetic behind each kind of signature.</summary>
internal static class SignatureScheme
{
    /// <summary>Bytes of a private key: an Ed25519 seed (RFC 8032, 5.1.5) or an ML-DSA seed (FIPS 204, 5.1).</summary>
    public const int SeedSize = 32;

    /// <summary>Bytes of a public key; 0 for a kind that is not known here.</summary>
    public static int PublicKeySize(SignatureType type) => type switch
    {
        SignatureType.Ed25519 or SignatureType.Ed25519Cosignature => Ed25519.PublicKeySize,
        SignatureType.MlDsa44Cosignature => 1312,
        _ => 0,
    };

    /// <summary>Bytes of a signature, without key ID and time.</summary>
    public static int SignatureSize(SignatureType type) => type == SignatureType.MlDsa44Cosignature ? 2420 : Ed25519.SignatureSize;

    public static byte[] PublicKey(SignatureType type, byte[] seed)
    {
        if (type == SignatureType.MlDsa44Cosignature)
        {
            return MlDsaKey(seed).GetPublicKeyEncoded();
        }

        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        return key;
    }

    public static byte[] Sign(SignatureType type, byte[] seed, byte[] message)
    {
        if (type == SignatureType.MlDsa44Cosignature)
        {
            var signer = new MLDsaSigner(MLDsaParameters.ml_dsa_44, deterministic: false);
            signer.Init(true, MlDsaKey(seed));
            signer.BlockUpdate(message);
            return signer.GenerateSignature();
        }

        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    public static bool Verify(SignatureType type, byte[] publicKey, byte[] message, byte[] signature)
    {
        if (signature.Length != SignatureSize(type))
        {
            return false;
        }

        if (type != SignatureType.MlDsa44Cosignature)
        {
            return Ed25519.Verify(signature, 0, publicKey, 0, message, 0, message.Length);
        }

        var signer = new MLDsaSigner(MLDsaParameters.ml_dsa_44, deterministic: false);
        signer.Init(false, MLDsaPublicKeyParameters.FromEncoding(MLDsaParameters.ml_dsa_44, publicKey));
        signer.BlockUpdate(message);
        return signer.VerifySignature(signature);
    }

    private static MLDsaPrivateKeyParameters MlDsaKey(byte[] seed) =>
        MLDsaPrivateKeyParameters.FromSeed(MLDsaParameters.ml_dsa_44, seed);
}
