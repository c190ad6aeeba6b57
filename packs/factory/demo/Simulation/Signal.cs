namespace Jingwei.Demo.Factory.Simulation;

/// <summary>One process value: it follows its target with a lag and carries the sensor's noise.</summary>
internal sealed class Signal(
    string property,
    int decimals,
    double noise,
    Func<Machine, double> lagSeconds,
    Func<Machine, double> target,
    double start)
{
    private double level = start;

    public Measurement Sample(Machine machine, double seconds, Random random)
    {
        var goal = target(machine);
        var lag = lagSeconds(machine);
        level = lag <= 0 ? goal : level + ((goal - level) * (1 - Math.Exp(-seconds / lag)));
        var shown = level + (goal == 0 ? 0 : noise * random.Gaussian());
        return new Measurement(property, Math.Round(noise > 0 ? Math.Max(0, shown) : shown, decimals));
    }
}
