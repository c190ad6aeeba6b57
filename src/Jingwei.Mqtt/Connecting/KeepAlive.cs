namespace Jingwei.Mqtt.Connecting;

/// <summary>
/// How long a client has been silent, and may be. Being heard costs one write and no connection has a timer: the server looks at all of
/// them every <see cref="Grain"/>. Never copy it.
/// </summary>
/// <param name="now">A timestamp of the server's clock, as all of them here.</param>
/// <param name="patience">Of silence; zero: for ever.</param>
internal struct KeepAlive(long now, TimeSpan patience)
{
    /// <summary>How much later than due silence may be noticed, never earlier. A second: a keep alive's unit, and mosquitto looks as often.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    private long heard = now;
    private long patience = patience.Ticks;
    private volatile bool isHeld;

    public void Heard(long now) => Volatile.Write(ref heard, now);

    /// <summary>While it is held nothing can be heard: it is the server that does not read.</summary>
    public void Hold() => isHeld = true;

    /// <summary>Ends <see cref="Hold"/>.</summary>
    public void Release(long now)
    {
        Heard(now);
        isHeld = false;
    }

    /// <summary>Starts anew with another patience; zero: for ever.</summary>
    public void Restart(long now, TimeSpan newPatience)
    {
        Heard(now);
        Volatile.Write(ref patience, newPatience.Ticks);
    }

    /// <summary>Whether the patience is over; on any thread.</summary>
    public readonly bool IsOver(TimeProvider time, long now)
    {
        // In this order: what is heard is written before what it counts for.
        var (held, most) = (isHeld, Volatile.Read(in patience));
        return !held && most > 0 && time.GetElapsedTime(Volatile.Read(in heard), now).Ticks >= most;
    }
}
