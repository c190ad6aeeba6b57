using System.Buffers;
using System.Net;
using System.Text;

namespace Jingwei.Civic.Documents;

/// <summary>Mends what keeps an XML reader from reading at all and leaves no doubt on what was meant; each mend is a problem.</summary>
internal static class Repair
{
    private const char Replacement = '\uFFFD';

    // The characters below the space that XML 1.0 has not (2.2), and the two that are none.
    private static readonly SearchValues<char> Illegal =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code).Except(['\t', '\n', '\r']), '\uFFFE', '\uFFFF']);

    /// <summary>U+FFFD for characters that XML does not have.</summary>
    public static string Characters(string text, ProblemList problems)
    {
        var first = text.AsSpan().IndexOfAny(Illegal);
        if (first < 0)
        {
            return text;
        }

        var (line, column) = Position(text, first);
        problems.Error(ProblemCode.IllegalCharacter, $"The character U+{(int)text[first]:X4} is not allowed in XML.", line, column);
        return Legal(text);
    }

    /// <summary>The text itself, or with U+FFFD for what XML does not have: characters below the space, and halves of characters.</summary>
    public static string Legal(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0)
        {
            // A rune of half a character is U+FFFD.
            var whole = string.Concat(text.EnumerateRunes());
            text = whole == text ? text : whole;
        }

        return text.AsSpan().IndexOfAny(Illegal) < 0 ? text : string.Create(text.Length, text, static (target, source) =>
        {
            source.CopyTo(target);
            target.ReplaceAny(Illegal, Replacement);
        });
    }

    /// <summary>Spaces for an XML declaration that does not stand at the very beginning.</summary>
    public static string Beginning(string text, ProblemList problems)
    {
        var start = text.AsSpan().IndexOfAnyExcept(" \t\r\n");
        if (start <= 0 || !text.AsSpan(start).StartsWith("<?xml ") || text.IndexOf("?>", start, StringComparison.Ordinal) is var end && end < 0)
        {
            return text;
        }

        var (line, column) = Position(text, start);
        problems.Error(ProblemCode.NotWellFormed, "The XML declaration does not stand at the beginning.", line, column);
        return Blank(text, start, end + 2);
    }

    /// <summary>Characters for references that only HTML has, and `&amp;amp;` for an ampersand that begins none.</summary>
    public static string References(string text, ProblemList problems)
    {
        var mended = new StringBuilder();
        var copied = 0;
        var (count, first) = (0, -1);
        for (var at = 0; (at = text.AsSpan(at).IndexOfAny('&', '<') is var next and >= 0 ? at + next : -1) >= 0;)
        {
            if (text[at] == '<')
            {
                at = AfterOpaque(text, at);
                continue;
            }

            var length = ReferenceLength(text, at);
            if (length > 0 && IsXml(text.AsSpan(at, length)))
            {
                at += length;
                continue;
            }

            first = count++ == 0 ? at : first;
            var character = length > 0 ? WebUtility.HtmlDecode(text.Substring(at, length)) : "&";
            var isKnown = length > 0 && character[0] != '&';
            mended.Append(text, copied, at - copied).Append(isKnown ? character : "&amp;");
            copied = at += isKnown ? length : 1;
        }

        if (count == 0)
        {
            return text;
        }

        var (line, column) = Position(text, first);
        problems.Error(ProblemCode.UndeclaredReference, $"References that XML does not have, or ampersands that stand for themselves: {count}. The first is here.", line, column);
        return mended.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Spaces over a part, so that everything else keeps its line and column.</summary>
    public static string Blank(string text, int start, int end) => string.Create(text.Length, (text, start, end), static (target, source) =>
    {
        source.text.CopyTo(target);
        foreach (ref var character in target[source.start..source.end])
        {
            character = character is '\n' or '\r' ? character : ' ';
        }
    });

    /// <summary>Line and column, from 1, of an index.</summary>
    public static (int Line, int Column) Position(string text, int index)
    {
        var before = text.AsSpan(0, index);
        return (before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }

    // In comments and CDATA sections an ampersand is an ampersand.
    private static int AfterOpaque(string text, int at)
    {
        var (begin, end) = text.AsSpan(at).StartsWith("<![CDATA[") ? ("<![CDATA[", "]]>") : text.AsSpan(at).StartsWith("<!--") ? ("<!--", "-->") : ("<", "");
        if (end.Length == 0)
        {
            return at + 1;
        }

        var close = text.IndexOf(end, at + begin.Length, StringComparison.Ordinal);
        return close < 0 ? text.Length : close + end.Length;
    }

    // `&name;` or `&#number;`; 0 when it is none.
    private static int ReferenceLength(string text, int at)
    {
        const int Longest = 12;
        var rest = text.AsSpan(at + 1, Math.Min(Longest, text.Length - at - 1));
        var end = rest.IndexOf(';');
        return end > 0 && rest[..end].IndexOfAnyExcept(ReferenceCharacters) < 0 ? end + 2 : 0;
    }

    private static readonly SearchValues<char> ReferenceCharacters = SearchValues.Create("#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static bool IsXml(ReadOnlySpan<char> reference) =>
        reference is "&amp;" or "&lt;" or "&gt;" or "&quot;" or "&apos;" || reference[1] == '#';
}
