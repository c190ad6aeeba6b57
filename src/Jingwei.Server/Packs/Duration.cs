using System.Globalization;
using System.Text.RegularExpressions;

namespace Jingwei.Server.Packs;

/// <summary>Durations as packs write them: 10s, 2m, 1h30m, 1d.</summary>
internal static partial class Duration
{
    /// <summary>The length of a duration that the schema has accepted; zero for null.</summary>
    public static TimeSpan Parse(string? text)
    {
        var seconds = 0L;
        var digits = 0L;
        foreach (var character in text ?? "")
        {
            if (char.IsAsciiDigit(character))
            {
                digits = (digits * 10) + character - '0';
                continue;
            }

            seconds += digits * Unit(character);
            digits = 0;
        }

        return TimeSpan.FromSeconds(seconds);
    }

    /// <summary>The length of a duration that nobody has checked; false when it is none.</summary>
    public static bool TryParse(string text, out TimeSpan length)
    {
        length = default;
        var isOne = Written().IsMatch(text);
        if (isOne)
        {
            length = Parse(text);
        }

        return isOne;
    }

    /// <summary>As packs write it: 1h30m; 0s for nothing.</summary>
    public static string Format(TimeSpan length)
    {
        if (length == TimeSpan.Zero)
        {
            return "0s";
        }

        var parts = new[] { (length.Days, 'd'), (length.Hours, 'h'), (length.Minutes, 'm'), (length.Seconds, 's') };
        return string.Concat(parts.Where(part => part.Item1 != 0).Select(part => part.Item1.ToString(CultureInfo.InvariantCulture) + part.Item2));
    }

    // As in schemas/common.schema.json.
    [GeneratedRegex("^(?=.)([0-9]{1,5}d)?([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,6}s)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();

    private static long Unit(char unit) => unit switch
    {
        'd' => 86400,
        'h' => 3600,
        'm' => 60,
        _ => 1,
    };
}
