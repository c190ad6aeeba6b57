using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Proofs;
using Jingwei.Server.Transparency.Witnessing;

namespace Jingwei.Server.Transparency;

/// <summary>Proofs out of the ledger, with the cosignatures that there are.</summary>
internal sealed class LedgerProving(ServerLedger ledger, CosignedCheckpoints cosigned, TimeProvider clock)
{
    // As often as the ledger looks whether there is something new.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public NoteVerifier Key => ledger.Key;

    /// <summary>Proves what is at a place of a source; null where it is not published within the time given.</summary>
    public async Task<(LogProof Proof, ReadOnlyMemory<byte> Entry)?> ProveAsync(LedgerSourceKind source, ulong sequence, TimeSpan wait, CancellationToken cancellation)
    {
        var asked = clock.GetTimestamp();
        var proof = ledger.Prove(source, sequence, cosigned.Newest);
        while (proof is null && clock.GetElapsedTime(asked) < wait)
        {
            await Task.Delay(Look, clock, cancellation);
            proof = ledger.Prove(source, sequence, cosigned.Newest);
        }

        return proof;
    }
}
