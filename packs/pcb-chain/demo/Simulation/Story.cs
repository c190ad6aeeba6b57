namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>What goes wrong: the press of one laminator runs too cool for one lot, and boards of it come apart at one customer.</summary>
internal static class Story
{
    /// <summary>The number of the lot: of the first laminator, two months into the past, so that what is made of it has reached the customers.</summary>
    public const int Lot = 45;

    /// <summary>Where boards fail.</summary>
    public static Firm Customer => Network.Customers[0];

    public static LotLife Of(int seed, DateTimeOffset begin) => LotLife.Of(seed, begin, Lot);
}
