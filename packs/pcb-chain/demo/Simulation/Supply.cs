using System.Globalization;

namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>Lots that companies have in store at a time: what is made or comes in for half a month or a month, and is then used by all that is made.</summary>
internal sealed class Supply(DateTimeOffset begin)
{
    /// <summary>How often laminators get foil and make prepreg.</summary>
    public static readonly TimeSpan Sheets = TimeSpan.FromDays(15);

    /// <summary>How often assemblers get components.</summary>
    public static readonly TimeSpan Parts = TimeSpan.FromDays(30);

    // From delivery to first use.
    private static readonly TimeSpan Stored = TimeSpan.FromHours(12);

    private static readonly string[] PartMakers = [Network.ResistorMaker, Network.CapacitorMaker, Network.ChipMaker];

    /// <summary>When a delivery begins.</summary>
    public DateTimeOffset StartOf(TimeSpan every, int number) => begin + (every * number);

    public static string PrepregOf(Firm firm, int number) => firm.Lot(Goods.Prepreg, Named("PP", firm, number));

    public static string FoilOf(Firm firm, int number) => $"{Keys.Product(Network.FoilMaker, Goods.Supply)}/10/{Named("CF", firm, number)}";

    public static IEnumerable<string> PartsOf(Firm firm, int number) =>
        PartMakers.Select(maker => $"{Keys.Product(maker, Goods.Supply)}/10/{Named("EC", firm, number)}");

    /// <summary>Which delivery is in use at a time.</summary>
    public int NumberAt(TimeSpan every, DateTimeOffset at) => (int)((at - begin - Stored) / every);

    /// <summary>What comes in with one delivery of foil and resin.</summary>
    public IEnumerable<ChainEvent> SheetsIn(int number)
    {
        foreach (var (firm, place) in Network.Laminators.Select((firm, place) => (firm, place)))
        {
            var at = StartOf(Sheets, number).AddMinutes(120 + (place * 11));
            yield return Draft.Object(firm, at, "receiving").At("GATE").Disposition("in_progress")
                .Quantities("quantityList", new Quantity(FoilOf(firm, number), 2400, "MTK"))
                .Transactions(("po", firm.Transaction(Named("PO-CF", firm, number)))).Record();
            var prepreg = PrepregOf(firm, number);
            yield return Draft.Object(firm, at.AddHours(4), "creating_class_instance", "ADD").At("TREATER").Disposition("active")
                .Quantities("quantityList", new Quantity(prepreg, 6000, "MTK")).Record() with
            {
                Made = [new("prepreg", prepreg, [new("DESC", "半固化片（模拟）"), new("LOT", Named("PP", firm, number)), MadeValue.Kept("GEL_TIME", "118 s")])],
            };
        }
    }

    /// <summary>What comes in with one delivery of components.</summary>
    public IEnumerable<ChainEvent> PartsIn(int number) => Network.Assemblers.Select((firm, place) =>
        Draft.Object(firm, StartOf(Parts, number).AddMinutes(180 + (place * 7)), "receiving").At("GATE").Disposition("in_progress")
            .Quantities("quantityList", PartsOf(firm, number).Select(part => new Quantity(part, 60_000)))
            .Transactions(("po", firm.Transaction(Named("PO-EC", firm, number)))).Record());

    private static string Named(string word, Firm firm, int number) => string.Create(CultureInfo.InvariantCulture, $"{word}{firm.Number:00}-{number:000}");
}
