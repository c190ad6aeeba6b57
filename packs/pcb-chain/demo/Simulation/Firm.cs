namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>What a company of the chain does.</summary>
internal enum Trade
{
    /// <summary>Presses prepreg and copper foil to laminates.</summary>
    Laminate,

    /// <summary>Makes panels of laminates, and boards of panels.</summary>
    Board,

    /// <summary>Puts components on boards.</summary>
    Assembly,

    /// <summary>Builds assemblies into products.</summary>
    Product,
}

/// <summary>A company of the chain.</summary>
/// <param name="Number">From 1, over all.</param>
/// <param name="City">Where it is, a code of GB/T 2260.</param>
internal sealed record Firm(string Id, string Name, Trade Trade, int Number, string City)
{
    // GS1 keeps 952 for demonstrations and examples: no real company has such a prefix (General Specifications, 1.4.2).
    private const string Demonstrations = "952";

    /// <summary>GS1 Company Prefix.</summary>
    public string Digits => $"{Demonstrations}01{Number:00}";

    /// <summary>Below which its identifiers are registered.</summary>
    public string Prefix => $"{Network.Node}.{100 + Number}";

    public string Manager => $"{Id}-manager";

    public string Quality => $"{Id}-quality";

    /// <summary>The kind of goods of that number as a class, which is what lots and serials stand below.</summary>
    public string Product(int item) => Keys.Product(Digits, item);

    public string Lot(int item, string lot) => $"{Product(item)}/10/{lot}";

    public string Serial(int item, string serial) => $"{Product(item)}/21/{serial}";

    public string Crate(int number) => Keys.Crate(Digits, number);

    /// <summary>The company's one site.</summary>
    public string Site => Keys.Place(Digits, 1);

    /// <summary>A place within the site: a press, a gate.</summary>
    public string Place(string name) => $"{Site}/254/{name}";

    /// <summary>The company as a party to a transfer.</summary>
    public string Entity => Keys.Entity(Digits, 0);

    public string Transaction(string number) => $"urn:epcglobal:cbv:bt:{Keys.Gln(Digits, 0)}:{number}";

    public string Paper(string kind, string name) => $"https://{Id}.example.cn/{kind}/{name}.pdf";
}
