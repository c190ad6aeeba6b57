using Jingwei.Text.Corpora;
using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Fields;

/// <summary>Regions by the names that texts use for them. Immutable.</summary>
internal sealed class RegionTree
{
    /// <summary>Names of special regions and places in them that the list of divisions leaves out, and names that changed since.</summary>
    private static readonly (string Form, string Code, string Name, int Level, string? Parent)[] Others =
    [
        ("台湾", "71", "台湾省", 1, null), ("台湾省", "71", "台湾省", 1, null), ("香港", "81", "香港特别行政区", 1, null), ("澳门", "82", "澳门特别行政区", 1, null),
        ("台北", "7101", "台北市", 2, "71"), ("高雄", "7102", "高雄市", 2, "71"), ("台中", "7103", "台中市", 2, "71"), ("台南", "7104", "台南市", 2, "71"),
        ("新北市", "7105", "新北市", 2, "71"), ("桃园县", "7106", "桃园市", 2, "71"), ("花莲", "7107", "花莲县", 2, "71"), ("台东", "7108", "台东县", 2, "71"),
        ("屏东", "7109", "屏东县", 2, "71"), ("嘉义", "7110", "嘉义市", 2, "71"), ("苗栗", "7111", "苗栗县", 2, "71"), ("彰化", "7112", "彰化县", 2, "71"), ("宜兰", "7113", "宜兰县", 2, "71"),
        ("新界", "8101", "新界", 2, "81"), ("九龙", "8102", "九龙", 2, "81"), ("襄樊", "4206", "襄阳市", 2, "42"), ("思茅", "5308", "普洱市", 2, "53"),
    ];

    // Short forms that the lexicon lists as places, and that are in reports of incidents a firm, a road or a word far more often.
    private static readonly HashSet<string> Words = new(
        ("朝阳 和平 新华 长安 东方 解放 平安 太平 江北 城关 南山 西湖 桥东 桥西 建设 胜利 友谊 向阳 前进 东风 红旗 光明 文化 铁西 铁东 新城 东区 西区 高新 " +
        "天山 黄山 宝山 西山 东山 河东 河西 大道 郊区 大通 互助 民主 平和 永和 福利 建华 龙湖 万年 新安 新民 泰和 长江 凤凰 青年 资源 海洋 共和 博爱 平原 城北 城东 城西 城南 城中 城区").Split(' '),
        StringComparer.Ordinal);

    private static readonly string[] CountyRanks = ["县", "市", "区"];

    private readonly Dictionary<string, Region[]> byForm;
    private readonly Dictionary<string, Region[]>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly HashSet<int> beginnings;
    private readonly int longest;

