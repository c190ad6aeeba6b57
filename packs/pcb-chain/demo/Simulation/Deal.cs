namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>What one party lets another see.</summary>
/// <param name="Products">Classes of goods; none: all.</param>
/// <param name="Fields">What is told of events beyond what always is.</param>
/// <param name="Values">Types of values of identifiers that are not for everybody.</param>
internal sealed record Deal(
    string From, string To, IReadOnlyList<string> Products, IReadOnlyList<string> EventTypes, IReadOnlyList<string> Fields, IReadOnlyList<string> Values, bool Statistics, string Purpose)
{
    private static readonly string[] Quality = ["bizStep", "disposition", "bizLocation", "certificationInfo", "bizTransactionList"];
    private static readonly string[] Seen = ["ObjectEvent", "TransformationEvent"];

    /// <summary>All that are in force at the beginning.</summary>
    public static IReadOnlyList<Deal> All { get; } = [.. Network.All.SelectMany(Supplying), .. Recalling(), .. Network.All.Select(Counting)];

    /// <summary>What a customer asks a laminator for, and has no answer to yet: what its presses measured.</summary>
    public static Deal Asked { get; } = new(
        Network.Laminators[0].Id, Network.Customers[1].Id, ProductsOf(Network.Laminators[0]), ["TransformationEvent"], ["bizStep", "readPoint", "sensorElementList"], [], false,
        "评估本公司在用批次是否受同一压机影响（模拟）");

    // To buyers, certificates and quality of what they buy. Customers see what boards went into it, too.
    private static IEnumerable<Deal> Supplying(Firm firm) => Network.BuyersOf(firm).Select(buyer => new Deal(
        firm.Id,
        buyer.Id,
        firm.Trade == Trade.Assembly ? [.. ProductsOf(firm), .. SuppliersOf(firm).SelectMany(ProductsOf)] : ProductsOf(firm),
        Seen,
        Quality,
        firm.Trade switch { Trade.Laminate => ["CERT"], Trade.Board => ["TEST"], _ => ["BOARD"] },
        false,
        "供货批次的合格证明与检验结果（模拟）"));

    // To the customers at the end of the chain, what a recall needs.
    private static IEnumerable<Deal> Recalling() =>
    [
        .. Network.Laminators.SelectMany(firm => Network.Customers.Select(customer => Pressing(firm, customer))),
        .. Network.BoardMakers.SelectMany(firm => Network.Customers.Select(customer => new Deal(
            firm.Id, customer.Id, [.. ProductsOf(firm), .. SuppliersOf(firm).SelectMany(ProductsOf)], Seen,
            [.. Quality, "readPoint"], ["PANEL", "LAMINATE"], false, "质量追溯与召回：电路板（模拟）"))),
    ];

    // The first customer may see press cycles whole, with what went in and what the press measured: a proof of the ledger tells an event whole or not at all.
    private static Deal Pressing(Firm firm, Firm customer) => customer == Story.Customer
        ? new(
            firm.Id, customer.Id, [.. ProductsOf(firm), firm.Product(Goods.Prepreg), Keys.Product(Network.FoilMaker, Goods.Supply)], Seen, ["*"], ["CERT", "PRESS"], false,
            "质量追溯与召回：板材批次与压合记录（模拟）")
        : new(firm.Id, customer.Id, ProductsOf(firm), Seen, Quality, ["CERT"], false, "质量追溯与召回：板材批次（模拟）");

    // To the association, figures over all companies, and no event: it names no field.
    private static Deal Counting(Firm firm) => new(firm.Id, Association.Id, [], ["ObjectEvent"], [], [], true, "行业良率与交付周期统计（模拟）");

    private static IReadOnlyList<string> ProductsOf(Firm firm) => [.. Goods.Of(firm.Trade).Where(goods => goods.Word != "prepreg").Select(goods => firm.Product(goods.Item))];

    private static IEnumerable<Firm> SuppliersOf(Firm firm) => Network.All.Where(each => Network.BuyersOf(each).Contains(firm));
}
