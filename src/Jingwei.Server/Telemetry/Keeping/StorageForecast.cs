namespace Jingwei.Server.Telemetry.Keeping;

/// <summary>What was added to the disk, in bytes; null where nothing was measured that long ago.</summary>
public sealed record StorageGrowth(long? Hour, long? Day, long? Week);

/// <summary>When the disk will be full as things go on; null: not in sight, or nothing to tell by yet.</summary>
/// <param name="WithoutRetention">If nothing were ever removed.</param>
/// <param name="WithRetention">With readings removed after the platform's age.</param>
public sealed record StorageForecast(DateTimeOffset? WithoutRetention, DateTimeOffset? WithRetention)
{
    // Beyond this a straight line says nothing.
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(36_525);

    // A sample may be missing where the server was down; one a little older or younger does.
    private const double Tolerance = 0.2;

    /// <summary>What was added over the last hour, day and week.</summary>
    public static StorageGrowth Growth(IReadOnlyList<StorageSample> history, StorageSample now)
    {
        long? Over(TimeSpan span) => Before(history, now, span) is { } before ? now.Used - before.Used : null;
        return new StorageGrowth(Over(TimeSpan.FromHours(1)), Over(TimeSpan.FromDays(1)), Over(TimeSpan.FromDays(7)));
    }

    /// <summary>Draws the growth of the last week, or else of the last day or hour, on as a straight line.</summary>
    /// <param name="keep">How long readings are kept; null: for ever.</param>
    /// <param name="age">How old the oldest reading is.</param>
    public static StorageForecast Of(IReadOnlyList<StorageSample> history, StorageSample now, TimeSpan? keep, TimeSpan age)
    {
        TimeSpan[] spans = [TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.FromHours(1)];
        if (spans.Select(span => Before(history, now, span)).FirstOrDefault(sample => sample is not null) is not { } before)
        {
            return new StorageForecast(null, null);
        }

        var seconds = (now.At - before.At).TotalSeconds;
        var readings = Math.Max(0, now.Readings - before.Readings) / seconds;
        var rest = Math.Max(0, now.Used - now.Readings - before.Used + before.Readings) / seconds;
        var without = At(now.At, now.Free / (readings + rest));
        if (keep is not { } kept)
        {
            return new StorageForecast(without, without);
        }

        // Until the oldest are removed it grows as if nothing were; then readings go as they come.
        var until = Math.Max(0, (kept - age).TotalSeconds);
        var left = now.Free - (until * (readings + rest));
        return new StorageForecast(without, left <= 0 ? without : At(now.At, until + (left / rest)));
    }

    private static DateTimeOffset? At(DateTimeOffset now, double seconds) =>
        double.IsFinite(seconds) && seconds < Farthest.TotalSeconds ? now + TimeSpan.FromSeconds(seconds) : null;

    private static StorageSample? Before(IReadOnlyList<StorageSample> history, StorageSample now, TimeSpan span) => history
        .Where(sample => Math.Abs((now.At - sample.At - span) / span) <= Tolerance)
        .MinBy(sample => Math.Abs((now.At - sample.At - span).Ticks));
}
