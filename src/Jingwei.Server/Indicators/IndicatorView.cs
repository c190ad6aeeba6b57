using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>Shows values in the words of the pack that is in force.</summary>
public sealed class IndicatorView(PackCatalog packs, Subjects subjects, SignOffStore signOffs, IndicatorHistory history)
{
    /// <summary>The value as lists show it; null when its indicator or subject is gone.</summary>
    public IndicatorItem? Item(IndicatorValue value) =>
        packs.Current.Indicator(value.Indicator) is { } indicator && subjects.Find(value.Thing) is { } subject
            ? Item(indicator, subject, value, SignedOff(subject, value))
            : null;

    /// <summary>The value with its inputs, its formula and its bands; shares of things that the caller may not see come as one sum without a name.</summary>
    public IndicatorDetail? Detail(Caller caller, IndicatorValue value) =>
        packs.Current.Indicator(value.Indicator) is { } indicator && Item(value) is { } item
            ? new IndicatorDetail(
                item,
                [.. value.Outcome.Inputs.Select(figure => Input(caller, indicator, figure)).OfType<InputItem>()],
                indicator.Formula,
                [.. indicator.Bands.Select(band => new BandItem(
                    band.Band, string.Create(CultureInfo.InvariantCulture, $"{band.Comparison} {band.Limit}"), band.Meaning))],
                Definition(indicator, value))
            : null;

    /// <summary>The value as a point of the past.</summary>
    public HistoryPoint Point(IndicatorValue value)
    {
        var signed = subjects.Find(value.Thing) is { } subject ? SignedOff(subject, value) : null;
        var (reported, band) = signed is null ? (value.Outcome.Value, value.Outcome.Band) : Shown(signed);
        return new HistoryPoint(
            Instant.ToTime(value.Window.From), Instant.ToTime(value.Window.To), value.Window.Shift, reported, band, value.Complete,
            value.CorrectedAt is not null, signed is not null, signed?.Item.Differs == true ? signed?.Item.Recomputed : null);
    }

    /// <summary>The window in the words of the indicator's pack.</summary>
    public WindowItem Window(Indicator indicator, WindowSpan window, bool complete)
    {
        var shift = packs.Current.Packs.FirstOrDefault(pack => pack.Id == indicator.Pack)?.Shifts.FirstOrDefault(each => each.Id == window.Shift);
        return new WindowItem(window.Kind, window.Shift, shift?.Name, Instant.ToTime(window.From), Instant.ToTime(window.To), complete);
    }

    private IndicatorItem Item(Indicator indicator, Thing subject, IndicatorValue value, (SignedOffItem Item, double? Value, Band? Band)? signed)
    {
        var (shown, band) = signed is null ? (value.Outcome.Value, value.Outcome.Band) : Shown(signed);
        return new IndicatorItem(
            indicator.Id, indicator.Name, indicator.Meaning, indicator.Unit, subject.Id, subject.Name, Subjects.KindOf(subject.Id),
            Window(indicator, value.Window, value.Complete), shown, band, indicator.Bands.FirstOrDefault(each => each.Band == band)?.Meaning, indicator.Target,
            value.ComputedAt, value.CorrectedAt is not null, value.CorrectedAt, value.Version, signed?.Item);
    }

    private static (double? Value, Band? Band) Shown((SignedOffItem Item, double? Value, Band? Band)? signed) => (signed!.Value.Value, signed.Value.Band);

    private (SignedOffItem Item, double? Value, Band? Band)? SignedOff(Thing subject, IndicatorValue value)
    {
        if (!value.Complete || signOffs.For(subject.Party, value) is not { } signOff)
        {
            return null;
        }

        var (reported, figure, band) = signOffs.ReportedOf(signOff, value);
        var item = new SignedOffItem(
            signOff.Id, signOff.By, signOff.ByName, signOff.At, reported, value.Outcome.Value, value.Outcome.Band, !reported || figure != value.Outcome.Value);
        return (item, figure, band);
    }

    private DefinitionItem? Definition(Indicator indicator, IndicatorValue value)
    {
        if (value.Definition is not { } digest || history.Definition(digest) is not var (definition, since))
        {
            return null;
        }

        var shifts = packs.Current.Packs.FirstOrDefault(pack => pack.Id == indicator.Pack)?.Shifts ?? [];
        return new DefinitionItem(digest, since, IndicatorDefinition.Of(indicator, shifts).Digest == digest, definition.Read());
    }

    private InputItem? Input(Caller caller, Indicator indicator, InputFigure figure) =>
        indicator.Inputs.FirstOrDefault(input => input.Id == figure.Id) is { } input
            ? new InputItem(input.Id, input.Name, input.Kind, input.Source, figure.Value, UnitOf(input), input.Weight, Shares(caller, input, figure))
            : null;

    private List<ShareItem> Shares(Caller caller, IndicatorInput input, InputFigure figure)
    {
        var source = input.Kind is InputKind.Children or InputKind.Indicator ? input.Source : null;
        var named = new List<ShareItem>();
        double? hidden = null;
        foreach (var share in figure.From)
        {
            if (subjects.Visible(caller, share.Thing) is { } subject)
            {
                named.Add(new ShareItem(share.Thing, subject.Name, share.Value, share.Weight, source, Readings: null));
            }
            else
            {
                hidden = (hidden ?? 0) + share.Value;
            }
        }

        return hidden is { } sum ? [.. named, new ShareItem("", "", sum, null, null, Readings: null)] : named;
    }

    private string? UnitOf(IndicatorInput input) => input.Kind switch
    {
        InputKind.Duration => "s",
        InputKind.Count or InputKind.Entries => "1",
        InputKind.Children or InputKind.Indicator => packs.Current.Indicator(input.Source)?.Unit,
        InputKind.Increase when input.Times is { } times => string.Join('.', new[] { UnitOf(input.Source), UnitOf(times) }.OfType<string>()),
        _ => UnitOf(input.Source),
    };

    private string? UnitOf(string property) =>
        packs.Current.Types.Select(type => type.Property(property)).OfType<Property>().FirstOrDefault()?.Unit;
}
