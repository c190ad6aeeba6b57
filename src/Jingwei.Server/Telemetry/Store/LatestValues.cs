using System.Collections.Concurrent;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>The newest reading of a series.</summary>
public readonly record struct LatestValue(long Time, long Arrived, ReadingValue Value, Quality Quality, string? Flag);

/// <summary>The newest reading of every series by the device's time, in memory; of two for one time the later arrival.</summary>
public sealed class LatestValues
{
    private readonly ConcurrentDictionary<long, LatestValue> values = new();

    public LatestValue? Find(long series) => values.TryGetValue(series, out var value) ? value : null;

    /// <summary>Takes a reading; false when it is older than what is there, or for the very same time.</summary>
    /// <remarks>One writer at a time: the log's.</remarks>
    internal bool Update(long series, in LatestValue value)
    {
        if (values.TryGetValue(series, out var before) && before.Time > value.Time)
        {
            return false;
        }

        values[series] = value;
        return before == default || before.Time < value.Time;
    }
}
