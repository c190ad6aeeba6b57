using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Indicators;

/// <summary>The good readings of a property that a figure was counted from.</summary>
/// <param name="Count">Inside the window, of each time one.</param>
/// <param name="First">Null where there is none.</param>
/// <param name="Corrected">How many came in more than once with other values.</param>
/// <param name="Before">When the last one before the window was read, which says what held as it began; null for none.</param>
public sealed record ReadingsItem(
    string Property, Label PropertyName, long Count, DateTimeOffset? First, DateTimeOffset? Last, long Corrected, DateTimeOffset? Before);

/// <summary>A value that a thing, property and time once had; the last one counts.</summary>
public sealed record ReadingVersion(object? Value, Quality Quality, DateTimeOffset Arrived);

/// <summary>Finds the readings behind figures: a query a table, however many things.</summary>
public sealed class ReadingsBehind(Readings readings, ReadingQueries queries, SeriesRegistry series, Things things, PackCatalog packs)
{
    // Things of one figure whose readings are counted; the others' are found through their own figures.
    private const int MostThings = 200;

    /// <summary>What stands behind the counts of properties of things over a window.</summary>
    public async Task<IReadOnlyDictionary<(string Thing, string Property), ReadingsItem>> OfAsync(
        IEnumerable<(string Thing, string Property)> keys, WindowSpan window, CancellationToken cancellation)
    {
        var numbers = keys.Distinct()
            .Where(key => things.TryGet(key.Thing, out _))
            .Select(key => (Key: key, Series: series.Find(key.Thing, key.Property)?.Number))
            .Where(each => each.Series is not null)
            .GroupBy(each => each.Key.Thing, StringComparer.Ordinal)
            .Take(MostThings)
            .SelectMany(each => each)
            .ToDictionary(each => (long)each.Series!.Value, each => each.Key);
        if (numbers.Count == 0)
        {
            return new Dictionary<(string, string), ReadingsItem>();
        }

        cancellation.ThrowIfCancellationRequested();
        var counts = await CountsAsync([.. numbers.Keys], window);
        var before = await queries.ReadAsync([.. numbers.Keys], window.From, window.From);
        return numbers.ToDictionary(
            each => each.Value,
            each => Item(each.Value, counts.GetValueOrDefault(each.Key), before.Numbers(each.Key).Before?.Time ?? before.Texts(each.Key).Before?.Time));
    }

    /// <summary>Every value that arrived for a thing, property and time, in the order of arrival.</summary>
    public async Task<IReadOnlyList<ReadingVersion>> VersionsAsync(string thing, string property, long time)
    {
        if (series.Find(thing, property) is not { } of || KindOf(thing, property) is not { } kind)
        {
            return [];
        }

        var isText = ReadingTable.IsText(kind);
        var table = isText ? readings.Store.Texts : readings.Store.Numbers;
        return await readings.Store.Engine.Reader.QueryAsync(
            $"SELECT {(isText ? "text" : "value")}, quality, arrived FROM {table.Name} WHERE series = {of.Number} AND time = {time} ORDER BY arrived LIMIT 100",
            rows =>
            {
                List<ReadingVersion> found = [];
                while (rows.More)
                {
                    object value = isText ? rows.Text() : kind == PropertyKind.Boolean ? rows.Float64() != 0 : rows.Float64();
                    found.Add(new ReadingVersion(value, (Quality)rows.UInt8(), Instant.ToTime(rows.Int64())));
                }

                return found;
            });
    }

    private async Task<Dictionary<long, Counted>> CountsAsync(IReadOnlyCollection<long> numbers, WindowSpan window)
    {
        var counts = new Dictionary<long, Counted>();
        foreach (var table in new[] { readings.Store.Numbers, readings.Store.Texts })
        {
            var found = await readings.Store.Engine.Reader.QueryAsync(
                $"""
                SELECT toInt64(series), toInt64(count()), min(time), max(time), toInt64(sum(n > 1)) FROM (
                    SELECT series, time, argMax(quality, arrived) AS q, count() AS n FROM {table.Name}
                    WHERE series IN ({string.Join(',', numbers)}) AND time >= {window.From} AND time < {window.To} GROUP BY series, time)
                WHERE q = 0 GROUP BY series
                """,
                static rows =>
                {
                    List<(long Series, Counted Counted)> each = [];
                    while (rows.More)
                    {
                        each.Add((rows.Int64(), new Counted(rows.Int64(), rows.Int64(), rows.Int64(), rows.Int64())));
                    }

                    return each;
                });
            found.ForEach(each => counts[each.Series] = each.Counted);
        }

        return counts;
    }

    private ReadingsItem Item((string Thing, string Property) key, Counted counted, long? before) => new(
        key.Property,
        things.TryGet(key.Thing, out var thing) && packs.Current.Type(thing.Type)?.Property(key.Property) is { } property ? property.Name : Label.Of(key.Property),
        counted.Count,
        counted.Count > 0 ? Instant.ToTime(counted.First) : null,
        counted.Count > 0 ? Instant.ToTime(counted.Last) : null,
        counted.Corrected,
        before is { } at ? Instant.ToTime(at) : null);

    private PropertyKind? KindOf(string thing, string property) =>
        things.TryGet(thing, out var found) ? packs.Current.Type(found.Type)?.Property(property)?.Kind : null;

    private readonly record struct Counted(long Count, long First, long Last, long Corrected);
}
