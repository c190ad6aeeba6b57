using System.Buffers;
using System.Text.Json;
using Jingwei.Ledger.Tiles;
using Jingwei.Server.Cases;
using Jingwei.Server.Facts.Store;
using RocksDbSharp;

namespace Jingwei.Server.Transparency;

/// <summary>Holds every fact to its entry in the ledger, and every entry to a fact: both are in the order of recording, and walked side by side.</summary>
internal sealed class FactCheck(TileReader log, long size)
{
    private const string Table = "fact";

    private readonly List<AlteredRow> found = [];
    private readonly ArrayBufferWriter<byte> text = new();
    private readonly byte[] commitment = new byte[FactCommitment.Bytes];
    private long leaf = -1;
    private LedgerEntry? entry;

    /// <summary>What is in one of them and not in the other, or is there otherwise.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="size">Entries of the ledger that were verified.</param>
    public static IReadOnlyList<AlteredRow> Run(string data, TileReader log, long size)
    {
        var folder = Path.Combine(data, ServerOptions.FactsName);
        if (!System.IO.Directory.Exists(folder))
        {
            return [];
        }

        try
        {
            using var facts = new OrderedSnapshot(folder, FactStore.Families);
            return new FactCheck(log, size).Run(facts);
        }
        catch (RocksDbException damaged)
        {
            return [new(Table, null, null, null, $"the store of facts cannot be read: {damaged.Message}")];
        }
    }

    private List<AlteredRow> Run(OrderedSnapshot facts)
    {
        Advance();
        facts.Walk(FactStore.Events, Compare);
        for (; entry is { } alone && found.Count < LedgerCheck.Findings; Advance())
        {
            Find(alone.Sequence, $"entry {leaf} of the ledger has no fact");
        }

        return found;
    }

    private void Compare(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var sequence = FactKeys.ReadSequence(key);
        for (; entry is { } alone && alone.Sequence < sequence; Advance())
        {
            Find(alone.Sequence, $"entry {leaf} of the ledger has no fact");
        }

        // Behind the last entry: the ledger takes it when the server runs again.
        if (entry is not { } held)
        {
            return;
        }

        if (held.Sequence > sequence)
        {
            Find(sequence, "the ledger has no entry of it");
            return;
        }

        if (!TryCommit(value))
        {
            Find(sequence, "it cannot be read");
        }
        else if (!held.Commitment.Span.SequenceEqual(commitment))
        {
            Find(sequence, $"entry {leaf} of the ledger says otherwise");
        }

        Advance();
    }

    private bool TryCommit(ReadOnlySpan<byte> value)
    {
        try
        {
            var isRecord = FactRecord.TryRead(value, out var record);
            if (isRecord)
            {
                FactCommitment.Of(text, record, commitment);
            }

            return isRecord;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // To the next entry that is of a fact.
    private void Advance()
    {
        for (leaf++; leaf < size; leaf++)
        {
            if (LedgerEntry.Read(log.ReadEntry(leaf, size)) is { Source: LedgerSourceKind.Facts } of)
            {
                entry = of;
                return;
            }
        }

        entry = null;
    }

    private void Find(ulong sequence, string what)
    {
        if (found.Count < LedgerCheck.Findings)
        {
            found.Add(new(Table, null, null, (long)sequence, what));
        }
    }
}
