using System.Text.RegularExpressions;
using System.Xml;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Feeds;

/// <summary>Reads feeds of Atom 1.0, RSS 2.0 and 0.9x, and RSS 1.0. What is wrong with an entry stays with the entry.</summary>
public static partial class FeedReader
{
    /// <summary>Reads a document. What is wrong with it is in the result, whatever the bytes are.</summary>
    public static FeedReading Read(ReadOnlySpan<byte> document, FeedReadOptions? options = null)
    {
        options ??= new();
        var problems = new ProblemList(options.Limits.Problems);
        if (document.Length > options.Limits.Bytes)
        {
            problems.Error(ProblemCode.TooLarge, $"The document is larger than {options.Limits.Bytes} bytes.");
            return new() { Kind = FeedKind.None, Problems = problems.InOrder() };
        }

        var decoded = DocumentText.Read(document, options.Charset, problems);
        // As XML takes line ends (XML 1.0, 2.11), so that its lines are found again in the text.
        var text = Repair.Characters(LineEnds().Replace(decoded.Text, "\n"), problems);
        text = Repair.References(Repair.Beginning(text, problems), problems);
        return Read(text, options, problems) with { Encoding = decoded.Encoding };
    }

    /// <summary>Reads a document from a stream, and no more of it than <see cref="DocumentLimits.Bytes"/>.</summary>
    public static async Task<FeedReading> ReadAsync(Stream stream, FeedReadOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        return Read((await BoundedRead.ReadAsync(stream, options.Limits.Bytes, cancel)).Span, options);
    }

    // An entry that is not well-formed is blanked out and the feed read again without it.
    private static FeedReading Read(string text, FeedReadOptions options, ProblemList problems)
    {
        for (var damaged = 0; ; damaged++)
        {
            using var pass = new FeedPass(text, options);
            try
            {
                pass.Run();
                problems.AddRange(pass.Problems.InOrder());
                return pass.Reading(problems);
            }
            catch (XmlException broken)
            {
                if (damaged < options.Limits.DamagedEntries && EntryStart(text, pass, broken) is { } start)
                {
                    problems.Error(ProblemCode.NotWellFormed, $"An entry was left out: {broken.Message}", broken.LineNumber, broken.LinePosition);
                    text = Without(text, start, pass.EntryName, broken);
                    continue;
                }

                problems.Broken(broken, text);
                problems.AddRange(pass.Problems.InOrder());
                return pass.Reading(problems);
            }
        }
    }

    // Where the entry begins that the fault is in; null when it is in none.
    private static int? EntryStart(string text, FeedPass pass, XmlException broken)
    {
        if (pass.EntryAt is { } entry)
        {
            // The column is that of the name, behind the bracket.
            return IndexOf(text, entry.Line, entry.Column) - 1;
        }

        // In the start tag itself the reader does not stand on it yet.
        var fault = IndexOf(text, broken.LineNumber, broken.LinePosition);
        var open = fault > 0 ? text.LastIndexOf('<', fault - 1) : -1;
        return open >= 0 && pass.IsFeed && NextEntry(text, pass.EntryName, open) == open ? open : null;
    }

    private static string Without(string text, int start, string name, XmlException broken)
    {
        var fault = Math.Clamp(IndexOf(text, broken.LineNumber, broken.LinePosition) - 1, start + 1, text.Length);
        var next = NextEntry(text, name, fault);
        // What runs to the end, as a comment without one, may have begun in this entry only.
        next = next < 0 ? NextEntry(text, name, start + 1) : next;
        var closing = name.Contains("item", StringComparison.Ordinal) ? text.LastIndexOf("</channel", StringComparison.Ordinal) : text.LastIndexOf($"</{name[..^"entry".Length]}feed", StringComparison.Ordinal);
        return Repair.Blank(text, start, next >= 0 ? next : closing > start ? closing : text.Length);
    }

    private static int NextEntry(string text, string name, int from)
    {
        var tag = $"<{name}";
        for (var at = from; (at = text.IndexOf(tag, at, StringComparison.Ordinal)) >= 0; at += tag.Length)
        {
            if (at + tag.Length < text.Length && text[at + tag.Length] is ' ' or '\n' or '\t' or '>' or '/')
            {
                return at;
            }
        }

        return -1;
    }

    private static int IndexOf(string text, int line, int column)
    {
        var start = 0;
        for (var at = 1; at < line && text.IndexOf('\n', start) is var end and >= 0; at++)
        {
            start = end + 1;
        }

        return Math.Min(text.Length, start + column - 1);
    }

    [GeneratedRegex("\r\n?")]
    private static partial Regex LineEnds();
}
