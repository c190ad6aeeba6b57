using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>The same indicator of the same subject over another window.</summary>
/// <param name="Which">previous, week-before, month-before or year-before.</param>
/// <param name="Change">This value less that one; null where one of them is not defined.</param>
public sealed record PeriodItem(string Which, DateTimeOffset From, DateTimeOffset To, double? Value, Band? Band, double? Change);

/// <summary>Of the windows before this one: how many have a value, and how these lie.</summary>
public sealed record PastItem(int Windows, double Mean, double Least, double Greatest);

/// <summary>A peer's value over the same window.</summary>
/// <param name="Rank">1 has the greatest value; equals share a rank.</param>
public sealed record PeerItem(string Thing, string ThingName, double? Value, Band? Band, int? Rank);

/// <summary>A figure beside what it was and what others have.</summary>
/// <param name="Rank">This subject's among those with a value; null when it has none.</param>
public sealed record ComparisonItem(
    string Indicator, string Thing, WindowItem Window, double? Value, IReadOnlyList<PeriodItem> Periods, PastItem? Past, int PeersWithValue, int? Rank,
    double? PeerMean, double? PeerMedian, IReadOnlyList<PeerItem> Peers);

/// <summary>Puts a figure beside those of other periods, and of peers: things of the same type in the same region, or places under the same one.</summary>
public sealed class Comparing(Subjects subjects, Visible visible, LiveIndicators live, IndicatorHistory history, Parties parties, IndicatorView view)
{
    // A month of shifts.
    private const int PastWindows = 93;

    /// <param name="within">For peers of things: region, party, parent, or everywhere.</param>
    public ComparisonItem? Of(Caller caller, IndicatorValue value, string within)
    {
        if (subjects.Find(value.Thing) is not { } subject || view.Item(value) is not { } item)
        {
            return null;
        }

        var peers = Ranked([.. PeersOf(caller, subject, within).Select(peer => (Peer: peer, Value: At(value.Indicator, peer.Id, value.Window)))]);
        var values = peers.Select(peer => peer.Value).OfType<double>().Order().ToList();
        return new ComparisonItem(
            value.Indicator, value.Thing, item.Window, item.Value, Periods(subject, value, item.Value), Past(value), values.Count,
            peers.Find(peer => peer.Thing == value.Thing)?.Rank,
            values.Count == 0 ? null : values.Average(),
            values.Count == 0 ? null : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2,
            peers);
    }

    private List<PeriodItem> Periods(Thing subject, IndicatorValue value, double? now)
    {
        var zone = parties.ZoneOf(subject.Party);
        var local = TimeZoneInfo.ConvertTime(Instant.ToTime(value.Window.From), zone).DateTime;
        var asked = new List<(string Which, long At)> { ("previous", value.Window.From - 1), ("week-before", Earlier(local.AddDays(-7), zone)) };
        asked.Add(("month-before", Earlier(local.AddMonths(-1), zone)));
        asked.Add(("year-before", Earlier(local.AddYears(-1), zone)));
        return
        [
            .. asked
                .Select(each => (each.Which, Then: history.Of(value.Indicator, value.Thing, each.At, each.At + 1) is [var then, ..] ? then : null))
                .Where(each => each.Then is not null && each.Then.Window.From < value.Window.From)
                .Select(each => new PeriodItem(
                    each.Which, Instant.ToTime(each.Then!.Window.From), Instant.ToTime(each.Then.Window.To), view.Item(each.Then)?.Value, view.Item(each.Then)?.Band,
                    now - view.Item(each.Then)?.Value)),
        ];
    }

    private PastItem? Past(IndicatorValue value)
    {
        var length = value.Window.To - value.Window.From;
        var before = history.Of(value.Indicator, value.Thing, value.Window.From - (PastWindows * length), value.Window.From)
            .Where(each => each.Window.From < value.Window.From)
            .Select(each => view.Item(each)?.Value)
            .OfType<double>()
            .ToList();
        return before.Count == 0 ? null : new PastItem(before.Count, before.Average(), before.Min(), before.Max());
    }

    private IEnumerable<Thing> PeersOf(Caller caller, Thing subject, string within)
    {
        var kind = Subjects.KindOf(subject.Id);
        return kind == SubjectKind.Thing
            ? visible.Things(caller, new ThingFilter(
                subject.Type, within == "party" ? subject.Party : null, within == "region" ? subject.Region : null, within == "parent" ? subject.Parent : null, null))
                .Where(thing => thing.Type == subject.Type && (within != "parent" || thing.Parent == subject.Parent))
            : subjects.VisiblePlaces(caller, kind).Where(place => subjects.ParentOf(place) == subjects.ParentOf(subject)).OrderBy(place => place.Id, StringComparer.Ordinal);
    }

    private IndicatorItem? At(string indicator, string subject, WindowSpan window)
    {
        var stored = history.Of(indicator, subject, window.From, window.From + 1).FirstOrDefault(each => each.Window.Kind == window.Kind);
        var found = stored ?? (live.Find(indicator, subject) is { } open && open.Window.Kind == window.Kind && open.Window.Contains(window.From) ? open : null);
        return found is null ? null : view.Item(found);
    }

    private static List<PeerItem> Ranked(List<(Thing Peer, IndicatorItem? Value)> peers) =>
    [
        .. peers
            .Select(each => new PeerItem(
                each.Peer.Id, each.Peer.Name, each.Value?.Value, each.Value?.Band,
                each.Value?.Value is { } own ? 1 + peers.Count(other => other.Value?.Value > own) : null))
            .OrderBy(each => each.Rank ?? int.MaxValue)
            .ThenBy(each => each.Thing, StringComparer.Ordinal),
    ];

    private static long Earlier(DateTime local, TimeZoneInfo zone) => Instant.Of(new DateTimeOffset(local, zone.GetUtcOffset(local)));
}
