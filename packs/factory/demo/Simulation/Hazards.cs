namespace Jingwei.Demo.Factory.Simulation;

/// <summary>When a machine jams and breaks down next; the clocks run only while it produces.</summary>
internal sealed class Hazards
{
    private const double WeibullShape = 1.6;
    private const double MinorStopMeanHours = 1.1;

    /// <summary>Panels lie still on a drilling machine and do not jam.</summary>
    private const double DrillingMinorStopMeanHours = 2;

    private const double PrecursorSeconds = 1800;

    private readonly Random random;
    private readonly MachinePlace place;
    private double failureIn;
    private double minorStopIn;
    private double precursor;

    public Hazards(MachinePlace place, Random random)
    {
        this.place = place;
        this.random = random;
        minorStopIn = NextMinorStop();
        DrawFailure(random.NextDouble());
    }

    /// <summary>How long the next breakdown takes to repair, s.</summary>
    public double RepairSeconds { get; private set; }

    /// <summary>Sign of a breakdown to come: 0 sound, about 1 at the moment it breaks.</summary>
    public double Drift => failureIn < PrecursorSeconds ? precursor * (1 - (Math.Max(0, failureIn) / PrecursorSeconds)) : 0;

    public bool IsBreakdownDue => failureIn <= 0;

    public void Break(TimeSpan after, TimeSpan repair)
    {
        failureIn = after.TotalSeconds;
        RepairSeconds = repair.TotalSeconds;
    }

    /// <summary>Brings a breakdown nearer.</summary>
    public void Strain(double seconds) => failureIn -= seconds;

    public void RunOn(double seconds) => minorStopIn -= seconds;

    /// <summary>Seconds of a minor stop that is due; null when none is.</summary>
    public double? MinorStop()
    {
        if (minorStopIn > 0)
        {
            return null;
        }

        minorStopIn = NextMinorStop();
        return 30 + random.Exponential(150);
    }

    public void Renew() => DrawFailure(0);

    private double NextMinorStop() =>
        random.Exponential((place.Kind.IsDrilling ? DrillingMinorStopMeanHours : MinorStopMeanHours) * 3600);

    private void DrawFailure(double age)
    {
        failureIn = random.Weibull(WeibullShape, place.Kind.FailureHours / place.Age * 3600) * (1 - age);
        precursor = random.NextDouble() < 0.7 ? random.Between(0.7, 1.15) : 0;
        RepairSeconds = Math.Max(300, random.LogNormal(2100, 0.6));
    }
}
