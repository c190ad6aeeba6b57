using System.Collections.Immutable;
using Jingwei.Civic.Cap;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Outlines;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Reports.Structuring;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Warnings;

/// <summary>What an alert comes to here.</summary>
/// <param name="Ended">Ids of the warnings that it replaces or cancels.</param>
/// <param name="Cancels">It only ends others.</param>
internal sealed record AlertMeaning(Warning Warning, ImmutableArray<string> Ended, bool Cancels);

/// <summary>Makes warnings of CAP alerts: how grave, where, from when until when.</summary>
internal sealed class AlertReading(Regions regions, RegionOutlines outlines, Structurer structurer)
{
    // CAP 1.2, 3.2.2 expires: without one the recipient decides. Most weather warnings are renewed within a day.
    private static readonly TimeSpan UsualLength = TimeSpan.FromHours(24);

    // As the China Meteorological Administration signs warnings; it stands in the headline.
    private static readonly (string Word, Band Band)[] Colours = [("红色", Band.Red), ("橙色", Band.Orange), ("黄色", Band.Yellow), ("蓝色", Band.Blue)];

    /// <summary>What an alert means; what keeps it from meaning anything otherwise.</summary>
    public (AlertMeaning? Meaning, string? Fault) Read(CapAlert alert, long receivedAt, bool own, string? party)
    {
        if (alert.Status is not (CapStatus.Actual or CapStatus.Exercise))
        {
            return (null, $"The alert's status is {alert.Status?.ToString() ?? "missing"}: it is none for the public.");
        }

        if (alert.MsgType is not (CapMsgType.Alert or CapMsgType.Update or CapMsgType.Cancel) || alert.Identifier.Length == 0 || alert.Sender.Length == 0)
        {
            return (null, $"The alert is {(alert.MsgType is { } kind ? $"of the kind {kind}" : "of no kind")}, or does not say what it is and who sent it: nobody is warned by it.");
        }

        var cancels = alert.MsgType == CapMsgType.Cancel;
        var info = Chosen(alert);
        if (info is null && !cancels)
        {
            return (null, "The alert has no info: it warns of nothing.");
        }

        var sent = alert.Sent is { } time ? Instant.Of(time) : receivedAt;
        var from = (info?.Onset ?? info?.Effective) is { } begin ? Instant.Of(begin) : sent;
        var areas = info?.Areas ?? [];
        var warning = new Warning(
            0, IdOf(alert.Sender, alert.Identifier), alert.Sender, info?.SenderName ?? alert.Sender, info?.Event ?? "", info?.Headline ?? info?.Event ?? "", info?.Description ?? "", info?.Instruction ?? "",
            BandOf(info), [.. areas.SelectMany(RegionsOf).Distinct(StringComparer.Ordinal)], string.Join("；", areas.Select(area => area.AreaDesc)), sent, from,
            info?.Expires is { } expires ? Instant.Of(expires) : from + Instant.Of(UsualLength), own, alert.Status == CapStatus.Exercise, party, cancels);
        return (new(warning, [.. alert.References.Select(each => IdOf(each.Sender, each.Identifier))], cancels), null);
    }

    /// <summary>What a warning is known by: an identifier is unique among its sender's.</summary>
    public static string IdOf(string sender, string identifier) => $"{sender},{identifier}";

    // Of several languages the one that is read here.
    private static CapInfo? Chosen(CapAlert alert) =>
        alert.Infos.FirstOrDefault(info => info.Language?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) is true) ?? (alert.Infos is [var first, ..] ? first : null);

    private static Band BandOf(CapInfo? info)
    {
        foreach (var (word, band) in Colours)
        {
            if (info is not null && ((info.Headline ?? "").Contains(word, StringComparison.Ordinal) || info.Event.Contains(word, StringComparison.Ordinal)))
            {
                return band;
            }
        }

        return info?.Severity switch
        {
            CapSeverity.Extreme => Band.Red,
            CapSeverity.Severe => Band.Orange,
            CapSeverity.Moderate => Band.Yellow,
            _ => Band.Blue,
        };
    }

    // By code, then by outline, then by its words.
    private List<string> RegionsOf(CapArea area)
    {
        var coded = area.Geocodes.Select(code => Known(code.Value)).OfType<string>().ToList();
        if (coded.Count > 0)
        {
            return coded;
        }

        var points = area.Polygons.SelectMany(polygon => polygon.Points).Concat(area.Circles.Select(circle => circle.Centre));
        var outlined = points.Select(point => outlines.Smallest(new(point.Longitude, point.Latitude))?.Id).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return outlined.Count > 0 ? outlined : structurer.RegionIn(area.AreaDesc) is { } named ? [named] : [];
    }

    private string? Known(string code) => (regions.Find(code) ?? regions.Find(code.PadRight(6, '0')))?.Id;
}
