using Dapper;

namespace Jingwei.Server.Transparency;

/// <summary>Entries that follow each other in the ledger and in their source.</summary>
/// <param name="First">The first one's place in its source.</param>
/// <param name="Leaf">Its place in the ledger, from 0.</param>
internal sealed record LedgerRun(LedgerSourceKind Source, ulong First, long Leaf, long Count)
{
    /// <summary>The place in its source behind the last one.</summary>
    public ulong Next => First + (ulong)Count;
}

/// <summary>Where in the ledger what is: a row for each run, so that a million entries of one source are one row.</summary>
internal sealed class LedgerRuns
{
    private readonly Database database;
    private readonly Dictionary<LedgerSourceKind, LedgerRun> last;

    public LedgerRuns(Database database)
    {
        this.database = database;
        database.Migrate(
            "transparency.runs",
            """
            CREATE TABLE ledger_run (
                source INTEGER NOT NULL, first INTEGER NOT NULL, leaf INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (source, first)) WITHOUT ROWID
            """);
        last = database.Read(store => store.Query<Row>(
                "SELECT source, first, leaf, count FROM ledger_run AS each WHERE first = (SELECT max(first) FROM ledger_run AS later WHERE later.source = each.source)").AsList())
            .Select(row => row.ToRun()).ToDictionary(run => run.Source);
    }

    /// <summary>How many entries of the ledger are known here.</summary>
    public long Size => last.Values.Select(run => run.Leaf + run.Count).DefaultIfEmpty(0).Max();

    /// <summary>The newest place of a source that is in the ledger; 0 for none.</summary>
    public ulong Taken(LedgerSourceKind source) => last.TryGetValue(source, out var run) ? run.Next - 1 : 0;

    /// <summary>Notes entries that were appended; called in their order by the one who appends.</summary>
    public void Add(LedgerRun run)
    {
        var joined = last.TryGetValue(run.Source, out var before) && before.Next == run.First && before.Leaf + before.Count == run.Leaf
            ? before with { Count = before.Count + run.Count }
            : run;
        database.Write((store, transaction) => store.Execute(
            """
            INSERT INTO ledger_run (source, first, leaf, count) VALUES (@Source, @First, @Leaf, @Count)
            ON CONFLICT (source, first) DO UPDATE SET count = excluded.count
            """,
            new { Source = (long)joined.Source, First = (long)joined.First, joined.Leaf, joined.Count },
            transaction));
        last[run.Source] = joined;
    }

    /// <summary>The place in the ledger of what is at a place of a source; null where it is not there yet.</summary>
    public long? LeafOf(LedgerSourceKind source, ulong sequence) => database.Read(store => store.QueryFirstOrDefault<Row>(
            "SELECT source, first, leaf, count FROM ledger_run WHERE source = @source AND first <= @sequence ORDER BY first DESC LIMIT 1",
            new { source = (long)source, sequence = (long)sequence }))?.ToRun() is { } run && sequence < run.Next
        ? run.Leaf + (long)(sequence - run.First)
        : null;

    private sealed record Row(long Source, long First, long Leaf, long Count)
    {
        public LedgerRun ToRun() => new((LedgerSourceKind)Source, (ulong)First, Leaf, Count);
    }
}
