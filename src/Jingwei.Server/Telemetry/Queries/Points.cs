using System.Collections.Immutable;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>A value at a time.</summary>
/// <param name="Time">Microseconds since the epoch, UTC.</param>
/// <typeparam name="T"><see cref="double"/> for numbers and booleans, <see cref="string"/> for the rest.</typeparam>
public readonly record struct Point<T>(long Time, T Value, Quality Quality);

/// <summary>The readings of a series in a window, ascending in time, of each time the one that arrived last.</summary>
/// <param name="Before">The last good reading before the window, at most <see cref="TelemetryOptions.CarryIn"/> old; null for none.</param>
public sealed record SeriesWindow<T>(Point<T>? Before, ImmutableArray<Point<T>> Points);

/// <summary>The readings of many series in one window.</summary>
public sealed class ReadingWindow(
    IReadOnlyDictionary<long, SeriesWindow<double>> numbers, IReadOnlyDictionary<long, SeriesWindow<string>> texts)
{
    private static readonly SeriesWindow<double> NoNumbers = new(null, []);
    private static readonly SeriesWindow<string> NoTexts = new(null, []);

    /// <summary>Numbers and booleans (0, 1) of a series; empty when it has none.</summary>
    public SeriesWindow<double> Numbers(long series) => numbers.GetValueOrDefault(series) ?? NoNumbers;

    /// <summary>Enumerations, text and positions of a series; empty when it has none.</summary>
    public SeriesWindow<string> Texts(long series) => texts.GetValueOrDefault(series) ?? NoTexts;
}

/// <summary>The good readings of a span of time, summed up.</summary>
/// <param name="Start">Microseconds since the epoch, UTC; a multiple of the width.</param>
public readonly record struct Bucket(long Start, long Count, double Sum, double Min, double Max, double First, double Last)
{
    public double Mean => Sum / Count;
}

/// <summary>How long a state held.</summary>
/// <param name="From">Microseconds since the epoch, UTC.</param>
/// <param name="To">Exclusive.</param>
public readonly record struct StateInterval(long From, long To, string Value);
