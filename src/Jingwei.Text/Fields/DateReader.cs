namespace Jingwei.Text.Fields;

/// <summary>Finds the days that a text names, and resolves those that are relative to the day of the report.</summary>
internal static class DateReader
{
    // A day written without its year lies in the past of the report, but for announcements of the next days.
    private const int DaysAhead = 5;
    private const int DatelineReach = 30;

    private static readonly (string Word, int Days)[] Relative =
    [
        ("大前天", -3), ("前天", -2), ("前日", -2), ("前晚", -2), ("前夜", -2), ("昨天", -1), ("昨日", -1), ("昨晚", -1), ("昨夜", -1), ("昨晨", -1), ("昨午", -1), ("昨(", -1),
        ("昨凌晨", -1), ("昨上午", -1), ("昨下午", -1), ("今天", 0), ("今日", 0), ("今晨", 0), ("今早", 0), ("今晚", 0), ("今凌晨", 0), ("今上午", 0), ("今下午", 0), ("今(", 0),
        ("当日", 0), ("当天", 0),
    ];

    /// <summary>The days of a plain text, in order.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="anchor">What they are counted from; without it only days with a year are found, and days after one of those.</param>
    /// <param name="dates">Gets the days.</param>
    internal static void Read(ReadOnlySpan<char> text, DateAnchor anchor, List<DateExpression> dates)
    {
        var report = anchor.Report;
        for (var i = 0; i < text.Length;)
        {
            if (TryRead(text, i, new DateAnchor(Base(text, i, report, dates), anchor.Year), dates.Count > 0 ? dates[^1].Date : report, out var date))
            {
                dates.Add(date);
                i = date.End;
            }
            else
            {
                i++;
            }
        }
    }

    // What is relative is so to the day of the dateline (８日电), which may be the day before the report's.
    private static DateOnly? Base(ReadOnlySpan<char> text, int at, DateOnly? report, List<DateExpression> dates)
    {
        if (report is null || dates.Count == 0 || text[at] is not ('今' or '昨' or '前' or '上' or '周'))
        {
            return report;
        }

        var (_, _, first, written) = dates[0];
        var near = written > 0 && first <= report && first >= report.Value.AddDays(-1);
        var dateline = dates[0].Start < DatelineReach && DateAnchor.IsDateline(text[dates[0].End..]);
        return near && (dateline || text[at] == '今') ? first : report;
    }

    private static bool TryRead(ReadOnlySpan<char> text, int start, DateAnchor anchor, DateOnly? last, out DateExpression date)
    {
        date = default;
        return text[start] switch
        {
            '昨' or '今' or '前' or '大' or '当' => TryRelative(text, start, anchor.Report, last, out date),
            '上' or '本' or '周' or '星' or '礼' or '这' => TryWeekday(text, start, anchor.Report, out date),
            _ => NumberExpression.TryRead(text, start, out var number) && TryNumbers(text, number, anchor, last, out date),
        };
    }

    private static bool TryRelative(ReadOnlySpan<char> text, int start, DateOnly? report, DateOnly? last, out DateExpression date)
    {
        date = default;
        if (text[start..].StartsWith("今年") || text[start..].StartsWith("当年"))
        {
            return false;
        }

        foreach (var (word, days) in Relative)
        {
            if (text[start..].StartsWith(word))
            {
                // "That day" is the day last named.
                var from = word[0] == '当' ? last : report;
                date = from is null ? default : new DateExpression(start, start + word.TrimEnd('(').Length, from.Value.AddDays(days), 0);
                return from is not null;
            }
        }

        return false;
    }

    private static bool TryWeekday(ReadOnlySpan<char> text, int start, DateOnly? report, out DateExpression date)
    {
        date = default;
        if (report is null)
        {
            return false;
        }

        var at = start;
        var weeks = text[at] == '上' ? 1 : 0;
        at += text[at] is '上' or '本' or '这' ? 1 : 0;
        at += at < text.Length && text[at] == '个' ? 1 : 0;
        var rest = at < text.Length ? text[at..] : [];
        var length = rest.StartsWith("周") ? 1 : rest.StartsWith("星期") || rest.StartsWith("礼拜") ? 2 : 0;
        if (length == 0 || at + length >= text.Length)
        {
            return false;
        }

        var day = "一二三四五六日".IndexOf(text[at + length] == '天' ? '日' : text[at + length]);
        if (day < 0 || (at + length + 1 < text.Length && text[at + length + 1] is '年' or '岁' or '边'))
        {
            return false;
        }

        var monday = report.Value.AddDays(-(((int)report.Value.DayOfWeek + 6) % 7));
        var found = monday.AddDays(day - (7 * weeks));
        // A bare weekday is the latest one.
        found = weeks == 0 && found > report ? found.AddDays(-7) : found;
        date = new DateExpression(start, at + length + 1, found, 0);
        return true;
    }

