using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>What one thing adds to an input over a window; those of several things, and of windows that touch, combine.</summary>
/// <param name="Sum">Of durations in microseconds, so that it is a whole number.</param>
/// <param name="Count">How many readings stand behind it; 0: nothing is known. For durations, increases and entries 1 when known.</param>
public readonly record struct Contribution(ExactSum Sum, long Count, double Min, double Max, double Last, long LastTime)
{
    /// <summary>What is known and adds this, of a duration, an increase or a number of entries.</summary>
    public static Contribution Known(ExactSum sum) => new(sum, 1, 0, 0, 0, 0);

    public Contribution Plus(Contribution other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        var later = other.LastTime > LastTime ? other : this;
        return new Contribution(
            Sum.Plus(other.Sum), Count + other.Count, Math.Min(Min, other.Min), Math.Max(Max, other.Max), later.Last, later.LastTime);
    }

    /// <summary>The figure that <paramref name="kind"/> asks for; null when there is none: unknown is not zero.</summary>
    public double? Figure(InputKind kind) => kind switch
    {
        InputKind.Count => Count,
        InputKind.Sum => Sum.Value,
        _ when Count == 0 => null,
        InputKind.Duration => Sum.Value / 1e6,
        InputKind.Increase or InputKind.Entries => Sum.Value,
        InputKind.Mean => Sum.Value / Count,
        InputKind.Min => Min,
        InputKind.Max => Max,
        InputKind.Last => Last,
        _ => throw new InvalidOperationException($"{kind} is not counted from readings."),
    };
}
