using System.Buffers;

namespace Jingwei.Identifiers.Gs1.Elements;

/// <summary>Which characters a value may have (General Specifications, 7.11).</summary>
public enum CharacterSet
{
    /// <summary>Decimal digits (format `N`).</summary>
    Digits,
    /// <summary>Figure 7.11-1: letters, digits and twenty signs of ISO/IEC 646 (format `X`).</summary>
    Set82,
    /// <summary>Figure 7.11-2: capital letters, digits, `#`, `-` and `/` (format `Y`).</summary>
    Set39,
    /// <summary>Figure 7.11-3: the file-safe and URI-safe alphabet of base 64, with `=` at the end up to a multiple of three (format `Z`).</summary>
    Set64,
}

internal static class CharacterSets
{
    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Small = "abcdefghijklmnopqrstuvwxyz";
    private const string Figures = "0123456789";

    private static readonly SearchValues<char> Digits = SearchValues.Create(Figures);
    private static readonly SearchValues<char> Set39 = SearchValues.Create("#-/" + Figures + Capitals);
    private static readonly SearchValues<char> Set64 = SearchValues.Create("-_" + Figures + Capitals + Small);

    /// <summary>The 82 characters in the order of their weights in check pairs (General Specifications, 7.9.5).</summary>
    internal const string Set82InOrder = "!\"%&'()*+,-./" + Figures + ":;<=>?" + Capitals + "_" + Small;

    private static readonly SearchValues<char> Set82 = SearchValues.Create(Set82InOrder);

    /// <summary>Index of the first character outside the set; -1 when there is none.</summary>
    internal static int FirstOutside(CharacterSet set, ReadOnlySpan<char> text) => set switch
    {
        CharacterSet.Digits => text.IndexOfAnyExcept(Digits),
        CharacterSet.Set39 => text.IndexOfAnyExcept(Set39),
        CharacterSet.Set64 => FirstOutside64(text),
        _ => text.IndexOfAnyExcept(Set82),
    };

    // Padding fills up to a multiple of three characters: at most two signs, at the end only.
    private static int FirstOutside64(ReadOnlySpan<char> text)
    {
        var body = text.TrimEnd('=');
        var outside = body.IndexOfAnyExcept(Set64);
        var padding = text.Length - body.Length;
        return outside >= 0 ? outside : padding > 2 || (padding > 0 && text.Length % 3 != 0) ? body.Length : -1;
    }
}
