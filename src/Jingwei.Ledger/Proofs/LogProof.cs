using System.Globalization;
using System.Text;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Tiles;

namespace Jingwei.Ledger.Proofs;

/// <summary>
/// Shows without the log that something is in it: place, hashes to the root, and the checkpoint with its cosignatures
/// (C2SP tlog-proof). Kept in files named <c>.tlog-proof</c>.
/// </summary>
/// <param name="Index">The entry's place, from 0.</param>
/// <param name="Hashes">From the leaf's neighbour up, at most <see cref="MerkleTree.MaxProof"/>.</param>
/// <param name="Checkpoint">The tree that the entry is in.</param>
/// <param name="Extra">What else the application needs; not covered by any signature. Null where there is nothing.</param>
public sealed record LogProof(long Index, IReadOnlyList<MerkleHash> Hashes, CheckpointNote Checkpoint, ReadOnlyMemory<byte>? Extra = null)
{
    /// <summary>Longest extra data in bytes that is read: 64 KiB, as long as an entry.</summary>
    public const int MaxExtra = 1 << 16;

    private static ReadOnlySpan<byte> Version => "c2sp.org/tlog-proof@v1"u8;

    private static ReadOnlySpan<byte> ExtraWord => "extra "u8;

    private static ReadOnlySpan<byte> IndexWord => "index "u8;

    /// <summary>Makes the proof of an entry.</summary>
    /// <param name="checkpoint">A checkpoint of the log that holds the entry.</param>
    /// <exception cref="InvalidDataException">A tile is missing or damaged.</exception>
    public static LogProof Make(TileReader log, long index, CheckpointNote checkpoint, ReadOnlyMemory<byte>? extra = null) =>
        new(index, log.ProveInclusion(index, checkpoint.Checkpoint.Size), checkpoint, extra is { Length: > 0 } ? extra : null);

    /// <summary>Reads a proof. Nothing of it is verified.</summary>
    public static LedgerReading<LogProof> Read(ReadOnlySpan<byte> bytes, NoteLimits? limits = null)
    {
        limits ??= NoteLimits.Default;
        if (bytes.Length > limits.Bytes)
        {
            return new LedgerProblem(LedgerProblemCode.TooLarge, $"The proof is longer than {limits.Bytes} bytes.");
        }

        var lines = new Lines(bytes);
        if (!lines.TryNext(out var line) || !line.SequenceEqual(Version))
        {
            return new LedgerProblem(LedgerProblemCode.Malformed, "A proof's first line is c2sp.org/tlog-proof@v1.", 0);
        }

        byte[]? extra = null;
        var at = lines.Position;
        if (!lines.TryNext(out line))
        {
            return new LedgerProblem(LedgerProblemCode.Malformed, "A proof's second or third line is its index.", at);
        }

        if (line.StartsWith(ExtraWord))
        {
            extra = Lines.Base64(line[ExtraWord.Length..]);
            if (extra is not { Length: > 0 and <= MaxExtra })
            {
                return new LedgerProblem(LedgerProblemCode.InvalidBase64, $"The extra data is no base64 of 1 to {MaxExtra} bytes.", at);
            }

            at = lines.Position;
            lines.TryNext(out line);
        }

        if (!line.StartsWith(IndexWord) || !Lines.TryNumber(line[IndexWord.Length..], out var index))
        {
            return new LedgerProblem(LedgerProblemCode.InvalidNumber, "A proof's second or third line is its index in decimal.", at);
        }

        var hashes = new List<MerkleHash>();
        if (HashLines.Read(ref lines, hashes) is { } problem)
        {
            return problem;
        }

        at = lines.Position;
        (var checkpoint, problem) = CheckpointNote.Read(lines.Rest, limits);
        return checkpoint is null
            ? problem! with { Position = at + Math.Max(0, problem.Position) }
            : new LogProof(index, hashes, checkpoint, extra);
    }

    /// <summary>Says what keeps the proof from showing that a leaf is in a log that the policy believes; null when it shows that.</summary>
    /// <param name="leaf">The hash of the entry, which the caller has from elsewhere.</param>
    /// <param name="log">The log's key where the policy lists no log.</param>
    public LedgerProblem? Check(MerkleHash leaf, LogPolicy policy, NoteVerifier? log = null)
    {
        if (policy.Check(Checkpoint, log) is { } problem)
        {
            return problem;
        }

        return MerkleProof.VerifyInclusion(leaf, Index, Checkpoint.Checkpoint.Size, Checkpoint.Checkpoint.Root, [.. Hashes])
            ? null
            : new(LedgerProblemCode.WrongInclusion, $"The proof does not lead from this leaf at {Index} to the checkpoint's root.");
    }

    /// <summary>The proof as a file.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder("c2sp.org/tlog-proof@v1\n");
        if (Extra is { Length: > 0 } extra)
        {
            text.Append("extra ").Append(Convert.ToBase64String(extra.Span)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n{HashLines.Write(Hashes)}");
        return [.. Encoding.ASCII.GetBytes(text.ToString()), .. Checkpoint.Note.ToBytes()];
    }
}
