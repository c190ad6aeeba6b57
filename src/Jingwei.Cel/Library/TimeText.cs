using System.Buffers;
using System.Globalization;

namespace Jingwei.Cel.Library;

/// <summary>Timestamps as RFC 3339 text; durations as decimal numbers with the units h, m, s, ms, us, ns.</summary>
internal static class TimeText
{
    private static readonly SearchValues<char> Decimal = SearchValues.Create("0123456789.");

    public static CelValue ParseTimestamp(string text)
    {
        var invalid = CelValue.Error(CelErrorCode.Invalid, $"'{text}' is not a timestamp: write it as 2026-01-31T08:00:00Z");
        // An RFC 3339 year has four digits; five are out of range rather than malformed.
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':')
        {
            return text.Length > 20 && text[5] == '-' && int.TryParse(text.AsSpan(0, 5), NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? CelValue.Error(CelErrorCode.Range, "timestamp out of range: the years are 1 to 9999")
                : invalid;
        }

        if (!Digits(text, 0, 4, out var year) || !Digits(text, 5, 2, out var month) || !Digits(text, 8, 2, out var day)
            || !Digits(text, 11, 2, out var hour) || !Digits(text, 14, 2, out var minute) || !Digits(text, 17, 2, out var second)
            || month is < 1 or > 12 || day < 1 || hour > 23 || minute > 59 || second > 59
            || day > DateTime.DaysInMonth(Math.Clamp(year, 1, 9999), month))
        {
            return invalid;
        }

        if (year == 0)
        {
            return CelValue.Error(CelErrorCode.Range, "timestamp out of range: the years are 1 to 9999");
        }

        var rest = text.AsSpan(19);
        if (!TryFraction(ref rest, out var nanos) || !TryZone(rest, out var offset))
        {
            return invalid;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks;
        return CelValue.Timestamp((ticks / TimeSpan.TicksPerSecond) - offset, nanos);
    }

    public static CelValue ParseDuration(string text)
    {
        var invalid = CelValue.Error(CelErrorCode.Invalid, $"'{text}' is not a duration: write it as 90s, 1h30m or 250ms");
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return CelValue.Duration(0, 0);
        }

        var total = Int128.Zero;
        if (rest.IsEmpty)
        {
            return invalid;
        }

        while (!rest.IsEmpty)
        {
            if (!TryPart(ref rest, out var nanos))
            {
                return invalid;
            }

            total += nanos;
            if (total > (Int128)Times.MaxDuration * 1_000_000_000)
            {
                return CelValue.Error(CelErrorCode.Range, "duration out of range: at most 315576000000 s either way");
            }
        }

        total = negative ? -total : total;
        return CelValue.Duration((long)(total / 1_000_000_000), (int)(total % 1_000_000_000));
    }

    public static string FormatTimestamp(in CelValue value)
    {
        var seconds = DateTime.UnixEpoch.AddTicks(value.Bits * TimeSpan.TicksPerSecond);
        return seconds.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + Fraction(value.Nanos) + "Z";
    }

    public static string FormatDuration(in CelValue value)
    {
        var sign = value.Bits < 0 || value.Nanos < 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{Math.Abs(value.Bits)}{Fraction(Math.Abs(value.Nanos))}s");
    }

    private static string Fraction(int nanos) =>
        nanos == 0 ? "" : "." + nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');

    private static bool Digits(string text, int start, int length, out int value) =>
        int.TryParse(text.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryFraction(ref ReadOnlySpan<char> rest, out int nanos)
    {
        nanos = 0;
        if (rest.IsEmpty || rest[0] != '.')
        {
            return true;
        }

        var count = rest[1..].IndexOfAnyExceptInRange('0', '9');
        count = count < 0 ? rest.Length - 1 : count;
        var scale = 100_000_000;
        foreach (var digit in rest.Slice(1, Math.Min(count, 9)))
        {
            nanos += (digit - '0') * scale;
            scale /= 10;
        }

        rest = rest[(count + 1)..];
        return count > 0;
    }

    private static bool TryZone(ReadOnlySpan<char> zone, out int offset)
    {
        offset = 0;
        if (zone is "Z" or "z")
        {
            return true;
        }

        if (zone.Length != 6 || zone[0] is not ('+' or '-') || zone[3] != ':'
            || !int.TryParse(zone.Slice(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(zone.Slice(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 23 || minutes > 59)
        {
            return false;
        }

        offset = ((hours * 60) + minutes) * (zone[0] == '-' ? -60 : 60);
        return true;
    }

    private static bool TryPart(ref ReadOnlySpan<char> rest, out Int128 nanos)
    {
        nanos = 0;
        var end = rest.IndexOfAnyExcept(Decimal);
        if (end <= 0 || end > 32
            || !decimal.TryParse(rest[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        rest = rest[end..];
        var length = rest.IndexOfAny(Decimal);
        var unit = length < 0 ? rest : rest[..length];
        long scale = unit switch
        {
            "h" => 3_600_000_000_000,
            "m" => 60_000_000_000,
            "s" => 1_000_000_000,
            "ms" => 1_000_000,
            "us" or "µs" or "μs" => 1_000,
            "ns" => 1,
            _ => 0,
        };
        rest = rest[unit.Length..];
        // Beyond this the duration is out of range anyway; the bound keeps the product inside a decimal.
        nanos = scale == 0 ? 0 : (Int128)(Math.Min(number, 1_000_000_000_000m) * scale);
        nanos = number > 1_000_000_000_000m ? Int128.MaxValue / 4 : nanos;
        return scale != 0;
    }
}
