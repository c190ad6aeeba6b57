using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Jingwei.Identifiers.Epcis.Reading;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Hashing;

/// <summary>Writes values as the event hash wants them: words and short forms as full URIs, identifiers as Digital Links, numbers and times in one form.</summary>
internal static class HashValues
{
    private static readonly (byte[] Urn, byte[] Uri)[] Urns =
        [.. new[] { Cbv.BizStep, Cbv.Disposition, Cbv.BizTransactionType, Cbv.SourceDestinationType, Cbv.ErrorReason }
            .Select(words => (Encoding.UTF8.GetBytes(words.UrnPrefix!), Encoding.UTF8.GetBytes(words.UriPrefix)))];

    public static void Write(PreHashBuffer text, JsonElement value, CbvVocabulary? words, EpcisContext context)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.Object or JsonValueKind.Array)
        {
            return;
        }

        var written = Utf8Json.Text(value).Trim(" \t\r\n"u8);
        if (words is not null && words.UriOf(written) is not null)
        {
            Append(text, words.UriPrefix);
            text.Append(written);
        }
        else if (!TryExpand(text, written, context) && !TryNumber(text, written) && !HashIdentifiers.TryWrite(text, written))
        {
            text.Append(written);
        }
    }

    /// <summary>A time in UTC with three digits of the fraction. The third is rounded up where the fourth is 5 or more (rule 9 of the reference implementation).</summary>
    public static void WriteTime(PreHashBuffer text, ReadOnlySpan<byte> written)
    {
        written = written.Trim(" \t\r\n"u8);
        if (!Timestamps.TryParse(written, out var time))
        {
            text.Append(written);
            return;
        }

        var fraction = Timestamps.FractionOf(written);
        var utc = time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond) + (fraction.Length > 3 && fraction[3] >= '5' ? TimeSpan.TicksPerMillisecond : 0);
        if (new DateTime(Math.Min(utc, DateTime.MaxValue.Ticks), DateTimeKind.Utc).TryFormat(text.Room(32), out var length, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture))
        {
            text.Advance(length);
        }
    }

    // A short form with a prefix, or a URN of the CBV. What comes of an added prefix may be a Digital Link itself.
    private static bool TryExpand(PreHashBuffer text, ReadOnlySpan<byte> written, EpcisContext context)
    {
        if (written.StartsWith("urn:epcglobal:cbv:"u8))
        {
            foreach (var (urn, uri) in Urns)
            {
                if (written.StartsWith(urn))
                {
                    text.Append(uri);
                    text.Append(written[urn.Length..]);
                    return true;
                }
            }

            return false;
        }

        if (!context.TrySplitValue(written, out var space, out var local))
        {
            return false;
        }

        Span<byte> whole = new byte[space.Length + local.Length];
        space.CopyTo(whole);
        local.CopyTo(whole[space.Length..]);
        if (!HashIdentifiers.TryWrite(text, whole))
        {
            text.Append(whole);
        }

        return true;
    }

    // Whatever reads as a number is one to the reference implementation, strings of digits too: it goes through a double and comes out shortest, whole numbers in full.
    private static bool TryNumber(PreHashBuffer text, ReadOnlySpan<byte> written)
    {
        if (written.IsEmpty || !(char.IsAsciiDigit((char)written[0]) || written[0] is (byte)'-' or (byte)'+' or (byte)'.') || !IsNumber(written))
        {
            return false;
        }

        var digits = written[0] == '+' ? written[1..] : written;
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return false;
        }

        var room = text.Room(512);
        var length = 0;
        if (number == Math.Truncate(number))
        {
            _ = Math.Abs(number) < 1e15
                ? Utf8Formatter.TryFormat((long)number, room, out length)
                : Encoding.ASCII.TryGetBytes(new BigInteger(number).ToString(CultureInfo.InvariantCulture), room, out length);
            text.Advance(length);
            return true;
        }

        // Shortest digits that give the number again, and below 0.0001 an exponent of two digits at least.
        if (number.TryFormat(room, out length, "R", CultureInfo.InvariantCulture))
        {
            room[..length].Replace((byte)'E', (byte)'e');
            text.Advance(length);
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<byte> written)
    {
        var rest = written[0] is (byte)'-' or (byte)'+' ? written[1..] : written;
        var whole = Digits(ref rest);
        var part = 0;
        if (!rest.IsEmpty && rest[0] == '.')
        {
            rest = rest[1..];
            part = Digits(ref rest);
        }

        if (whole + part == 0)
        {
            return false;
        }

        if (!rest.IsEmpty && rest[0] is (byte)'e' or (byte)'E')
        {
            rest = rest.Length > 1 && rest[1] is (byte)'-' or (byte)'+' ? rest[2..] : rest[1..];
            return Digits(ref rest) > 0 && rest.IsEmpty;
        }

        return rest.IsEmpty;
    }

    private static int Digits(ref ReadOnlySpan<byte> text)
    {
        var count = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        count = count < 0 ? text.Length : count;
        text = text[count..];
        return count;
    }

    private static void Append(PreHashBuffer text, string ascii) => text.Advance(Encoding.ASCII.GetBytes(ascii, text.Room(ascii.Length)));
}
