using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Proofs;

namespace Jingwei.Ledger.Verification;

/// <summary>What a log is verified against.</summary>
/// <param name="Origin">The log's origin line.</param>
/// <param name="Keys">Of which one must have signed the checkpoint.</param>
public sealed record LogVerificationSettings(string Origin, IReadOnlyList<NoteVerifier> Keys)
{
    /// <summary>Checkpoints that were seen before: the log must be a continuation of each. Without one, a history that was written anew with the log's key cannot be told.</summary>
    public IReadOnlyList<CheckpointNote> Older { get; init; } = [];

    /// <summary>Witnesses that must have cosigned; null asks for none.</summary>
    public LogPolicy? Policy { get; init; }

    /// <summary>Most findings that are listed; verification ends there. Default 100.</summary>
    public int Findings { get; init; } = 100;
}
