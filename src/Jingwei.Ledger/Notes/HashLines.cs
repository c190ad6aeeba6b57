using Jingwei.Ledger.Merkle;

namespace Jingwei.Ledger.Notes;

/// <summary>How proofs write their hashes before a checkpoint: in base64, one a line, and an empty line (tlog-proof, Format; tlog-witness, add-checkpoint).</summary>
internal static class HashLines
{
    /// <summary>Reads hashes, one a line, and the empty line behind them.</summary>
    public static LedgerProblem? Read(ref Lines lines, List<MerkleHash> hashes)
    {
        while (true)
        {
            var at = lines.Position;
            if (!lines.TryNext(out var line))
            {
                return new(LedgerProblemCode.Malformed, "An empty line stands before the checkpoint.", at);
            }

            if (line.IsEmpty)
            {
                return null;
            }

            if (hashes.Count == MerkleTree.MaxProof)
            {
                return new(LedgerProblemCode.TooLarge, $"A proof has at most {MerkleTree.MaxProof} hashes.", at);
            }

            if (!MerkleHash.TryReadBase64(line, out var hash))
            {
                return new(LedgerProblemCode.InvalidBase64, "A proof's line is one hash in base64.", at);
            }

            hashes.Add(hash);
        }
    }

    /// <summary>The lines and the empty one.</summary>
    public static string Write(IEnumerable<MerkleHash> hashes) => string.Concat(hashes.Select(hash => hash.ToString() + '\n')) + '\n';
}
