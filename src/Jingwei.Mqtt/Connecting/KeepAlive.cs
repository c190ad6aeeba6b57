namespace Jingwei.Mqtt.Connecting;

/// <summary>Calls once when nothing was heard for a while; being heard costs one write, no timer.</summary>
internal sealed class KeepAlive
{
    private readonly TimeProvider time;
    private readonly Action onSilence;
    private readonly ITimer timer;
    private long heard;
    private TimeSpan patience;
    private volatile bool isHeld;

    public KeepAlive(TimeProvider time, TimeSpan patience, Action onSilence)
    {
        this.time = time;
        this.onSilence = onSilence;
        this.patience = patience;
        heard = time.GetTimestamp();
        timer = time.CreateTimer(static self => ((KeepAlive)self!).Look(), this, patience, Timeout.InfiniteTimeSpan);
    }

    public void Heard() => Volatile.Write(ref heard, time.GetTimestamp());

    /// <summary>While it is held nothing can be heard: it is the server that does not read.</summary>
    public void Hold() => isHeld = true;

    /// <summary>Ends <see cref="Hold"/>.</summary>
    public void Release()
    {
        Heard();
        isHeld = false;
    }

    /// <summary>Starts anew with another patience; zero: for ever.</summary>
    public void Restart(TimeSpan newPatience)
    {
        patience = newPatience;
        Heard();
        timer.Change(newPatience == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : newPatience, Timeout.InfiniteTimeSpan);
    }

    public void Stop() => timer.Dispose();

    private void Look()
    {
        if (isHeld)
        {
            Heard();
        }

        var left = patience - time.GetElapsedTime(Volatile.Read(ref heard));
        if (left <= TimeSpan.Zero)
        {
            onSilence();
        }
        else
        {
            // A timer's grain is a millisecond.
            timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }
}
