namespace Jingwei.Text.Fields;

/// <summary>A number of people and what happened to them.</summary>
/// <param name="Number">The number.</param>
/// <param name="End">Where the statement ends, exclusive.</param>
/// <param name="Kind">What happened to them.</param>
/// <param name="Severity">The word that says how: 重, 轻, 微, or 当 (on the spot); 0 where none does.</param>
/// <param name="Share">Whether it is part of a larger number (其中).</param>
/// <param name="InTitle">Whether in the title.</param>
/// <param name="Gap">Characters between the number and the word that says what happened.</param>
internal readonly record struct HeadCount(NumberExpression Number, int End, HarmKind Kind, char Severity, bool Share, bool InTitle, int Gap);

/// <summary>Finds numbers of people and what happened to them: 造成4人死亡, 死亡一人, 4死2伤, 74名学生中毒.</summary>
internal static class HeadCounts
{
    private const int FarthestRight = 34;
    private const int FarthestLeft = 9;
    private const string Units = "人名位个具例口条死亡伤余男女";

    internal static void Read(ReadOnlySpan<char> plain, bool inTitle, List<HeadCount> counts)
    {
        for (var i = 0; i < plain.Length;)
        {
            if (NumberExpression.TryRead(plain, i, out var number))
            {
                if (TryCount(plain, number, inTitle, out var count))
                {
                    counts.Add(count);
                }

                i = Math.Max(number.End, i + 1);
            }
            else
            {
                i++;
            }
        }
    }

    /// <summary>Whether a number counts people: by its measure word, or by a noun for people right behind it (74学生).</summary>
    internal static bool CountsPeople(ReadOnlySpan<char> plain, NumberExpression number)
    {
        if (number.End >= plain.Length || number.Value < 1 || number.Value != Math.Floor(number.Value))
        {
            return plain[number.End - 1] is '俩' or '仨';
        }

        var next = plain[number.End];
        var after = number.End + 1 < plain.Length ? plain[number.End + 1] : '。';
        var before = number.Start > 0 ? plain[number.Start - 1] : '。';
        if (before is '第' or '之' or '.' || (before is '数' or '几' or '上' or '成' && plain[number.Start] is '百' or '千' or '万') || char.IsAsciiLetter(before))
        {
            return false;
        }

        return next switch
        {
            '个' => after is '人' or '孩' or '儿' or '学' or '乘' or '村' or '工' or '伤' or '死' or '老' or '男' or '女' or '民',
            '人' => after is not ('次' or '民' or '口' or '均'),
            '口' => after is '人',
            '例' => after is '病' or '死' or '感' or '确' or '食',
            '条' => after is '生' or '人',
            '死' or '亡' or '伤' => true,
            '名' or '位' or '具' => after is not ('列' or '第' or '于'),
            '男' or '女' => true,
            '学' or '村' or '乘' or '工' or '囚' or '儿' or '员' or '游' or '市' or '居' or '中' or '小' or '民' => IsPeople(plain[number.End..]),
            '重' or '轻' => after is '伤',
            _ => plain[number.End - 1] is '俩' or '仨',
        };
    }

    private static bool IsPeople(ReadOnlySpan<char> text)
    {
        foreach (var noun in (ReadOnlySpan<string>)["学生", "学员", "村民", "乘客", "工人", "囚犯", "儿童", "员工", "游客", "市民", "居民", "中学生", "小学生", "民工", "民众"])
        {
            if (text.StartsWith(noun))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryCount(ReadOnlySpan<char> plain, NumberExpression number, bool inTitle, out HeadCount count)
    {
        count = default;
        if (!CountsPeople(plain, number))
        {
            return false;
        }

        var before = plain[Math.Max(0, number.Start - 6)..number.Start];
        var share = before.IndexOf("其中") >= 0 || before.IndexOf("包括") >= 0 || before.EndsWith("含");
        if (TryRight(plain, number, out var kind, out var end, out var gap, out var severity) || TryLeft(plain, number, out kind, out end, out gap))
        {
            count = new HeadCount(number, end, kind, severity, share, inTitle, gap);
            return kind is not (HarmKind.None or HarmKind.Both or HarmKind.Spared);
        }

        return false;
    }

    private static bool TryRight(ReadOnlySpan<char> plain, NumberExpression number, out HarmKind kind, out int end, out int gap, out char severity)
    {
        kind = HarmKind.None;
        severity = '\0';
        (end, gap) = (0, 0);
        for (var i = number.End; i < plain.Length && i - number.End < FarthestRight; i++)
        {
            if (plain[i] is '，' or ',' or '。' or '；' or ';' or '！' or '？' or '\n' or ')' || (plain[i] == '、' && kind != HarmKind.Ill && !EnumeratesSymptoms(plain, i)))
            {
                return false;
            }

            severity = plain[i] is '重' or '轻' or '微' || plain[i..].StartsWith("当场") || plain[i..].StartsWith("途中") ? plain[i] : severity;
            kind = HarmWords.At(plain, i, out var length);
            if (kind != HarmKind.None)
            {
                severity = plain[i] is '重' or '轻' ? plain[i] : severity;
                severity = plain[i..].StartsWith("轻微") ? '微' : severity;
                (end, gap) = (i + length, i - number.End);
                return true;
            }

            i += Math.Max(0, length - 1);
            if (i > number.End && NumberExpression.TryRead(plain, i, out var other) && CountsPeople(plain, other))
            {
                return false;
            }
        }

        return false;
    }

    // 40名学生恶心、呕吐: the list goes on to the symptom, it does not end the clause.
    private static bool EnumeratesSymptoms(ReadOnlySpan<char> plain, int comma) =>
        plain[comma..Math.Min(plain.Length, comma + 14)].IndexOf("症状") >= 0 || plain[comma..Math.Min(plain.Length, comma + 8)].IndexOf("呕吐") >= 0;

    private static bool TryLeft(ReadOnlySpan<char> plain, NumberExpression number, out HarmKind kind, out int end, out int gap)
    {
        kind = HarmKind.None;
        (end, gap) = (0, 0);
        for (var i = number.Start - 1; i >= 0 && number.Start - i <= FarthestLeft; i--)
        {
            if (plain[i] is '，' or ',' or '。' or '；' or ';' or '！' or '？' or '\n' or '、' || char.IsAsciiDigit(plain[i]))
            {
                return false;
            }

            if (i + 1 < number.Start && HarmWords.At(plain, i, out var two) is not HarmKind.None and var found && two > 1 && i + two <= number.Start)
            {
                kind = found;
                gap = number.Start - i - two;
                end = number.End + (number.End < plain.Length && Units.Contains(plain[number.End]) ? 1 : 0);
                return true;
            }

            if (HarmWords.At(plain, i, out var one) is HarmKind.Dead or HarmKind.Injured && one == 1 && i == number.Start - 1)
            {
                kind = HarmWords.At(plain, i, out _);
                end = number.End + 1;
                return true;
            }
        }

        return false;
    }
}
