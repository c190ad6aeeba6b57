using System.Globalization;

namespace Jingwei.Demo.PcbChain.Simulation;

/// <content>The steps in which something becomes something else.</content>
internal sealed partial class LotLife
{
    private void MakeLaminate()
    {
        var delivery = supply.NumberAt(Supply.Sheets, Cycle.End);
        var certificate = Maker.Paper("coc", LotNumber);
        Add(Draft.Transformation(Maker, Cycle.End, "commissioning").At(PressWord(1 + (number / Network.Laminators.Count % PressesOf(Maker)))).Disposition("active")
            .Quantities("inputQuantityList", new Quantity(Supply.PrepregOf(Maker, delivery), 320, "MTK"), new Quantity(Supply.FoilOf(Maker, delivery), 84, "MTK"))
            .Quantities("outputQuantityList", new Quantity(Lot, Pallets * SheetsOfPallet))
            .Transactions(("prodorder", Maker.Transaction($"WO{LotNumber}"))).Record() with
        {
            Cycle = Cycle,
            Made =
            [
                new("laminate", Lot,
                [
                    new("DESC", "FR-4 覆铜板 1.6 mm（模拟）"), new("LOT", LotNumber), new("MADE", Day(Cycle.End)), MadeValue.Kept("CERT", certificate),
                    MadeValue.Kept("PRESS", Press),
                ]),
            ],
        });
        Add(Draft.Object(Maker, Cycle.End.AddHours(20), "inspecting").Quantities("quantityList", new Quantity(Lot, Pallets * SheetsOfPallet)).At("INSPECTION")
            .Disposition("conformant").Certificate(certificate).Transactions(("testres", Maker.Transaction($"TR{LotNumber}"))).Record());
    }

    private void MakeBoards(Firm firm, int pallet, string crate, DateTimeOffset shipped)
    {
        var unpacked = Receive(Maker, firm, shipped, crate, draft => draft.Quantities("childQuantityList", new Quantity(Lot, SheetsOfPallet)));
        var order = $"{Four(number)}{pallet}";
        var panels = Enumerable.Range(1, PanelsOfPallet).Select(panel => $"{order}{panel:00}").ToList();
        var cut = unpacked.AddHours(18 + Some(6));
        Add(Draft.Transformation(firm, cut, "commissioning").At("LAMINATION").Disposition("active")
            .Quantities("inputQuantityList", new Quantity(Lot, SheetsOfPallet))
            .Epcs("outputEPCList", panels.Select(panel => PanelOf(firm, panel)))
            .Transactions(("prodorder", firm.Transaction($"WO{order}"))).Record() with
        {
            Made = [.. panels.Select(panel => new Made("panel", PanelOf(firm, panel), [new("DESC", "四层拼板（模拟）"), new("MADE", Day(cut)), MadeValue.Kept("LAMINATE", Lot)]))],
        });
        var finished = cut.AddHours(60 + Some(12));
        var boards = new List<string>();
        foreach (var panel in panels)
        {
            finished = finished.AddMinutes(15);
            boards.AddRange(Route(firm, panel, finished));
        }

        var bad = boards.Where(_ => random.NextDouble() < BadBoards).ToHashSet();
        var good = boards.Where(board => !bad.Contains(board)).ToList();
        Inspect(firm, finished.AddHours(8), [.. good.Select(board => BoardOf(firm, board))], [.. bad.Select(board => BoardOf(firm, board))], "open_circuit", $"TR{order}");
        var buyers = Network.BuyersOf(firm);
        for (var carton = 0; carton < Cartons; carton++)
        {
            var part = good.Skip(carton * good.Count / Cartons).Take(((carton + 1) * good.Count / Cartons) - (carton * good.Count / Cartons)).ToList();
            SendBoards(firm, buyers[(number + carton) % buyers.Count], pallet, carton, part, finished.AddHours(12 + carton));
        }
    }

