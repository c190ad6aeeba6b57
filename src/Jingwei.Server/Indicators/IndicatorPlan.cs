using System.Collections.Frozen;
using System.Collections.Immutable;
using Jingwei.Cel;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>An indicator ready to compute: its formula compiled, its windows' calendar at hand.</summary>
/// <param name="Program">The formula; null when it does not compile, which the pack's check reports: then there are no values.</param>
/// <param name="Tallies">What is counted for each input, in their order; null for inputs made from other indicators.</param>
public sealed record PlannedIndicator(
    Indicator Indicator, WindowCalendar Calendar, CelProgram? Program, ImmutableArray<TallyKind?> Tallies)
{
    /// <summary>The formula's value over the inputs; null when one that it needs is unknown or the result is not finite.</summary>
    public double? Evaluate(ReadOnlySpan<double?> inputs)
    {
        var slots = new CelValue[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            slots[i] = inputs[i] is { } known ? CelValue.Of(known) : default;
        }

        var result = Program?.Evaluate(slots) ?? default;
        return result.Kind == CelKind.Double && double.IsFinite(result.AsDouble()) ? result.AsDouble() : null;
    }

    /// <summary>The first band, in the declared order, that the value lies in.</summary>
    public BandLimit? BandOf(double? value) =>
        value is { } known ? Indicator.Bands.FirstOrDefault(band => band.Holds(known)) : null;
}

/// <summary>A kind of window and the calendar that cuts it.</summary>
public readonly record struct Cutting(IndicatorWindow Kind, WindowCalendar Calendar);

/// <summary>All indicators of a set of packs, compiled once; immutable.</summary>
public sealed class IndicatorPlan
{
    private readonly PackSet packs;
    private readonly FrozenDictionary<string, PlannedIndicator> indicators;
    private readonly FrozenDictionary<string, ImmutableArray<PlannedIndicator>> byType;
    private readonly FrozenDictionary<(string Type, IndicatorWindow Kind), ImmutableArray<TallyKind>> tallies;
    private readonly FrozenDictionary<string, ImmutableArray<Cutting>> cuttings;
    private readonly FrozenSet<string> factors;

    public IndicatorPlan(PackSet packs)
    {
        this.packs = packs;
        var calendars = packs.Packs.ToDictionary(pack => pack.Id, pack => new WindowCalendar(pack.Shifts));
        indicators = packs.Indicators.ToFrozenDictionary(
            indicator => indicator.Id, indicator => Compile(indicator, calendars[indicator.Pack]), StringComparer.Ordinal);
        byType = packs.Types.ToFrozenDictionary(
            type => type.Id,
            type => packs.Indicators.Where(each => each.Types.Any(type.Is)).Select(each => indicators[each.Id]).ToImmutableArray(),
            StringComparer.Ordinal);
        factors = packs.Indicators.SelectMany(each => each.Inputs).Select(input => input.Times).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        cuttings = byType.ToFrozenDictionary(
            each => each.Key, each => each.Value.Select(CuttingOf).Distinct().ToImmutableArray(), StringComparer.Ordinal);
        tallies = packs.Types
            .SelectMany(type => Enum.GetValues<IndicatorWindow>().Select(kind => (Type: type, Kind: kind)))
            .ToFrozenDictionary(each => (each.Type.Id, each.Kind), each => TalliesFor(each.Type, each.Kind));
    }

    public PackSet Packs => packs;

    /// <summary>True for a property that growths are multiplied by.</summary>
    public bool IsFactor(string property) => factors.Contains(property);

    /// <summary>True when anything of a thing of that type is counted.</summary>
    public bool Counts(string type) =>
        Enum.GetValues<IndicatorWindow>().Any(kind => !TalliesFor(type, kind).IsEmpty) || (packs.Type(type)?.Properties.Any(property => IsFactor(property.Id)) ?? false);

    public PlannedIndicator? Find(string indicator) => indicators.GetValueOrDefault(indicator);

    /// <summary>The indicators that things of a type have.</summary>
    public ImmutableArray<PlannedIndicator> For(string type) => byType.GetValueOrDefault(type, []);

    /// <summary>How time is cut for the indicators that things of a type have.</summary>
    public ImmutableArray<Cutting> CuttingsFor(string type) => cuttings.GetValueOrDefault(type, []);

    /// <summary>What is counted of a thing of that type in windows of that kind, for itself and all that it is part of.</summary>
    public ImmutableArray<TallyKind> TalliesFor(string type, IndicatorWindow kind) => tallies.GetValueOrDefault((type, kind), []);

    private static Cutting CuttingOf(PlannedIndicator planned) => new(planned.Indicator.Window, planned.Calendar);

    private ImmutableArray<TallyKind> TalliesFor(ThingType type, IndicatorWindow kind) =>
    [
        .. indicators.Values
            .Where(each => each.Indicator.Window == kind)
            .SelectMany(each => each.Tallies)
            .OfType<TallyKind>()
            .Where(tally => type.Property(tally.Source) is not null)
            .Distinct(),
    ];

    private static PlannedIndicator Compile(Indicator indicator, WindowCalendar calendar) =>
        new(
            indicator,
            calendar,
            ExpressionScope.OfInputs(indicator).Compile(indicator.Formula, CelType.Double).Program,
            [.. indicator.Inputs.Select(input => input.Kind is InputKind.Children or InputKind.Indicator ? null : TallyKind.Of(input))]);
}
