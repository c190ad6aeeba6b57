namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>The item numbers of what companies make.</summary>
internal static class Goods
{
    /// <summary>Of laminators: copper-clad laminate.</summary>
    public const int Laminate = 1;

    /// <summary>Of laminators: glass cloth soaked with resin.</summary>
    public const int Prepreg = 2;

    /// <summary>Of board makers: a panel.</summary>
    public const int Panel = 1;

    /// <summary>Of board makers: a board.</summary>
    public const int Board = 2;

    /// <summary>Of assemblers: a board with its components.</summary>
    public const int Assembly = 1;

    /// <summary>Of suppliers outside the chain.</summary>
    public const int Supply = 1;

    /// <summary>What each company makes, as it is called.</summary>
    public static IReadOnlyList<(int Item, string Word, string Chinese, string English)> Of(Trade trade) => trade switch
    {
        Trade.Laminate => [(Laminate, "laminate", "FR-4 覆铜板", "FR-4 copper-clad laminate"), (Prepreg, "prepreg", "半固化片", "Prepreg")],
        Trade.Board => [(Panel, "panel", "四层拼板", "Four-layer panel"), (Board, "board", "四层电路板", "Four-layer board")],
        Trade.Assembly => [(Assembly, "assembly", "控制板组件", "Controller assembly")],
        _ => [],
    };
}