    // One panel is parted into its boards.
    private List<string> Route(Firm firm, string panel, DateTimeOffset at)
    {
        var boards = Enumerable.Range(1, BoardsOfPanel).Select(board => string.Create(CultureInfo.InvariantCulture, $"{panel}{board}")).ToList();
        Offspring.Add(PanelOf(firm, panel));
        Offspring.UnionWith(boards.Select(board => BoardOf(firm, board)));
        Add(Draft.Transformation(firm, at, "commissioning").At("ROUTING").Disposition("active")
            .Epcs("inputEPCList", [PanelOf(firm, panel)]).Epcs("outputEPCList", boards.Select(board => BoardOf(firm, board))).Record() with
        {
            Made =
            [
                .. boards.Select(board => new Made("board", BoardOf(firm, board),
                [
                    new("DESC", "四层电路板（模拟）"), new("MADE", Day(at)), MadeValue.Kept("PANEL", PanelOf(firm, panel)),
                    new("TEST", firm.Paper("test", board), [.. Network.BuyersOf(firm).Select(buyer => buyer.Id)]),
                ])),
            ],
        });
        return boards;
    }

    private void SendBoards(Firm firm, Firm buyer, int pallet, int carton, IReadOnlyList<string> boards, DateTimeOffset packed)
    {
        var crate = firm.Crate((number * 100) + (pallet * 10) + carton);
        Draft Contents(Draft draft) => draft.Epcs("childEPCs", boards.Select(board => BoardOf(firm, board)));
        Pack(firm, packed, crate, Contents);
        Ship(firm, buyer, packed.AddHours(2), crate);
        Assemble(firm, buyer, pallet, carton, boards, Receive(firm, buyer, packed.AddHours(2), crate, Contents));
    }

    private void Assemble(Firm from, Firm firm, int pallet, int carton, IReadOnlyList<string> boards, DateTimeOffset unpacked)
    {
        var at = unpacked.AddHours(12 + Some(8));
        var parts = Supply.PartsOf(firm, supply.NumberAt(Supply.Parts, at)).Select(part => new Quantity(part, 48)).ToList();
        foreach (var board in boards)
        {
            at = at.AddMinutes(8);
            var assembly = AssemblyOf(firm, board);
            Offspring.Add(assembly);
            Add(Draft.Transformation(firm, at, "assembling").At("LINE-1").Disposition("active").Epcs("inputEPCList", [BoardOf(from, board)])
                .Quantities("inputQuantityList", parts).Epcs("outputEPCList", [assembly]).Record() with
            {
                Made =
                [
                    new("assembly", assembly, [new("DESC", "控制板组件（模拟）"), new("MADE", Day(at)), MadeValue.Kept("BOARD", BoardOf(from, board))]),
                ],
            });
        }

        var bad = boards.Where(_ => random.NextDouble() < BadAssemblies).ToHashSet();
        var good = boards.Where(board => !bad.Contains(board)).Select(board => AssemblyOf(firm, board)).ToList();
        Inspect(firm, at.AddHours(5), good, [.. bad.Select(board => AssemblyOf(firm, board))], "solderability", $"TR{boards[0]}");
        var buyers = Network.BuyersOf(firm);
        Deliver(firm, buyers[(number + pallet + carton) % buyers.Count], firm.Crate((number * 100) + (pallet * 10) + carton), good, at.AddHours(9 + Some(2)));
    }

    private void Deliver(Firm firm, Firm customer, string crate, IReadOnlyList<string> assemblies, DateTimeOffset packed)
    {
        Draft Contents(Draft draft) => draft.Epcs("childEPCs", assemblies);
        Pack(firm, packed, crate, Contents);
        Ship(firm, customer, packed.AddHours(3), crate);
        var unpacked = Receive(firm, customer, packed.AddHours(3), crate, Contents);

        // Laminate that did not cure looks like any other until it is heated again, as this customer does.
        var failed = IsStory && customer == Story.Customer ? assemblies.Where(_ => random.NextDouble() < Delaminating).ToHashSet() : [];
        Failed.AddRange(assemblies.Where(failed.Contains));
        Inspect(customer, unpacked.AddHours(20 + Some(8)), [.. assemblies.Where(each => !failed.Contains(each))], [.. assemblies.Where(failed.Contains)], "delamination", $"IQC{crate[^8..]}");
    }

    private static string PanelOf(Firm firm, string number) => firm.Serial(Goods.Panel, $"P{number}");

    private static string BoardOf(Firm firm, string number) => firm.Serial(Goods.Board, $"B{number}");

    private static string AssemblyOf(Firm firm, string number) => firm.Serial(Goods.Assembly, $"A{number}");

    private static string Day(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
