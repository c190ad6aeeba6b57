using System.Globalization;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>Timestamps and durations: arithmetic and the calendar.</summary>
internal static class Times
{
    /// <summary>0001-01-01T00:00:00Z, in seconds since 1970.</summary>
    public const long MinTimestamp = -62_135_596_800;

    /// <summary>9999-12-31T23:59:59Z.</summary>
    public const long MaxTimestamp = 253_402_300_799;

    /// <summary>About 10,000 years in seconds: the range of protobuf's Duration.</summary>
    public const long MaxDuration = 315_576_000_000;

    private const int Second = 1_000_000_000;

    public static CelValue Add(in CelValue left, in CelValue right) =>
        Make(left.Kind == CelKind.Timestamp || right.Kind == CelKind.Timestamp, left.Bits + right.Bits, (long)left.Nanos + right.Nanos);

    public static CelValue Subtract(in CelValue left, in CelValue right) =>
        Make(left.Kind == CelKind.Timestamp && right.Kind == CelKind.Duration, left.Bits - right.Bits, (long)left.Nanos - right.Nanos);

    /// <summary>Brings seconds and nanoseconds into their canonical form.</summary>
    public static CelValue Make(bool timestamp, long seconds, long nanos)
    {
        seconds += nanos / Second;
        nanos %= Second;
        if (timestamp)
        {
            return CelValue.Timestamp(seconds, (int)nanos);
        }

        if (seconds > 0 && nanos < 0)
        {
            (seconds, nanos) = (seconds - 1, nanos + Second);
        }
        else if (seconds < 0 && nanos > 0)
        {
            (seconds, nanos) = (seconds + 1, nanos - Second);
        }

        return CelValue.Duration(seconds, (int)nanos);
    }

    public static DateTime ToUtc(in CelValue timestamp) =>
        DateTime.UnixEpoch.AddTicks((timestamp.Bits * TimeSpan.TicksPerSecond) + (timestamp.Nanos / 100));

    /// <summary>The time of day and date at a place: UTC, an IANA zone, or an offset such as +08:00; an error when there is no such zone.</summary>
    public static bool TryLocal(in CelValue timestamp, string zone, out DateTime local)
    {
        local = ToUtc(timestamp);
        if (zone is "UTC" or "" or "Z")
        {
            return true;
        }

        if (TryOffset(zone, out var offset))
        {
            return TryShift(ref local, offset);
        }

        return char.IsAsciiLetter(zone[0])
            && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            && TryShift(ref local, found.GetUtcOffset(local));
    }

    /// <summary>A getter of a timestamp; with a zone as second argument, of the time there.</summary>
    public static CelValue Get(string name, Func<DateTime, long> get, in CelValue value, in CelValue zone)
    {
        if (value.Kind != CelKind.Timestamp || zone.Kind != CelKind.String)
        {
            return Overload.None(name, value, zone);
        }

        return TryLocal(value, zone.Text, out var local)
            ? get(local)
            : CelValue.Error(CelErrorCode.Invalid, $"unknown time zone: '{zone.Text}'");
    }

    public static CelValue Hours(in CelValue value, ref Meter _) =>
        value.Kind == CelKind.Duration ? value.Bits / 3_600 : Calendar("getHours", time => time.Hour, value);

    public static CelValue Minutes(in CelValue value, ref Meter _) =>
        value.Kind == CelKind.Duration ? value.Bits / 60 : Calendar("getMinutes", time => time.Minute, value);

    public static CelValue Seconds(in CelValue value, ref Meter _) =>
        value.Kind == CelKind.Duration ? value.Bits : Calendar("getSeconds", time => time.Second, value);

    public static CelValue Milliseconds(in CelValue value, ref Meter _) =>
        value.Kind == CelKind.Duration ? (long)(value.Nanos / 1_000_000)
            : Calendar("getMilliseconds", time => time.Millisecond, value);

    public static CelValue Calendar(string name, Func<DateTime, long> get, in CelValue value) =>
        value.Kind == CelKind.Timestamp ? get(ToUtc(value)) : Overload.None(name, value);

    private static bool TryOffset(string zone, out TimeSpan offset)
    {
        offset = default;
        var negative = zone[0] == '-';
        var digits = zone[0] is '+' or '-' ? zone.AsSpan(1) : zone.AsSpan();
        var colon = digits.IndexOf(':');
        if (colon is < 1 or > 2 || digits.Length - colon != 3
            || !int.TryParse(digits[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(digits[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 23 || minutes > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (negative ? -1 : 1);
        return true;
    }

    private static bool TryShift(ref DateTime time, TimeSpan offset)
    {
        var ticks = time.Ticks + offset.Ticks;
        // The first and last day of the calendar have no local time on the far side.
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTime(ticks, DateTimeKind.Unspecified);
        return true;
    }
}
