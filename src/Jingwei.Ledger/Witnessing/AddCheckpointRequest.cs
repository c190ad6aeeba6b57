using System.Globalization;
using System.Text;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Tiles;

namespace Jingwei.Ledger.Witnessing;

/// <summary>What a log sends to a witness, by POST to <c>add-checkpoint</c> (C2SP tlog-witness).</summary>
/// <param name="OldSize">Entries of the checkpoint that the witness cosigned last, from 0.</param>
/// <param name="Proof">That the checkpoint's tree begins with that one; none from size 0.</param>
/// <param name="Checkpoint">Signed by the log.</param>
public sealed record AddCheckpointRequest(long OldSize, IReadOnlyList<MerkleHash> Proof, CheckpointNote Checkpoint)
{
    private static ReadOnlySpan<byte> OldWord => "old "u8;

    /// <summary>Makes the request for a checkpoint of a log.</summary>
    /// <param name="oldSize">What the witness knows; 0 where it is not known, which the witness then tells.</param>
    /// <exception cref="InvalidDataException">A tile is missing or damaged.</exception>
    public static AddCheckpointRequest Make(TileReader log, long oldSize, CheckpointNote checkpoint) =>
        new(oldSize, log.ProveConsistency(oldSize, checkpoint.Checkpoint.Size), checkpoint);

    /// <summary>Reads a body. Nothing of it is verified.</summary>
    public static LedgerReading<AddCheckpointRequest> Read(ReadOnlySpan<byte> body, NoteLimits? limits = null)
    {
        limits ??= NoteLimits.Default;
        if (body.Length > limits.Bytes)
        {
            return new LedgerProblem(LedgerProblemCode.TooLarge, $"The request is longer than {limits.Bytes} bytes.");
        }

        var lines = new Lines(body);
        if (!lines.TryNext(out var line) || !line.StartsWith(OldWord) || !Lines.TryNumber(line[OldWord.Length..], out var oldSize))
        {
            return new LedgerProblem(LedgerProblemCode.InvalidNumber, "A request's first line is old and a size in decimal.", 0);
        }

        var hashes = new List<MerkleHash>();
        if (HashLines.Read(ref lines, hashes) is { } problem)
        {
            return problem;
        }

        var at = lines.Position;
        (var checkpoint, problem) = CheckpointNote.Read(lines.Rest, limits);
        return checkpoint is null
            ? problem! with { Position = at + Math.Max(0, problem.Position) }
            : new AddCheckpointRequest(oldSize, hashes, checkpoint);
    }

    /// <summary>The body.</summary>
    public byte[] ToBytes() =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"old {OldSize}\n{HashLines.Write(Proof)}")), .. Checkpoint.Note.ToBytes()];
}
