using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Cases;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Transparency;

/// <summary>A history that the ledger follows.</summary>
/// <param name="Walk">Gives what stands behind a place, in order, until it is told to stop; perhaps not all of it at once.</param>
/// <param name="Settle">Waits until what was given is on disk: an end must not take away what the ledger has, and give its place to something else.</param>
/// <param name="Taken">Called when everything up to a place is durable in the ledger.</param>
internal sealed record LedgerSource(LedgerSourceKind Kind, Action<ulong, IdentifierStore.LogVisit> Walk, Action Settle, Action<ulong> Taken)
{
    public static LedgerSource Identifiers(IdentifierStore store) => new(LedgerSourceKind.Identifiers, store.WalkLog, store.Settle, store.TrimLog);

    public static LedgerSource Facts(FactStore store) => new(LedgerSourceKind.Facts, store.WalkCommitments, store.Settle, _ => { });

    public static LedgerSource Agreements(AgreementBook agreements, Database database) => new(
        LedgerSourceKind.Agreements,
        (after, visit) => agreements.WalkCommitments((long)after, ServerLedger.EntriesTogether, (position, commitment) => visit((ulong)position, commitment)),
        database.Settle,
        _ => { });

    public static LedgerSource Cases(CaseStore cases, Database database) => new(
        LedgerSourceKind.Cases,
        (after, visit) =>
        {
            foreach (var row in cases.EventsAfter((long)after, ServerLedger.EntriesTogether))
            {
                if (!visit((ulong)row.Position, row.Link))
                {
                    return;
                }
            }
        },
        database.Settle,
        _ => { });
}
