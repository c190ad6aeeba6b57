using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Fields;

/// <summary>A name of a region in a report.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="InTitle">Whether in the title.</param>
/// <param name="Meanings">The regions that it may mean.</param>
/// <param name="Weight">How much it says about where the event was.</param>
internal readonly record struct PlaceMention(int Start, int End, bool InTitle, Region[] Meanings, double Weight)
{
    /// <summary>It is the name of a town, and the meanings are counties.</summary>
    internal bool IsTown { get; init; }
}

/// <summary>
/// Finds where an event was: every name of a region or a town in title and text votes for the provinces it may lie in, the more the nearer
/// to the beginning; then the deepest region of the winner that is named.
/// </summary>
internal sealed class PlaceReader(RegionTree tree)
{
    private const double TitleWeight = 3;
    private const double DatelineWeight = 0.6;
    private const double PassingWeight = 0.25;
    private const double Fading = 120;

    // A name that means no region of those who are looked after is more often a road or an estate.
    private const double ElsewhereWeight = 0.25;

    private static readonly string[] PassingAfter = ["籍", "开往", "驶往", "至", "方向", "牌照", "大客车", "客车", "货车", "轿车", "人)", "媒体", "通讯社", "日报", "晚报", "警方说", "路", "街", "大街", "大道", "高速", "军区"];
    private static readonly string[] PassingBefore = ["开往", "驶往", "往", "来自", "到", "赴", "返回", "前往", "至", "从", "距", "距离"];

    /// <param name="isHere">Whether a region, by its code, is one of those that the reader looks after; null where it looks after all.</param>
    internal void Collect(ReadOnlySpan<char> plain, bool inTitle, List<PlaceMention> mentions, Func<string, bool>? isHere = null)
    {
        var towns = new List<TownMention>();
        tree.Towns.Collect(plain, towns);
        var next = 0;
        for (var i = 0; i < plain.Length;)
        {
            while (next < towns.Count && towns[next].Start < i)
            {
                next++;
            }

            var meanings = tree.Find(plain, i, out var length);
            // Of 平阳坑镇 the beginning is the name of a county, which it does not lie in.
            var isTown = next < towns.Count && towns[next].Start == i && towns[next].End - i > length;
            if (isTown)
            {
                (meanings, length) = (Alone(towns[next].Counties, isHere), towns[next].End - i);
            }

            if (meanings is { Length: > 0 })
            {
                var here = isHere is null ? meanings : Array.FindAll(meanings, meaning => isHere(meaning.Code));
                var weight = Weight(plain, i, i + length, inTitle) * (here.Length > 0 ? 1 : ElsewhereWeight);
                mentions.Add(new PlaceMention(i, i + length, inTitle, here.Length > 0 ? here : meanings, weight) { IsTown = isTown });
            }

            i += Math.Max(length, 1);
        }
    }

    /// <summary>The place in the name of a local paper that stands beside the time of a report.</summary>
    internal void CollectSource(ReadOnlySpan<char> plain, List<PlaceMention> mentions)
    {
        for (var i = 0; i < plain.Length; i++)
        {
            if (tree.Find(plain, i, out var length) is { } meanings)
            {
                // It stands nowhere in title or text: its span is empty.
                mentions.Add(new PlaceMention(0, 0, false, meanings, DatelineWeight));
                i += length - 1;
            }
        }
    }

    /// <summary>The place of the event; null where no region is named.</summary>
    internal static Place? Choose(List<PlaceMention> mentions)
    {
        var votes = new Dictionary<Region, double>();
        foreach (var mention in mentions.Where(mention => !mention.IsTown || mention.Meanings.Length == 1))
        {
            var provinces = mention.Meanings.Select(meaning => meaning.Province).Distinct().ToArray();
            foreach (var province in provinces)
            {
                votes[province] = votes.GetValueOrDefault(province) + (mention.Weight / provinces.Length);
            }
        }

        if (votes.Count == 0)
        {
            return null;
        }

        var (winner, share) = votes.MaxBy(vote => vote.Value);
        var within = mentions.Where(mention => mention.Meanings.Any(meaning => meaning.IsWithin(winner))).ToArray();
        var (city, county) = Deepest(within, winner);
        var best = within.MaxBy(mention => mention.Weight);
        var confidence = Math.Clamp((share / votes.Values.Sum() * 0.6) + (Math.Min(share, 3) / 3 * 0.4), 0.1, 0.98);
        return new Place(winner, city, county, best.Start, best.End, best.InTitle, Math.Round(confidence, 2));
    }

    // A town tells its county where no other of the province, or of those looked after, has a town of its name; of several provinces, once another name says which.
    private static Region[] Alone(Region[] counties, Func<string, bool>? isHere)
    {
        var here = isHere is null ? [] : Array.FindAll(counties, county => isHere(county.Code));
        return here.Length > 0 ? here.Length == 1 ? here : [] : [.. counties.GroupBy(county => county.Province).Where(group => group.Count() == 1).Select(group => group.First())];
    }

    private static Region? CityOf(Region county) => county.Parent is { Level: 2 } above && !RegionNames.IsPlaceholder(above.Name) ? above : null;

    // A county brings its own city; it yields to a named city that it does not lie in only where that says more.
    private static (Region? City, Region? County) Deepest(PlaceMention[] within, Region winner)
    {
        var city = Best(within, winner, 2);
        var county = Best(within, winner, 3);
        if (city is { } named && county is { } deep && !deep.Region.IsWithin(named.Region) && deep.Weight < named.Weight)
        {
            county = Best(within, named.Region, 3);
        }

        return county is { } chosen ? (CityOf(chosen.Region), chosen.Region) : (city?.Region, null);
    }

    private static (Region Region, double Weight)? Best(PlaceMention[] mentions, Region within, int level)
    {
        var candidates =
            from mention in mentions
            from meaning in mention.Meanings
            where meaning.Level == level && meaning.IsWithin(within) && meaning.Name != "市辖区"
            group mention.Weight by meaning into named
            select (Region: named.Key, Weight: named.Sum());
        var best = candidates.OrderByDescending(each => each.Weight).ThenBy(each => each.Region.Code, StringComparer.Ordinal).FirstOrDefault();
        return best.Region is null ? null : best;
    }

    private static double Weight(ReadOnlySpan<char> plain, int start, int end, bool inTitle)
    {
        var before = plain[Math.Max(0, start - 4)..start];
        var after = plain[end..Math.Min(plain.Length, end + 12)];
        foreach (var word in PassingBefore)
        {
            if (before.EndsWith(word))
            {
                return PassingWeight;
            }
        }

        foreach (var word in PassingAfter)
        {
            if (after.StartsWith(word))
            {
                return PassingWeight;
            }
        }

        if (inTitle)
        {
            return TitleWeight;
        }

        var dateline = start < 16 && (after.IndexOf('电') is >= 0 and < 9 || after.IndexOf('讯') is >= 0 and < 9 || after.IndexOf("信息") is >= 0 and < 10 || after.IndexOf("消息") is >= 0 and < 10);
        return dateline ? DatelineWeight : 2 * Fading / (Fading + start);
    }
}

/// <summary>Where an event was.</summary>
/// <param name="Province">Province, or foreign country.</param>
/// <param name="City">City; null where none is named or implied.</param>
/// <param name="County">County; null where none is named.</param>
/// <param name="Start">Where the name that counted most starts.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="InTitle">Whether it stands in the title.</param>
/// <param name="Confidence">From 0 to 1.</param>
internal sealed record Place(Region Province, Region? City, Region? County, int Start, int End, bool InTitle, double Confidence);
