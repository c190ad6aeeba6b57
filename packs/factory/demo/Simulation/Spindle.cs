namespace Jingwei.Demo.Factory.Simulation;

/// <summary>
/// Spindle and bit of a drilling machine. A hole wanders with the wear of the bit, steeply once it is past its rated life, and
/// with the runout of the spindle; worn bits break; a spindle with bad bearings runs hot until its protection stops it.
/// </summary>
internal sealed class Spindle(Random random)
{
    /// <summary>How far a hole may stand off its pad, um.</summary>
    public const double Tolerance = 75;

    /// <summary>Share of panels out of tolerance that the hole inspection finds; it looks at some of the holes.</summary>
    private const double Found = 0.7;

    private const double BadBearing = 18;
    private const double HeatStopMeanSeconds = 2100;

    private double heatStopIn = random.Exponential(HeatStopMeanSeconds);

    public bool IsBad { get; private set; }

    /// <summary>Worst offset of a hole on the last panel, um.</summary>
    public double HoleOffset { get; private set; } = 40;

    /// <summary>Runout of a sound bearing is 7.5 um with a new bit, um.</summary>
    public double Runout(double wear) => 7.5 + (3 * Math.Min(wear, 1.5)) + (IsBad ? BadBearing : 0);

    public void Spoil() => IsBad = true;

    public void Replace() => IsBad = false;

    /// <summary>Drills a panel: whether it is out of tolerance, and whether the inspection behind the machine found that.</summary>
    public (bool IsOff, bool IsFound) Drill(double wear)
    {
        HoleOffset = Math.Max(5, MeanOffset(wear) + (11 * random.Gaussian()));
        var isOff = HoleOffset > Tolerance;
        return (isOff, isOff && random.NextDouble() < Found);
    }

    /// <summary>Whether the bit broke on this panel.</summary>
    public bool Breaks(double wear) => random.NextDouble() < 0.003 + (0.16 * Square(Over(wear)));

    /// <summary>Whether the heat protection stops it within these seconds of drilling.</summary>
    public bool Overheats(double seconds)
    {
        if (!IsBad || (heatStopIn -= seconds) > 0)
        {
            return false;
        }

        heatStopIn = random.Exponential(HeatStopMeanSeconds);
        return true;
    }

    private double MeanOffset(double wear) => 38 + (5 * wear) + (42 * Square(Over(wear))) + (IsBad ? 20 : 0);

    private static double Over(double wear) => Math.Max(0, wear - 1);

    private static double Square(double value) => value * value;
}
