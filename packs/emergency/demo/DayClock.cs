namespace Jingwei.Demo.Emergency;

/// <summary>The clock of the play: minutes since its begin, at its own speed; what is told bears our time.</summary>
internal sealed class DayClock(TimeProvider time, DateTimeOffset start, double speed)
{
    public DateTimeOffset Start => start;

    /// <summary>Our time at a minute of the day.</summary>
    public DateTimeOffset At(double minute) => start.AddMinutes(minute / speed);

    /// <summary>Waits until a minute of the day; not at all when it is over.</summary>
    public Task UntilAsync(double minute, CancellationToken stop)
    {
        var wait = At(minute) - time.GetUtcNow();
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, stop) : Task.CompletedTask;
    }

    /// <summary>Waits for some of our time.</summary>
    public Task PauseAsync(TimeSpan pause, CancellationToken stop) => Task.Delay(pause, time, stop);
}
