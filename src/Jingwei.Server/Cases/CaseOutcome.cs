using System.Collections.Immutable;

namespace Jingwei.Server.Cases;

/// <summary>What came of a request on a case.</summary>
/// <param name="Row">The case after it; null for a refusal.</param>
/// <param name="Changed">False when there was nothing to do, or when the answer is that to an earlier, equal request.</param>
public sealed record CaseOutcome(CaseRow? Row, Refusal? Refusal, bool Changed)
{
    /// <summary>What was added to histories, also to those of other cases.</summary>
    public ImmutableArray<CaseHappening> Happened { get; init; } = [];

    /// <summary>When the next thing is due to the case by itself, where that has changed.</summary>
    internal DateTimeOffset? Next { get; init; }

    public static CaseOutcome Refused(Refusal refusal) => new(null, refusal, false);
}

/// <summary>Something that happened to a case and is on disk.</summary>
/// <param name="Position">Its place in the history of all cases: who keeps the last one that he has dealt with can go on behind it.</param>
/// <param name="Row">The case after all that happened at once.</param>
public sealed record CaseHappening(long Position, PlacedEvent Event, CaseRow Row);

/// <summary>A case with its history.</summary>
public sealed record CaseFile(Case State, long Ordinal, IReadOnlyList<CaseEventRow> History);
