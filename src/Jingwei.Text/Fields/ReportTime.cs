using System.Globalization;
using System.Text.RegularExpressions;
using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Fields;

/// <summary>Reads when a report was made, as newsrooms and forms write it: 2008年5月12日16:00, 2006-8-8 9:55:12, and that without the space.</summary>
internal static partial class ReportTime
{
    /// <summary>The day; null where none can be read.</summary>
    internal static DateOnly? Read(string? written)
    {
        if (written is null || Pattern().Match(PlainCharacters.Of(written)) is not { Success: true } found)
        {
            return null;
        }

        var year = int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var month = int.Parse(found.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        var days = found.Groups[3].ValueSpan;
        // A clock that follows without a space has taken its hour's digits: 8-89:55 is the 8th, 9:55.
        var clock = found.Groups[4].Success;
        var length = clock ? DayLength(days, found.Groups[2].Length == 2) : Math.Min(days.Length, 2);
        return length > 0 && TryDate(year, month, int.Parse(days[..length], CultureInfo.InvariantCulture), out var date) ? date : null;
    }

    internal static bool TryDate(int year, int month, int day, out DateOnly date)
    {
        var real = year is > 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = real ? new DateOnly(year, month, day) : default;
        return real;
    }

    private static int DayLength(ReadOnlySpan<char> run, bool padded)
    {
        foreach (var length in padded ? [2, 1] : (ReadOnlySpan<int>)[1, 2])
        {
            var hour = run.Length - length;
            if (hour is < 1 or > 2 || length > run.Length)
            {
                continue;
            }

            var fits = int.Parse(run[..length], CultureInfo.InvariantCulture) is >= 1 and <= 31 && int.Parse(run[length..], CultureInfo.InvariantCulture) <= 23;
            // Where months are written without a leading zero, hours are too.
            var paddedHour = hour == 2 && run[length] == '0';
            if (fits && (padded || !paddedHour))
            {
                return length;
            }
        }

        return Math.Min(run.Length, 2);
    }

    [GeneratedRegex(@"((?:19|20)\d\d)\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,4})(:)?")]
    private static partial Regex Pattern();
}
