using System.Text;
using System.Text.RegularExpressions;

namespace Jingwei.Civic.Documents;

/// <summary>A document's characters, and the encoding that they turned out to be in.</summary>
/// <remarks>
/// A byte order mark decides (RFC 7303, 3.3). Else bytes that are well-formed UTF-8 are UTF-8; else the server's charset and the declaration are
/// believed, in this order, if the bytes can be that; else they are GB18030, which is what most documents are in that call themselves UTF-8 and are not.
/// </remarks>
internal sealed partial class DocumentText
{
    private const int DeclarationBytes = 256;

    private DocumentText(string text, Encoding encoding)
    {
        Text = text;
        Encoding = encoding.WebName;
    }

    public string Text { get; }

    public string Encoding { get; }

    /// <param name="charset">What the server said of it (the parameter of Content-Type); null when nothing.</param>
    public static DocumentText Read(ReadOnlySpan<byte> bytes, string? charset, ProblemList problems)
    {
        var (marked, mark) = ByteOrderMark(bytes);
        var body = bytes[mark..];
        var declared = Declared(body, marked);
        var claims = Claims(charset, declared, problems);
        var encoding = marked ?? Choose(body, claims);
        Compare(encoding, charset, declared, isMarked: mark > 0, isAscii: marked is null && !body.ContainsAnyExceptInRange((byte)0, (byte)0x7F), problems);
        return new(Decode(encoding, body, problems), encoding);
    }

    private static (Encoding? Encoding, int Length) ByteOrderMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encodings.Utf8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encodings.Find("utf-32"), 4),
        [0, 0, 0xFE, 0xFF, ..] => (Encodings.Find("utf-32BE"), 4),
        [0xFF, 0xFE, ..] => (Encodings.Find("utf-16"), 2),
        [0xFE, 0xFF, ..] => (Encodings.Find("utf-16BE"), 2),
        // Without a mark, by the zeros beside the first angle bracket (XML 1.0, appendix F.1).
        [(byte)'<', 0, ..] => (Encodings.Find("utf-16"), 0),
        [0, (byte)'<', ..] => (Encodings.Find("utf-16BE"), 0),
        _ => (null, 0),
    };

    private static string? Declared(ReadOnlySpan<byte> body, Encoding? marked)
    {
        // A wide character is its ASCII with zeros.
        var head = new string([.. System.Text.Encoding.Latin1.GetString(body[..Math.Min(body.Length, DeclarationBytes)]).Where(character => character != 0 || marked is null)]);
        return Declaration().Match(head) is { Success: true } match ? match.Groups["name"].Value : null;
    }

    private static List<Encoding> Claims(string? charset, string? declared, ProblemList problems)
    {
        var claims = new List<Encoding>();
        foreach (var name in new[] { charset, declared })
        {
            if (name is not null && Encodings.Find(name) is not { } found)
            {
                problems.Warning(ProblemCode.WrongEncoding, $"The encoding \"{name}\" is unknown.");
            }
            else if (name is not null && Encodings.Find(name) is { } encoding && encoding.CodePage != Encodings.Utf8.CodePage && Encodings.HoldsAscii(encoding))
            {
                claims.Add(encoding);
            }
        }

        return claims;
    }

    private static Encoding Choose(ReadOnlySpan<byte> body, List<Encoding> claims)
    {
        var evidence = Utf8Evidence.Of(body);
        if (evidence.IsConvincing || evidence.IsDamaged || (evidence.Faults == 0 && (evidence.Sequences == 0 || claims.Count == 0)))
        {
            return Encodings.Utf8;
        }

        var pairs = PairsOnly(body) && CanRead(Encodings.Gb18030, body);
        foreach (var claim in claims.OrderBy(claim => claim.IsSingleByte))
        {
            if (CanRead(claim, body) && !(pairs && Encodings.IsHabit(claim)))
            {
                return claim;
            }
        }

        return evidence.Faults == 0 ? Encodings.Utf8
            : pairs || CanRead(Encodings.Gb18030, body) ? Encodings.Gb18030
            : claims.Find(claim => claim.IsSingleByte) ?? Encodings.Utf8;
    }

    // Characters of two bytes come in runs of even length; accents of western languages stand alone among their letters.
    private static bool PairsOnly(ReadOnlySpan<byte> body)
    {
        const int Enough = 8;
        var seen = 0;
        while (body.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is var start and >= 0)
        {
            body = body[start..];
            var run = body.IndexOfAnyInRange((byte)0, (byte)0x7F);
            run = run < 0 ? body.Length : run;
            if (run % 2 != 0)
            {
                return false;
            }

            seen += run;
            body = body[run..];
        }

        return seen >= Enough;
    }

    private static bool CanRead(Encoding encoding, ReadOnlySpan<byte> body)
    {
        try
        {
            encoding.GetCharCount(body);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static void Compare(Encoding encoding, string? charset, string? declared, bool isMarked, bool isAscii, ProblemList problems)
    {
        bool Agrees(string name) => Encodings.Find(name) is { } claim
            && (claim.CodePage == encoding.CodePage || (isAscii && Encodings.HoldsAscii(claim)) || (IsWide(claim) && IsWide(encoding)));
        var byServer = charset is not null && Agrees(charset);
        if (charset is not null && !byServer)
        {
            problems.Warning(ProblemCode.WrongEncoding, $"The server says \"{charset}\", the document is in {encoding.WebName}.");
        }

        if (declared is not null ? !Agrees(declared) : !byServer && !isMarked && encoding.CodePage != Encodings.Utf8.CodePage)
        {
            var message = declared is null ? $"The document is in {encoding.WebName} and does not say so." : $"The document says \"{declared}\" and is in {encoding.WebName}.";
            problems.Add(new(ProblemCode.WrongEncoding, byServer ? ProblemLevel.Warning : ProblemLevel.Error, "", message, 1, 1));
        }
    }

    private static bool IsWide(Encoding encoding) => encoding.CodePage is 1200 or 1201;

    private static string Decode(Encoding encoding, ReadOnlySpan<byte> body, ProblemList problems)
    {
        if (CanRead(encoding, body))
        {
            return encoding.GetString(body);
        }

        var loose = (Encoding)encoding.Clone();
        loose.DecoderFallback = new DecoderReplacementFallback("\uFFFD");
        var text = loose.GetString(body);
        problems.Error(ProblemCode.WrongEncoding, $"Some bytes are no {encoding.WebName}; U+FFFD stands in their place.");
        return text;
    }

    [GeneratedRegex("""^\s*<\?xml\s[^>]*?encoding\s*=\s*["'](?<name>[A-Za-z][A-Za-z0-9._:-]*)["']""", RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();
}
