namespace Jingwei.Server.Cases;

/// <summary>What came of a request on a case.</summary>
/// <param name="Row">The case after it; null for a refusal.</param>
/// <param name="Changed">False when there was nothing to do, or when the answer is that to an earlier, equal request.</param>
public sealed record CaseOutcome(CaseRow? Row, Refusal? Refusal, bool Changed)
{
    /// <summary>Another case that changed with it.</summary>
    public CaseRow? Other { get; init; }

    /// <summary>When the next thing is due to the case by itself, where that has changed.</summary>
    internal DateTimeOffset? Next { get; init; }

    public static CaseOutcome Refused(Refusal refusal) => new(null, refusal, false);
}

/// <summary>A case with its history.</summary>
public sealed record CaseFile(Case State, long Ordinal, IReadOnlyList<CaseEventRow> History);
