namespace Jingwei.Server.Console;

/// <summary>Whether what is shown comes from simulated sources that this server was started with, so that nobody takes it for a real plant.</summary>
public sealed class Simulation
{
    /// <summary>How many times faster than the clock they live; null: there are none.</summary>
    public double? Speed { get; set; }
}
