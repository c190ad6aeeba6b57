using System.Collections.Immutable;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>A batch that is in the log, and durable as the policy of syncing has it.</summary>
/// <param name="Stamp">
/// Its place in the order of all that was taken in, and when that was: microseconds since the epoch UTC, moved on where two came at once
/// or the clock was set back. A message with rejects has a stamp for each of them, from this one on.
/// </param>
internal sealed record CommittedBatch(long Stamp, IntakeBatch Batch)
{
    // The engine and the subscribers.
    private int holders = 2;

    public long LastStamp { get; } = Stamp + Math.Max(1, Batch.Rejected.Count) - 1;

    /// <summary>What it takes of the budget; known also when the batch was given back.</summary>
    public int Weight { get; } = Batch.Weight;

    /// <summary>What was accepted and is followed, as subscribers get it.</summary>
    public ImmutableArray<Reading> Followed { get; set; } = [];

    /// <summary>True for the last of the two that are done with it.</summary>
    public bool Release() => Interlocked.Decrement(ref holders) == 0;
}
