using System.Globalization;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>A good reading of one series, without what an indicator does not ask for.</summary>
/// <param name="Time">Microseconds since the epoch, UTC, by the device.</param>
/// <param name="Number">The number; 0 or 1 of a boolean.</param>
/// <param name="Text">The state's id of an enumeration, "true" or "false" of a boolean; null for a number.</param>
public readonly record struct Sample(long Time, double Number, string? Text)
{
    public static Sample Of(long time, ReadingValue value) => new(
        time,
        value.Number,
        value.Text ?? (value.Kind == PropertyKind.Boolean ? (value.Number != 0).ToString(CultureInfo.InvariantCulture).ToLowerInvariant() : null));
}

/// <summary>The samples of one thing's property, ascending in time, one a time.</summary>
public sealed record SampleRun(Sample[] Samples)
{
    /// <summary>From samples in any order; of two at one time the later in <paramref name="samples"/> wins.</summary>
    public static SampleRun Of(IEnumerable<Sample> samples)
    {
        var byTime = new Dictionary<long, Sample>();
        foreach (var sample in samples)
        {
            byTime[sample.Time] = sample;
        }

        var ordered = byTime.Values.ToArray();
        Array.Sort(ordered, (a, b) => a.Time.CompareTo(b.Time));
        return new SampleRun(ordered);
    }

    /// <summary>The index of the first sample at or after <paramref name="time"/>; the count when there is none.</summary>
    public int FirstAt(long time)
    {
        int low = 0, high = Samples.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Samples[middle].Time < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
