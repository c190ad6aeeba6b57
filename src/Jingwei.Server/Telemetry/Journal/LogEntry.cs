using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>A reading as it stands in the log and the engine.</summary>
/// <param name="Sequence">Its place in the log; the later one wins where series and time are the same.</param>
public readonly record struct StoredReading(
    ulong Sequence, long Series, long Time, long Arrived, ReadingValue Value, Quality Quality, string? Flag);

/// <summary>
/// One message in the log. Every value has a sequence number of its own: first the accepted ones in their order, then the rejected.
/// </summary>
internal sealed record LogEntry(
    ulong FirstSequence, string Channel, long Arrived, IReadOnlyList<StoredReading> Accepted, IReadOnlyList<Reject> Rejected)
{
    public Origin? Origin { get; init; }

    public IReadOnlyList<ReplayedReject> Replayed { get; init; } = [];

    public int Count => Accepted.Count + Rejected.Count;

    public ulong LastSequence => FirstSequence + (ulong)Count - 1;
}
