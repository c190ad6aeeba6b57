using Jingwei.Identifiers.Epcis;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Facts.Tracing;

/// <summary>What the thing at which an event happened reported at that time.</summary>
/// <param name="Thing">Null where the event names none that the caller may see.</param>
/// <param name="Series">One for each of its properties that is a number and was reported then.</param>
public sealed record EventReadings(EventThing? Thing, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<EventSeries> Series);

/// <summary>The thing that the event's read point or sensor is.</summary>
public sealed record EventThing(string Id, string Name, string Type);

/// <summary>A property over the time of the event.</summary>
/// <param name="Points">Each: time in milliseconds, then mean, least and greatest value.</param>
public sealed record EventSeries(string Property, Label Name, string? Unit, IReadOnlyList<double[]> Points);

/// <summary>Joins events with readings: a read point or sensor that is an identifier of a thing leads to it.</summary>
internal sealed class EventTelemetry(ThingSearch search, PackCatalog packs, SeriesRegistry series, ReadingQueries queries)
{
    // A page of a drawer; what a machine has beyond that is on its own page.
    private const int MostSeries = 12;

    // Half of the hour around an event that does not say how long it took.
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(30);

    // The longest campaign of a furnace; of what took longer the first month.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    // As many points as a small chart has pixels, by the widths that rollups have.
    private const int MostPoints = 360;
    private static readonly long[] Widths = [Instant.PerSecond, 10 * Instant.PerSecond, Instant.PerMinute, 10 * Instant.PerMinute, Instant.PerHour, Instant.PerDay];

    // Keys of GS1 that name one thing in the world and are written as bare digits or text too: places (414) and assets (8004).
    private static readonly string[] BareKeys = ["https://id.gs1.org/414/", "https://id.gs1.org/8004/"];

    public async Task<EventReadings> FindAsync(Caller caller, EpcisEvent read, CancellationToken cancellation)
    {
        var (from, to) = TimeOf(read);
        if (NamesOf(read).Select(name => Thing(caller, name)).FirstOrDefault(found => found is not null) is not { } thing)
        {
            return new(null, from, to, []);
        }

        var (since, until) = (Instant.Of(from), Instant.Of(to));
        var width = Widths.FirstOrDefault(each => (until - since) / each <= MostPoints, Widths[^1]);
        var found = new List<EventSeries>();
        foreach (var property in packs.Current.KnownType(thing.Type)?.Properties ?? [])
        {
            if (found.Count < MostSeries && property.Kind == PropertyKind.Number && series.Find(thing.Id, property.Id) is { } numbers &&
                await PointsAsync(numbers, since, until, width, cancellation) is { Count: > 0 } points)
            {
                found.Add(new(property.Id, property.Name, property.Unit, points));
            }
        }

        return new(new(thing.Id, thing.Name, thing.Type), from, to, found);
    }

    /// <summary>From when to when what the event tells of lasted: as its sensors say, else the hour around it.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) TimeOf(EpcisEvent read)
    {
        var told = read.SensorElementList.Select(element => element.Metadata).OfType<SensorMetadata>().ToList();
        var from = told.Min(each => each.StartTime) ?? Moved(read.EventTime, -Around);
        var to = told.Max(each => each.EndTime) ?? (told.Any(each => each.StartTime is not null) ? Moved(from, 2 * Around) : Moved(read.EventTime, Around));
        return (from, to < from ? from : to - from > Longest ? from + Longest : to);
    }

    // Events may be of the first and the last hour that there is.
    private static DateTimeOffset Moved(DateTimeOffset time, TimeSpan by) =>
        by < TimeSpan.Zero ? time - DateTimeOffset.MinValue < -by ? DateTimeOffset.MinValue : time + by
        : DateTimeOffset.MaxValue - time < by ? DateTimeOffset.MaxValue : time + by;

    // The sensor is nearer to what was measured than the place is.
    private static IEnumerable<string> NamesOf(EpcisEvent read) =>
        read.SensorElementList
            .SelectMany(element => element.Reports.Select(report => report.DeviceId).Prepend(element.Metadata?.DeviceId))
            .Append(read.ReadPoint)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    private Thing? Thing(Caller caller, string name)
    {
        var canonical = CanonicalIdentifier.Of(name);
        var bare = BareKeys.Where(key => canonical.StartsWith(key, StringComparison.Ordinal) && !canonical[key.Length..].Contains('/', StringComparison.Ordinal))
            .Select(key => Uri.UnescapeDataString(canonical[key.Length..])).FirstOrDefault();
        return new[] { name, canonical, bare }.OfType<string>().Distinct(StringComparer.Ordinal)
            .SelectMany(question => search.Find(caller, question, int.MaxValue))
            .FirstOrDefault(thing => thing.Id == name || thing.Identifiers.Values.Any(value => value == bare || CanonicalIdentifier.Of(value) == canonical));
    }

    private async Task<List<double[]>> PointsAsync(Series numbers, long from, long to, long width, CancellationToken cancellation)
    {
        var points = new List<double[]>();
        await foreach (var page in queries.BucketsAsync(numbers, from, to, width, cancellation))
        {
            foreach (ref readonly var bucket in page.Buckets)
            {
                points.Add([bucket.Start / (double)Instant.PerMillisecond, bucket.Mean, bucket.Min, bucket.Max]);
            }
        }

        return points;
    }
}
