using Dapper;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Tiles;
using Jingwei.Ledger.Verification;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Cases;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Transparency;

/// <summary>Checks the ledger's files by themselves, and the histories of cases, agreements, identifiers and facts against them; needs no running server.</summary>
internal static class LedgerCheck
{
    private const string Table = "ledger";

    /// <summary>Most findings of a table that are listed; what stands behind them is looked at when they are mended.</summary>
    public const int Findings = 100;

    /// <summary>What is not as it was published, and how many entries were checked: none where there is no ledger yet, or its files do not hold by themselves.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="store">Its transactional store, read only.</param>
    public static LedgerVerdict Run(string data, SqliteConnection store)
    {
        var (folder, key) = (Path.Combine(data, ServerOptions.LedgerName), Path.Combine(data, LedgerKeys.PublicFile));
        if (!System.IO.Directory.Exists(folder))
        {
            return new([], 0);
        }

        if (!File.Exists(key) || NoteVerifier.Read(File.ReadAllText(key).Trim()) is not { Value: { } verifier })
        {
            return new([new(Table, null, null, null, $"{LedgerKeys.PublicFile} is no key of a ledger")], 0);
        }

        var findings = LogVerification.Run(folder, new(verifier.Name, [verifier]));
        return findings.Sound
            ? new(Compare(data, new TileReader(folder), findings.Checkpoint!.Checkpoint.Size, store), findings.Checkpoint.Checkpoint.Size)
            : new([.. findings.Findings.Select(finding => new AlteredRow(Table, null, null, null, finding.ToString()))], 0);
    }

    private static List<AlteredRow> Compare(string data, TileReader log, long size, SqliteConnection store) =>
    [
        .. Compare(log, size, LedgerSourceKind.Cases, "case_event", store.Query<Row>("SELECT position, case_id AS \"Case\", seq, link FROM case_event ORDER BY position", buffered: false)),
        .. Compare(log, size, LedgerSourceKind.Agreements, "agreement_change", ChangesOf(store)),
        .. IdentifierCheck.Run(data, log, size, store),
        .. FactCheck.Run(data, log, size),
    ];

    private static IEnumerable<Row> ChangesOf(SqliteConnection store) =>
        store.Query<(long Position, byte[] Salt, string Content)>("SELECT position, salt, content FROM agreement_change ORDER BY position", buffered: false)
            .Select(row => new Row(row.Position, null, null, AgreementBook.Commit(row.Salt, row.Content)));

    // Entries say by themselves what they are of, and are in the order of the history: both are walked side by side.
    private static List<AlteredRow> Compare(TileReader log, long size, LedgerSourceKind source, string table, IEnumerable<Row> history)
    {
        var altered = new List<AlteredRow>();
        using var rows = history.GetEnumerator();
        Row? row = null;
        for (long leaf = 0; leaf < size && altered.Count < Findings; leaf++)
        {
            if (LedgerEntry.Read(log.ReadEntry(leaf, size)) is not { } entry || entry.Source != source)
            {
                continue;
            }

            var place = (long)entry.Sequence;
            while ((row is null || row.Position < place) && rows.MoveNext())
            {
                row = rows.Current;
                if (row.Position < place && altered.Count < Findings)
                {
                    altered.Add(new(table, row.Case, row.Seq, row.Position, "it has no entry in the ledger"));
                }
            }

            if (row?.Position != place)
            {
                altered.Add(new(table, null, null, place, $"entry {leaf} of the ledger has no row"));
            }
            else if (!entry.Commitment.Span.SequenceEqual(row.Link))
            {
                altered.Add(new(table, row.Case, row.Seq, place, $"entry {leaf} of the ledger says otherwise"));
            }
        }

        return altered;
    }

    private sealed record Row(long Position, string? Case, long? Seq, byte[] Link);
}
