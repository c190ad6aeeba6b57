using Dapper;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Transparency;

/// <summary>A history that the ledger follows.</summary>
/// <param name="Walk">Gives what stands behind a place, in order, until it is told to stop.</param>
/// <param name="Settle">Waits until what was given is on disk: an end must not take away what the ledger has, and give its place to something else.</param>
/// <param name="Taken">Called when everything up to a place is durable in the ledger.</param>
internal sealed record LedgerSource(LedgerSourceKind Kind, Action<ulong, IdentifierStore.LogVisit> Walk, Action Settle, Action<ulong> Taken)
{
    // Rows that are read of the transactional store at once; the walk asks again for more.
    private const int RowsTogether = 4096;

    public static LedgerSource Identifiers(IdentifierStore store) => new(LedgerSourceKind.Identifiers, store.WalkLog, store.Settle, store.TrimLog);

    public static LedgerSource Cases(Database database) => new(LedgerSourceKind.Cases, (after, each) => WalkCases(database, after, each), database.Settle, _ => { });

    private static void WalkCases(Database database, ulong after, IdentifierStore.LogVisit each)
    {
        while (true)
        {
            var rows = database.Read(store => store.Query<LinkRow>(
                "SELECT position, link FROM case_event WHERE position > @after ORDER BY position LIMIT @RowsTogether", new { after = (long)after, RowsTogether }).AsList());
            foreach (var row in rows)
            {
                if (!each((ulong)row.Position, row.Link))
                {
                    return;
                }
            }

            if (rows.Count < RowsTogether)
            {
                return;
            }

            after = (ulong)rows[^1].Position;
        }
    }

    private sealed record LinkRow(long Position, byte[] Link);
}
