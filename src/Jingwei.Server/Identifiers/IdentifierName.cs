using System.Text;
using System.Text.Unicode;
using Jingwei.Server.Identifiers.Prefixes;

namespace Jingwei.Server.Identifiers;

/// <summary>
/// Names of identifiers: prefix, slash, suffix. The case of ASCII letters does not count in the prefix and does in the suffix (RFC 3651,
/// section 2), which may hold slashes and any script, but no control characters.
/// </summary>
internal static class IdentifierName
{
    /// <summary>Writes the form by which it is found: the prefix in lower case.</summary>
    /// <param name="name">In UTF-8.</param>
    /// <param name="key">As long as the name.</param>
    /// <param name="prefixLength">Bytes before the slash.</param>
    public static bool TryKey(ReadOnlySpan<byte> name, Span<byte> key, out int prefixLength)
    {
        prefixLength = name.IndexOf((byte)'/');
        if (prefixLength < 1 || prefixLength == name.Length - 1 || name.Length > Math.Min(key.Length, IdentifierLimits.NameBytes) ||
            name.ContainsAnyInRange((byte)0, (byte)0x1F) || name.Contains((byte)0x7F) || !Utf8.IsValid(name))
        {
            return false;
        }

        name[prefixLength..].CopyTo(key[prefixLength..]);
        return Ascii.ToLower(name[..prefixLength], key[..prefixLength], out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>The key of a name in text; null where it is none.</summary>
    public static byte[]? KeyOf(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > IdentifierLimits.NameBytes)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(name);
        var key = new byte[bytes.Length];
        return TryKey(bytes, key, out _) ? key : null;
    }

    /// <summary>The prefix of a key, as prefixes are named.</summary>
    public static string? PrefixOf(ReadOnlySpan<byte> key) => key.IndexOf((byte)'/') is > 0 and var slash ? PrefixName.Of(Encoding.ASCII.GetString(key[..slash])) : null;
}
