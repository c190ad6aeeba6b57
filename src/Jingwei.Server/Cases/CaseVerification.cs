using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text;
using Dapper;
using Jingwei.Ledger;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>A row that is not as it was written.</summary>
/// <param name="Table">case_event or case_row.</param>
/// <param name="Case">The case; null where a missing row leaves no trace of whose it was.</param>
/// <param name="Seq">The event's number in its case; null for a row of case_row.</param>
/// <param name="Position">Its place in the chain over all cases; null for a row of case_row and for what only its case misses.</param>
public sealed record AlteredRow(string Table, string? Case, long? Seq, long? Position, string What);

/// <summary>What verification found.</summary>
/// <param name="Events">Rows of history that were read.</param>
/// <param name="Erased">Events whose content was erased, which is no fault.</param>
/// <param name="Head">The newest link in hexadecimal: keep a copy elsewhere, and a history written anew shows.</param>
public sealed record CaseVerdict(long Events, long Cases, long Erased, string Head, IReadOnlyList<AlteredRow> Altered);

/// <summary>What verification of the ledger, and of what it is of, found.</summary>
/// <param name="Entries">Entries that were checked; none where there is no ledger yet, or its files do not hold by themselves.</param>
public sealed record LedgerVerdict(IReadOnlyList<AlteredRow> Altered, long Entries);

/// <summary>
/// Walks the history's hash chain and folds every case anew to compare it with what lists show. A case of which an
/// event was altered is not compared: its fold cannot be trusted. Nor is one that moved on a moment ago, see <see cref="CaseLimits.Lag"/>.
/// </summary>
public sealed class CaseVerification
{
    // Rows that one step hands to the other, and how many such pieces may wait: some megabytes.
    private const int Piece = 1024;
    private const int Pieces = 8;

    private readonly SqliteConnection store;
    private readonly SqliteTransaction snapshot;
    private readonly List<AlteredRow> altered = [];
    private readonly List<RowVerdict> gaps = [];
    private readonly List<CaseEventRow> misplaced = [];
    private readonly List<CaseEventRow> afterGaps = [];
    private readonly HashSet<string> distrusted = new(StringComparer.Ordinal);
    private readonly FoldedCases folded = new();
    private long events;
    private long erased;
    private string head = Convert.ToHexStringLower(CaseHistory.Origin);

    private CaseVerification(SqliteConnection store, SqliteTransaction snapshot) => (this.store, this.snapshot) = (store, snapshot);

    /// <summary>Verifies one consistent snapshot; others may read and write meanwhile.</summary>
    public static CaseVerdict Run(Database database) => database.Read(Run);

    /// <inheritdoc cref="Run(Database)"/>
    public static CaseVerdict Run(SqliteConnection store)
    {
        using var snapshot = store.BeginTransaction(deferred: true);
        var verification = new CaseVerification(store, snapshot);
        using (var read = new BlockingCollection<List<IndexedRow>>(Pieces))
        {
            // One processor reads and checks the chain while the other folds what was read.
            try
            {
                Parallel.Invoke(() => verification.WalkChain(read), () => verification.folded.Fold(read));
            }
            catch (AggregateException failed) when (failed.InnerException is SqliteException unreadable)
            {
                ExceptionDispatchInfo.Throw(unreadable);
            }
        }

        verification.CloseGapsOfMovedRows();
        verification.CompareCases();
        verification.NameGaps();
        var cases = store.ExecuteScalar<long>("SELECT count(*) FROM case_row", transaction: snapshot);
        return new CaseVerdict(verification.events, cases, verification.erased, verification.head, verification.altered);
    }

