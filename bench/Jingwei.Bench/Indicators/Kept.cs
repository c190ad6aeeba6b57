using Jingwei.Server.Indicators;
using Jingwei.Server.Telemetry;

namespace Jingwei.Bench.Indicators;

/// <summary>All readings that came in, of each thing, property and time the last one: what the engine answers with, and what the month is computed from at the end.</summary>
internal sealed class Kept
{
    private readonly Dictionary<(string Thing, string Property), SortedList<long, Sample>> series = [];

    public long Count { get; private set; }

    public long Corrections { get; private set; }

    public void Add(Reading reading)
    {
        var key = (reading.Thing.Id, reading.Property.Id);
        if (!series.TryGetValue(key, out var samples))
        {
            series[key] = samples = [];
        }

        Count++;
        Corrections += samples.ContainsKey(reading.Time) ? 1 : 0;
        samples[reading.Time] = Sample.Of(reading.Time, reading.Value);
    }

    public Task<IReadOnlyDictionary<(string Thing, string Property), SampleRun>> ReadAsync(SampleQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyDictionary<(string Thing, string Property), SampleRun>>(query.Series
            .Where(series.ContainsKey)
            .ToDictionary(key => key, key => Run(series[key], query.From, query.To)));
    }

    /// <summary>Everything of a thing, by property.</summary>
    public Dictionary<string, SampleRun> Of(string thing) => series
        .Where(each => each.Key.Thing == thing)
        .ToDictionary(each => each.Key.Property, each => new SampleRun([.. each.Value.Values]), StringComparer.Ordinal);

    // With the last one before it.
    private static SampleRun Run(SortedList<long, Sample> samples, long from, long to)
    {
        var (first, end) = (Math.Max(0, FirstAt(samples.Keys, from) - 1), FirstAt(samples.Keys, to));
        var run = new Sample[end - first];
        for (var index = first; index < end; index++)
        {
            run[index - first] = samples.Values[index];
        }

        return new SampleRun(run);
    }

    private static int FirstAt(IList<long> times, long time)
    {
        int low = 0, high = times.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle] < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
