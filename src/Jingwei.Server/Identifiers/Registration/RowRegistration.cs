using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Statistics;
using Jingwei.Server.Identifiers.Templates;

namespace Jingwei.Server.Identifiers.Registration;

/// <summary>A registration that goes on: rows come one by one and are written by the thousand.</summary>
internal sealed class RowRegistration(
    IdentifierStore store, Prefixes.Prefixes prefixes, PrefixRights rights, ProductTemplates templates, ResolutionCounts counts, Caller caller, WriteMode mode,
    ReportBook report) : IDisposable
{
    // What one sync of the disk is worth: more rows wait longer for their answer, fewer write less in a second.
    private const int RowsTogether = 2_000;

    private readonly RegistrationBatch batch = new();
    private readonly List<long> numbers = [];
    private byte[] lastPrefix = [];
    private RowFault? lastFault;
    private Tally? lastTally;
    private TreePath lastParty;
    private long received;

    public ReportBook Report => report;

    /// <summary>Why the row that was rejected last was.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>Takes a row that a <see cref="RowWriter"/> holds, or the reason why there is none.</summary>
    /// <param name="seen">The version that the caller has seen; 0 when he takes any.</param>
    public void Add(RowWriter row, string? template, RowFault? fault, uint seen = 0)
    {
        received++;
        var number = 0U;
        fault ??= FaultOf(IdentifierName.OwningPrefix(row.Key, row.PrefixLength)) ?? templates.Check(template, lastParty, row, out number);
        if (fault is not null)
        {
            report.Add(received, row.Key, RowResult.Rejected, Fault = fault);
            return;
        }

        numbers.Add(received);
        row.AddTo(batch, mode, number, seen);
        if (batch.Count == RowsTogether)
        {
            Write();
        }
    }

    /// <summary>Writes the rows that wait; when this returns they are on disk and in the report.</summary>
    public void Write()
    {
        if (batch.Count == 0)
        {
            return;
        }

        store.Write(batch, caller.Actor);
        for (var at = 0; at < batch.Count; at++)
        {
            ref readonly var row = ref batch.Rows[at];
            var (result, fault) = ResultOf(row.Outcome);
            report.Add(numbers[at], batch.Key(row), result, fault);
            Fault = fault ?? Fault;
            if (result is RowResult.Created or RowResult.Changed)
            {
                FaultOf(IdentifierName.OwningPrefix(batch.Key(row), row.PrefixLength));
                Interlocked.Increment(ref lastTally!.Registered);
            }
        }

        batch.Clear();
        numbers.Clear();
    }

    public void Dispose() => batch.Dispose();

    private static (RowResult Result, RowFault? Fault) ResultOf(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Created => (RowResult.Created, null),
        WriteOutcome.Changed or WriteOutcome.Deleted => (RowResult.Changed, null),
        WriteOutcome.Unchanged => (RowResult.Unchanged, null),
        WriteOutcome.Exists => (RowResult.Rejected, RowFault.Exists),
        WriteOutcome.Missing => (RowResult.Rejected, RowFault.Missing),
        WriteOutcome.Stale => (RowResult.Rejected, RowFault.Stale),
        WriteOutcome.OverQuota => (RowResult.Rejected, RowFault.OverQuota),
        _ => throw new InvalidOperationException($"A row that was written has no outcome: {outcome}."),
    };

    // Rows of one prefix come together: it is judged when it changes.
    private RowFault? FaultOf(ReadOnlySpan<byte> prefix)
    {
        if (!prefix.SequenceEqual(lastPrefix))
        {
            lastPrefix = prefix.ToArray();
            var found = prefixes.Find(Encoding.UTF8.GetString(prefix));
            lastTally = found is null ? null : counts.Of(found.Name);
            lastParty = found is null ? default : rights.ScopeOf(found.Party).PartyPath;
            lastFault = found is null || !rights.MayConfigure(caller, found.Party) ? RowFault.Prefix
                : found.TakesIdentifiers ? null : RowFault.Suspended;
        }

        return lastFault;
    }
}
