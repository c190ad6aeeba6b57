using System.Collections.Immutable;

namespace Jingwei.Server.Packs.Model;

/// <summary>The stretch of time that one value of an indicator is about.</summary>
public enum IndicatorWindow
{
    Hour,
    Shift,
    Day,
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
/// <param name="States">For Duration: the states that count, or do not when <paramref name="Except"/> is true.</param>
/// <param name="Times">For Increase: a property that each growth is multiplied by, as it was then.</param>
public sealed record IndicatorInput(
    string Id, InputKind Kind, string Source, ImmutableArray<string> States, bool Except, string? Times, Combine Combine, Label Name);

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

/// <summary>A figure computed over a window for a thing: inputs, a CEL formula over them, and bands.</summary>
public sealed record Indicator(
    string Id, string Pack, ImmutableArray<string> Types, IndicatorWindow Window, string Unit,
    ImmutableArray<IndicatorInput> Inputs, string Formula, ImmutableArray<BandLimit> Bands, Label Name, Label Meaning);

/// <summary>A shift of the calendar, in the party's local time; an end at or before the start is on the next day.</summary>
public sealed record Shift(string Id, TimeOnly From, TimeOnly To, Label Name);
