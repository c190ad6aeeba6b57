using System.Security.Cryptography;
using System.Text;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;

namespace Jingwei.Ledger.Witnessing;

/// <summary>A log that a witness watches: by its origin line, and by the keys that may have signed for it.</summary>
public sealed record WitnessedLog(string Origin, IReadOnlyList<NoteVerifier> Keys);

/// <summary>
/// Cosigns checkpoints that continue what it cosigned before, and no others (C2SP tlog-witness). Bytes in, bytes out:
/// who serves it over HTTP passes bodies on. Safe for use from many threads.
/// </summary>
/// <remarks>
/// What it knows of a log is the checkpoint that it cosigned last, in the file <c>&lt;SHA-256 of origin&gt;/checkpoint</c>
/// of its folder, where a web server may give it out to monitors as it is (Monitor Retrieval Mechanism). It is durable
/// before the answer is given. When the outcome of a write is unknown the witness stops, and a new one takes up from the folder.
/// </remarks>
public sealed class Witness
{
    private const string FileName = "checkpoint";

    private readonly string folder;
    private readonly IReadOnlyList<NoteSigner> signers;
    private readonly TimeProvider time;
    private readonly Dictionary<string, WitnessedLog> logs;
    private readonly Dictionary<string, CheckpointNote> latest = [];
    private readonly Lock gate = new();
    private bool stopped;

    /// <summary>Takes up what the folder knows.</summary>
    /// <param name="folder">Made where it is not there.</param>
    /// <param name="signers">The witness's keys, all for cosignatures; by recommendation ML-DSA-44.</param>
    /// <exception cref="ArgumentException">A key is none for cosignatures, there is none, or an origin stands twice.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or none of the keys cosigned it.</exception>
    public Witness(string folder, IReadOnlyList<NoteSigner> signers, IEnumerable<WitnessedLog> logs, TimeProvider time)
    {
        if (signers.Count == 0 || signers.Any(signer => signer.Verifier.Type == SignatureType.Ed25519))
        {
            throw new ArgumentException("A witness has keys, and all are for cosignatures.", nameof(signers));
        }

        (this.folder, this.signers, this.time) = (folder, signers, time);
        this.logs = logs.ToDictionary(log => log.Origin, StringComparer.Ordinal);
        Directory.CreateDirectory(folder);
        foreach (var log in this.logs.Values)
        {
            if (Recall(log) is { } checkpoint)
            {
                latest.Add(log.Origin, checkpoint);
            }
        }
    }

    /// <summary>Answers a request to <c>add-checkpoint</c>.</summary>
    /// <exception cref="IOException">What it was to answer could not be made durable; the witness is stopped.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written; the witness is stopped.</exception>
    /// <exception cref="InvalidOperationException">The witness is stopped.</exception>
    public WitnessAnswer AddCheckpoint(ReadOnlySpan<byte> body)
    {
        var (request, problem) = AddCheckpointRequest.Read(body);
        if (request is null)
        {
            return WitnessAnswer.Refused(WitnessAnswer.BadRequest, problem!.ToString());
        }

        if (!logs.TryGetValue(request.Checkpoint.Checkpoint.Origin, out var log))
        {
            return WitnessAnswer.Refused(WitnessAnswer.NotFound, "The log is not known here.");
        }

        var (byLog, unsigned) = request.Checkpoint.Note.Verify(log.Keys);
        if (byLog is null)
        {
            return WitnessAnswer.Refused(WitnessAnswer.Forbidden, unsigned!.ToString());
        }

        // Looking at the latest and replacing it are one: between them another request could be answered (tlog-witness, add-checkpoint).
        lock (gate)
        {
            if (stopped)
            {
                throw new InvalidOperationException("The witness stopped when the outcome of a write was unknown: make it anew.");
            }

            return Check(request) ?? Cosign(request.Checkpoint.Note with { Signatures = byLog }, request.Checkpoint.Checkpoint);
        }
    }

    /// <summary>The checkpoint that was cosigned last of a log, with the signatures of both; null where there is none.</summary>
    public CheckpointNote? Latest(string origin)
    {
        lock (gate)
        {
            return latest.GetValueOrDefault(origin);
        }
    }

    /// <summary>The name of a log's folder, and its path element below the monitoring prefix: the SHA-256 of its origin in hexadecimal.</summary>
    public static string OriginHash(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    // What keeps it from cosigning; null when nothing does.
    private WitnessAnswer? Check(AddCheckpointRequest request)
    {
        var checkpoint = request.Checkpoint.Checkpoint;
        if (request.OldSize > checkpoint.Size)
        {
            return WitnessAnswer.Refused(WitnessAnswer.BadRequest, "The old size is above the checkpoint's.");
        }

        var known = latest.GetValueOrDefault(checkpoint.Origin)?.Checkpoint;
        if (request.OldSize != (known?.Size ?? 0))
        {
            return WitnessAnswer.Known(known?.Size ?? 0);
        }

        if (checkpoint.Size == 0 && checkpoint.Root != MerkleHash.Empty)
        {
            return WitnessAnswer.Refused(WitnessAnswer.Unprocessable, "The root of no entries is another.");
        }

        // Every tree begins with the empty one, and there is no proof of it.
        var consistent = request.OldSize == 0
            ? request.Proof.Count == 0
            : MerkleProof.VerifyConsistency(request.OldSize, checkpoint.Size, known!.Root, checkpoint.Root, [.. request.Proof]);
        return consistent ? null : WitnessAnswer.Refused(WitnessAnswer.Unprocessable, "The proof does not lead from the checkpoint that was cosigned last to this one.");
    }

    private WitnessAnswer Cosign(SignedNote byLog, Checkpoint checkpoint)
    {
        SignedNote cosigned;
        NoteSignature[] cosignatures;
        try
        {
            cosignatures = [.. signers.Select(signer => signer.Sign(byLog.Text.Span, time))];
            cosigned = byLog.With(cosignatures);
        }
        catch (ArgumentException)
        {
            // An origin, or a cosigner's name, longer than what an ML-DSA-44 cosignature has room for.
            return WitnessAnswer.Refused(WitnessAnswer.BadRequest, "The checkpoint cannot be cosigned.");
        }

        stopped = true;
        Write(checkpoint.Origin, cosigned.ToBytes());
        stopped = false;
        latest[checkpoint.Origin] = new(cosigned, checkpoint);
        return WitnessAnswer.Cosigned(cosignatures);
    }

    private void Write(string origin, byte[] bytes)
    {
        var own = Path.Combine(folder, OriginHash(origin));
        if (!Directory.Exists(own))
        {
            Directory.CreateDirectory(own);
            DurableFile.SyncNames(folder);
        }

        var fresh = Path.Combine(own, ".fresh");
        DurableFile.Write(fresh, bytes);
        File.Move(fresh, Path.Combine(own, FileName), overwrite: true);
        DurableFile.SyncNames(own);
    }

    private CheckpointNote? Recall(WitnessedLog log)
    {
        var path = Path.Combine(folder, OriginHash(log.Origin), FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var (checkpoint, problem) = CheckpointNote.Open(File.ReadAllBytes(path), log.Origin, [.. signers.Select(signer => signer.Verifier)]);
        return checkpoint ?? throw new InvalidDataException($"{path} is not what this witness wrote: {problem}");
    }
}
