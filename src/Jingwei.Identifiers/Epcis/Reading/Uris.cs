using System.Buffers;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Whether bytes are a URI with a scheme. Characters beyond ASCII are allowed as in IRIs (RFC 3987), since JSON-LD names things by IRIs.</summary>
internal static class Uris
{
    private static readonly SearchValues<byte> Scheme = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    // RFC 3986, 2: what is neither reserved nor unreserved, controls and the blank; '%' is looked at by itself.
    private static readonly SearchValues<byte> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, 33).Select(code => (byte)code), (byte)'"', (byte)'<', (byte)'>', (byte)'\\', (byte)'^', (byte)'`', (byte)'{', (byte)'|', (byte)'}', 127, (byte)'%']);

    public static bool IsUri(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        return colon > 0 && colon < text.Length - 1 && char.IsAsciiLetter((char)text[0]) && text[..colon].IndexOfAnyExcept(Scheme) < 0 && IsPlain(text[(colon + 1)..]);
    }

    private static bool IsPlain(ReadOnlySpan<byte> rest)
    {
        for (var at = rest.IndexOfAny(Suspicious); at >= 0;)
        {
            if (rest[at] != '%' || at + 2 >= rest.Length || !char.IsAsciiHexDigit((char)rest[at + 1]) || !char.IsAsciiHexDigit((char)rest[at + 2]))
            {
                return false;
            }

            rest = rest[(at + 3)..];
            at = rest.IndexOfAny(Suspicious);
        }

        return true;
    }
}
