namespace Jingwei.Text.Fields;

/// <summary>Chooses, among the days that a report names, the one on which what it reports happened.</summary>
internal static class EventDate
{
    private const int DaysOfNews = 60;

    private static readonly string[] Datelines = ["电", "讯", "信息", "消息", "综合", "报道", "外电", "专电", "发布"];
    private static readonly string[] Reporting =
        ["获悉", "了解到", "报道", "表示", "宣布", "公布", "通报", "介绍", "证实", "确认", "透露", "消息", "采访", "看到", "说", "称", "来到", "见到"];

    private static readonly string[] Aftermath =
        ["出院", "不治", "抢救无效", "治愈", "查明", "归案", "死亡", "落网", "开庭", "宣判", "判处", "恢复", "抵达", "赶到", "看望", "病愈", "好转", "慰问", "召开", "批示"];

    private static readonly string[] Happening =
        ["发生", "相撞", "追尾", "中毒", "出现", "食用", "侧翻", "翻车", "起火", "爆炸", "坠", "撞", "翻", "吃", "就餐", "遭遇", "遇袭", "地震", "火灾", "车祸", "事故", "袭击"];

    /// <summary>The day; null where the report names none. Confidence falls with what speaks against it.</summary>
    /// <param name="plain">The plain text.</param>
    /// <param name="dates">The days that it names.</param>
    /// <param name="report">Day of the report; null where it is not known.</param>
    internal static Stated<DateOnly>? Choose(ReadOnlySpan<char> plain, IReadOnlyList<DateExpression> dates, DateOnly? report)
    {
        DateExpression? best = null;
        var top = double.MinValue;
        for (var i = 0; i < dates.Count; i++)
        {
            // What lies far back is told for comparison (the earthquake of another year).
            var old = report is { } day && dates[i].Date < day.AddDays(-DaysOfNews);
            var score = Score(plain, dates[i]) - (0.3 * i) - (old ? 1.5 : 0);
            if (score > top)
            {
                (best, top) = (dates[i], score);
            }
        }

        return best is { } chosen ? new Stated<DateOnly>(chosen.Date, chosen.Start, chosen.End, Math.Clamp(0.75 + (0.05 * top), 0.2, 0.97), false) : null;
    }

    private static double Score(ReadOnlySpan<char> text, DateExpression date)
    {
        var after = Clause(text, date.End, 40);
        var near = after[..Math.Min(after.Length, 10)];
        var before = text[Math.Max(0, date.Start - 6)..date.Start];
        var score = date.Explicit * 0.1;
        score -= StartsWithAny(near, Datelines) ? 4 : 0;
        score -= before.EndsWith("截至") || before.EndsWith("截止") || before.EndsWith("截至到") || before.EndsWith("至") || before.EndsWith("到") ? 2.5 : 0;
        // 10日起: how long something has been going on already.
        score -= after.StartsWith("起") || after.StartsWith("以来") ? 1 : 0;
        score -= before.IndexOf("记者") >= 0 ? 2.5 : 0;
        score -= ContainsAny(near, Reporting) ? 1.5 : 0;
        score -= ContainsAny(after, Aftermath) ? 1 : 0;
        score += ContainsAny(after, Happening) ? 1 : 0;
        return score;
    }

    // A day's clause: to the stop behind it, over one comma that follows it at once (16日，新绛县…).
    private static ReadOnlySpan<char> Clause(ReadOnlySpan<char> text, int start, int most)
    {
        var rest = text[start..Math.Min(text.Length, start + most)];
        var stop = rest.IndexOfAny("。！？\n");
        return stop < 0 ? rest : rest[..stop];
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word) || (text.Length > 4 && text[..Math.Min(text.Length, word.Length + 3)].IndexOf(word) >= 0))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ContainsAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
