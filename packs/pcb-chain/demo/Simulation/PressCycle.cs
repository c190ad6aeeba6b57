namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>What a press did to one lot.</summary>
/// <param name="Temperature">Of the plates while they dwelt, °C.</param>
/// <param name="Dwell">How long it was held there, min.</param>
/// <param name="Pressure">MPa.</param>
/// <param name="Vacuum">Pressure left in the chamber, kPa.</param>
internal sealed record PressCycle(string Press, string Lot, DateTimeOffset End, double Temperature, double Dwell, double Pressure, double Vacuum)
{
    /// <summary>Below this epoxy for FR-4 does not cure in the time, °C.</summary>
    public const double Curing = 175;

    // Minutes of heating from 60 °C, and of cooling under pressure.
    private const double Heating = 75;
    private const double Cooling = 45;
    private const double Cold = 60;

    public double Minutes => Heating + Dwell + Cooling;

    public DateTimeOffset Start => End.AddMinutes(-Minutes);

    public bool IsCool => Temperature < Curing;

    /// <summary>A cycle as the process sheet wants it: 185 °C for 90 minutes.</summary>
    public static PressCycle Usual(string press, string lot, DateTimeOffset end, Random random) => new(
        press, lot, end, Near(random, 185, 1.5), Math.Round(Near(random, 90, 3)), Near(random, 3, 0.05), Near(random, 2.2, 0.3));

    /// <summary>Oil too cold and a clock set wrong: far too cool, and taken out too early.</summary>
    public static PressCycle Cool(string press, string lot, DateTimeOffset end, Random random) => new(
        press, lot, end, Near(random, 168, 0.8), Math.Round(Near(random, 55, 2)), Near(random, 3, 0.05), Near(random, 2.2, 0.3));

    /// <summary>What the controller says at a minute of the cycle.</summary>
    public (string Step, double Temperature, double Pressure, double Vacuum) At(double minute) => minute switch
    {
        < Heating => ("heating", Cold + ((Temperature - Cold) * minute / Heating), Pressure * Math.Min(1, minute / 30), Vacuum + (40 * Math.Max(0, 1 - (minute / 15)))),
        _ when minute < Heating + Dwell => ("dwell", Temperature, Pressure, Vacuum),
        _ => ("cooling", Temperature - ((Temperature - Cold) * (minute - Heating - Dwell) / Cooling), Pressure, Vacuum),
    };

    private static double Near(Random random, double value, double spread) => Math.Round(value + (((random.NextDouble() * 2) - 1) * spread), 2);
}
