using Jingwei.Ledger.Notes;

namespace Jingwei.Ledger.Verification;

/// <summary>Something in a log's folder that is not as it must be.</summary>
/// <param name="File">Below the folder, as <c>tile/0/001.p/44</c>.</param>
public sealed record LogFinding(string File, LedgerProblem Problem)
{
    public override string ToString() => $"{File}: {Problem}";
}

/// <summary>What verification of a folder found.</summary>
/// <param name="Checkpoint">The log's checkpoint; null where there is none that can be read.</param>
/// <param name="Findings">In the order in which they were found; empty for a log that is sound.</param>
public sealed record LogFindings(CheckpointNote? Checkpoint, IReadOnlyList<LogFinding> Findings)
{
    public bool Sound => Checkpoint is not null && Findings.Count == 0;
}
