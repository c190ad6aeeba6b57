using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Sequences;

/// <summary>
/// Marks runs of characters that together may name a time: numbers with units of time and words of time, side by side
/// (北京时间14点28分左右). It only marks what may be; which runs are times the labelling decides.
/// </summary>
internal static class TimeRuns
{
    private const string Units = "年月日号时点分秒";

    private static readonly string[] Words =
    [
        "北京时间", "当地时间", "上午", "下午", "中午", "午后", "凌晨", "清晨", "早晨", "早上", "晚上", "晚间", "傍晚", "深夜", "夜间", "左右", "前后", "许", "晚", "早", "今天", "昨天", "前天", "今日", "昨日",
        "前日", "当日", "当天", "当晚", "昨晚", "今晨", "今年", "去年", "本月", "上月", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期", "上周", "小时", "分钟", "秒钟", "个月", "季度", "多",
        "余", "整", "半", "夜里", "午饭后", "截至", "截止", "自", "从", "至", "到", "约", "近", "过", "后", "前", "以来", "期间", "目前", "日前", "近日",
    ];

    private static readonly WordsByFirst<bool> ByFirst = new(Words.Select(word => (word, true)));

    /// <summary>Marks each position: 0 outside, 1 begin, 2 inside, 3 end, 4 alone (one token).</summary>
    internal static void Mark(TextSheet sheet, Span<byte> marks)
    {
        marks.Clear();
        for (var start = 0; start < sheet.Length;)
        {
            var end = start;
            var units = 0;
            for (var length = Token(sheet, end, out var unit); length > 0; length = Token(sheet, end, out unit))
            {
                end += length;
                units += unit ? 1 : 0;
                if (end >= sheet.Length)
                {
                    break;
                }
            }

            if (units > 0)
            {
                marks[start..end].Fill(2);
                marks[start] = 1;
                marks[end - 1] = 3;
            }

            start = Math.Max(end, start + 1);
        }
    }

    // A number with its unit or a word; "unit" says whether it names a time by itself.
    private static int Token(TextSheet sheet, int start, out bool unit)
    {
        unit = false;
        var end = start;
        while (end < sheet.Length && sheet.Kind(end) is CharacterKind.Digit or CharacterKind.HanDigit)
        {
            end++;
        }

        if (end > start && end < sheet.Length && Units.Contains(sheet.Plain(end)))
        {
            unit = true;
            return end + 1 - start;
        }

        if (end > start && end < sheet.Length && sheet.Plain(end) == ':')
        {
            return end + 1 - start;
        }

        var longest = 0;
        foreach (var (word, _) in ByFirst.Of(sheet.Plain(Math.Max(end, start))))
        {
            longest = Math.Max(longest, Matches(sheet, end, word) ? word.Length : 0);
        }

        unit = longest > 1;
        return longest == 0 ? 0 : end - start + longest;
    }

    private static bool Matches(TextSheet sheet, int start, string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (start + i >= sheet.Length || sheet.Plain(start + i) != word[i])
            {
                return false;
            }
        }

        return true;
    }
}