    private RegionTree(IReadOnlyList<Region> regions, IEnumerable<(string Form, Region Region)> more, TownTable towns)
    {
        (Regions, Towns) = (regions, towns);
        var forms = regions.SelectMany(region => Forms(region).Select(form => (Form: form, Region: region)))
            .Concat(more);
        byForm = forms.GroupBy(pair => pair.Form, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Region).Distinct().ToArray(), StringComparer.Ordinal);
        lookup = byForm.GetAlternateLookup<ReadOnlySpan<char>>();
        beginnings = [.. byForm.Keys.Select(form => Beginning(form))];
        longest = byForm.Keys.Max(form => form.Length);
    }

    /// <summary>Provinces, cities and counties of the list.</summary>
    internal IReadOnlyList<Region> Regions { get; }

    /// <summary>Towns of the list.</summary>
    internal TownTable Towns { get; }

    /// <summary>Reads the list of divisions of a folder of corpora.</summary>
    internal static RegionTree ReadList(string folder)
    {
        var words = LexiconFiles.ReadWords(folder);
        var regions = new Dictionary<string, Region>(StringComparer.Ordinal);
        var towns = new List<(string, Region)>();
        foreach (var row in JsonLines.Read(Path.Combine(folder, "gazetteer", "china_admin.jsonl")))
        {
            var level = row.GetProperty("level").GetString() switch { "province" => 1, "city" => 2, "county" => 3, _ => 4 };
            var parent = row.GetProperty("parent").GetString();
            var name = row.GetProperty("name").GetString()!;
            if (level == 4)
            {
                // Below cities without counties towns hang on the city.
                if (TownTable.IsTown(name) && regions.TryGetValue(parent!, out var county))
                {
                    towns.Add((name, county));
                }
            }
            else
            {
                var code = row.GetProperty("code").GetString()!;
                regions[code] = new Region(code, name, level, parent is null ? null : regions[parent], MayBeBrief(name, level, words));
            }
        }

        return Create([.. regions.Values], towns);
    }

    // A short form that is some other word (朝天, 集中) says nothing; a district's must be listed as a place.
    private static bool MayBeBrief(string name, int level, Dictionary<string, WordEntry> words) =>
        level < 3 || (!name.EndsWith("新区", StringComparison.Ordinal) && words.TryGetValue(RegionNames.Short(name), out var word)
            ? word.Place || word.Part == PartOfSpeech.PlaceName || (word.Part == PartOfSpeech.PersonName && !name.EndsWith('区'))
            : !name.EndsWith('区') && level == 3);

    private static RegionTree Create(IReadOnlyList<Region> regions, IEnumerable<(string Name, Region County)> towns)
    {
        var all = regions.ToDictionary(region => region.Code, StringComparer.Ordinal);
        var more = new List<(string, Region)>();
        foreach (var (form, code, name, level, parent) in Others)
        {
            if (!all.TryGetValue(code, out var region))
            {
                all[code] = region = new Region(code, name, level, parent is null ? null : all[parent], true);
            }

            more.Add((form, region));
            if (name != form)
            {
                more.Add((name, region));
            }
        }

        more.AddRange(Countries.All.Select(country => (country.Form, new Region(country.Name, country.Name, 1, null, true))));
        return new RegionTree(regions, more, new TownTable(towns));
    }

    internal static RegionTree Read(BinaryReader reader)
    {
        var regions = new Dictionary<string, Region>(StringComparer.Ordinal);
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var code = reader.ReadString();
            var parent = code.Length == 2 ? null : regions[code[..^2]];
            regions[code] = new Region(code, reader.ReadString(), code.Length / 2, parent, reader.ReadBoolean());
        }

        var towns = new List<(string, Region)>();
        foreach (var county in regions.Values)
        {
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                towns.Add((reader.ReadString(), county));
            }
        }

        return Create([.. regions.Values], towns);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Regions.Count);
        foreach (var region in Regions)
        {
            writer.Write(region.Code);
            writer.Write(region.Name);
            writer.Write(region.Brief);
        }

        var towns = Towns.All.ToLookup(town => town.County, town => town.Name);
        foreach (var region in Regions)
        {
            var names = towns[region].Order(StringComparer.Ordinal).ToArray();
            writer.Write7BitEncodedInt(names.Length);
            foreach (var name in names)
            {
                writer.Write(name);
            }
        }
    }

    /// <summary>The regions that the longest name from a position may mean, and the length of that name; null where none begins there.</summary>
    internal Region[]? Find(ReadOnlySpan<char> plain, int start, out int length)
    {
        length = 0;
        if (start + 1 >= plain.Length || !beginnings.Contains(Beginning(plain[start..])))
        {
            return null;
        }

        Region[]? found = null;
        var most = Math.Min(longest, plain.Length - start);
        for (var size = 2; size <= most; size++)
        {
            if (lookup.TryGetValue(plain.Slice(start, size), out var regions))
            {
                (found, length) = (regions, size);
            }
        }

        return found;
    }

    private static int Beginning(ReadOnlySpan<char> text) => (text[0] << 16) | text[1];

    private static IEnumerable<string> Forms(Region region)
    {
        if (RegionNames.IsPlaceholder(region.Name))
        {
            return [];
        }

        var brief = RegionNames.Short(region.Name);
        return region.Brief && !Words.Contains(brief) ? RegionNames.Forms(region.Name).Concat(Renamed(region, brief)) : Renamed(region, brief).Append(region.Name);
    }

    // Counties become cities, cities become districts; old reports keep the old rank.
    private static IEnumerable<string> Renamed(Region region, string brief) =>
        region.Level == 3 && brief != region.Name ? CountyRanks.Select(rank => brief + rank).Where(form => form != region.Name) : [];
}
