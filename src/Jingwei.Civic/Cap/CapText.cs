using System.Globalization;
using System.Text.RegularExpressions;

namespace Jingwei.Civic.Cap;

/// <summary>The forms that CAP gives to values in text, both ways.</summary>
internal static partial class CapText
{
    // Blanks of XML around a value that is no string count for nothing (XML Schema 2, 4.3.6).
    public static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    /// <summary>`2002-05-24T16:49:00-07:00` (3.3.2); 24:00:00 is the beginning of the next day (XML Schema 2, 3.2.7).</summary>
    public static DateTimeOffset? Time(string text)
    {
        var trimmed = text.Trim(Blanks);
        if (trimmed.Length != 25 || !TimeForm().IsMatch(trimmed))
        {
            return null;
        }

        var isMidnight = trimmed.AsSpan(11, 8) is "24:00:00";
        var usual = isMidnight ? string.Concat(trimmed.AsSpan(0, 11), "00", trimmed.AsSpan(13)) : trimmed;
        return DateTimeOffset.TryParseExact(usual, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && !(isMidnight && time.Date == DateTime.MaxValue.Date)
            ? isMidnight ? time.AddDays(1) : time
            : null;
    }

    /// <summary>A time of CAP, or one that says the same in another form of RFC 3339: with `Z`, fractions, or a space for the T. Without an offset it is none.</summary>
    public static DateTimeOffset? AnyTime(string text) =>
        Time(text) ?? (LooseTimeForm().IsMatch(text.Trim(Blanks))
            && DateTimeOffset.TryParse(text.Trim(Blanks), CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null);

    /// <summary>To the second, UTC as `-00:00` (3.3.2).</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToString(time.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'-00:00'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>`latitude,longitude`.</summary>
    public static GeoPoint? Point(ReadOnlySpan<char> text)
    {
        var comma = text.IndexOf(',');
        return comma >= 0 && Number(text[..comma]) is { } latitude && Number(text[(comma + 1)..]) is { } longitude && new GeoPoint(latitude, longitude) is { IsValid: true } point ? point : null;
    }

    public static string Point(GeoPoint point) => $"{Number(point.Latitude)},{Number(point.Longitude)}";

    /// <summary>Points with blanks between; null when one is none.</summary>
    public static CapPolygon? Polygon(string text)
    {
        var points = new List<GeoPoint>();
        foreach (var word in text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Point(word) is not { } point)
            {
                return null;
            }

            points.Add(point);
        }

        return new(points);
    }

    public static string Polygon(CapPolygon polygon) => string.Join(' ', polygon.Points.Select(Point));

    /// <summary>`latitude,longitude radius`.</summary>
    public static CapCircle? Circle(string text)
    {
        var words = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2 && Point(words[0]) is { } centre && Number(words[1]) is { } radius and >= 0 ? new(centre, radius) : null;
    }

    public static string Circle(CapCircle circle) => $"{Point(circle.Centre)} {Number(circle.Radius)}";

    /// <summary>`sender,identifier,sent` with blanks between; null for one that is none.</summary>
    public static IEnumerable<CapReference?> References(string text)
    {
        foreach (var word in text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return word.Split(',') is [{ Length: > 0 } sender, { Length: > 0 } identifier, var sent] && Time(sent) is { } time ? new(sender, identifier, time) : null;
        }
    }

    public static string Reference(CapReference reference) => $"{reference.Sender},{reference.Identifier},{Time(reference.Sent)}";

    /// <summary>Values with blanks between, in double quotes those that hold blanks (3.2.1, addresses); null when a quote is not closed.</summary>
    public static List<string>? List(string text)
    {
        var values = new List<string>();
        var rest = text.AsSpan().TrimStart(Blanks);
        while (rest.Length > 0)
        {
            var isQuoted = rest[0] == '"';
            rest = isQuoted ? rest[1..] : rest;
            var end = isQuoted ? rest.IndexOf('"') : rest.IndexOfAny(Blanks);
            if (end < 0 && isQuoted)
            {
                return null;
            }

            end = end < 0 ? rest.Length : end;
            values.Add(rest[..end].ToString());
            rest = rest[Math.Min(rest.Length, end + (isQuoted ? 1 : 0))..].TrimStart(Blanks);
        }

        return values;
    }

    /// <summary>Whether a list can hold it: nothing says how a quote would be written.</summary>
    public static bool FitsList(string value) => value.Length > 0 && !value.Contains('"');

    public static string List(IEnumerable<string> values) => string.Join(' ', values.Select(value => value.AsSpan().IndexOfAny(Blanks) >= 0 ? $"\"{value}\"" : value));

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    // Never with an exponent, which coordinates have not.
    private static string Number(double value) =>
        value.ToString("R", CultureInfo.InvariantCulture) is var text && text.Contains('E') ? value.ToString("0.####################", CultureInfo.InvariantCulture) : text;

    [GeneratedRegex(@"^[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}[-+][0-9]{2}:[0-9]{2}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"^[0-9]{4}(-[0-9]{2}){2}[Tt ][0-9]{2}(:[0-9]{2}){1,2}(\.[0-9]{1,7})? ?([Zz]|[-+][0-9]{2}:?[0-9]{2})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LooseTimeForm();
}
