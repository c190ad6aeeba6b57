using Jingwei.Text.Lexicons;
using Jingwei.Text.Sequences;

namespace Jingwei.Text.Likeness;

/// <summary>
/// Marks where a sentence may name an estate, a road, a village, a school, a company: the characters behind a region's name, and those before
/// a word for such a thing. It marks generously; how rare a name's terms are decides what they count.
/// </summary>
internal sealed class NameMarks
{
    private const int Reach = 6;

    private static readonly string[] Kinds =
    [
        "小区", "社区", "街道", "花园", "新城", "家园", "公寓", "大厦", "广场", "市场", "大道", "公司", "集团", "学校", "学院", "大学", "中学", "小学", "幼儿园", "医院", "酒店", "宾馆", "饭店", "工厂", "工地",
        "车站", "公园", "商场", "超市", "国道", "省道", "高速", "大桥", "隧道", "水库", "煤矿", "机场", "码头", "平台", "项目", "楼盘", "安置区", "工业区", "开发区", "工业园", "科技城", "派出所", "网络科技",
        "清真寺", "体育场", "食堂", "国际", "路", "街", "村", "镇", "乡", "巷", "弄", "厂", "站", "城", "府", "苑", "园", "湾", "寺", "桥", "矿", "河", "湖", "江", "山", "岛",
    ];

    private static readonly WordsByFirst<bool> ByFirst = new(Kinds.Select(word => (word, true)));

    private int[] names = new int[512];
    private int count;

    /// <summary>Number of the name that a position lies in; 0 outside.</summary>
    internal int Of(int position) => names[position];

    internal void Mark(TextSheet sheet)
    {
        if (names.Length < sheet.Length)
        {
            names = new int[sheet.Length * 2];
        }

        Array.Clear(names, 0, sheet.Length);
        count = 0;
        var free = 0;
        for (var i = 0; i < sheet.Length; i++)
        {
            var region = RegionEnd(sheet, i);
            if (region > i)
            {
                MarkAfter(sheet, region);
                free = region;
            }

            var kind = KindLength(sheet, i);
            // The river in 晋江 is a city's.
            if (kind > 0 && !(IsRegion(sheet, i) && (sheet.Place(i) & 3) != 1))
            {
                MarkBefore(sheet, free, i, kind);
                free = i + kind;
            }
        }
    }

    // A name of a region, or a letter in its stead (A市, B3区).
    private static int RegionEnd(TextSheet sheet, int at)
    {
        if ((sheet.Place(at) & 3) == 3 && IsRegion(sheet, at))
        {
            return at + 1;
        }

        if (sheet.Kind(at) != CharacterKind.Upper || (at > 0 && sheet.Kind(at - 1) == CharacterKind.Upper))
        {
            return at;
        }

        var end = at + 1;
        while (end < sheet.Length && end < at + 3 && sheet.Kind(end) == CharacterKind.Digit)
        {
            end++;
        }

        return end < sheet.Length && sheet.Plain(end) is '市' or '区' or '县' or '镇' or '省' ? end + 1 : at;
    }

    private static int KindLength(TextSheet sheet, int at)
    {
        foreach (var (word, _) in ByFirst.Of(sheet.Plain(at)))
        {
            var length = 0;
            while (length < word.Length && at + length < sheet.Length && sheet.Plain(at + length) == word[length])
            {
                length++;
            }

            // Within a longer word (广场舞) it is no such thing.
            if (length == word.Length && sheet.Word(at + length - 1).End == at + length)
            {
                return length;
            }
        }

        return 0;
    }

    private void MarkAfter(TextSheet sheet, int start)
    {
        // One region within another (宁波市海曙区): the name stands behind the last. What is just one of many (慈溪市一居民楼) has none.
        if (start < sheet.Length && (IsRegion(sheet, start) || sheet.Plain(start) == '一'))
        {
            return;
        }

        count++;
        for (var i = start; i < Math.Min(sheet.Length, start + Reach) && IsPart(sheet, i) && !IsWord(sheet, i, PartOfSpeech.VerbalNoun); i++)
        {
            names[i] = count;
        }
    }

    // Not over the end of the name before: of 劳动东路魅力之城小区 each is one.
    private void MarkBefore(TextSheet sheet, int free, int kind, int length)
    {
        var start = kind;
        while (start > free && start > kind - Reach && IsPart(sheet, start - 1) && !IsWord(sheet, start - 1, PartOfSpeech.Verb))
        {
            start--;
        }

        if (start < kind - 1)
        {
            names.AsSpan(start, kind + length - start).Fill(++count);
        }
    }

    /// <summary>Whether a position lies in the name of a region.</summary>
    internal static bool IsRegion(TextSheet sheet, int at) => sheet.Place(at) >> 2 > 1;

    private static bool IsPart(TextSheet sheet, int at) =>
        sheet.Kind(at) is CharacterKind.Han or CharacterKind.HanDigit or CharacterKind.Digit or CharacterKind.Upper or CharacterKind.Lower
        && (sheet.Plain(at) == '之' || sheet.Word(at).Entry.Part is not (PartOfSpeech.Particle or PartOfSpeech.Preposition or PartOfSpeech.Pronoun or PartOfSpeech.Conjunction or PartOfSpeech.Adverb or PartOfSpeech.Time));

    // What is done (发生, 投诉), and behind a region also what an office is for (应急管理), names nothing.
    private static bool IsWord(TextSheet sheet, int at, PartOfSpeech part)
    {
        var word = sheet.Word(at);
        return word.End - word.Start > 1 && (word.Entry.Part == PartOfSpeech.Verb || word.Entry.Part == part);
    }
}