    /// <summary>True when the history still holds the row of that link: nothing up to it was written anew.</summary>
    /// <param name="head">What <see cref="CaseVerdict.Head"/> was at an earlier time.</param>
    public static bool Holds(SqliteConnection store, string head) =>
        string.Equals(head, Convert.ToHexString(CaseHistory.Origin), StringComparison.OrdinalIgnoreCase) ||
        store.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM case_event WHERE hex(link) = upper(@head))", new { head }) != 0;

    private void WalkChain(BlockingCollection<List<IndexedRow>> read)
    {
        try
        {
            var chain = new ChainVerification(CaseHistory.Origin);
            var piece = new List<IndexedRow>(Piece);
            foreach (var row in IndexedRow.All(store, snapshot))
            {
                events++;
                foreach (var verdict in chain.Check(Sealed(row.Event)))
                {
                    Note(row.Event, verdict);
                }

                head = row.Event.Link is { } link ? Convert.ToHexStringLower(link) : head;
                piece.Add(row);
                if (piece.Count == Piece)
                {
                    read.Add(piece);
                    piece = new(Piece);
                }
            }

            read.Add(piece);
        }
        finally
        {
            read.CompleteAdding();
        }
    }

    private static ChainRow Sealed(CaseEventRow row) => new(
        row.Position, CaseHistory.Header(row.Case, row.Seq, row.At, row.Actor, row.Kind),
        row.Content is null ? null : Encoding.UTF8.GetBytes(row.Content), row.Salt, row.Commitment, row.Link);

    private void Note(CaseEventRow row, RowVerdict verdict)
    {
        switch (verdict.State)
        {
            case RowState.Intact:
                return;
            case RowState.Erased when row.Kind is CaseEventText.Comment or CaseEventText.Fields:
                erased++;
                return;
            case RowState.Missing:
                gaps.Add(verdict);
                afterGaps.Add(row);
                return;
        }

        if (verdict.State is RowState.LinkAltered or RowState.OutOfOrder)
        {
            misplaced.Add(row);
        }

        distrusted.Add(row.Case);
        altered.Add(new AlteredRow("case_event", row.Case, row.Seq, row.Position, Words(verdict.State)));
    }

    // A row whose position was changed leaves a gap where it stood, and may make one before where it stands.
    private void CloseGapsOfMovedRows()
    {
        foreach (var row in misplaced.Concat(afterGaps))
        {
            if (gaps.FindIndex(gap => Left(row, gap)) is not (>= 0 and var from))
            {
                continue;
            }

            gaps.RemoveAt(from);
            gaps.RemoveAll(gap => gap.Until == row.Position - 1);
            if (!misplaced.Contains(row))
            {
                // The link of a row after a gap cannot be checked: only now is it known that this one does not belong there.
                distrusted.Add(row.Case);
                altered.Add(new AlteredRow("case_event", row.Case, row.Seq, row.Position, "position altered"));
            }
        }
    }

    private bool Left(CaseEventRow row, RowVerdict gap)
    {
        var before = gap.Sequence == 1
            ? CaseHistory.Origin
            : store.ExecuteScalar<byte[]>("SELECT link FROM case_event WHERE position = @at", new { at = gap.Sequence - 1 }, snapshot);
        return gap.Sequence == gap.Until && before?.Length == HashChain.HashSize && row.Commitment.Length == HashChain.HashSize
            && HashChain.Link(before, gap.Sequence, Sealed(row).Header, row.Commitment).AsSpan().SequenceEqual(row.Link);
    }

    private void CompareCases()
    {
        var mark = store.ExecuteScalar<long>("SELECT position FROM case_projected", transaction: snapshot);
        var rows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in store.Query<CaseRow>($"SELECT {CaseProjection.Columns} FROM case_row ORDER BY id", transaction: snapshot, buffered: false))
        {
            rows.Add(row.Id);
            Compare(row.Id, row, mark);
        }

        foreach (var id in folded.Ids.Where(id => !rows.Contains(id)).Order(StringComparer.Ordinal))
        {
            Compare(id, null, mark);
        }

        altered.AddRange(folded.Words.Where(row => !distrusted.Contains(row.Case!)));
        altered.AddRange(new IndexComparison(store, snapshot, folded, mark).Run().Where(row => !distrusted.Contains(row.Case!)));
    }

    private void Compare(string id, CaseRow? row, long mark)
    {
        var fold = folded.Find(id);
        var last = Math.Max(fold?.Seqs.Max ?? 0, row?.Version ?? 0);
        if (fold is null || fold.Seqs.Count != last)
        {
            NameMissing(id, fold?.Seqs.Missing(last) ?? LongRange(1, last));
            distrusted.Add(id);
            return;
        }

        if (distrusted.Contains(id))
        {
            return;
        }

        if (row is null)
        {
            altered.Add(new AlteredRow("case_row", id, null, null, "missing"));
        }
        else if (fold.Damage is { } damage)
        {
            altered.Add(new AlteredRow("case_event", id, null, null, damage));
        }
        else if (fold.Last <= mark && CaseRow.Of(fold.State!, fold.Ordinal) is var expected && expected != row)
        {
            var columns = typeof(CaseRow).GetProperties()
                .Where(property => !Equals(property.GetValue(row), property.GetValue(expected)))
                .Select(property => property.Name);
            altered.Add(new AlteredRow("case_row", id, null, null, $"differs from its history: {string.Join(", ", columns)}"));
        }
    }

    private void NameMissing(string id, IEnumerable<long> missing)
    {
        var explained = misplaced.Count > 0 && gaps.Count == 0;
        if (!explained && !distrusted.Contains(id))
        {
            altered.AddRange(missing.Select(seq => new AlteredRow("case_event", id, seq, null, "missing")));
        }
    }

    // Missing places that no case misses: all traces of the case are gone.
    private void NameGaps()
    {
        var named = altered.Count(row => row.What == "missing" && row.Table == "case_event");
        var unnamed = gaps.Sum(gap => gap.Until - gap.Sequence + 1) - named;
        if (unnamed > 0)
        {
            altered.AddRange(gaps.Select(gap => new AlteredRow(
                "case_event", null, null, gap.Sequence,
                gap.Until == gap.Sequence ? "missing" : $"missing, with all up to {gap.Until}")));
        }
    }

    private static string Words(RowState state) => state switch
    {
        RowState.Erased => "erased, which its kind never is",
        RowState.ContentAltered => "content or salt altered",
        RowState.CommitmentAltered => "commitment altered",
        RowState.OutOfOrder => "inserted or moved",
        _ => "link does not fit: position, case, seq, at, actor, kind, commitment or link altered",
    };

    private static IEnumerable<long> LongRange(long from, long to)
    {
        for (var value = from; value <= to; value++)
        {
            yield return value;
        }
    }
}
