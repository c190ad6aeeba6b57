using System.Runtime.CompilerServices;
using System.Text;

namespace Jingwei.Identifiers.Handle;

/// <summary>
/// When two handles are the same. Case of ASCII letters never counts in a prefix; in a suffix it counts where a service says so
/// (RFC 3651, 2). A lookup by bytes alone allocates nothing: `dictionary.GetAlternateLookup&lt;ReadOnlySpan&lt;byte&gt;&gt;()`.
/// </summary>
public sealed class HandleComparer : IEqualityComparer<HandleName>, IAlternateEqualityComparer<ReadOnlySpan<byte>, HandleName>
{
    private readonly bool suffixCaseCounts;

    private HandleComparer(bool suffixCaseCounts) => this.suffixCaseCounts = suffixCaseCounts;

    /// <summary>ASCII case counts nowhere: how the Global Handle Registry and a Handle.Net server without `case_sensitive` compare.</summary>
    public static HandleComparer CaseInsensitive { get; } = new(suffixCaseCounts: false);

    /// <summary>Case counts in the suffix, except in reserved handles (`0.NA/...`), whose suffix is a prefix again.</summary>
    public static HandleComparer CaseSensitiveSuffix { get; } = new(suffixCaseCounts: true);

    public bool Equals(HandleName x, HandleName y) => Equals(x.Utf8, y.Utf8);

    public int GetHashCode(HandleName obj) => GetHashCode(obj.Utf8);

    public bool Equals(ReadOnlySpan<byte> alternate, HandleName other) => Equals(alternate, other.Utf8);

    public HandleName Create(ReadOnlySpan<byte> alternate) => HandleName.FromValid(alternate);

    public bool Equals(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != y.Length)
        {
            return false;
        }

        if (x.SequenceEqual(y))
        {
            return true;
        }

        var folded = FoldedLength(x);
        return EqualFolded(x[..folded], y[..folded]) && x[folded..].SequenceEqual(y[folded..]);
    }

    /// <summary>Seeded anew in every process, so that nobody can choose handles that all fall into one bucket.</summary>
    [SkipLocalsInit]
    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        Span<byte> folded = stackalloc byte[HandleName.MaxBytes];
        if (alternate.Length > folded.Length)
        {
            return alternate.Length;
        }

        folded = folded[..alternate.Length];
        var rest = FoldedLength(alternate);
        alternate[rest..].CopyTo(folded[rest..]);
        // Stops at what is no ASCII, which stays as it is.
        for (var done = 0; done < rest; done++)
        {
            Ascii.ToUpper(alternate[done..rest], folded[done..], out var written);
            done += written;
            if (done < rest)
            {
                folded[done] = alternate[done];
            }
        }

        return HashOf(folded);
    }

    internal static int HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    internal static bool EqualFolded(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != y.Length)
        {
            return false;
        }

        for (var at = 0; at < x.Length; at++)
        {
            if (x[at] != y[at] && Fold(x[at]) != Fold(y[at]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte Fold(byte value) => value is >= (byte)'a' and <= (byte)'z' ? (byte)(value - 0x20) : value;

    private int FoldedLength(ReadOnlySpan<byte> handle) =>
        suffixCaseCounts && !HandleName.IsReservedName(handle) ? HandleName.PrefixOf(handle).Length : handle.Length;
}
