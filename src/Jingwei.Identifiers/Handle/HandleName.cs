using System.Text;

namespace Jingwei.Identifiers.Handle;

/// <summary>
/// A handle: prefix (naming authority), slash, suffix (local name), as UTF-8 (RFC 3651, 2). Equality is that of the bytes;
/// whether case counts is the server's to say, see <see cref="HandleComparer"/>.
/// </summary>
public readonly struct HandleName : IEquatable<HandleName>
{
    /// <summary>Longest handle in bytes. 2,048 as the Handle.Net library has it; RFC 3651 names no limit.</summary>
    public const int MaxBytes = 2048;

    private readonly byte[]? utf8;

    private HandleName(byte[] utf8) => this.utf8 = utf8;

    /// <summary>The handle as it was given.</summary>
    public ReadOnlySpan<byte> Utf8 => utf8;

    public ReadOnlyMemory<byte> Memory => utf8;

    /// <summary>Before the first slash; the whole handle when there is none.</summary>
    public ReadOnlySpan<byte> Prefix => PrefixOf(Utf8);

    /// <summary>Behind the first slash; empty when there is none.</summary>
    public ReadOnlySpan<byte> Suffix => Utf8.IndexOf((byte)'/') is var slash and >= 0 ? Utf8[(slash + 1)..] : [];

    public bool IsEmpty => Utf8.IsEmpty;

    /// <summary>Whether this is a handle of the handle system itself: its prefix is `0` or begins with `0.` (RFC 3651, 3).</summary>
    public bool IsReserved => IsReservedName(Utf8);

    public static bool operator ==(HandleName left, HandleName right) => left.Equals(right);

    public static bool operator !=(HandleName left, HandleName right) => !left.Equals(right);

    /// <summary>Whether the bytes are a handle: UTF-8, 1 to <see cref="MaxBytes"/> bytes, with something before the first slash.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) => utf8.Length is > 0 and <= MaxBytes && utf8[0] != (byte)'/' && Utf8Validity(utf8);

    public static bool TryParse(ReadOnlySpan<byte> utf8, out HandleName name)
    {
        name = IsValid(utf8) ? new(utf8.ToArray()) : default;
        return !name.IsEmpty;
    }

    public static bool TryParse(string? text, out HandleName name)
    {
        name = default;
        return text is { Length: > 0 and <= MaxBytes } && TryParse(Encoding.UTF8.GetBytes(text), out name);
    }

    /// <exception cref="FormatException">As <see cref="IsValid"/> says.</exception>
    public static HandleName Parse(string text) => TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is no handle.");

    /// <summary>The part before the first slash, or all of it.</summary>
    public static ReadOnlySpan<byte> PrefixOf(ReadOnlySpan<byte> utf8) => utf8.IndexOf((byte)'/') is var slash and >= 0 ? utf8[..slash] : utf8;

    /// <summary>As <see cref="IsReserved"/>.</summary>
    public static bool IsReservedName(ReadOnlySpan<byte> utf8) => utf8.StartsWith("0."u8) || utf8.StartsWith("0/"u8);

    /// <summary>
    /// The handle under which a prefix itself is registered: `0.NA/10.5` of `10.5` and of `10.5/a` (RFC 3650, 3.1).
    /// A prefix handle's own is `0.NA/0.NA`.
    /// </summary>
    public HandleName ToPrefixHandle() => new([.. "0.NA/"u8, .. Prefix]);

    public bool Equals(HandleName other) => Utf8.SequenceEqual(other.Utf8);

    public override bool Equals(object? obj) => obj is HandleName other && Equals(other);

    public override int GetHashCode() => HandleComparer.HashOf(Utf8);

    public override string ToString() => Encoding.UTF8.GetString(Utf8);

    /// <summary>For bytes that were checked, or that come from another handle.</summary>
    internal static HandleName FromValid(ReadOnlySpan<byte> utf8) => new(utf8.ToArray());

    // Most handles are ASCII, and that is told sixteen bytes at a time.
    private static bool Utf8Validity(ReadOnlySpan<byte> utf8) => Ascii.IsValid(utf8) || System.Text.Unicode.Utf8.IsValid(utf8);
}
