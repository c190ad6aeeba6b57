namespace Jingwei.Server.Telemetry.Intake;

/// <summary>One message of one channel: what of it was accepted and what was not. Filled by <see cref="ReadingCheck"/>, then handed over once.</summary>
/// <param name="channel">Id of the channel that it came by; accounting is kept per channel.</param>
/// <param name="arrived">Microseconds since the epoch, UTC, by this server.</param>
public sealed class IntakeBatch(string channel, long arrived)
{
    private readonly List<Reading> accepted = [];
    private readonly List<Reject> rejected = [];

    public string Channel => channel;

    public long Arrived => arrived;

    /// <summary>Who delivered it, for its rejects; null: they cannot be judged again.</summary>
    public Origin? Origin { get; init; }

    /// <summary>The rejects that it judges again; empty for what has just come.</summary>
    public IReadOnlyList<ReplayedReject> Replayed { get; init; } = [];

    public IReadOnlyList<Reading> Accepted => accepted;

    public IReadOnlyList<Reject> Rejected => rejected;

    /// <summary>Values in it; a message that could not be parsed counts as one.</summary>
    public int Count => accepted.Count + rejected.Count;

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
