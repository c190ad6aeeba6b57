using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Fields;

/// <summary>What happened to the people that a count counts.</summary>
internal enum HarmKind : byte
{
    None,
    Dead,
    Injured,
    Ill,
    Missing,
    Trapped,
    Evacuated,
    Both,
    Spared,
}

/// <summary>The words that say what happened to people; the longest at a place counts.</summary>
internal static class HarmWords
{
    private static readonly (string Word, HarmKind Kind)[] All =
    [
        ("死伤", HarmKind.Both), ("伤亡", HarmKind.Both),
        ("死亡", HarmKind.Dead), ("遇难", HarmKind.Dead), ("丧生", HarmKind.Dead), ("身亡", HarmKind.Dead), ("罹难", HarmKind.Dead), ("丧命", HarmKind.Dead), ("不治", HarmKind.Dead),
        ("牺牲", HarmKind.Dead), ("殉职", HarmKind.Dead), ("毙命", HarmKind.Dead), ("尸体", HarmKind.Dead), ("遗体", HarmKind.Dead), ("死者", HarmKind.Dead), ("被杀", HarmKind.Dead),
        ("离世", HarmKind.Dead), ("去世", HarmKind.Dead), ("致死", HarmKind.Dead), ("炸死", HarmKind.Dead), ("打死", HarmKind.Dead), ("死于", HarmKind.Dead), ("烧死", HarmKind.Dead),
        ("生命危险", HarmKind.None), ("生命特征", HarmKind.None), ("条生命", HarmKind.Dead), ("死", HarmKind.Dead), ("亡", HarmKind.Dead), ("逃亡", HarmKind.None), ("死亡线", HarmKind.None),
        ("受伤", HarmKind.Injured), ("重伤", HarmKind.Injured), ("轻伤", HarmKind.Injured), ("轻微伤", HarmKind.Injured), ("负伤", HarmKind.Injured), ("烧伤", HarmKind.Injured),
        ("伤者", HarmKind.Injured), ("伤员", HarmKind.Injured), ("伤势", HarmKind.Injured), ("挂彩", HarmKind.Injured), ("撞伤", HarmKind.Injured), ("摔伤", HarmKind.Injured), ("伤", HarmKind.Injured),
        ("中毒", HarmKind.Ill), ("不适", HarmKind.Ill), ("发病", HarmKind.Ill), ("患病", HarmKind.Ill), ("病例", HarmKind.Ill), ("呕吐", HarmKind.Ill), ("腹泻", HarmKind.Ill),
        ("恶心", HarmKind.Ill), ("症状", HarmKind.Ill), ("毒倒", HarmKind.Ill), ("撂倒", HarmKind.Ill), ("感染", HarmKind.Ill), ("染病", HarmKind.Ill), ("送医", HarmKind.Ill),
        ("送往医院", HarmKind.Ill), ("就诊", HarmKind.Ill), ("食物中毒", HarmKind.Ill), ("上吐下泻", HarmKind.Ill),
        ("失踪", HarmKind.Missing), ("失联", HarmKind.Missing), ("下落不明", HarmKind.Missing),
        ("被困", HarmKind.Trapped), ("受困", HarmKind.Trapped), ("被埋", HarmKind.Trapped), ("被卡", HarmKind.Trapped),
        ("疏散", HarmKind.Evacuated), ("转移", HarmKind.Evacuated), ("撤离", HarmKind.Evacuated), ("安置", HarmKind.Evacuated),
        ("出院", HarmKind.Spared), ("脱离危险", HarmKind.Spared), ("无碍", HarmKind.Spared), ("痊愈", HarmKind.Spared), ("治愈", HarmKind.Spared), ("留院", HarmKind.Spared), ("住院", HarmKind.Spared),
        ("幸存", HarmKind.Spared), ("生还", HarmKind.Spared), ("接受治疗", HarmKind.Spared), ("接受观察", HarmKind.Spared), ("留医", HarmKind.Spared), ("幸免", HarmKind.Spared), ("未受伤", HarmKind.Spared),
        ("没有受伤", HarmKind.Spared), ("检查", HarmKind.Spared),
    ];

    private static readonly WordsByFirst<HarmKind> ByFirst = new(All);

    /// <summary>The kind that a word at a position says; its length is 0 where there is none.</summary>
    internal static HarmKind At(ReadOnlySpan<char> text, int position, out int length)
    {
        foreach (var (word, kind) in ByFirst.Of(text[position]))
        {
            if (text[position..].StartsWith(word))
            {
                length = word.Length;
                return kind;
            }
        }

        length = 0;
        return HarmKind.None;
    }
}
