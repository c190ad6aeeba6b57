using System.Security.Cryptography;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Keys;

/// <summary>Somebody's key, with which he answers challenges.</summary>
public sealed class HandleSigner
{
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, HandleVersion, byte[]> prove;

    private HandleSigner(HandleReference key, string type, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, HandleVersion, byte[]> prove)
    {
        Key = key;
        AuthenticationType = type;
        this.prove = prove;
    }

    /// <summary>Where the key's other half, or the secret, is.</summary>
    public HandleReference Key { get; }

    /// <summary>HS_PUBKEY or HS_SECKEY.</summary>
    public string AuthenticationType { get; }

    /// <param name="key">Where the public key is.</param>
    /// <param name="privateKey">Not disposed here.</param>
    public static HandleSigner WithPrivateKey(HandleReference key, RSA privateKey) =>
        new(key, HandleTypes.PublicKey, (nonce, digest, version) => PublicKeyProof.Create(privateKey, nonce.Span, digest.Span, version));

    /// <param name="key">Where the secret is.</param>
    /// <param name="secret">As HS_SECKEY has it.</param>
    public static HandleSigner WithSecret(HandleReference key, ReadOnlyMemory<byte> secret) =>
        new(key, HandleTypes.SecretKey, (nonce, digest, version) => SecretKeyProof.Create(secret.Span, nonce.Span, digest.Span, version));

    /// <param name="nonce">Of the challenge.</param>
    /// <param name="digest">Of the challenged request, without the byte that names its algorithm.</param>
    /// <param name="version">The older of what the server answered in and what it can do.</param>
    internal byte[] Prove(ReadOnlyMemory<byte> nonce, ReadOnlyMemory<byte> digest, HandleVersion version) => prove(nonce, digest, version);
}
