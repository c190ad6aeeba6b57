using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>What is counted of one thing's readings: an indicator's input without its name. Equal for inputs that count the same.</summary>
public sealed record TallyKind(InputKind Kind, string Source, string? Times, bool Except, string States)
{
    private const char Separator = '\n';

    public static TallyKind Of(IndicatorInput input) => new(
        input.Kind, input.Source, input.Times, input.Except,
        string.Join(Separator, (input.States.IsDefault ? [] : input.States).Order(StringComparer.Ordinal)));

    public bool Uses(string property) => property == Source || property == Times;

    /// <summary>Counts over <paramref name="window"/>, with nothing known yet.</summary>
    public Tally Start(WindowSpan window) => Kind switch
    {
        InputKind.Duration => new DurationTally(window, States.Split(Separator).ToImmutableHashSet(StringComparer.Ordinal), Except),
        InputKind.Increase => new IncreaseTally(window, Source, Times),
        InputKind.Mean or InputKind.Last or InputKind.Min or InputKind.Max or InputKind.Sum or InputKind.Count => new StatisticTally(window),
        _ => throw new InvalidOperationException($"{Kind} is not counted from readings."),
    };
}

/// <summary>
/// Counts one input of one thing over one window, sample by sample in the order of time. Samples before the window are what
/// it starts with: the state that holds, the counter's last value.
/// </summary>
public abstract class Tally
{
    /// <summary>
    /// Takes the next sample. False, with nothing changed, when it does not come in order (late, or a correction): then the
    /// count must be made anew from all samples.
    /// </summary>
    public abstract bool Add(string property, Sample sample);

    /// <summary>True when a sample of that time may already be in the count.</summary>
    public abstract bool Reaches(string property, long time);

    /// <summary>What was counted up to <paramref name="end"/> (microseconds UTC, not after the window's end).</summary>
    public abstract Contribution At(long end);

    /// <summary>The count over the window that follows, starting with what holds now.</summary>
    public abstract Tally Follow(WindowSpan next);
}

/// <summary>What one thing adds to an input; those of several things combine.</summary>
/// <param name="Count">How many readings stand behind it; 0: nothing is known. For durations and increases 1 when known.</param>
public readonly record struct Contribution(double Sum, long Count, double Min, double Max, double Last, long LastTime)
{
    public Contribution Plus(Contribution other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        var later = other.LastTime > LastTime ? other : this;
        return new Contribution(
            Sum + other.Sum, Count + other.Count, Math.Min(Min, other.Min), Math.Max(Max, other.Max), later.Last, later.LastTime);
    }

    /// <summary>The figure that <paramref name="kind"/> asks for; null when there is none: unknown is not zero.</summary>
    public double? Figure(InputKind kind) => kind switch
    {
        InputKind.Count => Count,
        InputKind.Sum => Sum,
        _ when Count == 0 => null,
        InputKind.Duration or InputKind.Increase => Sum,
        InputKind.Mean => Sum / Count,
        InputKind.Min => Min,
        InputKind.Max => Max,
        InputKind.Last => Last,
        _ => throw new InvalidOperationException($"{kind} is not counted from readings."),
    };
}
