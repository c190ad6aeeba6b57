namespace Jingwei.Server.Telemetry.Intake;

/// <summary>What a row of a batch has beside series, time and number; most rows have nothing.</summary>
/// <param name="Row">Index of the row.</param>
/// <param name="Text">Enumeration value id, text, or a position as "longitude latitude"; null for numbers and booleans.</param>
internal readonly record struct Remark(int Row, string? Text, Quality Quality, string? Flag);

/// <summary>
/// One message of one channel, or several that came together, as columns: what was accepted and what was not. Filled by <see cref="ReadingCheck"/>, then handed over once.
/// </summary>
/// <param name="channel">Id of the channel that it came by; accounting is kept per channel.</param>
/// <param name="arrived">Microseconds since the epoch, UTC, by this server.</param>
public sealed class IntakeBatch(string channel, long arrived) : IDisposable
{
    // A value on its way to the engine takes some 32 bytes: text as long takes as much.
    private const int CharactersOfValue = 16;

    private List<Reject>? rejected;
    private IntakeColumns? columns;
    private List<Remark>? remarks;
    private List<Store.Series>? added;
    private long? untimed;
    private long characters;

    public string Channel => channel;

    public long Arrived => arrived;

    /// <summary>Who delivered it, for its rejects; null: they cannot be judged again.</summary>
    public Origin? Origin { get; init; }

    /// <summary>The rejects that it judges again; empty for what has just come.</summary>
    public IReadOnlyList<ReplayedReject> Replayed { get; init; } = [];

    /// <summary>Accepted values.</summary>
    public int Accepted { get; private set; }

    public IReadOnlyList<Reject> Rejected => rejected ?? (IReadOnlyList<Reject>)[];

    /// <summary>
    /// The time of a reading that comes without one. As <see cref="Arrived"/>, but another for each message: two messages of a property
    /// that came together are two readings, not one corrected.
    /// </summary>
    public long Untimed => untimed ?? arrived;

    /// <summary>Values in it; a message that could not be parsed counts as one.</summary>
    public int Count => Accepted + (rejected?.Count ?? 0);

    /// <summary>What it takes in memory and in the log, in values: text and rejects are as many as would fit into their place.</summary>
    public int Weight => Count + (int)Math.Min(characters / CharactersOfValue, int.MaxValue / 2);

    internal ReadOnlySpan<int> Series => columns is null ? [] : columns.Series.AsSpan(0, Accepted);

    internal ReadOnlySpan<long> Times => columns is null ? [] : columns.Times.AsSpan(0, Accepted);

    /// <summary>Numbers, and booleans as 0 and 1; 0 where the value is text.</summary>
    internal ReadOnlySpan<double> Numbers => columns is null ? [] : columns.Numbers.AsSpan(0, Accepted);

    /// <summary>Rows that are no plain good numbers, ascending; null when all are.</summary>
    internal List<Remark>? Remarks => remarks;

    /// <summary>Series that are not in the database yet; null when all are.</summary>
    internal List<Store.Series>? Added => added;

    internal void Add(Store.Series of, long time, double number)
    {
        var into = columns is { } room && Accepted < room.Rows ? room : Grow(Accepted * 2);
        if (!of.Committed)
        {
            (added ??= []).Add(of);
        }

        (into.Series[Accepted], into.Times[Accepted], into.Numbers[Accepted]) = (of.Number, time, number);
        Accepted++;
    }

    internal void Add(Store.Series of, long time, double number, string? text, Quality quality, string? flag)
    {
        Add(of, time, number);
        (remarks ??= []).Add(new Remark(Accepted - 1, text, quality, flag));
        characters += text?.Length ?? 0;
    }

    /// <param name="time">The time of its readings that come without one.</param>
    internal void BeginMessage(long time) => untimed = time;

    internal void Add(Reject reject)
    {
        (rejected ??= []).Add(reject.At == 0 ? reject with { At = Untimed } : reject);
        characters += reject.Payload.Length + reject.Detail.Length;
    }

    /// <summary>Gives rows their time.</summary>
    /// <param name="from">The first of them; all behind it get the same.</param>
    internal void Date(int from, long time) => columns?.Times.AsSpan(from..Accepted).Fill(time);

    /// <summary>Takes rows out again, from <paramref name="first"/> on.</summary>
    internal void Truncate(int first)
    {
        Accepted = first;
        remarks?.RemoveAll(remark => remark.Row >= first);
    }

    /// <summary>Makes room for so many rows in all.</summary>
    internal void Reserve(int rows)
    {
        if (rows > (columns?.Rows ?? 0))
        {
            Grow(rows);
        }
    }

    /// <summary>Gives the columns back, and all else that it holds: who was let in by it may still remember the batch. Nobody may look at it any more.</summary>
    public void Dispose()
    {
        columns?.Return();
        (columns, Accepted) = (null, 0);
        (rejected, remarks, added) = (null, null, null);
    }

    private IntakeColumns Grow(int rows)
    {
        var grown = IntakeColumns.Rent(rows);
        if (columns is { } outgrown)
        {
            grown.CopyFrom(outgrown, Accepted);
            outgrown.Return();
        }

        columns = grown;
        return grown;
    }
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
