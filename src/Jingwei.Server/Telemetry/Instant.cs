using System.Globalization;
using System.Text.RegularExpressions;

namespace Jingwei.Server.Telemetry;

/// <summary>Moments as microseconds since the epoch, UTC, in an Int64: what the engine, the log and readings count in.</summary>
public static partial class Instant
{
    public const long PerMillisecond = 1_000;
    public const long PerSecond = 1_000_000;
    public const long PerMinute = 60 * PerSecond;
    public const long PerHour = 60 * PerMinute;
    public const long PerDay = 24 * PerHour;

    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long Of(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Of a number of milliseconds that somebody sent. Saturates: what does not fit lies beyond every time limit.</summary>
    public static long OfMilliseconds(long milliseconds) =>
        Math.Clamp(milliseconds, long.MinValue / PerMillisecond, long.MaxValue / PerMillisecond) * PerMillisecond;

    public static DateTimeOffset ToTime(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>SQL for the start of the bucket of a width in which a time lies; both in microseconds.</summary>
    internal static string BucketSql(string time, long width)
    {
        // intDiv rounds towards zero: moved on by whole buckets, no time is negative.
        var shift = long.MaxValue / 2 / width * width;
        return string.Create(CultureInfo.InvariantCulture, $"intDiv({time} + {shift}, {width}) * {width} - {shift}");
    }

    /// <summary>RFC 3339 in UTC with as many decimals as needed, at most six.</summary>
    public static string Format(long microseconds)
    {
        // Years 1 to 9999 have a date; what lies beyond is written as a number.
        const long farthest = 253_402_300_799_999_999;
        return microseconds is < -62_135_596_800_000_000 or > farthest
            ? microseconds.ToString(CultureInfo.InvariantCulture)
            : ToTime(microseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Parses a date-time of RFC 3339, 5.6; finer than a microsecond is cut off.</summary>
    public static bool TryParse(string text, out long microseconds)
    {
        microseconds = 0;
        var match = Rfc3339().Match(text);
        if (!match.Success
            || !DateTimeOffset.TryParse(
                $"{match.Groups["date"].ValueSpan}T{match.Groups["time"].ValueSpan}{match.Groups["zone"].ValueSpan}",
                CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var seconds))
        {
            return false;
        }

        var fraction = match.Groups["fraction"].ValueSpan;
        var digits = fraction[..Math.Min(fraction.Length, 6)].ToString().PadRight(6, '0');
        microseconds = Of(seconds) + long.Parse(digits, CultureInfo.InvariantCulture);
        return true;
    }

    [GeneratedRegex(
        @"^(?<date>\d{4}-\d{2}-\d{2})[Tt ](?<time>\d{2}:\d{2}:\d{2})(\.(?<fraction>\d+))?(?<zone>[Zz]|[+-]\d{2}:\d{2})$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rfc3339();
}
