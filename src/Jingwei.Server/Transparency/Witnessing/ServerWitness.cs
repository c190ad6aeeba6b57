using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Witnessing;

namespace Jingwei.Server.Transparency.Witnessing;

/// <summary>This server as a witness of other nodes' logs: of those that the operator named, and no others.</summary>
internal sealed partial class ServerWitness
{
    private readonly WitnessBook book;
    private readonly string folder;
    private readonly IReadOnlyList<NoteSigner> signers;
    private readonly TimeProvider clock;
    private readonly ILogger<ServerWitness> logger;

    // Two witnesses over one folder would cosign what neither has seen of the other: one at a time, also while the logs change.
    private readonly Lock gate = new();
    private Witness? witness;

    public ServerWitness(ServerOptions options, ServerLedger ledger, WitnessBook book, TimeProvider clock, ILogger<ServerWitness> logger)
    {
        (this.book, this.clock, this.logger) = (book, clock, logger);
        folder = Path.Combine(options.Data, ServerOptions.WitnessName);
        signers = WitnessKeys.Open(options.Data, ledger.Key.Name);
        book.Changed += Forget;
    }

    /// <summary>What its cosignatures are verified by.</summary>
    public IEnumerable<NoteVerifier> Keys => signers.Select(signer => signer.Verifier);

    /// <summary>Whether the operator named any log.</summary>
    public bool Watches => book.Logs.Count > 0;

    /// <summary>Answers a request to <c>add-checkpoint</c>; null when what it was to answer could not be made durable.</summary>
    public WitnessAnswer? Add(ReadOnlySpan<byte> body)
    {
        lock (gate)
        {
            try
            {
                return Open().AddCheckpoint(body);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // The next request takes up from what is in the folder.
                witness = null;
                LogFailed(logger, fault.Message);
                return null;
            }
        }
    }

    /// <summary>What was cosigned last of a log; null where nothing was, or it cannot be read.</summary>
    public CheckpointNote? Latest(string origin)
    {
        lock (gate)
        {
            try
            {
                return Open().Latest(origin);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                LogFailed(logger, fault.Message);
                return null;
            }
        }
    }

    private Witness Open() => witness ??= new(folder, signers, book.Logs.Select(log => log.ToWitnessed()), clock);

    private void Forget()
    {
        lock (gate)
        {
            witness = null;
        }
    }

    [LoggerMessage(EventId = 4611, Level = LogLevel.Error, Message = "The witness could not keep or read what it cosigned: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
