using Jingwei.Ledger.Notes;

namespace Jingwei.Ledger.Tiles;

/// <summary>What a log is told when it is opened.</summary>
/// <param name="Origin">The log's origin line (tlog-checkpoint); by recommendation its URL without scheme.</param>
/// <param name="Signers">The log's keys, one or more; by recommendation named like the origin. A public log signs with Ed25519 at least (tlog-tiles, Checkpoints).</param>
/// <param name="Time">Gives cosignature keys their time.</param>
public sealed record TileLogSettings(string Origin, IReadOnlyList<NoteSigner> Signers, TimeProvider Time)
{
    /// <summary>The longest entry: its length stands in 16 bits (tlog-tiles, Log entries).</summary>
    public const int MaxEntry = ushort.MaxValue;

    // What is pending is read at once when the log is opened, into one array.
    private const int MostPending = 1 << 30;

    /// <summary>
    /// Most bytes of entries that wait in memory and in the journal to be published; an append beyond publishes them
    /// first. Default 64 MiB: some 1.8 million entries of 34 bytes, or 18 seconds at 100,000 a second. From 1 MiB to 1 GiB.
    /// </summary>
    public int PendingBytes
    {
        get;
        init => field = value is >= 1 << 20 and <= MostPending
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "From 1 MiB to 1 GiB.");
    } = 64 << 20;

    /// <summary>Most bytes of tiles that are kept in memory for reading. Default 4 MiB.</summary>
    public int CacheBytes { get; init; } = 4 << 20;
}
