namespace Jingwei.Cel.Planning;

/// <summary>What an evaluation may still spend. Once it is stopped it stays stopped, so that no operator can hide it.</summary>
internal struct Meter(long steps, CancellationToken cancellation)
{
    private long _left = steps;

    public static Meter Unlimited => new(long.MaxValue, CancellationToken.None);

    public bool Stopped { get; private set; }

    public readonly CancellationToken Cancellation => cancellation;

    /// <summary>Counts steps; false when the evaluation must stop.</summary>
    public bool Spend(long steps)
    {
        _left -= steps;
        if (_left < 0 || cancellation.IsCancellationRequested)
        {
            Stopped = true;
        }

        return !Stopped;
    }

    /// <summary>Counts the walk through so many characters: one step per ten, as in the reference implementation.</summary>
    public bool SpendText(long characters) => Spend((characters / 10) + 1);

    public static CelValue Exceeded { get; } =
        CelValue.Error(CelErrorCode.CostExceeded, "the expression takes more steps than its limit allows");
}
