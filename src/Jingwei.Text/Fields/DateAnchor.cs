namespace Jingwei.Text.Fields;

/// <summary>What days without a year, and days told as yesterday, are counted from.</summary>
/// <param name="Report">Day of the report; null where it is not known.</param>
/// <param name="Year">Where that is not known, a year that the report names elsewhere; null where it names none.</param>
internal readonly record struct DateAnchor(DateOnly? Report, int? Year)
{
    private const int DatelineReach = 30;

    /// <summary>The time of the report; without one, that of a dateline with its year (2021年7月12日电); without one, the first year in title or text.</summary>
    internal static DateAnchor Of(string? reportTime, ReadOnlySpan<char> title, ReadOnlySpan<char> text)
    {
        if (ReportTime.Read(reportTime) is { } report)
        {
            return new DateAnchor(report, null);
        }

        var dates = new List<DateExpression>();
        DateReader.Read(text[..Math.Min(text.Length, DatelineReach * 2)], default, dates);
        return dates.Count > 0 && dates[0].Start < DatelineReach && IsDateline(text[dates[0].End..])
            ? new DateAnchor(dates[0].Date, null)
            : new DateAnchor(null, FirstYear(title) ?? FirstYear(text));
    }

    /// <summary>Whether what follows a day makes it the day on which the report was sent.</summary>
    internal static bool IsDateline(ReadOnlySpan<char> after) => after[..Math.Min(after.Length, 4)].IndexOfAny('电', '讯') >= 0;

    private static int? FirstYear(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!NumberExpression.TryRead(text, i, out var number))
            {
                continue;
            }

            // 2021年, also before a month; 2021 alone may count anything.
            if (number is { Value: >= 1900 and < 2200, Blurred: false } && number.End < text.Length && text[number.End] == '年')
            {
                return (int)number.Value;
            }

            i = number.End - 1;
        }

        return null;
    }
}
