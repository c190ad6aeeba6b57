using System.Collections.Concurrent;
using System.Threading.Channels;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Witnessing;

namespace Jingwei.Server.Transparency.Witnessing;

/// <summary>Has the ledger's checkpoints cosigned by the witnesses that the operator named. The ledger never waits for it.</summary>
internal sealed partial class Cosigning(
    ServerLedger ledger, WitnessBook book, WitnessClient client, CosignedCheckpoints cosigned, TimeProvider clock, ILogger<Cosigning> logger) : BackgroundService
{
    /// <summary>Time between two rounds of asking; checkpoints come once a second and a witness has other logs.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(10);

    // By what was asked: one that was changed is another.
    private readonly ConcurrentDictionary<AskedWitness, WitnessOutcome> outcomes = [];

    // One item says it all: look into the book.
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How it stands with a witness.</summary>
    public WitnessOutcome OutcomeOf(AskedWitness witness) => outcomes.GetValueOrDefault(witness, WitnessOutcome.None);

    /// <summary>Asks all whose time has come, beside each other, and keeps what they answered.</summary>
    public async Task AskAsync(CancellationToken cancellation)
    {
        var (checkpoint, witnesses) = (ledger.Published, book.Witnesses);
        foreach (var gone in outcomes.Keys.Except(witnesses))
        {
            outcomes.TryRemove(gone, out _);
        }

        if (checkpoint.Checkpoint.Size == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var due = witnesses.Where(witness => OutcomeOf(witness).IsDue(checkpoint.Checkpoint.Size, now));
        var answers = await Task.WhenAll(due.Select(witness => AskAsync(witness, checkpoint, cancellation)));
        cosigned.Add(checkpoint, [.. answers.SelectMany(answer => answer)]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        book.Changed += () => changed.Writer.TryWrite(true);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await AskAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is IOException or Microsoft.Data.Sqlite.SqliteException)
            {
                LogNotKept(logger, fault.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(Task.Delay(AskEvery, clock, woken.Token), changed.Reader.WaitToReadAsync(woken.Token).AsTask());
            await woken.CancelAsync();
            changed.Reader.TryRead(out _);
        }
    }

    private async Task<IReadOnlyList<NoteSignature>> AskAsync(AskedWitness witness, CheckpointNote checkpoint, CancellationToken cancellation)
    {
        var before = OutcomeOf(witness);
        var (reply, known) = await AskAsync(witness, before.KnownSize, checkpoint, cancellation);
        var now = clock.GetUtcNow();
        if (reply.Cosignatures.Count > 0)
        {
            outcomes[witness] = WitnessOutcome.Cosigned(checkpoint.Checkpoint.Size, now);
            return reply.Cosignatures;
        }

        var after = reply.Problem is { } problem
            ? before.WithFault(known, problem.Message, now)
            : before.WithFault(known, $"It has cosigned {reply.KnownSize} entries, and the ledger has {checkpoint.Checkpoint.Size}: it was restored from an earlier state, or another server has its key.", now);
        outcomes[witness] = after;
        if (before.Fault != after.Fault)
        {
            LogNotCosigned(logger, witness.Name, after.Fault!);
        }

        return [];
    }

    // A witness that knows another size says which: the second request is from there (tlog-witness, add-checkpoint).
    private async Task<(WitnessReply Reply, long Known)> AskAsync(AskedWitness witness, long known, CheckpointNote checkpoint, CancellationToken cancellation)
    {
        var reply = await AskOnceAsync(witness, known, checkpoint, cancellation);
        return reply.KnownSize is { } told && told <= checkpoint.Checkpoint.Size
            ? (await AskOnceAsync(witness, told, checkpoint, cancellation), told)
            : (reply, reply.KnownSize is null ? known : 0);
    }

    private async Task<WitnessReply> AskOnceAsync(AskedWitness witness, long known, CheckpointNote checkpoint, CancellationToken cancellation)
    {
        byte[] request;
        try
        {
            request = AddCheckpointRequest.Make(ledger.Reader, Math.Min(known, checkpoint.Checkpoint.Size), checkpoint).ToBytes();
        }
        catch (InvalidDataException damage)
        {
            return new([], null, new(Ledger.LedgerProblemCode.Unreadable, damage.Message));
        }

        var (status, body, fault) = await client.PostAsync(witness, request, cancellation);
        return fault is null ? WitnessReply.Read(status, body, checkpoint, witness.Verifier) : new([], null, new(Ledger.LedgerProblemCode.Unreadable, fault));
    }

    [LoggerMessage(EventId = 4612, Level = LogLevel.Warning, Message = "The witness {Witness} did not cosign: {Reason}")]
    private static partial void LogNotCosigned(ILogger logger, string witness, string reason);

    [LoggerMessage(EventId = 4613, Level = LogLevel.Error, Message = "Cosignatures could not be kept: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string reason);
}
