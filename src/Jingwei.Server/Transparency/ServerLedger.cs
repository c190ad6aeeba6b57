using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Proofs;
using Jingwei.Ledger.Tiles;

namespace Jingwei.Server.Transparency;

/// <summary>
/// The ledger of this server: a transparency log that follows the histories of its sources. It holds of each what was durable there, in order
/// and without gaps; after any end it goes on where log and sources say that it was.
/// </summary>
internal sealed class ServerLedger : IDisposable
{
    /// <summary>Most entries that are appended with one sync.</summary>
    public const int EntriesTogether = 8192;

    private readonly IReadOnlyList<LedgerSource> sources;
    private readonly TileLogSettings settings;
    private readonly byte[] buffer = new byte[EntriesTogether * LedgerEntry.Bytes];
    private volatile TileLog log;

    /// <exception cref="CannotStartException">It is damaged, or has fewer entries than it had.</exception>
    public ServerLedger(ServerOptions options, LedgerRuns runs, IEnumerable<LedgerSource> sources, TimeProvider clock)
    {
        (Runs, this.sources) = (runs, [.. sources]);
        var signer = LedgerKeys.Open(options.Data, options.LedgerOrigin);
        Key = signer.Verifier;
        Folder = options.LedgerFolder;
        settings = new(Key.Name, [signer], clock);
        log = Open();
        CatchUp();
    }

    public string Folder { get; }

    /// <summary>What its checkpoints are verified by.</summary>
    public NoteVerifier Key { get; }

    public LedgerRuns Runs { get; }

    public CheckpointNote Published => log.Published;

    public TileReader Reader => log.Reader;

    /// <summary>Entries that are durable, published or not.</summary>
    public long Size => log.Size;

    /// <summary>Appends what the sources have that is not here; false when there was nothing.</summary>
    public bool Follow()
    {
        var found = false;
        foreach (var source in sources)
        {
            found |= Follow(source);
        }

        return found;
    }

    /// <summary>Takes up where log and store say that it was, after one of them could not be written.</summary>
    /// <exception cref="IOException">It still cannot.</exception>
    public void Reopen()
    {
        log.Dispose();
        log = Open();
        CatchUp();
    }

    /// <summary>Signs a checkpoint over everything that was appended.</summary>
    public CheckpointNote Publish() => log.Publish();

    /// <summary>What proves that what is at a place of a source is in the published ledger; null where it is not there yet.</summary>
    /// <param name="cosigned">Taken in place of the newest checkpoint where it is in it already.</param>
    public (LogProof Proof, ReadOnlyMemory<byte> Entry)? Prove(LedgerSourceKind source, ulong sequence, CheckpointNote? cosigned = null)
    {
        if (Runs.LeafOf(source, sequence) is not { } leaf)
        {
            return null;
        }

        var checkpoint = leaf < cosigned?.Checkpoint.Size ? cosigned : log.Published;
        return leaf < checkpoint.Checkpoint.Size
            ? (LogProof.Make(log.Reader, leaf, checkpoint), log.Reader.ReadEntry(leaf, checkpoint.Checkpoint.Size))
            : null;
    }

    public void Dispose() => log.Dispose();

    private bool Follow(LedgerSource source)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        var (first, next) = (0UL, 0UL);
        source.Walk(Runs.Taken(source.Kind), (sequence, commitment) =>
        {
            // A run has no gaps: what follows one begins the next.
            if (entries.Count == EntriesTogether || (entries.Count > 0 && sequence != next))
            {
                return false;
            }

            first = entries.Count == 0 ? sequence : first;
            next = sequence + 1;
            var entry = buffer.AsMemory(entries.Count * LedgerEntry.Bytes, LedgerEntry.Bytes);
            LedgerEntry.Write(entry.Span, source.Kind, sequence, commitment);
            entries.Add(entry);
            return true;
        });
        if (entries.Count == 0)
        {
            return false;
        }

        source.Settle();
        var leaf = log.Append(entries);
        log.Commit();
        Runs.Add(new(source.Kind, first, leaf, entries.Count));
        source.Taken(next - 1);
        return true;
    }

    private TileLog Open()
    {
        try
        {
            return File.Exists(Path.Combine(Folder, "checkpoint")) ? TileLog.Open(Folder, settings) : TileLog.Create(Folder, settings);
        }
        catch (InvalidDataException fault)
        {
            throw new CannotStartException($"The ledger in {Folder} is damaged: {fault.Message} Restore it from a backup.");
        }
    }

    // Entries that were appended before an end and not noted yet.
    private void CatchUp()
    {
        if (Runs.Size > log.Size)
        {
            throw new CannotStartException($"The ledger in {Folder} has {log.Size} entries, and had {Runs.Size}. Restore it from a backup.");
        }

        var size = log.Publish().Checkpoint.Size;
        LedgerRun? run = null;
        for (var leaf = Runs.Size; leaf < size; leaf++)
        {
            var entry = LedgerEntry.Read(log.Reader.ReadEntry(leaf, size))
                ?? throw new CannotStartException($"Entry {leaf} of the ledger in {Folder} was written by a newer version.");
            if (run is not null && run.Source == entry.Source && run.Next == entry.Sequence)
            {
                run = run with { Count = run.Count + 1 };
                continue;
            }

            if (run is not null)
            {
                Runs.Add(run);
            }

            run = new(entry.Source, entry.Sequence, leaf, 1);
        }

        if (run is not null)
        {
            Runs.Add(run);
        }
    }
}
