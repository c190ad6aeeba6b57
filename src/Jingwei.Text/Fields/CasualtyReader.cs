using System.Buffers;

namespace Jingwei.Text.Fields;

/// <summary>Chooses, among the numbers of people that a report names, those of the event: title before text, totals before shares.</summary>
internal static class CasualtyReader
{
    private static readonly string[] Nobody = ["无人员伤亡", "没有造成人员伤亡", "未造成人员伤亡", "无人伤亡", "没有人员伤亡", "未造成人员死伤", "无人员死伤", "没有伤亡", "尚无伤亡", "无伤亡"];

    private static readonly SearchValues<char> Stops = SearchValues.Create("，。！？；,;\n");
    private static readonly string[] OneDead = ["身亡", "死亡", "离世", "丧生", "不治", "遇难", "丧命"];
    private static readonly string[] OneHurt = ["撞伤", "受伤", "重伤", "轻伤", "骨折", "送往医院", "送医"];
    private static readonly string[] OneTrapped = ["被困", "被卡"];
    private static readonly string[] Single = ["司机", "男子", "女子", "男孩", "女孩", "老人", "男童", "女童", "驾驶员", "当事人", "骑车人", "行人", "学生", "妇女", "乘客", "孩子", "男性", "女性"];

    /// <summary>The number of people to whom it happened; null where the report does not say.</summary>
    /// <param name="counts">All counts of title and text.</param>
    /// <param name="kind">What happened to them.</param>
    internal static Stated<int>? Choose(IReadOnlyList<HeadCount> counts, HarmKind kind)
    {
        var best = -1;
        var top = double.MinValue;
        for (var i = 0; i < counts.Count; i++)
        {
            if (counts[i].Kind == kind && Score(counts[i], kind) - (0.02 * i) > top)
            {
                (best, top) = (i, Score(counts[i], kind) - (0.02 * i));
            }
        }

        if (best < 0)
        {
            return null;
        }

        while (best > 0 && Continues(counts[best - 1], counts[best]))
        {
            best--;
        }

        var chosen = counts[best];
        var value = chosen.Number.Value;
        var end = chosen.End;
        for (var i = best + 1; i < counts.Count && Continues(counts[i - 1], counts[i]); i++)
        {
            value += counts[i].Number.Value;
            end = counts[i].End;
        }

        var confidence = Math.Clamp(0.7 + (0.08 * top) - (chosen.Number.Blurred ? 0.1 : 0), 0.3, 0.97);
        return value > int.MaxValue ? null : new Stated<int>((int)value, chosen.Number.Start, end, Math.Round(confidence, 2), chosen.InTitle);
    }

    /// <summary>The statement that nobody came to harm; null where there is none.</summary>
    internal static Stated<int>? ReadNobody(ReadOnlySpan<char> plain, bool inTitle)
    {
        foreach (var words in Nobody)
        {
            var at = plain.IndexOf(words);
            if (at >= 0)
            {
                return new Stated<int>(0, at, at + words.Length, 0.9, inTitle);
            }
        }

        return null;
    }

    /// <summary>One person without a number: 面包车司机不幸身亡.</summary>
    internal static Stated<int>? ReadSingle(ReadOnlySpan<char> plain, HarmKind kind, bool inTitle)
    {
        foreach (var word in kind switch { HarmKind.Dead => OneDead, HarmKind.Trapped => OneTrapped, _ => OneHurt })
        {
            for (var at = plain.IndexOf(word); at >= 0;)
            {
                var from = Math.Max(0, at - 12);
                var clause = plain[from..at];
                from += clause.LastIndexOfAny(Stops) + 1;
                clause = plain[from..Math.Min(plain.Length, at + word.Length + 8)];
                foreach (var person in Single)
                {
                    if (clause.IndexOf(person) >= 0)
                    {
                        return new Stated<int>(1, from, at + word.Length, 0.5, inTitle);
                    }
                }

                var next = plain[(at + word.Length)..].IndexOf(word);
                at = next < 0 ? -1 : at + word.Length + next;
            }
        }

        return null;
    }

    /// <summary>People who were freed and brought to a hospital: injured, though the report may not say the word.</summary>
    internal static Stated<int>? ReadHurtTrapped(string plain, IReadOnlyList<HeadCount> counts) =>
        plain.Contains("送往医院", StringComparison.Ordinal) || plain.Contains("送医", StringComparison.Ordinal) || plain.Contains("受伤", StringComparison.Ordinal)
            ? Choose(counts, HarmKind.Trapped) ?? ReadSingle(plain, HarmKind.Trapped, false)
            : null;

    private static double Score(HeadCount count, HarmKind kind)
    {
        var score = count.InTitle ? 2.0 : 0;
        score -= count.Share ? kind == HarmKind.Dead ? 0.4 : 1.5 : 0;
        score -= count.Number.Blurred ? 0.3 : 0;
        score -= Math.Max(0, count.Gap - 8) * 0.03;
        // One person among more: the story of one of the victims.
        score -= count.Number.Value == 1 ? 0.3 : 0;
        return score;
    }

    // 3人重伤，14人轻微伤 and 当场死亡1人，3人途中死亡 are sums.
    private static bool Continues(HeadCount before, HeadCount next) =>
        next.Kind == before.Kind && next.InTitle == before.InTitle && !next.Share && !before.Share
        && next.Severity != before.Severity && next.Severity != '\0' && before.Severity != '\0'
        && next.Number.Start - before.End is >= 0 and <= 12;
}
