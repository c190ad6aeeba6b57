namespace Jingwei.Server.Telemetry.Intake;

/// <summary>The times of messages that bring none: those of their arrival, but another for each, so that two that came together are two readings.</summary>
internal sealed class MessageTimes
{
    // A clock that is set back by more than it is tuned by in running is followed; else time would stand still until it is there again.
    private const long Slack = Instant.PerSecond;

    private long last;

    /// <summary>Now, or a microsecond after the last one if that is somewhat later. Microseconds.</summary>
    public long Next(long now)
    {
        while (true)
        {
            var before = Interlocked.Read(ref last);
            var next = now > before || now < before - Slack ? now : before + 1;
            if (Interlocked.CompareExchange(ref last, next, before) == before)
            {
                return next;
            }
        }
    }
}
