using System.Collections.Immutable;

namespace Jingwei.Server.Packs.Model;

/// <summary>The stretch of time that one value of an indicator is about.</summary>
public enum IndicatorWindow
{
    Hour,
    Shift,
    Day,

    /// <summary>From Monday (ISO 8601); counted in days.</summary>
    Week,

    /// <summary>A calendar month; counted in days.</summary>
    Month,
}

/// <summary>How an input is made from readings or from other indicators.</summary>
public enum InputKind
{
    /// <summary>Seconds in the named states.</summary>
    Duration,

    /// <summary>Growth of a counter.</summary>
    Increase,
    Mean,
    Last,
    Min,
    Max,
    Sum,
    Count,

    /// <summary>The direct children's values of an indicator, combined.</summary>
    Children,

    /// <summary>Another indicator of the same thing and window.</summary>
    Indicator,

    /// <summary>How often the named states were entered.</summary>
    Entries,
}

/// <summary>How children's values become one.</summary>
public enum Combine
{
    Sum,
    Product,
    Mean,
    Min,
    Max,
}

/// <summary>One named figure that a formula works on.</summary>
/// <param name="Source">The property, or for Children and Indicator the indicator, that it comes from.</param>
/// <param name="States">For Duration and Entries: the states that count, or do not when <paramref name="Except"/> is true. For Increase: see <see cref="After"/>.</param>
/// <param name="Times">For Increase: a property that each growth is multiplied by, as it was then.</param>
public sealed record IndicatorInput(
    string Id, InputKind Kind, string Source, ImmutableArray<string> States, bool Except, string? Times, Combine Combine, Label Name)
{
    /// <summary>For Increase: the property of whose states one must hold, or have been left no longer than <see cref="Within"/> ago, for a growth to count.</summary>
    public string? After { get; init; }

    public TimeSpan Within { get; init; }

    /// <summary>What it weighs in an indicator that has no formula but is the weighted mean of its inputs.</summary>
    public double? Weight { get; init; }

    /// <summary>For Children: the indicator of each child whose value it weighs; null where all weigh the same.</summary>
    public string? By { get; init; }
}

/// <summary>A band with the comparison that a value must meet, as in "&gt;= 0.85".</summary>
public sealed record BandLimit(Band Band, string Comparison, double Limit, Label Meaning)
{
    /// <summary>True when <paramref name="value"/> lies in this band.</summary>
    public bool Holds(double value) => Comparison switch
    {
        ">=" => value >= Limit,
        ">" => value > Limit,
        "<=" => value <= Limit,
        "<" => value < Limit,
        _ => throw new InvalidOperationException($"Unknown comparison {Comparison}."),
    };
}

/// <summary>A figure computed over a window for a thing: inputs, a CEL formula over them (empty: their weighted mean), and bands.</summary>
public sealed record Indicator(
    string Id, string Pack, ImmutableArray<string> Types, IndicatorWindow Window, string Unit,
    ImmutableArray<IndicatorInput> Inputs, string Formula, ImmutableArray<BandLimit> Bands, Label Name, Label Meaning)
{
    /// <summary>What the value should be, beside the bands; null for nothing.</summary>
    public double? Target { get; init; }

    /// <summary>Parties have it too, over all their things.</summary>
    public bool OfParties { get; init; }

    /// <summary>Regions have it too, over all things in them.</summary>
    public bool OfRegions { get; init; }
}

/// <summary>A shift of the calendar, in the party's local time; an end at or before the start is on the next day.</summary>
public sealed record Shift(string Id, TimeOnly From, TimeOnly To, Label Name);
