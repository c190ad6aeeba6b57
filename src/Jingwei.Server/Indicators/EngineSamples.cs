using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Indicators;

/// <summary>A property of a thing that got readings, the first and the last of them by time, microseconds UTC.</summary>
public sealed record TouchedSeries(Thing Thing, string Property, long From, long To);

/// <summary>Reads what indicators count from the engine: a few queries, however many things.</summary>
public sealed class EngineSamples(Readings readings, ReadingQueries queries, SeriesRegistry series, Things things, PackCatalog packs)
{
    /// <inheritdoc cref="ReadSamples"/>
    public async Task<IReadOnlyDictionary<(string Thing, string Property), SampleRun>> ReadAsync(SampleQuery query, CancellationToken cancellation)
    {
        await readings.StoredAsync(query.Stamp).WaitAsync(cancellation);
        var numbers = query.Series
            .Select(key => (Key: key, Number: series.Find(key.Thing, key.Property), Kind: KindOf(key.Thing, key.Property)))
            .Where(each => each.Number is not null && each.Kind is not null)
            .ToList();
        var window = await queries.ReadAsync([.. numbers.Select(each => each.Number!.Number)], query.From, query.To);
        return numbers.ToDictionary(each => each.Key, each => each.Kind is PropertyKind.Number or PropertyKind.Boolean
            ? Run(window.Numbers(each.Number!.Number), value => new ReadingValue(each.Kind.Value, value, null))
            : Run(window.Texts(each.Number!.Number), value => new ReadingValue(each.Kind!.Value, 0, value)));
    }

    /// <summary>Which series got readings after a stamp, and over which times: what a restart has to compute anew.</summary>
    public async Task<IReadOnlyList<TouchedSeries>> TouchedSinceAsync(long stamp)
    {
        var touched = new List<TouchedSeries>();
        foreach (var table in new[] { readings.Store.Numbers, readings.Store.Texts })
        {
            var spans = await readings.Store.Engine.Reader.QueryAsync(
                $"SELECT toInt64(series), min(time), max(time) FROM {table.Name} WHERE arrived > {stamp} GROUP BY series",
                static rows =>
                {
                    List<(long Series, long From, long To)> found = [];
                    while (rows.More)
                    {
                        found.Add((rows.Int64(), rows.Int64(), rows.Int64()));
                    }

                    return found;
                });
            foreach (var (number, from, to) in spans)
            {
                if (series.Find(number) is { } of && things.TryGet(of.ThingId, out var thing))
                {
                    touched.Add(new TouchedSeries(thing, of.PropertyId, from, to));
                }
            }
        }

        return touched;
    }

    private PropertyKind? KindOf(string thing, string property) =>
        things.TryGet(thing, out var found) ? packs.Current.Type(found.Type)?.Property(property)?.Kind : null;

    private static SampleRun Run<T>(SeriesWindow<T> window, Func<T, ReadingValue> value)
    {
        var samples = new List<Sample>(window.Points.Length + 1);
        if (window.Before is { } before)
        {
            samples.Add(Sample.Of(before.Time, value(before.Value)));
        }

        foreach (var point in window.Points)
        {
            if (point.Quality == Quality.Good)
            {
                samples.Add(Sample.Of(point.Time, value(point.Value)));
            }
        }

        return new SampleRun([.. samples]);
    }
}
