namespace Jingwei.Server.Telemetry.Intake;

/// <summary>One message of one channel, or several that came together: what of it was accepted and what was not. Filled by <see cref="ReadingCheck"/>, then handed over once.</summary>
/// <param name="channel">Id of the channel that it came by; accounting is kept per channel.</param>
/// <param name="arrived">Microseconds since the epoch, UTC, by this server.</param>
public sealed class IntakeBatch(string channel, long arrived)
{
    private readonly List<Reading> accepted = [];
    private readonly List<Reject> rejected = [];
    private long? untimed;

    public string Channel => channel;

    public long Arrived => arrived;

    public IReadOnlyList<Reading> Accepted => accepted;

    public IReadOnlyList<Reject> Rejected => rejected;

    /// <summary>
    /// The time of a reading that comes without one. As <see cref="Arrived"/>, but another for each message: two messages of a property
    /// that came together are two readings, not one corrected.
    /// </summary>
    public long Untimed => untimed ?? arrived;

    /// <summary>Values in it; a message that could not be parsed counts as one.</summary>
    public int Count => accepted.Count + rejected.Count;

    /// <param name="time">The time of its readings that come without one.</param>
    internal void BeginMessage(long time) => untimed = time;

    internal void Add(in Reading reading) => accepted.Add(reading);

    internal void Add(Reject reject) => rejected.Add(reject);

    internal void Number(int index, long series) => accepted[index] = accepted[index] with { Series = series };
}

/// <summary>What became of a batch.</summary>
public enum IntakeStatus
{
    /// <summary>Accepted values are in the synced log, rejected ones in the synced store of rejects.</summary>
    Durable,

    /// <summary>Nothing was taken: intake or its disk is full; ask again later.</summary>
    Busy,

    /// <summary>Nothing may be taken for granted: a write failed and intake stopped until the server starts anew.</summary>
    Stopped,
}

/// <summary>The answer to a batch.</summary>
public readonly record struct IntakeResult(IntakeStatus Status, int Accepted, IReadOnlyList<Reject> Rejected);
