namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>Who is in the chain and buys from whom.</summary>
internal static class Network
{
    /// <summary>The prefix of the node below which all companies have theirs.</summary>
    public const string Node = "88.118";

    // Suppliers outside the chain, by GS1 Company Prefix; their lots come in with goods.
    public const string FoilMaker = "9520191";
    public const string ResistorMaker = "9520192";
    public const string CapacitorMaker = "9520193";
    public const string ChipMaker = "9520194";

    public static IReadOnlyList<Firm> Laminators { get; } =
    [
        new("laminate-1", "东莞青石覆铜板（样例）", Trade.Laminate, 1, "441900"),
        new("laminate-2", "苏州木渎覆铜板（样例）", Trade.Laminate, 2, "320500"),
        new("laminate-3", "黄石磁湖覆铜板（样例）", Trade.Laminate, 3, "420200"),
    ];

    public static IReadOnlyList<Firm> BoardMakers { get; } =
    [
        new("pcb-1", "深圳观澜电路（样例）", Trade.Board, 4, "440300"),
        new("pcb-2", "惠州东江电路（样例）", Trade.Board, 5, "441300"),
        new("pcb-3", "赣州章江电路（样例）", Trade.Board, 6, "360700"),
        new("pcb-4", "苏州金鸡湖电路（样例）", Trade.Board, 7, "320500"),
        new("pcb-5", "珠海淇澳电路（样例）", Trade.Board, 8, "440400"),
    ];

    public static IReadOnlyList<Firm> Assemblers { get; } =
    [
        new("smt-1", "深圳石岩贴装（样例）", Trade.Assembly, 9, "440300"),
        new("smt-2", "东莞松湖贴装（样例）", Trade.Assembly, 10, "441900"),
        new("smt-3", "惠州仲恺贴装（样例）", Trade.Assembly, 11, "441300"),
        new("smt-4", "吉安青原贴装（样例）", Trade.Assembly, 12, "360800"),
        new("smt-5", "江门潮连贴装（样例）", Trade.Assembly, 13, "440700"),
        new("smt-6", "苏州昆山贴装（样例）", Trade.Assembly, 14, "320500"),
        new("smt-7", "南通濠河贴装（样例）", Trade.Assembly, 15, "320600"),
        new("smt-8", "珠海金湾贴装（样例）", Trade.Assembly, 16, "440400"),
    ];

    public static IReadOnlyList<Firm> Customers { get; } =
    [
        new("customer-1", "深圳云岭汽车电子（样例）", Trade.Product, 17, "440300"),
        new("customer-2", "苏州太湖通信设备（样例）", Trade.Product, 18, "320500"),
    ];

    public static IReadOnlyList<Firm> All { get; } = [.. Laminators, .. BoardMakers, .. Assemblers, .. Customers];

    // By place in the lists above, from 0.
    private static readonly Dictionary<string, int[]> Bought = new(StringComparer.Ordinal)
    {
        ["laminate-1"] = [0, 1, 2],
        ["laminate-2"] = [3, 2, 4],
        ["laminate-3"] = [4, 1, 3],
        ["pcb-1"] = [0, 1, 2],
        ["pcb-2"] = [2, 3, 4],
        ["pcb-3"] = [4, 5, 3],
        ["pcb-4"] = [5, 6, 7],
        ["pcb-5"] = [7, 0, 6],
        ["smt-1"] = [0],
        ["smt-2"] = [0],
        ["smt-3"] = [0],
        ["smt-4"] = [0, 1],
        ["smt-5"] = [1, 0],
        ["smt-6"] = [1],
        ["smt-7"] = [1],
        ["smt-8"] = [1, 0],
    };

    /// <summary>Who buys what a company makes.</summary>
    public static IReadOnlyList<Firm> BuyersOf(Firm firm) =>
        Bought.TryGetValue(firm.Id, out var places) ? [.. places.Select(place => Next(firm.Trade)[place])] : [];

    private static IReadOnlyList<Firm> Next(Trade trade) => trade switch
    {
        Trade.Laminate => BoardMakers,
        Trade.Board => Assemblers,
        _ => Customers,
    };
}
