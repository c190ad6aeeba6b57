using System.Security.Cryptography;
using System.Text;

namespace Jingwei.Ledger.Notes;

/// <summary>What signed-note says of the names and IDs of keys.</summary>
internal static class KeyName
{
    /// <summary>Bytes of a key ID.</summary>
    public const int IdSize = sizeof(uint);

    public static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Not empty, without Unicode spaces, plus signs and control characters (signed-note, Format).</summary>
    public static bool IsValid(string name) =>
        name.Length > 0 && !name.Any(character => char.IsWhiteSpace(character) || character is '+' or < ' ' or '\uFFFD');

    /// <summary>SHA-256 of name, newline, type and public key, of which the first four bytes (signed-note, Signatures).</summary>
    public static uint Id(string name, SignatureType type, ReadOnlySpan<byte> publicKey)
    {
        byte[] text = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. publicKey];
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(text));
    }

    /// <summary>Reads UTF-8 without control characters other than those allowed; null for anything else.</summary>
    public static string? Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAnyInRange((byte)0, (byte)0x1f) >= 0)
        {
            return null;
        }

        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }
}
