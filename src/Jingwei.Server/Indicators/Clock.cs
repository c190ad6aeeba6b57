namespace Jingwei.Server.Indicators;

/// <summary>Between the clock's time and microseconds since the epoch, UTC, as readings carry it.</summary>
internal static class Clock
{
    public static long Microseconds(this TimeProvider time) => Microseconds(time.GetUtcNow());

    public static long Microseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Instant(long microseconds) =>
        new(DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));
}
