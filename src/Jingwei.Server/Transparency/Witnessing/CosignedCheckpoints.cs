using Dapper;
using Jingwei.Ledger.Notes;

namespace Jingwei.Server.Transparency.Witnessing;

/// <summary>The newest checkpoint of this ledger that witnesses cosigned, with their cosignatures. It outlives the server.</summary>
internal sealed class CosignedCheckpoints
{
    // How long it is given out in place of a newer one that nobody has cosigned yet: three rounds of asking.
    private static readonly TimeSpan Shown = 3 * Cosigning.AskEvery;

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private CheckpointNote? newest;
    private DateTimeOffset gathered;
    private long shown;

    public CosignedCheckpoints(Database database, ServerLedger ledger, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate("transparency.cosigned", "CREATE TABLE ledger_cosigned (id INTEGER PRIMARY KEY CHECK (id = 1), note BLOB NOT NULL)");
        var kept = database.Read(store => store.QuerySingleOrDefault<byte[]>("SELECT note FROM ledger_cosigned"));
        newest = kept is null ? null : CheckpointNote.Open(kept, ledger.Key.Name, [ledger.Key]).Value;
    }

    /// <summary>Null where nobody cosigned any.</summary>
    public CheckpointNote? Newest
    {
        get
        {
            lock (gate)
            {
                return newest;
            }
        }
    }

    /// <summary>Adds what witnesses answered for a checkpoint.</summary>
    public void Add(CheckpointNote checkpoint, IReadOnlyList<NoteSignature> cosignatures)
    {
        lock (gate)
        {
            if (cosignatures.Count == 0 || newest?.Checkpoint.Size > checkpoint.Checkpoint.Size)
            {
                return;
            }

            // Of one key the newest counts; of the others what they said of this very checkpoint.
            var earlier = newest?.Note.Text.Span.SequenceEqual(checkpoint.Note.Text.Span) == true
                ? newest.Note.Signatures.Where(one => cosignatures.All(other => (other.Name, other.KeyId) != (one.Name, one.KeyId)))
                : [];
            var note = checkpoint.With(earlier).With(cosignatures);
            database.Write((store, transaction) => store.Execute(
                "INSERT INTO ledger_cosigned (id, note) VALUES (1, @note) ON CONFLICT (id) DO UPDATE SET note = @note", new { note = note.Note.ToBytes() }, transaction));
            (newest, gathered) = (note, clock.GetUtcNow());
        }
    }

    /// <summary>What is given out as the ledger's checkpoint: a cosigned one, if it is about as new as the newest. Never one before another that was given out.</summary>
    public CheckpointNote Give(CheckpointNote published)
    {
        lock (gate)
        {
            var size = newest?.Checkpoint.Size;
            var isGiven = size == published.Checkpoint.Size || (size < published.Checkpoint.Size && size >= shown && clock.GetUtcNow() - gathered < Shown);
            var given = isGiven ? newest! : published;
            shown = given.Checkpoint.Size;
            return given;
        }
    }
}
