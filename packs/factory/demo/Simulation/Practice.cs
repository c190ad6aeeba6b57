namespace Jingwei.Demo.Factory.Simulation;

/// <summary>How the people of an operation run its machines; what they decide, not what the machines are like.</summary>
internal sealed class Practice
{
    /// <summary>How much longer a setup takes when tools and program are looked for only once the machine stands.</summary>
    public const double UnpreparedFactor = 9.5;

    private const int Remembered = 10;

    private readonly Queue<double> setups = new();
    private readonly Queue<double> lives = new();

    /// <summary>Rated lives that a tool is run for before it is changed.</summary>
    public double ToolLives { get; set; } = 1;

    /// <summary>Whether tools and program of the next lot lie ready when the machine stops.</summary>
    public bool PreparesAhead { get; set; } = true;

    /// <summary>Mean minutes of the last ten setups; null before the first.</summary>
    public double? SetupMinutes => setups.Count == 0 ? null : setups.Average();

    /// <summary>Mean rated lives that the last ten tools had been run for when they were changed on purpose; null before the first.</summary>
    public double? LivesAtChange => lives.Count == 0 ? null : lives.Average();

    /// <summary>Seconds that a setup takes which would take <paramref name="prepared"/> with everything ready.</summary>
    public double Setup(double prepared)
    {
        var seconds = prepared * (PreparesAhead ? 1 : UnpreparedFactor);
        Remember(setups, seconds / 60);
        return seconds;
    }

    /// <summary>Whether a tool that is worn this much is changed now.</summary>
    public bool IsChangedAt(double wear)
    {
        if (wear < ToolLives)
        {
            return false;
        }

        Remember(lives, wear);
        return true;
    }

    private static void Remember(Queue<double> values, double value)
    {
        values.Enqueue(value);
        if (values.Count > Remembered)
        {
            values.Dequeue();
        }
    }
}
