namespace Jingwei.Text.Fields;

/// <summary>A town named in a report.</summary>
/// <param name="Start">Where the name starts.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Counties">The counties that have a town of this name.</param>
internal readonly record struct TownMention(int Start, int End, Region[] Counties);

/// <summary>Towns, townships and subdistricts by their names, which tell the county where nothing else does. Immutable.</summary>
internal sealed class TownTable
{
    private const int Shortest = 3;

    private static readonly string[] Ranks = ["镇", "乡", "街道"];

    private readonly Dictionary<string, Region[]> byName;
    private readonly Dictionary<string, Region[]>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly int longest;

    /// <param name="towns">Names with their counties.</param>
    internal TownTable(IEnumerable<(string Name, Region County)> towns)
    {
        byName = towns.GroupBy(town => town.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(town => town.County).Distinct().ToArray(), StringComparer.Ordinal);
        lookup = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        longest = byName.Count == 0 ? 0 : byName.Keys.Max(name => name.Length);
    }

    /// <summary>Names with their counties, in the order of the list.</summary>
    internal IEnumerable<(string Name, Region County)> All => byName.SelectMany(town => town.Value.Select(county => (town.Key, county)));

    /// <summary>Whether a name of the list is a town's: farms, parks and offices, which the list has too, are not.</summary>
    internal static bool IsTown(string name) => name.Length >= Shortest && Ranks.Any(rank => name.EndsWith(rank, StringComparison.Ordinal));

    /// <summary>The towns that a text names, in its order, the longest name at each place.</summary>
    internal void Collect(ReadOnlySpan<char> plain, List<TownMention> mentions)
    {
        var free = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            var rank = RankLength(plain[i..]);
            if (rank == 0)
            {
                continue;
            }

            var end = i + rank;
            for (var start = Math.Max(free, end - longest); start <= end - Shortest; start++)
            {
                if (lookup.TryGetValue(plain[start..end], out var counties))
                {
                    mentions.Add(new TownMention(start, end, counties));
                    free = end;
                    break;
                }
            }
        }
    }

    private static int RankLength(ReadOnlySpan<char> text)
    {
        foreach (var rank in Ranks)
        {
            if (text.StartsWith(rank))
            {
                return rank.Length;
            }
        }

        return 0;
    }
}
