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
    // The handles that describe prefixes: `0.NA/88.118` is that of 88.118 (RFC 3650, section 3.1).
    private static ReadOnlySpan<byte> OfPrefix => "0.na/"u8;

    /// <summary>Writes the form by which it is found: the prefix in lower case, and a prefix that stands as a suffix too.</summary>
    /// <param name="name">In UTF-8.</param>
    /// <param name="key">As long as the name.</param>
    /// <param name="prefixLength">Bytes before the slash.</param>
    public static bool TryKey(ReadOnlySpan<byte> name, Span<byte> key, out int prefixLength)
    {
        prefixLength = name.IndexOf((byte)'/');
        if (prefixLength < 1 || prefixLength == name.Length - 1 || name.Length > Math.Min(key.Length, IdentifierLimits.NameBytes) ||
            name.ContainsAnyInRange((byte)0, (byte)0x1F) || name.Contains((byte)0x7F) || !Utf8.IsValid(name) ||
            Ascii.ToLower(name[..prefixLength], key[..prefixLength], out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        name[prefixLength..].CopyTo(key[prefixLength..]);
        return !IsOfPrefix(key) || Ascii.ToLower(name[prefixLength..], key[prefixLength..], out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>Whether a key is that of the handle which describes a prefix.</summary>
    public static bool IsOfPrefix(ReadOnlySpan<byte> key) => key.StartsWith(OfPrefix);

    /// <summary>The prefix to whose party a key belongs: what stands before the slash, and of a prefix's own handle what stands behind it.</summary>
    public static ReadOnlySpan<byte> OwningPrefix(ReadOnlySpan<byte> key, int prefixLength) => IsOfPrefix(key) ? key[OfPrefix.Length..] : key[..prefixLength];

    /// <summary>The key of a name in UTF-8; null where it is none.</summary>
    public static byte[]? KeyOf(ReadOnlySpan<byte> name)
    {
        var key = new byte[name.Length];
        return TryKey(name, key, out _) ? key : null;
    }

    /// <summary>The key of a name in text; null where it is none.</summary>
    public static byte[]? KeyOf(string? name) =>
        string.IsNullOrEmpty(name) || name.Length > IdentifierLimits.NameBytes ? null : KeyOf(Encoding.UTF8.GetBytes(name));

    /// <summary>The prefix to whose party a key belongs, as prefixes are named; null where it is none.</summary>
    public static string? PrefixOf(ReadOnlySpan<byte> key) =>
        key.IndexOf((byte)'/') is > 0 and var slash ? PrefixName.Of(Encoding.ASCII.GetString(OwningPrefix(key, slash))) : null;
}
