using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>What is counted of one thing's readings: an indicator's input without its name. Equal for inputs that count the same.</summary>
/// <param name="After">For Increase: the property whose states decide which growths count; null for all.</param>
/// <param name="Within">Microseconds after such a state was left in which growths still count.</param>
public sealed record TallyKind(InputKind Kind, string Source, string? Times, bool Except, string States, string? After, long Within)
{
    private const char Separator = '\n';

    public static TallyKind Of(IndicatorInput input) => new(
        input.Kind, input.Source, input.Times, input.Except,
        string.Join(Separator, (input.States.IsDefault ? [] : input.States).Order(StringComparer.Ordinal)), input.After, Instant.Of(input.Within));

    /// <summary>The properties that it is counted from, without repeats.</summary>
    public IEnumerable<string> Properties => new[] { Source, Times, After }.OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>True when what holds at the end of a window is where the next one starts.</summary>
    public bool Carries => Kind is InputKind.Duration or InputKind.Increase or InputKind.Entries;

    public bool Uses(string property) => property == Source || property == Times || property == After;

    /// <summary>A text that stays the same as long as it counts the same: what counts are stored by.</summary>
    public string Key { get; } = string.Join('|', Kind, Source, Times, Except, States.Replace(Separator, ','), After, Within);

    /// <summary>Counts over <paramref name="window"/>, with nothing known yet.</summary>
    public Tally Start(WindowSpan window) => Kind switch
    {
        InputKind.Duration => new DurationTally(window, StateSet, Except),
        InputKind.Entries => new EntriesTally(window, StateSet),
        InputKind.Increase => new IncreaseTally(window, this, StateSet),
        InputKind.Mean or InputKind.Last or InputKind.Min or InputKind.Max or InputKind.Sum or InputKind.Count => new StatisticTally(window),
        _ => throw new InvalidOperationException($"{Kind} is not counted from readings."),
    };

    private ImmutableHashSet<string> StateSet => States.Split(Separator).ToImmutableHashSet(StringComparer.Ordinal);
}

/// <summary>
/// Counts one input of one thing over one window, sample by sample in the order of time. Samples before the window are what
/// it starts with: the state that holds, the counter's last value.
/// </summary>
public abstract class Tally
{
    /// <summary>
    /// How long a state or a counter's value is taken to hold without another reading, in microseconds: as far back as the engine is asked
    /// (<see cref="TelemetryOptions.CarryIn"/>). Then it is unknown.
    /// </summary>
    public const long Memory = 32 * Instant.PerDay;

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
