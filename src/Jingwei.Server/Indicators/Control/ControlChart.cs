using System.Collections.Immutable;

namespace Jingwei.Server.Indicators.Control;

/// <summary>A kind of chart.</summary>
public enum ChartKind
{
    /// <summary>Means and ranges of subgroups.</summary>
    XbarR,

    /// <summary>Single values and their moving ranges.</summary>
    Individuals,

    /// <summary>The fraction of nonconforming items, of samples that may differ in size.</summary>
    P,
}

/// <summary>What a chart is drawn from: a subgroup of values, or for <see cref="ChartKind.P"/> one count of nonconforming items among <paramref name="Size"/>.</summary>
/// <param name="Time">Microseconds UTC of its first value.</param>
public sealed record ControlSample(long Time, ImmutableArray<double> Values, double Size);

/// <summary>Limits of three standard errors about a centre.</summary>
public readonly record struct ControlLimits(double Lower, double Centre, double Upper)
{
    /// <summary>One standard error.</summary>
    public double Sigma => (Upper - Centre) / 3;
}

/// <summary>A point of a chart.</summary>
/// <param name="Value">The subgroup's mean, the value, or the fraction.</param>
/// <param name="Spread">The subgroup's range, or the moving range; null where there is none.</param>
/// <param name="Size">Values, or items inspected.</param>
/// <param name="Limits">Its own; they differ where samples differ in size.</param>
/// <param name="Rules">The Western Electric rules that it breaks, 1 to 4.</param>
/// <param name="SpreadOut">Its spread lies outside its limits.</param>
public sealed record ControlPoint(long Time, double Value, double? Spread, double Size, ControlLimits Limits, ImmutableArray<int> Rules, bool SpreadOut);

/// <summary>A Shewhart control chart (ISO 7870-2).</summary>
/// <param name="Deviation">The standard deviation of single values within subgroups; null for fractions.</param>
public sealed record ControlChart(ChartKind Kind, ImmutableArray<ControlPoint> Points, ControlLimits Limits, ControlLimits? Spread, double? Deviation)
{
    /// <summary>A chart of samples, its limits from those of them that are taken as the baseline; null where these are too few to say.</summary>
    public static ControlChart? Of(ChartKind kind, IReadOnlyList<ControlSample> samples, Func<ControlSample, bool> isBaseline) => kind switch
    {
        ChartKind.XbarR => OfSubgroups(samples, isBaseline),
        ChartKind.Individuals => OfIndividuals(samples, isBaseline),
        _ => OfFractions(samples, isBaseline),
    };

    private static ControlChart? OfSubgroups(IReadOnlyList<ControlSample> samples, Func<ControlSample, bool> isBaseline)
    {
        var baseline = samples.Where(isBaseline).ToList();
        if (baseline.Count < 2)
        {
            return null;
        }

        var constants = ControlConstants.For(samples[0].Values.Length);
        var mean = baseline.Average(sample => sample.Values.Average());
        var range = baseline.Average(RangeOf);
        var limits = new ControlLimits(mean - (constants.A2 * range), mean, mean + (constants.A2 * range));
        var spread = new ControlLimits(constants.D3 * range, range, constants.D4 * range);
        var points = samples.Select(sample => new ControlPoint(
            sample.Time, sample.Values.Average(), RangeOf(sample), sample.Values.Length, limits, [], IsOut(RangeOf(sample), spread)));
        return new ControlChart(ChartKind.XbarR, Judged(points), limits, spread, range / constants.D2);
    }

    // The moving range is that of two values: factors of subgroups of two (ISO 7870-2, 7.3).
    private static ControlChart? OfIndividuals(IReadOnlyList<ControlSample> samples, Func<ControlSample, bool> isBaseline)
    {
        var values = samples.Select(sample => sample.Values[0]).ToArray();
        var moving = samples.Select((_, index) => index == 0 ? (double?)null : Math.Abs(values[index] - values[index - 1])).ToArray();
        var baseline = Enumerable.Range(0, values.Length).Where(index => isBaseline(samples[index])).ToList();
        var ranges = baseline.Skip(1).Where(index => isBaseline(samples[index - 1])).Select(index => moving[index]!.Value).ToList();
        if (ranges.Count == 0)
        {
            return null;
        }

        var constants = ControlConstants.For(2);
        var (mean, range) = (baseline.Average(index => values[index]), ranges.Average());
        var deviation = range / constants.D2;
        var limits = new ControlLimits(mean - (3 * deviation), mean, mean + (3 * deviation));
        var spread = new ControlLimits(constants.D3 * range, range, constants.D4 * range);
        var points = samples.Select((sample, index) =>
            new ControlPoint(sample.Time, values[index], moving[index], 1, limits, [], moving[index] is { } each && IsOut(each, spread)));
        return new ControlChart(ChartKind.Individuals, Judged(points), limits, spread, deviation);
    }

    private static ControlChart? OfFractions(IReadOnlyList<ControlSample> samples, Func<ControlSample, bool> isBaseline)
    {
        var inspected = samples.Where(sample => sample.Size > 0).ToList();
        var baseline = inspected.Where(isBaseline).ToList();
        if (baseline.Count == 0)
        {
            return null;
        }

        var fraction = baseline.Sum(sample => sample.Values[0]) / baseline.Sum(sample => sample.Size);
        var points = inspected.Select(sample =>
            new ControlPoint(sample.Time, sample.Values[0] / sample.Size, null, sample.Size, FractionLimits(fraction, sample.Size), [], SpreadOut: false));
        return new ControlChart(
            ChartKind.P, Judged(points), FractionLimits(fraction, baseline.Average(sample => sample.Size)), Spread: null, Deviation: null);
    }

    private static ControlLimits FractionLimits(double fraction, double size)
    {
        var three = 3 * Math.Sqrt(fraction * (1 - fraction) / size);
        return new ControlLimits(Math.Max(0, fraction - three), fraction, fraction + three);
    }

    private static ImmutableArray<ControlPoint> Judged(IEnumerable<ControlPoint> points)
    {
        var all = points.ToArray();
        var rules = WesternElectric.Rules([.. all.Select(Distance)]);
        return [.. all.Select((point, index) => point with { Rules = rules[index] })];
    }

    // In standard errors from the centre; where nothing varies what lies off it is infinitely far.
    private static double Distance(ControlPoint point) =>
        point.Value == point.Limits.Centre ? 0 : (point.Value - point.Limits.Centre) / point.Limits.Sigma;

    private static double RangeOf(ControlSample sample) => sample.Values.Max() - sample.Values.Min();

    private static bool IsOut(double value, ControlLimits limits) => value > limits.Upper || value < limits.Lower;
}
