using Jingwei.Ledger.Notes;

namespace Jingwei.Ledger.Proofs;

/// <summary>A witness, or a group of which some must have witnessed.</summary>
/// <param name="Least">How many of the members; 0 asks for none.</param>
/// <param name="Key">The witness's; null for a group.</param>
internal sealed record PolicyQuorum(int Least, NoteVerifier? Key, IReadOnlyList<PolicyQuorum> Members)
{
    public static PolicyQuorum None { get; } = new(0, null, []);

    public static PolicyQuorum Of(NoteVerifier witness) => new(1, witness, []);

    // Members are defined before their group, and so no deeper than there are groups.
    public bool IsReached(Func<NoteVerifier, bool> cosigned) =>
        Key is not null ? cosigned(Key) : Members.Count(member => member.IsReached(cosigned)) >= Least;
}
