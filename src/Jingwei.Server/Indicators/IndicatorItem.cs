using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>The window of a value as lists show it.</summary>
/// <param name="Complete">It is over and what was on its way has arrived.</param>
public sealed record WindowItem(IndicatorWindow Kind, string? Shift, Label? ShiftName, DateTimeOffset From, DateTimeOffset To, bool Complete);

/// <summary>A value as lists and the live stream show it.</summary>
/// <param name="Value">Null: not defined in this window.</param>
/// <param name="Corrected">Late readings changed it after the window was over.</param>
public record IndicatorItem(
    string Indicator, Label Name, Label Meaning, string Unit, string Thing, string ThingName, WindowItem Window, double? Value, Band? Band,
    Label? BandMeaning, DateTimeOffset ComputedAt, bool Corrected, DateTimeOffset? CorrectedAt, long Version);

/// <summary>Who contributed how much to an input.</summary>
public sealed record ShareItem(string Thing, string ThingName, double Value);

/// <summary>An input of the formula.</summary>
/// <param name="Unit">UCUM; null where it has none.</param>
public sealed record InputItem(string Id, Label Name, InputKind Kind, string Source, double? Value, string? Unit, IReadOnlyList<ShareItem> From);

/// <summary>A band, when a value lies in it, and what that means.</summary>
public sealed record BandItem(Band Band, string When, Label Meaning);

/// <summary>A value with where it comes from.</summary>
public sealed record IndicatorDetail : IndicatorItem
{
    public IndicatorDetail(IndicatorItem item, IReadOnlyList<InputItem> inputs, string formula, IReadOnlyList<BandItem> bands) : base(item) =>
        (Inputs, Formula, Bands) = (inputs, formula, bands);

    public IReadOnlyList<InputItem> Inputs { get; }

    public string Formula { get; }

    public IReadOnlyList<BandItem> Bands { get; }
}

/// <summary>A point of an indicator's past.</summary>
public sealed record HistoryPoint(DateTimeOffset From, DateTimeOffset To, string? Shift, double? Value, Band? Band, bool Complete, bool Corrected);

public sealed record HistoryItem(string Indicator, Label Name, string Unit, string Thing, IReadOnlyList<HistoryPoint> Points);
