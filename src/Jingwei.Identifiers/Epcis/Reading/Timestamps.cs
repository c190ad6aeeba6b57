using System.Text;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Times of the form of xsd:dateTimeStamp: `YYYY-MM-DDThh:mm:ss`, any fraction, and an offset from UTC, which EPCIS demands (EPCIS 2.0, 7.4.1).</summary>
public static class Timestamps
{
    private const int Fixed = 19;
    private const int LongestFraction = 64;

    /// <summary>Reads a time; digits of the fraction beyond 100 ns are dropped.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) => TryParse(Encoding.UTF8.GetBytes(text), out time);

    /// <summary>The same of UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length <= Fixed || !TryDateTime(text[..Fixed], out var local) || !TryFraction(text, out var end, out var ticks) || !TryOffset(text[end..], out var offset))
        {
            return false;
        }

        var utc = local.Ticks + ticks - offset.Ticks;
        if (utc < DateTimeOffset.MinValue.Ticks || utc > DateTimeOffset.MaxValue.Ticks)
        {
            return false;
        }

        time = new(local.Ticks + ticks, offset);
        return true;
    }

    /// <summary>Whether it is `+hh:mm` or `-hh:mm`, up to 14:00: the pattern that the schema of EPCIS 2.0 has for eventTimeZoneOffset.</summary>
    public static bool IsZoneOffset(ReadOnlySpan<byte> text) => text.Length == 6 && text[0] is (byte)'+' or (byte)'-' && TryOffset(text, out _);

    /// <summary>The digits of the fraction of a valid time, without the point; empty where it has none.</summary>
    public static ReadOnlySpan<byte> FractionOf(ReadOnlySpan<byte> text)
    {
        if (text.Length <= Fixed || text[Fixed] != '.')
        {
            return [];
        }

        var rest = text[(Fixed + 1)..];
        var end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return rest[..end];
    }

    private static bool TryDateTime(ReadOnlySpan<byte> text, out DateTime local)
    {
        local = default;
        if (text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t') || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..10]));
        var (hour, minute, second) = (Number(text[11..13]), Number(text[14..16]), Number(text[17..19]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        local = new(year, month, day, hour, minute, second, DateTimeKind.Unspecified);
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out int end, out long ticks)
    {
        (end, ticks) = (Fixed, 0);
        if (text[Fixed] != '.')
        {
            return true;
        }

        var unit = TimeSpan.TicksPerSecond;
        for (end = Fixed + 1; end < text.Length && char.IsAsciiDigit((char)text[end]); end++)
        {
            unit /= 10;
            ticks += (text[end] - '0') * unit;
        }

        return end > Fixed + 1 && end <= Fixed + 1 + LongestFraction;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length == 1)
        {
            return text[0] is (byte)'Z' or (byte)'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':')
        {
            return false;
        }

        var (hours, minutes) = (Number(text[1..3]), Number(text[4..6]));
        if (hours is < 0 or > 14 || minutes is < 0 or > 59 || (hours == 14 && minutes > 0))
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return -1;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
