using System.Text;

namespace Jingwei.Civic.Documents;

/// <summary>Encodings by the names that documents and servers give them.</summary>
internal static class Encodings
{
    public static Encoding Utf8 { get; } = new UTF8Encoding(false, throwOnInvalidBytes: true);

    public static Encoding Gb18030 { get; } = Strict("GB18030")!;

    /// <summary>An encoding that refuses what it does not hold; null for a name that is unknown here.</summary>
    public static Encoding? Find(string name) => name.Trim().ToUpperInvariant() switch
    {
        "UTF-8" or "UTF8" => Utf8,
        // Who says GB2312 or GBK writes the larger sets too, as browsers take it (WHATWG Encoding, 4.2); GB18030 holds them all.
        "GB2312" or "GBK" or "GB_2312-80" or "CP936" or "MS936" or "X-GBK" or "GB18030" => Gb18030,
        var other => Strict(other),
    };

    /// <summary>Whether a document in that encoding begins with the bytes of ASCII; those in UTF-16 are found by their byte order mark or their zeros.</summary>
    public static bool HoldsAscii(Encoding encoding) => encoding.GetBytes("<?xml").AsSpan().SequenceEqual("<?xml"u8);

    /// <summary>What servers say who were never told: no evidence, as every byte is a character of these.</summary>
    public static bool IsHabit(Encoding encoding) => encoding.CodePage is 28591 or 1252 or 28605;

    private static Encoding? Strict(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
