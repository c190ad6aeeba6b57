using System.Globalization;

namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>A place that events name.</summary>
/// <param name="Latitude">Degrees; null where it is within another place.</param>
internal sealed record Place(string Id, string Name, double? Latitude, double? Longitude);

/// <summary>The places of companies, with names and positions: a site somewhere in its city, and what is within it.</summary>
internal static class Places
{
    // The middle of each city, to some kilometres.
    private static readonly Dictionary<string, (double Latitude, double Longitude)> Cities = new(StringComparer.Ordinal)
    {
        ["320500"] = (31.30, 120.58),
        ["320600"] = (31.98, 120.89),
        ["360700"] = (25.83, 114.93),
        ["360800"] = (27.11, 114.99),
        ["420200"] = (30.20, 115.04),
        ["440300"] = (22.60, 114.02),
        ["440400"] = (22.27, 113.54),
        ["440700"] = (22.58, 113.08),
        ["441300"] = (23.11, 114.42),
        ["441900"] = (23.02, 113.75),
    };

    public static IEnumerable<Place> Of(Firm firm)
    {
        var (latitude, longitude) = Cities[firm.City];

        // Companies of one city are some kilometres apart.
        yield return new(firm.Site, firm.Name, Math.Round(latitude + (((firm.Number * 7 % 19) - 9) * 0.007), 3), Math.Round(longitude + (((firm.Number * 5 % 19) - 9) * 0.007), 3));
        foreach (var (word, name) in Within(firm))
        {
            yield return new(firm.Place(word), $"{name}（模拟）", null, null);
        }
    }

    private static IEnumerable<(string Word, string Name)> Within(Firm firm) =>
    [
        ("GATE", "收发货口"), ("STORE", "仓库"), ("INSPECTION", "检验区"), ("PACKING", "包装区"),
        .. firm.Trade switch
        {
            Trade.Laminate => [("TREATER", "上胶线"), .. Enumerable.Range(1, LotLife.PressesOf(firm)).Select(press => (LotLife.PressWord(press), string.Create(CultureInfo.InvariantCulture, $"{press} 号层压机")))],
            Trade.Board => [("LAMINATION", "压合工序"), ("ROUTING", "成型工序")],
            Trade.Assembly => new[] { ("LINE-1", "贴装一线") },
            _ => [],
        },
    ];
}