    private static bool TryNumbers(ReadOnlySpan<char> text, NumberExpression first, DateAnchor anchor, DateOnly? last, out DateExpression date)
    {
        date = default;
        var at = first.End;
        // The day of a month that has none such (2月30日) is no day.
        if (at >= text.Length || first.Blurred || (first.Start > 0 && text[first.Start - 1] == '月'))
        {
            return false;
        }

        if (text[at] is '年' or '-' or '/' or '.' && first.Value is >= 1900 and < 2200)
        {
            return TryMonth(text, first, at + 1, (int)first.Value, anchor, out date);
        }

        if (text[at] == '月')
        {
            return TryDay(text, first, at + 1, null, (int)first.Value, anchor, out date);
        }

        if (text[at] is '日' or '号' && first.Value is >= 1 and <= 31 && (anchor.Report ?? last) is { } report && IsDay(text, first, at))
        {
            return TryDayOfMonth(first, at + 1, report, last, out date);
        }

        return false;
    }

    // 3号线, 2号楼, 26日电 is a day; 10号 behind a letter is not.
    private static bool IsDay(ReadOnlySpan<char> text, NumberExpression number, int at)
    {
        if (text[at] == '日')
        {
            return at + 1 >= text.Length || text[at + 1] is not ('本' or '元' or '游');
        }

        var follows = at + 1 < text.Length ? text[at + 1] : '。';
        return follows is '上' or '下' or '早' or '晚' or '凌' or '中' or ',' or '，' or '傍' or '夜' or '当' or '在' && (number.Start == 0 || !char.IsAsciiLetterOrDigit(text[number.Start - 1]));
    }

    private static bool TryMonth(ReadOnlySpan<char> text, NumberExpression first, int at, int year, DateAnchor anchor, out DateExpression date)
    {
        date = default;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at < text.Length
            && NumberExpression.TryRead(text, at, out var month)
            && month.End < text.Length
            && text[month.End] is '月' or '-' or '/' or '.'
            && TryDay(text, first, month.End + 1, year, (int)month.Value, anchor, out date);
    }

    private static bool TryDay(ReadOnlySpan<char> text, NumberExpression first, int at, int? year, int month, DateAnchor anchor, out DateExpression date)
    {
        date = default;
        if (at >= text.Length || !NumberExpression.TryRead(text, at, out var day) || (year ?? anchor.Report?.Year ?? anchor.Year) is not { } inYear)
        {
            return false;
        }

        var sign = day.End < text.Length && text[day.End] is '日' or '号';
        if ((!sign && year is null) || !ReportTime.TryDate(inYear, month, (int)day.Value, out var found))
        {
            return false;
        }

        if (year is null && anchor.Report is { } report && found > report.AddDays(DaysAhead) && ReportTime.TryDate(inYear - 1, month, (int)day.Value, out var before))
        {
            found = before;
        }

        date = new DateExpression(first.Start, day.End + (sign ? 1 : 0), found, year is null ? 2 : 3);
        return true;
    }

    private static bool TryDayOfMonth(NumberExpression day, int end, DateOnly report, DateOnly? last, out DateExpression date)
    {
        date = default;
        var month = report;
        // "On the 16th" in a report of the 2nd is last month's; a month named just before holds on.
        if ((int)day.Value > report.Day + 1)
        {
            month = report.AddMonths(-1);
        }

        if (last is { } named && named < report && (named.Month != report.Month || named.Year != report.Year) && (int)day.Value >= named.Day - 1)
        {
            month = named;
        }

        if (!ReportTime.TryDate(month.Year, month.Month, (int)day.Value, out var found))
        {
            return false;
        }

        date = new DateExpression(day.Start, end, found, 1);
        return true;
    }
}
