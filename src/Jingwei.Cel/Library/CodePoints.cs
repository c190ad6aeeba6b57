using System.Text;

namespace Jingwei.Cel.Library;

/// <summary>Text by code points, where strings are UTF-16.</summary>
internal static class CodePoints
{
    public static long Count(ReadOnlySpan<char> text)
    {
        var count = 0L;
        foreach (var unit in text)
        {
            count += char.IsLowSurrogate(unit) ? 0 : 1;
        }

        return count;
    }

    /// <summary>Where in the string a code point begins; its length for the one after the last; -1 beyond.</summary>
    public static int UnitOf(string text, long index)
    {
        if (index < 0 || index > text.Length)
        {
            return -1;
        }

        var unit = 0;
        for (; index > 0 && unit < text.Length; index--)
        {
            unit += char.IsHighSurrogate(text[unit]) && unit + 1 < text.Length ? 2 : 1;
        }

        return index == 0 ? unit : -1;
    }

    public static string[] Split(string text) => [.. text.EnumerateRunes().Select(rune => rune.ToString())];

    public static string Reverse(string text)
    {
        var reversed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Reverse())
        {
            reversed.Append(rune);
        }

        return reversed.ToString();
    }
}
