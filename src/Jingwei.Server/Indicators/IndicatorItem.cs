using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>The window of a value as lists show it.</summary>
/// <param name="Complete">It is over and what was on its way has arrived.</param>
public sealed record WindowItem(IndicatorWindow Kind, string? Shift, Label? ShiftName, DateTimeOffset From, DateTimeOffset To, bool Complete);

/// <summary>A value as lists and the live stream show it.</summary>
/// <param name="Thing">The thing; or party@ID, region@ID.</param>
/// <param name="Value">Null: not defined in this window. Of a period that is signed off: as it was reported.</param>
/// <param name="Corrected">Late readings changed it after the window was over.</param>
/// <param name="Target">What it should be; null where the pack does not say.</param>
/// <param name="SignedOff">That it stays as reported, and what it would be now; null when it is not signed off.</param>
public record IndicatorItem(
    string Indicator, Label Name, Label Meaning, string Unit, string Thing, string ThingName, SubjectKind Subject, WindowItem Window, double? Value, Band? Band,
    Label? BandMeaning, double? Target, DateTimeOffset ComputedAt, bool Corrected, DateTimeOffset? CorrectedAt, long Version, SignedOffItem? SignedOff);

/// <summary>Who contributed how much to an input.</summary>
/// <param name="Indicator">The indicator of that subject that this is the figure of; null for what was counted from readings.</param>
/// <param name="Readings">What it was counted from, where that was asked for.</param>
public sealed record ShareItem(string Thing, string ThingName, double Value, double? Weight, string? Indicator, IReadOnlyList<ReadingsItem>? Readings);

/// <summary>An input of the formula.</summary>
/// <param name="Unit">UCUM; null where it has none.</param>
/// <param name="Weight">In the weighted mean of the inputs; null where there is a formula.</param>
public sealed record InputItem(
    string Id, Label Name, InputKind Kind, string Source, double? Value, string? Unit, double? Weight, IReadOnlyList<ShareItem> From);

/// <summary>A band, when a value lies in it, and what that means.</summary>
public sealed record BandItem(Band Band, string When, Label Meaning);

/// <summary>What a value was computed by.</summary>
/// <param name="Since">When it was first in force.</param>
/// <param name="Current">It still is.</param>
public sealed record DefinitionItem(string Digest, DateTimeOffset Since, bool Current, DefinitionBody Body);

/// <summary>A value with where it comes from.</summary>
public sealed record IndicatorDetail : IndicatorItem
{
    public IndicatorDetail(IndicatorItem item, IReadOnlyList<InputItem> inputs, string formula, IReadOnlyList<BandItem> bands, DefinitionItem? definition) : base(item) =>
        (Inputs, Formula, Bands, Definition) = (inputs, formula, bands, definition);

    public IReadOnlyList<InputItem> Inputs { get; init; }

    /// <summary>Empty: the weighted mean of the inputs.</summary>
    public string Formula { get; }

    public IReadOnlyList<BandItem> Bands { get; }

    /// <summary>Null for values older than definitions were kept.</summary>
    public DefinitionItem? Definition { get; }
}

/// <summary>A point of an indicator's past.</summary>
/// <param name="Recomputed">Of a period that is signed off: what it would be now, where that is another value.</param>
public sealed record HistoryPoint(
    DateTimeOffset From, DateTimeOffset To, string? Shift, double? Value, Band? Band, bool Complete, bool Corrected, bool SignedOff, double? Recomputed);

public sealed record HistoryItem(string Indicator, Label Name, string Unit, string Thing, IReadOnlyList<HistoryPoint> Points);
