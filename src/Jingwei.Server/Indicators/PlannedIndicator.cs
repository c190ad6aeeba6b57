using System.Collections.Immutable;
using Jingwei.Cel;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>An indicator ready to compute: its formula compiled, its windows' calendar at hand.</summary>
/// <param name="Program">The formula; null for a weighted mean, and when it does not compile, which the pack's check reports: then there are no values.</param>
/// <param name="Tallies">What is counted for each input, in their order; null for inputs made from other indicators.</param>
/// <param name="Definition">All that its figures follow from.</param>
public sealed record PlannedIndicator(
    Indicator Indicator, WindowCalendar Calendar, CelProgram? Program, ImmutableArray<TallyKind?> Tallies, IndicatorDefinition Definition)
{
    /// <summary>The value over the inputs; null when one that it needs is unknown or the result is not finite.</summary>
    public double? Evaluate(ReadOnlySpan<double?> inputs) => Indicator.Formula.Length == 0 ? Weighted(inputs) : Formula(inputs);

    /// <summary>The first band, in the declared order, that the value lies in.</summary>
    public BandLimit? BandOf(double? value) =>
        value is { } known ? Indicator.Bands.FirstOrDefault(band => band.Holds(known)) : null;

    private double? Formula(ReadOnlySpan<double?> inputs)
    {
        var slots = new CelValue[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            slots[i] = inputs[i] is { } known ? CelValue.Of(known) : default;
        }

        var result = Program?.Evaluate(slots) ?? default;
        return result.Kind == CelKind.Double && double.IsFinite(result.AsDouble()) ? result.AsDouble() : null;
    }

    // Over those that are known: what nobody measured pulls nothing down.
    private double? Weighted(ReadOnlySpan<double?> inputs)
    {
        var (sum, weights) = (default(ExactSum), default(ExactSum));
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is { } known && Indicator.Inputs[i].Weight is { } weight)
            {
                (sum, weights) = (sum.Plus(known * weight), weights.Plus(weight));
            }
        }

        var mean = sum.Value / weights.Value;
        return double.IsFinite(mean) ? mean : null;
    }
}

/// <summary>A kind of window and the calendar that cuts it.</summary>
public readonly record struct Cutting(IndicatorWindow Kind, WindowCalendar Calendar)
{
    /// <summary>True for windows that are made of days and counted in them.</summary>
    public bool IsLong => WindowSpan.IsMadeOfDays(Kind);

    /// <summary>How what is counted is cut: in days where the windows are made of them.</summary>
    public Cutting Counted => IsLong ? this with { Kind = IndicatorWindow.Day } : this;
}
