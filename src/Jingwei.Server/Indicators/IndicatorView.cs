using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>Shows values in the words of the pack that is in force.</summary>
public sealed class IndicatorView(PackCatalog packs, Things things)
{
    /// <summary>The value as lists show it; null when its indicator or thing is gone.</summary>
    public IndicatorItem? Item(IndicatorValue value) =>
        packs.Current.Indicator(value.Indicator) is { } indicator && things.TryGet(value.Thing, out var thing)
            ? new IndicatorItem(
                indicator.Id, indicator.Name, indicator.Meaning, indicator.Unit, thing.Id, thing.Name, Window(indicator, value),
                value.Outcome.Value, value.Outcome.Band,
                indicator.Bands.FirstOrDefault(band => band.Band == value.Outcome.Band)?.Meaning,
                value.ComputedAt, value.CorrectedAt is not null, value.CorrectedAt, value.Version)
            : null;

    /// <summary>The value with its inputs, its formula and its bands; shares of things that the caller may not see come as one sum without a name.</summary>
    public IndicatorDetail? Detail(Caller caller, Visible visible, IndicatorValue value) =>
        packs.Current.Indicator(value.Indicator) is { } indicator && Item(value) is { } item
            ? new IndicatorDetail(
                item,
                [.. value.Outcome.Inputs.Select(figure => Input(caller, visible, indicator, figure)).OfType<InputItem>()],
                indicator.Formula,
                [.. indicator.Bands.Select(band => new BandItem(
                    band.Band, string.Create(CultureInfo.InvariantCulture, $"{band.Comparison} {band.Limit}"), band.Meaning))])
            : null;

    public static HistoryPoint Point(IndicatorValue value) => new(
        Instant.ToTime(value.Window.From), Instant.ToTime(value.Window.To), value.Window.Shift, value.Outcome.Value, value.Outcome.Band,
        value.Complete, value.CorrectedAt is not null);

    private WindowItem Window(Indicator indicator, IndicatorValue value)
    {
        var shift = packs.Current.Packs.FirstOrDefault(pack => pack.Id == indicator.Pack)?.Shifts.FirstOrDefault(each => each.Id == value.Window.Shift);
        return new WindowItem(
            value.Window.Kind, value.Window.Shift, shift?.Name, Instant.ToTime(value.Window.From), Instant.ToTime(value.Window.To), value.Complete);
    }

    private InputItem? Input(Caller caller, Visible visible, Indicator indicator, InputFigure figure) =>
        indicator.Inputs.FirstOrDefault(input => input.Id == figure.Id) is { } input
            ? new InputItem(
                input.Id, input.Name, input.Kind, input.Source, figure.Value, UnitOf(input),
                Shares(caller, visible, figure))
            : null;

    private static List<ShareItem> Shares(Caller caller, Visible visible, InputFigure figure)
    {
        var named = new List<ShareItem>();
        double? hidden = null;
        foreach (var share in figure.From)
        {
            if (visible.Thing(caller, share.Thing) is { } thing)
            {
                named.Add(new ShareItem(share.Thing, thing.Name, share.Value));
            }
            else
            {
                hidden = (hidden ?? 0) + share.Value;
            }
        }

        return hidden is { } sum ? [.. named, new ShareItem("", "", sum)] : named;
    }

    private string? UnitOf(IndicatorInput input) => input.Kind switch
    {
        InputKind.Duration => "s",
        InputKind.Count => "1",
        InputKind.Children or InputKind.Indicator => packs.Current.Indicator(input.Source)?.Unit,
        InputKind.Increase when input.Times is { } times => string.Join('.', new[] { UnitOf(input.Source), UnitOf(times) }.OfType<string>()),
        _ => UnitOf(input.Source),
    };

    private string? UnitOf(string property) =>
        packs.Current.Types.Select(type => type.Property(property)).OfType<Property>().FirstOrDefault()?.Unit;
}
