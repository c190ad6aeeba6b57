using System.Buffers;
using System.Text;

namespace Jingwei.Identifiers.Gs1;

/// <summary>Values in URIs (RFC 3986, 2.1). Only ASCII is written: no character set of GS1 has anything else.</summary>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly SearchValues<char> PlainInLinks = SearchValues.Create(Unreserved);

    // Tag Data Standard, 6.3: these need no escape in a URN, every other character of set 82 and of set 39 does.
    private static readonly SearchValues<char> PlainInUrns = SearchValues.Create("!'()*+,-.0123456789:;=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    internal static void AppendToLink(StringBuilder uri, string value) => Append(uri, value, PlainInLinks);

    internal static void AppendToUrn(StringBuilder uri, string value) => Append(uri, value, PlainInUrns);

    /// <summary>The value behind the escapes, of which each stands for one character up to U+00FF.</summary>
    /// <param name="text">Part of a URI.</param>
    /// <param name="isQuery">Whether `+` stands for a space.</param>
    /// <param name="bad">Index of a `%` that no two hexadecimal digits follow; -1 when there is none.</param>
    internal static string Decode(ReadOnlySpan<char> text, bool isQuery, out int bad)
    {
        bad = -1;
        if (text.IndexOf('%') < 0 && !(isQuery && text.Contains('+')))
        {
            return text.ToString();
        }

        var value = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                value.Append(isQuery && text[i] == '+' ? ' ' : text[i]);
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                value.Append((char)Convert.FromHexString(text.Slice(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bad = i;
                return "";
            }
        }

        return value.ToString();
    }

    private static void Append(StringBuilder uri, string value, SearchValues<char> plain)
    {
        foreach (var c in value)
        {
            if (plain.Contains(c))
            {
                uri.Append(c);
            }
            else
            {
                uri.Append('%').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }
}
