namespace Jingwei.Text.Lexicons;

/// <summary>The forms that a region's official name takes in running text.</summary>
internal static class RegionNames
{
    private static readonly string[] Peoples =
    [
        "布依族苗族", "土家族苗族", "苗族侗族", "藏族羌族", "哈尼族彝族", "傣族景颇族", "壮族苗族", "蒙古族藏族", "傈僳族", "维吾尔", "哈萨克", "柯尔克孜",
        "朝鲜族", "土家族", "布依族", "蒙古族", "哈尼族", "纳西族", "拉祜族", "景颇族", "布朗族", "撒拉族", "仫佬族", "毛南族", "锡伯族", "仡佬族", "裕固族",
        "保安族", "东乡族", "塔吉克", "鄂温克族", "达斡尔族", "蒙古", "壮族", "回族", "苗族", "彝族", "藏族", "侗族", "瑶族", "白族", "傣族", "黎族", "畲族", "水族",
        "羌族", "土族", "满族", "佤族", "独龙族", "怒族", "各族", "普米族",
    ];

    private static readonly string[] Suffixes =
        ["特别行政区", "自治区", "自治州", "自治县", "自治旗", "街道办事处", "街道", "地区", "林区", "新区", "省", "市", "县", "区", "盟", "旗", "镇", "乡", "州"];

    /// <summary>Rows that the list of regions keeps for regions without a name of their own.</summary>
    internal static bool IsPlaceholder(string name) =>
        name is "市辖区" or "县" || name.Contains("直辖", StringComparison.Ordinal);

    /// <summary>The name, and its short form where that is two characters or more: 丹阳市, 丹阳; 西双版纳傣族自治州, 西双版纳.</summary>
    internal static IEnumerable<string> Forms(string name)
    {
        yield return name;
        var brief = Short(name);
        if (brief.Length >= 2 && brief != name)
        {
            yield return brief;
        }
    }

    /// <summary>The name without its rank and the peoples in it; the name itself where nothing or one character would be left.</summary>
    internal static string Short(string name)
    {
        var brief = name;
        foreach (var suffix in Suffixes)
        {
            if (brief.EndsWith(suffix, StringComparison.Ordinal) && brief.Length > suffix.Length)
            {
                brief = brief[..^suffix.Length];
                brief = suffix.StartsWith("自治", StringComparison.Ordinal) ? WithoutPeoples(brief) : brief;
                break;
            }
        }

        return brief.Length >= 2 ? brief : name;
    }

    private static string WithoutPeoples(string name)
    {
        for (var shorter = true; shorter;)
        {
            shorter = false;
            foreach (var people in Peoples)
            {
                if (name.EndsWith(people, StringComparison.Ordinal) && name.Length > people.Length + 1)
                {
                    name = name[..^people.Length];
                    shorter = true;
                    break;
                }
            }
        }

        return name;
    }
}
