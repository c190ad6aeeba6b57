namespace Jingwei.Ledger.Notes;

/// <summary>What a signed note may cost; what goes beyond is refused before it is read.</summary>
public sealed record NoteLimits
{
    public static NoteLimits Default { get; } = new();

    /// <summary>Longest note in bytes. Default 1,000,000, as golang.org/x/mod/sumdb/note has it.</summary>
    public int Bytes { get; init; } = 1_000_000;

    /// <summary>Most signatures of a note. Default 100, as golang.org/x/mod/sumdb/note has it; signed-note asks for 16 at least.</summary>
    public int Signatures { get; init; } = 100;
}
