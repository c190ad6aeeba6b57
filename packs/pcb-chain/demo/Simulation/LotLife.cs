using System.Globalization;

namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>
/// All that happens to one lot of laminate, from the press to the companies that build in what was made of it. It hangs on the seed and the number of
/// the lot alone, so it comes out the same whenever it is asked for.
/// </summary>
internal sealed partial class LotLife
{
    /// <summary>How often a lot is pressed, somewhere in the chain.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(36);

    // A lot is two pallets, each for another board maker; a pallet becomes panels, a panel boards, and the boards two cartons, each for another assembler.
    private const int Pallets = 2;
    private const int SheetsOfPallet = 20;
    private const int PanelsOfPallet = 10;
    private const int BoardsOfPanel = 4;
    private const int Cartons = 2;

    // One in so many is found bad by those who made it.
    private const double BadBoards = 0.025;
    private const double BadAssemblies = 0.015;

    // How many of the boards of the cool lot come apart at the customer that heats them in its tests.
    private const double Delaminating = 0.3;

    private readonly List<ChainEvent> events = [];
    private readonly Supply supply;
    private readonly Random random;
    private readonly int number;

    private LotLife(int seed, DateTimeOffset begin, int number)
    {
        (supply, random, this.number) = (new(begin), new(unchecked((seed * 7919) + number)), number);
        Maker = Network.Laminators[number % Network.Laminators.Count];
        var pressed = StartOf(begin, number).AddHours(14 + Some(3));
        LotNumber = $"L{pressed.ToOffset(TimeSpan.FromHours(8)).ToString("yyMMdd", CultureInfo.InvariantCulture)}-{Four(number)}";
        Lot = Maker.Lot(Goods.Laminate, LotNumber);
        Press = PressOf(Maker, 1 + (number / Network.Laminators.Count % PressesOf(Maker)));
        Cycle = IsStory ? PressCycle.Cool(Press, LotNumber, pressed, random) : PressCycle.Usual(Press, LotNumber, pressed, random);
    }

    public Firm Maker { get; }

    public string LotNumber { get; }

    /// <summary>The lot's Digital Link.</summary>
    public string Lot { get; }

    public string Press { get; }

    public PressCycle Cycle { get; }

    /// <summary>Panels, boards, assemblies and crates that come of it.</summary>
    public HashSet<string> Offspring { get; } = [];

    /// <summary>Assemblies that fail at a customer.</summary>
    public List<string> Failed { get; } = [];

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<ChainEvent> Events => events;

    private bool IsStory => number == Story.Lot;

    public static LotLife Of(int seed, DateTimeOffset begin, int number)
    {
        var life = new LotLife(seed, begin, number);
        life.Live();
        return life;
    }

    /// <summary>Nothing of a lot happens before.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset begin, int number) => begin + (Every * number);

    public static int PressesOf(Firm firm) => firm.Trade == Trade.Laminate ? 2 : 0;

    /// <summary>A press of a laminator, from 1.</summary>
    public static string PressOf(Firm firm, int press) => firm.Place(PressWord(press));

    /// <summary>The name of a press within its site.</summary>
    public static string PressWord(int press) => string.Create(CultureInfo.InvariantCulture, $"PRESS-{press}");

    private void Live()
    {
        MakeLaminate();
        var buyers = Network.BuyersOf(Maker);
        for (var pallet = 0; pallet < Pallets; pallet++)
        {
            var buyer = buyers[((number / Network.Laminators.Count * Pallets) + pallet) % buyers.Count];
            var crate = Maker.Crate((number * 10) + pallet);
            var shipped = Cycle.End.AddHours(26 + pallet + Some(3));
            Pack(Maker, shipped, crate, draft => draft.Quantities("childQuantityList", new Quantity(Lot, SheetsOfPallet)));
            Ship(Maker, buyer, shipped.AddHours(4), crate);
            MakeBoards(buyer, pallet, crate, shipped.AddHours(4));
        }

        events.Sort((left, right) => left.At.CompareTo(right.At));
    }

    private void Add(ChainEvent happened) => events.Add(happened);

    private void Pack(Firm firm, DateTimeOffset at, string crate, Func<Draft, Draft> contents)
    {
        Offspring.Add(crate);
        Add(contents(Draft.Aggregation(firm, at, "packing", "ADD", crate).At("PACKING").Disposition("in_progress")).Record());
    }

    private void Ship(Firm from, Firm to, DateTimeOffset at, string crate)
    {
        var note = crate[^8..];
        Add(Draft.Object(from, at, "shipping").Epcs("epcList", [crate]).At("GATE").Disposition("in_transit")
            .Transactions(("po", to.Transaction($"PO{note}")), ("desadv", from.Transaction($"DN{note}"))).Transfer(from, to).Record());
    }

    // Arrives, and is taken out of its crate an hour later; the time when that is done.
    private DateTimeOffset Receive(Firm from, Firm to, DateTimeOffset shipped, string crate, Func<Draft, Draft> contents)
    {
        var arrived = shipped.AddHours(14 + Some(12));
        var note = crate[^8..];
        Add(Draft.Object(to, arrived, "receiving").Epcs("epcList", [crate]).At("GATE").Disposition("in_progress")
            .Transactions(("po", to.Transaction($"PO{note}")), ("desadv", from.Transaction($"DN{note}"))).Transfer(from, to).Record());
        Add(contents(Draft.Aggregation(to, arrived.AddHours(1), "unpacking", "DELETE", crate).At("STORE").Disposition("in_progress")).Record());
        return arrived.AddHours(1);
    }

    // Looked at all together; the bad ones are told by themselves.
    private void Inspect(Firm firm, DateTimeOffset at, List<string> good, List<string> bad, string defect, string report)
    {
        if (good.Count > 0)
        {
            var passed = Inspection(firm, at, good, "conformant", report);
            Add((firm.Trade == Trade.Product ? passed : passed.Certificate(firm.Paper("coc", report))).Record());
        }

        if (bad.Count > 0)
        {
            Add(Inspection(firm, at.AddMinutes(10), bad, "non_conformant", report).Defect(defect).Record());
        }
    }

    private static Draft Inspection(Firm firm, DateTimeOffset at, IReadOnlyList<string> seen, string disposition, string report) =>
        Draft.Object(firm, at, "inspecting").Epcs("epcList", seen).At("INSPECTION").Disposition(disposition).Transactions(("testres", firm.Transaction(report)));

    // Up to so many hours.
    private double Some(double hours) => random.NextDouble() * hours;

    private static string Four(int number) => number.ToString("0000", CultureInfo.InvariantCulture);
}
