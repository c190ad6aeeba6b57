namespace Jingwei.Ledger.Notes;

/// <summary>A signed checkpoint: the note, and what its text says.</summary>
public sealed record CheckpointNote(SignedNote Note, Checkpoint Checkpoint)
{
    /// <summary>Reads a checkpoint without verifying its signatures.</summary>
    public static LedgerReading<CheckpointNote> Read(ReadOnlySpan<byte> bytes, NoteLimits? limits = null)
    {
        var (note, problem) = SignedNote.Read(bytes, limits);
        if (note is null)
        {
            return problem!;
        }

        (var checkpoint, problem) = Checkpoint.Read(note.Text.Span);
        return checkpoint is null ? problem! : new CheckpointNote(note, checkpoint);
    }

    /// <summary>Reads a checkpoint that one of the log's keys must have signed.</summary>
    /// <param name="origin">The log's origin line.</param>
    public static LedgerReading<CheckpointNote> Open(
        ReadOnlySpan<byte> bytes, string origin, IReadOnlyList<NoteVerifier> keys, NoteLimits? limits = null)
    {
        var (signed, problem) = Read(bytes, limits);
        if (signed is null)
        {
            return problem!;
        }

        if (signed.Checkpoint.Origin != origin)
        {
            return new LedgerProblem(LedgerProblemCode.OtherOrigin, $"The checkpoint is of {signed.Checkpoint.Origin}, not of {origin}.");
        }

        problem = signed.Note.Verify(keys).Problem;
        return problem is null ? signed : problem;
    }

    /// <summary>Signs a checkpoint.</summary>
    /// <exception cref="ArgumentException">It cannot be written, or one of the keys cannot sign it.</exception>
    public static CheckpointNote Sign(Checkpoint checkpoint, TimeProvider time, params IReadOnlyList<NoteSigner> signers) =>
        new(SignedNote.Sign(checkpoint.ToText(), time, signers), checkpoint);

    /// <summary>The same checkpoint with more signatures under it.</summary>
    public CheckpointNote With(IEnumerable<NoteSignature> more) => this with { Note = Note.With(more) };
}
