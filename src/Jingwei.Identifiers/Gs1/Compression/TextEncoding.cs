using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Jingwei.Identifiers.Gs1.Compression;

/// <summary>How text is packed, by the narrowest alphabet that has all its characters (GS1 Digital Link Standard: Compression, table E).</summary>
internal static class TextEncoding
{
    private const int Digits = 0;
    private const int LowerHex = 1;
    private const int UpperHex = 2;
    private const int Base64 = 3;
    private const int Ascii = 4;
    private const int EncodingBits = 3;
    private const string Hex = "0123456789ABCDEF";

    private static readonly SearchValues<char> UpperHexCharacters = SearchValues.Create(Hex);
    private static readonly SearchValues<char> LowerHexCharacters = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Base64Characters = SearchValues.Create(BitWriter.Alphabet);

    /// <summary>Writes text of ASCII: the encoding, its length, unless that is known, then its characters.</summary>
    internal static void Write(BitWriter bits, string text, int lengthBits)
    {
        var encoding = Of(text);
        bits.Write(encoding, EncodingBits);
        bits.Write(text.Length, lengthBits);
        if (encoding == Digits)
        {
            WriteNumber(bits, text);
            return;
        }

        foreach (var c in text)
        {
            var (index, size) = encoding switch
            {
                Base64 => (BitWriter.Alphabet.IndexOf(c, StringComparison.Ordinal), 6),
                Ascii => (c, 7),
                _ => (Hex.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal), 4),
            };
            bits.Write(index, size);
        }
    }

    /// <summary>The text; null when it is in no encoding that there is.</summary>
    /// <param name="bits">Where from.</param>
    /// <param name="length">Characters; null when their count stands before them.</param>
    /// <param name="lengthBits">Bits of that count.</param>
    internal static string? Read(BitReader bits, int? length, int lengthBits)
    {
        var encoding = bits.ReadInt(EncodingBits);
        var count = length ?? bits.ReadInt(lengthBits);
        if (encoding == Digits)
        {
            return ReadNumber(bits, count);
        }

        if (encoding > Ascii)
        {
            return null;
        }

        var text = new StringBuilder(count);
        for (var i = 0; i < count; i++)
        {
            text.Append(encoding switch
            {
                LowerHex => char.ToLowerInvariant(Hex[bits.ReadInt(4)]),
                UpperHex => Hex[bits.ReadInt(4)],
                Base64 => BitWriter.Alphabet[bits.ReadInt(6)],
                _ => (char)bits.ReadInt(7),
            });
        }

        return text.ToString();
    }

    internal static void WriteNumber(BitWriter bits, string digits) =>
        bits.Write(digits.Length == 0 ? BigInteger.Zero : BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture), Segment.ValueBits(digits.Length));

    /// <summary>A number with zeros in front up to its count of digits; null when it has more.</summary>
    internal static string? ReadNumber(BitReader bits, int count)
    {
        var number = bits.Read(Segment.ValueBits(count));
        var digits = count == 0 ? "" : number.ToString(CultureInfo.InvariantCulture).PadLeft(count, '0');
        return digits.Length > count ? null : digits;
    }

    private static int Of(string text) =>
        text.Length == 0 ? Ascii
        : text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? Digits
        : text.AsSpan().IndexOfAnyExcept(UpperHexCharacters) < 0 ? UpperHex
        : text.AsSpan().IndexOfAnyExcept(LowerHexCharacters) < 0 ? LowerHex
        : text.AsSpan().IndexOfAnyExcept(Base64Characters) < 0 ? Base64
        : Ascii;
}
