using System.Collections.Concurrent;
using System.Threading.Channels;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>Every case: takes signals, keeps the history, tells what changed. What returned is on disk.</summary>
public sealed partial class CaseStore : IDisposable
{
    private readonly Database database;
    private readonly PackCatalog packs;
    private readonly Parties parties;
    private readonly Regions regions;
    private readonly TimeProvider time;
    private readonly OwnCalendars calendars;
    private readonly CaseDefinitions definitions;
    private readonly CaseStatements statements;
    private readonly CaseWriter writer;
    private readonly ProjectionBacklog backlog = new();
    private readonly ITimer catchingUp;

    // Every (party, region) that has a case; few, where cases are many.
    private readonly ConcurrentDictionary<(string Party, string Region), bool> places;

    // One item says it all: look again.
    private readonly Channel<bool> moved =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // Ticks of what NextDue said last.
    private long watched = long.MaxValue;

    public CaseStore(Database database, PackCatalog packs, Parties parties, Regions regions, OwnCalendars calendars, TimeProvider time)
    {
        (this.database, this.packs, this.parties, this.regions, this.calendars, this.time) = (database, packs, parties, regions, calendars, time);
        database.Migrate(
            "cases",
            CaseHistory.Schema,
            CaseProjection.FirstSchema,
            CaseAnswers.Schema,
            "CREATE TABLE case_number (year INTEGER PRIMARY KEY, last INTEGER NOT NULL)",
            CaseProjection.Schema,
            CaseProjection.MarkSchema,
            CaseProjection.ExerciseSchema,
            CaseProjection.SupervisionSchema);
        definitions = new(database, packs);
        statements = database.Write(Prepare);
        var held = new HeldCases(CaseLimits.Held);
        writer = new(database, (store, transaction) => new(statements, held, backlog, store, transaction));
        backlog.Head = LastPosition;
        catchingUp = time.CreateTimer(_ => LagIsOver(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var rows = database.Read(store => store.Query<(string, string)>("SELECT DISTINCT party, region FROM case_row").AsList());
        places = new(rows.Select(row => KeyValuePair.Create(row, true)));
    }

    /// <summary>Each case as it stands after a change, once that is on disk. Two changes at once may come in either order: see Version.</summary>
    public Feed<CaseRow> Changes { get; } = new();

    /// <summary>The versions of case types that cases go by.</summary>
    public CaseDefinitions Definitions => definitions;

    /// <summary>Has something to read when something is due earlier than <see cref="NextDue"/> said.</summary>
    internal ChannelReader<bool> DeadlinesMoved => moved.Reader;

    /// <summary>The party and region that rights over a case are checked against.</summary>
    public Scope ScopeOf(string party, string region) => new(parties.PathOf(party), regions.PathOf(region));

    /// <summary>
    /// Opens a case. For a rule: the same alarm opens it once, and while a case of that rule and thing is open, further
    /// alarms are linked to it. The caller has checked that the thing exists and may be seen.
    /// </summary>
    public Task<CaseOutcome> OpenAsync(Caller caller, OpenCase open, Once? once = null, CancellationToken cancellation = default) =>
        CommitAsync(caller, once, (batch, now) =>
        {
            var actor = CaseActor.Of(caller, ScopeOf(open.Party, open.Region));
            if (Standing(batch, open) is { } standing)
            {
                return Decide(batch, standing, actor, new LinkAlarm(open.Alarm!), now);
            }

            var type = packs.Current.CaseType(open.Type);
            var signal = type is null ? open : open with { Definition = CaseDefinitions.DigestOf(type) };
            var decision = CaseDecider.Decide(type, null, signal, actor, now, ClockOf(type, open.Party, open.Thing));
            if (decision.Refusal is { } refusal)
            {
                return CaseOutcome.Refused(refusal);
            }

            definitions.Keep(type!, batch, now);
            return batch.Append(null, NextNumber(batch, open.Party, now), actor.Id, decision.Events, now);
        }, cancellation);

    /// <summary>Opens what a rule opens when it raises an alarm, or links the alarm; null when the rule opens nothing.</summary>
    public async Task<CaseOutcome?> OpenForAsync(Rule rule, Thing thing, string alarm, CancellationToken cancellation = default) =>
        OpenCase.For(rule, thing, alarm, packs.Current) is { } open
            ? await OpenAsync(Caller.System, open, null, cancellation)
            : null;

    /// <summary>Takes a signal on a case that the caller may see.</summary>
    /// <param name="version">The version that the caller has seen; null acts on whatever there is.</param>
    public Task<CaseOutcome> SignalAsync(
        Caller caller, string id, CaseSignal signal, long? version = null, Once? once = null, CancellationToken cancellation = default) =>
        OnAsync(caller, id, version, once, (batch, seen, actor, now) => Decide(batch, seen, actor, Placed(caller, seen.State, signal), now), cancellation);

    /// <summary>Erases what an event said; that it happened, when and by whom stays, and so does the chain.</summary>
    public async Task<CaseOutcome> EraseAsync(
        Caller caller, string id, long seq, string reason, long? version = null, CancellationToken cancellation = default)
    {
        var kind = database.Read(store => store.ExecuteScalar<string?>(
            "SELECT kind FROM case_event WHERE case_id = @id AND seq = @seq AND content IS NOT NULL", new { id, seq }));
        var outcome = await SignalAsync(caller, id, new EraseEvent(seq, kind, reason), version, null, cancellation);
        if (outcome.Changed)
        {
            // Until it is checkpointed the write-ahead log still holds the words. Readers at work may put that off to the next one.
            database.Read(store => store.Execute("PRAGMA wal_checkpoint(TRUNCATE)"));
        }

        return outcome;
    }

    /// <summary>Makes a case a part of another: it is closed, and the other is about its alarms as well. Both or neither.</summary>
    public Task<CaseOutcome> MergeAsync(
        Caller caller, string id, string into, string reason, long? version = null, CancellationToken cancellation = default) =>
        OnAsync(caller, id, version, null, (batch, source, actor, now) =>
        {
            var target = Seen(batch, caller, into);
            var may = target is not null && caller.May(Right.Operate, ScopeOf(target.State.Party, target.State.Region));
            var merged = Decision(source, actor, new MergeCase(target?.State, may, reason), now);
            if (merged.Refusal is { } refusal)
            {
                return CaseOutcome.Refused(refusal);
            }

            // Both are decided before either is written.
            var absorbed = Decision(target!, actor, new AbsorbCase(source.State, reason), now);
            if (absorbed.Refusal is { } full)
            {
                return CaseOutcome.Refused(full);
            }

            return Settle(batch, source, actor, merged, now) with { Other = Settle(batch, target!, actor, absorbed, now).Row };
        }, cancellation);

    /// <summary>Makes a case that became a part of another one of its own again: it is open, and the other gives back its alarms. Both or neither.</summary>
    public Task<CaseOutcome> RestoreAsync(Caller caller, string id, string reason, long? version = null, CancellationToken cancellation = default) =>
        OnAsync(caller, id, version, null, (batch, source, actor, now) =>
        {
            var other = source.State.MergedInto is { } into ? Seen(batch, caller, into) : null;
            var may = other is not null && caller.May(Right.Operate, ScopeOf(other.State.Party, other.State.Region));
            var restored = Decision(source, actor, new RestoreCase(other?.State, may, IsTaken(batch, source.State), reason), now);
            if (restored.Refusal is { } refusal)
            {
                return CaseOutcome.Refused(refusal);
            }

            var theirs = CaseActor.Of(caller, ScopeOf(other!.State.Party, other.State.Region));
            var released = Decision(other, theirs, new ReleaseCase(source.State, reason), now);
            if (released.Refusal is { } full)
            {
                return CaseOutcome.Refused(full);
            }

            var changed = Settle(batch, other, theirs, released, now);
            return Settle(batch, source, actor, restored, now) with { Other = changed.Row };
        }, cancellation);

    /// <summary>Ties two cases that have to do with each other, or unties them: both know, or neither.</summary>
    public Task<CaseOutcome> LinkAsync(
        Caller caller, string id, string other, bool linked, string? reason, long? version = null, CancellationToken cancellation = default) =>
        OnAsync(caller, id, version, null, (batch, one, actor, now) =>
        {
            if (Seen(batch, caller, other) is not { } another)
            {
                return CaseOutcome.Refused(CaseRefusals.NotFound);
            }

            var theirs = CaseActor.Of(caller, ScopeOf(another.State.Party, another.State.Region));
            var across = one.State.Exercise != another.State.Exercise;
            var here = Decision(one, actor, new LinkCase(other, linked, reason) { Across = across }, now);
            var there = Decision(another, theirs, new LinkCase(id, linked, reason) { Across = across }, now);
            if ((here.Refusal ?? there.Refusal) is { } refusal)
            {
                return CaseOutcome.Refused(refusal);
            }

            var changed = Settle(batch, another, theirs, there, now);
            return Settle(batch, one, actor, here, now) with { Other = changed.Changed ? changed.Row : null };
        }, cancellation);

    /// <summary>Takes a case to another version of its type.</summary>
    /// <param name="digest">That version; null: the one that is installed.</param>
    public Task<CaseOutcome> MigrateAsync(
        Caller caller, string id, string? digest, string? state, string reason, long? version = null, CancellationToken cancellation = default) =>
        OnAsync(caller, id, version, null, (batch, seen, actor, now) =>
        {
            var type = digest is null ? packs.Current.CaseType(seen.State.Type) : definitions.Find(seen.State.Type, digest);
            var to = type is null ? "" : CaseDefinitions.DigestOf(type);
            var outcome = Decide(batch, seen, actor, new MigrateCase(type, to, state, reason), now);
            if (outcome.Changed)
            {
                definitions.Keep(type!, batch, now);
            }

            return outcome;
        }, cancellation);

    public void Dispose()
    {
        EndCatchingUp();
        statements.Dispose();
        writer.Dispose();
    }

    // With what the caller's grants say of it.
    private CaseSignal Placed(Caller caller, Case state, CaseSignal signal) => signal switch
    {
        ReviseCase { Region: { } region } revise when regions.Find(region) is not null => revise with { There = CaseActor.Of(caller, ScopeOf(state.Party, region)).Highest },
        SuperviseCase supervise => supervise with { From = Highest(caller, ScopeOf(state.Party, state.Region)) },
        _ => signal,
    };

    // Of the grants by which the caller configures a case, the region of the one that reaches furthest.
    private static string? Highest(Caller caller, Scope scope) => caller.Grants
        .Where(grant => grant.Gives(Right.Configure, scope))
        .MinBy(grant => scope.RegionPath.Text.IndexOf($"/{grant.Region}/", StringComparison.Ordinal))?.Region;

    private static CaseStatements Prepare(SqliteConnection store, SqliteTransaction transaction)
    {
        var prepared = new CaseStatements(store);
        // A step of the schema that changes the projection only has to drop its rows.
        if (store.ExecuteScalar<long>("SELECT NOT EXISTS (SELECT 1 FROM case_row)", transaction: transaction) != 0)
        {
            prepared.Projection.Rebuild(store, transaction, prepared.Words);
        }

        prepared.Projection.CatchUp(store, transaction);

        return prepared;
    }
}
