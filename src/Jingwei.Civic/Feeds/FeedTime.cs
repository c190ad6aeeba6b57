using System.Globalization;
using System.Text.RegularExpressions;

namespace Jingwei.Civic.Feeds;

/// <summary>Times as feeds write them: RFC 3339 (Atom), RFC 822 with RFC 1123's years (RSS), and those that say no offset.</summary>
internal static partial class FeedTime
{
    // RFC 822, 5.1. The military letters mean nothing certain (RFC 2822, 4.3), except Z.
    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
    };

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>RFC 3339.</summary>
    public static DateTimeOffset? Atom(string text) =>
        Iso().Match(text.Trim()) is { Success: true } match && match.Groups["zone"] is { Success: true, Value: var zone } && match.Groups["second"].Success
            && match.Value[10] == 'T' && (zone == "Z" || zone.Contains(':')) ? Iso(match, null) : null;

    /// <summary>RFC 822.</summary>
    public static DateTimeOffset? Rss(string text)
    {
        if (Rfc822().Match(text.Trim()) is not { Success: true } match)
        {
            return null;
        }

        var year = Number(match, "year");
        // RFC 2822, 4.3.
        year += match.Groups["year"].Length > 2 ? match.Groups["year"].Length == 3 ? 1900 : 0 : year < 50 ? 2000 : 1900;
        var zone = match.Groups["zone"].Value;
        TimeSpan? offset = Zones.TryGetValue(zone, out var hours) ? TimeSpan.FromHours(hours)
            : zone is ['+' or '-', ..] ? Offset(zone) : null;
        return offset is { } known ? Make(year, Array.IndexOf(Months, match.Groups["month"].Value.ToLowerInvariant()) + 1, match, known) : null;
    }

    /// <summary>Any of these, or one without an offset, or a day only.</summary>
    public static DateTimeOffset? Any(string text, TimeSpan? assumed) =>
        Rss(text) ?? (Iso().Match(text.Trim()) is { Success: true } match ? Iso(match, assumed) : null);

    private static DateTimeOffset? Iso(Match match, TimeSpan? assumed)
    {
        var zone = match.Groups["zone"];
        return (zone.Success ? zone.Value is "Z" or "z" ? TimeSpan.Zero : Offset(zone.Value) : assumed) is { } offset
            ? Make(Number(match, "year"), Number(match, "month"), match, offset) : null;
    }

    private static DateTimeOffset? Make(int year, int month, Match match, TimeSpan offset)
    {
        var (day, hour, minute, second) = (Number(match, "day"), Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60 || offset.Duration() > TimeSpan.FromHours(14))
        {
            return null;
        }

        // A leap second is the last one of its minute here.
        var time = new DateTime(year, month, day, hour, minute, Math.Min(second, 59));
        if (match.Groups["fraction"] is { Success: true, Value: var fraction })
        {
            time = time.AddTicks(long.Parse(fraction.PadRight(7, '0').AsSpan(0, 7), CultureInfo.InvariantCulture));
        }

        var utc = time.Ticks - offset.Ticks;
        return utc >= 0 && utc <= DateTime.MaxValue.Ticks ? new(time, offset) : null;
    }

    private static TimeSpan? Offset(string zone)
    {
        var digits = zone.Replace(":", "", StringComparison.Ordinal);
        var (hours, minutes) = (int.Parse(digits.AsSpan(1, 2), CultureInfo.InvariantCulture), int.Parse(digits.AsSpan(3, 2), CultureInfo.InvariantCulture));
        return minutes > 59 ? null : (digits[0] == '-' ? -1 : 1) * new TimeSpan(hours, minutes, 0);
    }

    private static int Number(Match match, string group) => match.Groups[group] is { Success: true, Value: var value } ? int.Parse(value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<year>[0-9]{4})[-/](?<month>[0-9]{1,2})[-/](?<day>[0-9]{1,2})([Tt ] ?(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})([.,](?<fraction>[0-9]+))?)? ?(?<zone>[Zz]|[-+][0-9]{2}:?[0-9]{2})?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^([A-Za-z]{3,9},? )?\s*(?<day>[0-9]{1,2})[ -](?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ -](?<year>[0-9]{2,4})\s+(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2}))?\s+(?<zone>[-+][0-9]{4}|[A-Za-z]{1,4})(\s*\([^()]*\))?\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rfc822();
}
