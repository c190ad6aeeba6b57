using System.Buffers;
using System.Net;
using System.Text;

namespace Jingwei.Civic.Feeds;

/// <summary>The text of HTML: without tags, comments, scripts and styles, with line feeds for breaks and blocks, references decoded. One pass; nothing nests.</summary>
internal static class PlainText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
    };

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static string OfHtml(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var open = html.IndexOf('<', at);
            var end = open < 0 ? html.Length : open;
            text.Append(WebUtility.HtmlDecode(html[at..end]));
            if (open < 0)
            {
                break;
            }

            at = AfterMarkup(html, open, text);
        }

        return Tidy(text.ToString());
    }

    // An angle bracket that begins no markup is one.
    private static int AfterMarkup(string html, int open, StringBuilder text)
    {
        var rest = html.AsSpan(open + 1);
        if (rest.StartsWith("!--"))
        {
            return After(html, "-->", open + 4);
        }

        if (rest.IsEmpty || !(char.IsAsciiLetter(rest[0]) || rest[0] is '/' or '!' or '?'))
        {
            text.Append('<');
            return open + 1;
        }

        var name = rest.TrimStart('/');
        var length = name.IndexOfAnyExcept(NameCharacters);
        name = length < 0 ? name : name[..length];
        var isClosing = rest[0] == '/';
        var next = AfterTag(html, open + 1);
        if (Blocks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
        {
            text.Append('\n');
        }
        else if (!isClosing && (name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase)))
        {
            var close = html.AsSpan(next).IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
            return close < 0 ? html.Length : AfterTag(html, next + close + 1);
        }

        return next;
    }

    // A tag ends at the first > outside of quotes; without one it is all the rest.
    private static int AfterTag(string html, int at)
    {
        while (html.AsSpan(at).IndexOfAny('>', '"', '\'') is var found and >= 0)
        {
            at += found;
            if (html[at] == '>')
            {
                return at + 1;
            }

            var close = html.IndexOf(html[at], at + 1);
            if (close < 0)
            {
                return After(html, ">", at);
            }

            at = close + 1;
        }

        return html.Length;
    }

    private static int After(string html, string end, int from) =>
        from < html.Length && html.IndexOf(end, from, StringComparison.Ordinal) is var found and >= 0 ? found + end.Length : html.Length;

    // Blanks of HTML are one blank; lines lose those around them, and empty lines are one.
    private static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (var line in text.Split('\n'))
        {
            var words = line.Trim().Split([' ', '\t', '\r', '\f', '\u00A0'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                tidy.Append(tidy.Length > 0 ? "\n" : "").AppendJoin(' ', words);
            }
        }

        return tidy.ToString();
    }
}
