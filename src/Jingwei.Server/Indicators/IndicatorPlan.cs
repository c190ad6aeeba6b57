using System.Collections.Frozen;
using System.Collections.Immutable;
using Jingwei.Cel;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>All indicators of a set of packs, compiled once; immutable.</summary>
public sealed class IndicatorPlan
{
    private readonly PackSet packs;
    private readonly FrozenDictionary<string, PlannedIndicator> indicators;
    private readonly FrozenDictionary<string, ImmutableArray<PlannedIndicator>> byType;
    private readonly FrozenDictionary<(string Type, IndicatorWindow Kind), ImmutableArray<TallyKind>> tallies;
    private readonly FrozenDictionary<string, ImmutableArray<TallyKind>> ofDays;
    private readonly FrozenDictionary<string, ImmutableArray<Cutting>> cuttings;
    private readonly FrozenSet<string> before;
    private readonly FrozenSet<string> carrying;

    // The same count of several indicators is one object, found without comparing.
    private readonly Dictionary<TallyKind, TallyKind> one = [];

    public IndicatorPlan(PackSet packs)
    {
        this.packs = packs;
        var shifts = packs.Packs.ToDictionary(pack => pack.Id, pack => pack.Shifts);
        var calendars = packs.Packs.ToDictionary(pack => pack.Id, pack => new WindowCalendar(pack.Shifts, pack.Id));
        indicators = packs.Indicators.ToFrozenDictionary(
            indicator => indicator.Id, indicator => Compile(indicator, calendars[indicator.Pack], shifts[indicator.Pack], packs.Plugin(indicator.Pack)), StringComparer.Ordinal);
        byType = packs.Types
            .Select(type => (type.Id, Has: packs.Indicators.Where(each => each.Types.Any(type.Is))))
            .Append((PlaceSubject.Party, packs.Indicators.Where(each => each.OfParties)))
            .Append((PlaceSubject.Region, packs.Indicators.Where(each => each.OfRegions)))
            .ToFrozenDictionary(each => each.Item1, each => each.Item2.Select(indicator => indicators[indicator.Id]).ToImmutableArray(), StringComparer.Ordinal);
        var kinds = packs.Indicators.SelectMany(each => indicators[each.Id].Tallies).OfType<TallyKind>().Distinct().ToList();
        before = kinds.SelectMany(kind => new[] { kind.Times, kind.After }).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        carrying = kinds.Where(kind => kind.Carries).SelectMany(kind => kind.Properties).ToFrozenSet(StringComparer.Ordinal);
        LookBack = kinds.Select(kind => kind.Within).Append(0).Max();
        cuttings = byType.ToFrozenDictionary(
            each => each.Key,
            each => each.Value.Select(CuttingOf).SelectMany(cutting => new[] { cutting, cutting.Counted }).Distinct().ToImmutableArray(),
            StringComparer.Ordinal);
        tallies = packs.Types
            .SelectMany(type => Enum.GetValues<IndicatorWindow>().Select(kind => (Type: type, Kind: kind)))
            .ToFrozenDictionary(each => (each.Type.Id, each.Kind), each => TalliesFor(each.Type, window => Counted(window) == each.Kind));
        ofDays = packs.Types.ToFrozenDictionary(type => type.Id, type => TalliesFor(type, WindowSpan.IsMadeOfDays), StringComparer.Ordinal);
    }

    public PackSet Packs => packs;

    public IEnumerable<PlannedIndicator> All => indicators.Values;

    /// <summary>True when parties or regions have indicators.</summary>
    public bool HasPlaces => !byType[PlaceSubject.Party].IsEmpty || !byType[PlaceSubject.Region].IsEmpty;

    /// <summary>Microseconds before a window from which a count may need to know more than what holds when it begins.</summary>
    public long LookBack { get; }

    /// <summary>True for a property that decides what a growth at the same time counts: it is taken first.</summary>
    public bool GoesBefore(string property) => before.Contains(property);

    /// <summary>True for a property of which a later window may start with what holds at the end of an earlier one.</summary>
    public bool CarriesOver(string property) => carrying.Contains(property);

    /// <summary>True when anything of a thing of that type is counted.</summary>
    public bool Counts(string type) =>
        Enum.GetValues<IndicatorWindow>().Any(kind => !TalliesFor(type, kind).IsEmpty) || (packs.Type(type)?.Properties.Any(property => GoesBefore(property.Id)) ?? false);

    public PlannedIndicator? Find(string indicator) => indicators.GetValueOrDefault(indicator);

    /// <summary>The indicators that things of a type, or parties or regions, have.</summary>
    public ImmutableArray<PlannedIndicator> For(string type) => byType.GetValueOrDefault(type, []);

    /// <summary>How time is cut for the indicators that things of a type have, and for what is counted for them.</summary>
    public ImmutableArray<Cutting> CuttingsFor(string type) => cuttings.GetValueOrDefault(type, []);

    /// <summary>What is counted of a thing of that type in windows of that kind, for itself and all that it is part of.</summary>
    public ImmutableArray<TallyKind> TalliesFor(string type, IndicatorWindow kind) => tallies.GetValueOrDefault((type, kind), []);

    /// <summary>What of a day's counts weeks and months are made of.</summary>
    public ImmutableArray<TallyKind> TalliesOfDays(string type) => ofDays.GetValueOrDefault(type, []);

    private static IndicatorWindow Counted(IndicatorWindow kind) => WindowSpan.IsMadeOfDays(kind) ? IndicatorWindow.Day : kind;

    private static Cutting CuttingOf(PlannedIndicator planned) => new(planned.Indicator.Window, planned.Calendar);

    private ImmutableArray<TallyKind> TalliesFor(ThingType type, Func<IndicatorWindow, bool> wants) =>
    [
        .. indicators.Values
            .Where(each => wants(each.Indicator.Window))
            .SelectMany(each => each.Tallies)
            .OfType<TallyKind>()
            .Where(tally => type.Property(tally.Source) is not null)
            .Distinct(),
    ];

    private PlannedIndicator Compile(Indicator indicator, WindowCalendar calendar, ImmutableArray<Shift> shifts, PackPlugin? plugin)
    {
        var program = indicator.Formula.Length == 0 ? null : ExpressionScope.OfInputs(indicator, plugin).Compile(indicator.Formula, CelType.Double).Program;
        return new(
            indicator,
            calendar,
            program,
            [.. indicator.Inputs.Select(input => input.Kind is InputKind.Children or InputKind.Indicator ? null : One(TallyKind.Of(input)))],
            IndicatorDefinition.Of(indicator, shifts, program is not null && plugin?.IsIn(program) == true ? plugin.Digest : null));
    }

    private TallyKind One(TallyKind kind) => one.TryGetValue(kind, out var known) ? known : one[kind] = kind;
}
