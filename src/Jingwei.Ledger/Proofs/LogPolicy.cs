using Jingwei.Ledger.Notes;

namespace Jingwei.Ledger.Proofs;

/// <summary>What a policy may cost.</summary>
public sealed record PolicyLimits
{
    public static PolicyLimits Default { get; } = new();

    /// <summary>Longest policy in bytes. Default 1 MiB: all that the other limits allow, with ML-DSA keys of 1.8 kB.</summary>
    public int Bytes { get; init; } = 1 << 20;

    /// <summary>Most logs. Default 128; tlog-policy recommends 32 at least.</summary>
    public int Logs { get; init; } = 128;

    /// <summary>Most witnesses. Default 128; tlog-policy recommends 32 at least.</summary>
    public int Witnesses { get; init; } = 128;

    /// <summary>Most groups. Default 128; tlog-policy recommends 32 at least.</summary>
    public int Groups { get; init; } = 128;
}

/// <summary>A log that a policy accepts: by its key, whose name is the log's origin.</summary>
public sealed record PolicyLog(NoteVerifier Key, string? Url);

/// <summary>A witness that a policy knows; the name means something within the policy only.</summary>
public sealed record PolicyWitness(string Name, NoteVerifier Key, string? Url);

/// <summary>Whom checkpoints are believed from: logs, witnesses, and how many of them must have cosigned (C2SP tlog-policy).</summary>
public sealed class LogPolicy
{
    private readonly PolicyQuorum quorum;

    internal LogPolicy(IReadOnlyList<PolicyLog> logs, IReadOnlyList<PolicyWitness> witnesses, PolicyQuorum quorum) =>
        (Logs, Witnesses, this.quorum) = (logs, witnesses, quorum);

    /// <summary>Any one of them may have signed. May be empty, where the log is known otherwise.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>Reads a policy file.</summary>
    public static LedgerReading<LogPolicy> Read(ReadOnlySpan<byte> text, PolicyLimits? limits = null)
    {
        limits ??= PolicyLimits.Default;
        return text.Length > limits.Bytes
            ? new LedgerProblem(LedgerProblemCode.TooLarge, $"The policy is longer than {limits.Bytes} bytes.")
            : new PolicyReader(limits).Read(text);
    }

    /// <summary>Says what keeps a checkpoint from being valid; null when it is.</summary>
    /// <param name="checkpoint">As it came, unverified.</param>
    /// <param name="log">The log's key where the policy lists no log.</param>
    public LedgerProblem? Check(CheckpointNote checkpoint, NoteVerifier? log = null)
    {
        var origin = checkpoint.Checkpoint.Origin;
        var keys = (log is null ? Logs.Select(one => one.Key) : [log]).Where(key => key.Name == origin).ToArray();
        if (keys.Length == 0)
        {
            return new(LedgerProblemCode.OtherOrigin, $"The checkpoint is of {origin}, which is no log of the policy.");
        }

        if (checkpoint.Note.Verify(keys).Problem is { } unsigned)
        {
            return unsigned;
        }

        var (cosigned, problem) = checkpoint.Note.Verify([.. Witnesses.Select(witness => witness.Key)]);
        return problem is { Code: not LedgerProblemCode.NoKnownSignature } ? problem
            : quorum.IsReached(key => cosigned?.Any(key.IsNamedBy) == true) ? null
            : new(LedgerProblemCode.NoQuorum, "The witnesses that cosigned the checkpoint are too few for the policy.");
    }
}
