using System.Runtime.InteropServices;
using System.Text;
using Dapper;
using Jingwei.Ledger.Tiles;
using Jingwei.Server.Cases;
using Jingwei.Server.Identifiers.Registry;
using Microsoft.Data.Sqlite;
using RocksDbSharp;

namespace Jingwei.Server.Transparency;

/// <summary>
/// Holds every version of every identifier to its entry in the ledger, and every entry to a version. Versions lie in the order of names,
/// entries in that of writes: so many entries as fit are kept at once, and the versions walked for each such part of the ledger.
/// </summary>
internal sealed class IdentifierCheck(TileReader log, long size, IdentifierSnapshot identifiers, ulong taken)
{
    /// <summary>Entries that are kept at once: some 170 MB.</summary>
    public const int EntriesTogether = 1 << 22;

    private const string Table = "identifier";

    private readonly List<AlteredRow> found = [];
    private readonly List<ulong> sequences = [];
    private readonly List<byte> commitments = [];
    private readonly List<bool> seen = [];
    private long leaf;
    private (ulong After, ulong Through) part;

    /// <summary>What is in one of them and not in the other, or is there otherwise.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="size">Entries of the ledger that were verified.</param>
    /// <param name="store">The transactional store, read only.</param>
    public static IReadOnlyList<AlteredRow> Run(string data, TileReader log, long size, SqliteConnection store, int together = EntriesTogether)
    {
        var folder = Path.Combine(data, ServerOptions.IdentifiersName);
        if (!System.IO.Directory.Exists(folder))
        {
            return [];
        }

        try
        {
            using var identifiers = new IdentifierSnapshot(folder);
            // After the snapshot: what was taken off its log by then is among what is taken by now.
            var taken = store.ExecuteScalar<long>("SELECT coalesce(max(first + count - 1), 0) FROM ledger_run WHERE source = @source", new { source = (long)LedgerSourceKind.Identifiers });
            return new IdentifierCheck(log, size, identifiers, (ulong)taken).Run(together);
        }
        catch (RocksDbException damaged)
        {
            return [new(Table, null, null, null, $"the store of identifiers cannot be read: {damaged.Message}")];
        }
    }

    private List<AlteredRow> Run(int together)
    {
        do
        {
            TakeEntries(together);
            identifiers.Walk(Compare);
            for (var at = 0; at < seen.Count; at++)
            {
                if (!seen[at])
                {
                    Find(sequences[at], "the ledger has an entry of this write, and there is no version");
                }
            }
        }
        while (part.Through != ulong.MaxValue && found.Count < LedgerCheck.Findings);
        return found;
    }

    private void TakeEntries(int together)
    {
        sequences.Clear();
        commitments.Clear();
        seen.Clear();
        for (; leaf < size && sequences.Count < together; leaf++)
        {
            if (LedgerEntry.Read(log.ReadEntry(leaf, size)) is { Source: LedgerSourceKind.Identifiers } entry)
            {
                sequences.Add(entry.Sequence);
                commitments.AddRange(entry.Commitment.Span);
                seen.Add(false);
            }
        }

        part = (part.Through, leaf == size ? ulong.MaxValue : sequences[^1]);
    }

    private void Compare(ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored)
    {
        try
        {
            var record = IdentifierRecord.Read(stored);
            if (record.Head.Sequence > part.After && record.Head.Sequence <= part.Through)
            {
                Span<byte> commitment = stackalloc byte[RecordCommitment.Bytes];
                RecordCommitment.Of(key, record, commitment);
                Compare(key, record.Head, commitment);
            }
        }
        catch (Exception damage) when (damage is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            // Nothing tells to which part it belongs: it is told once.
            if (part.After == 0)
            {
                Find(null, $"{Encoding.UTF8.GetString(key)}: a version cannot be read");
            }
        }
    }

    private void Compare(ReadOnlySpan<byte> key, RecordHead head, ReadOnlySpan<byte> commitment)
    {
        var at = CollectionsMarshal.AsSpan(sequences).BinarySearch(head.Sequence);
        var name = $"{Encoding.UTF8.GetString(key)}, version {head.Version}";
        if (at < 0)
        {
            if (!IsOnItsWay(head.Sequence, commitment))
            {
                Find(head.Sequence, $"{name}: the ledger has no entry of it");
            }

            return;
        }

        if (seen[at])
        {
            Find(head.Sequence, $"{name}: another version has the number of its write");
        }
        else if (!commitment.SequenceEqual(CollectionsMarshal.AsSpan(commitments).Slice(at * RecordCommitment.Bytes, RecordCommitment.Bytes)))
        {
            Find(head.Sequence, $"{name}: the ledger says otherwise");
        }

        seen[at] = true;
    }

    // Written, and not under the checkpoint yet.
    private bool IsOnItsWay(ulong sequence, ReadOnlySpan<byte> commitment) =>
        part.Through == ulong.MaxValue && (sequences.Count == 0 ? sequence > part.After : sequence > sequences[^1]) &&
        (identifiers.Waiting(sequence) is { } waiting ? commitment.SequenceEqual(waiting) : sequence <= taken);

    private void Find(ulong? sequence, string what)
    {
        if (found.Count < LedgerCheck.Findings)
        {
            found.Add(new(Table, null, null, (long?)sequence, what));
        }
    }
}
