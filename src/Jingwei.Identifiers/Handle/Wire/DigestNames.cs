using System.Security.Cryptography;

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>How practice names digests in signatures.</summary>
internal static class DigestNames
{
    /// <summary>Null for MD5, which nothing is believed by any more, and for what is not known.</summary>
    public static HashAlgorithmName? Find(ReadOnlySpan<byte> name) => name switch
    {
        [2] => HashAlgorithmName.SHA1,
        [3] => HashAlgorithmName.SHA256,
        _ when name.SequenceEqual("SHA1"u8) || name.SequenceEqual("SHA-1"u8) => HashAlgorithmName.SHA1,
        _ when name.SequenceEqual("SHA256"u8) || name.SequenceEqual("SHA-256"u8) => HashAlgorithmName.SHA256,
        _ => null,
    };
}
