using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>What came of a request on a case.</summary>
/// <param name="Row">The case after it; null for a refusal.</param>
/// <param name="Changed">False when there was nothing to do, or when the answer is that to an earlier, equal request.</param>
public sealed record CaseOutcome(CaseRow? Row, Refusal? Refusal, bool Changed);

/// <summary>A case with its history.</summary>
public sealed record CaseFile(Case State, long Ordinal, IReadOnlyList<CaseEventRow> History);

/// <summary>Every case: takes signals, keeps the history, tells what changed. What returned is on disk.</summary>
public sealed class CaseStore
{
    private readonly Database database;
    private readonly PackCatalog packs;
    private readonly Parties parties;
    private readonly Regions regions;
    private readonly TimeProvider time;

    // Every (party, region) that has a case; few, where cases are many.
    private readonly ConcurrentDictionary<(string Party, string Region), bool> places;

    // One item says it all: look again.
    private readonly Channel<bool> moved =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public CaseStore(Database database, PackCatalog packs, Parties parties, Regions regions, TimeProvider time)
    {
        (this.database, this.packs, this.parties, this.regions, this.time) = (database, packs, parties, regions, time);
        database.Migrate(
            "cases",
            CaseHistory.Schema,
            CaseProjection.Schema,
            CaseAnswers.Schema,
            "CREATE TABLE case_number (year INTEGER PRIMARY KEY, last INTEGER NOT NULL)");
        database.Write(RebuildIfEmpty);
        var rows = database.Read(store => store.Query<(string, string)>("SELECT DISTINCT party, region FROM case_row").AsList());
        places = new(rows.Select(row => KeyValuePair.Create(row, true)));
    }

    /// <summary>Each case as it stands after a change, once that is on disk. Two changes at once may come in either order: see Version.</summary>
    public Feed<CaseRow> Changes { get; } = new();

    /// <summary>Has something to read when deadlines may have changed.</summary>
    internal ChannelReader<bool> DeadlinesMoved => moved.Reader;

    /// <summary>The party and region that rights over a case are checked against.</summary>
    public Scope ScopeOf(string party, string region) => new(parties.PathOf(party), regions.PathOf(region));

    /// <summary>
    /// Opens a case. For a rule: the same alarm opens it once, and while a case of that rule and thing is open, further
    /// alarms are linked to it. The caller has checked that the thing exists and may be seen.
    /// </summary>
    public Task<CaseOutcome> OpenAsync(Caller caller, OpenCase open, Once? once = null, CancellationToken cancellation = default) =>
        CommitAsync(caller, once, (store, transaction, now) =>
        {
            if (Standing(store, transaction, open) is { } standing)
            {
                var signal = new LinkAlarm(open.Alarm!);
                return Decide(store, transaction, standing, CaseActor.Of(caller, ScopeOf(open.Party, open.Region)), signal, now);
            }

            var actor = CaseActor.Of(caller, ScopeOf(open.Party, open.Region));
            var decision = CaseDecider.Decide(packs.Current.CaseType(open.Type), null, open, actor, now);
            return decision.Refusal is { } refusal
                ? new CaseOutcome(null, refusal, false)
                : Append(store, transaction, null, NextNumber(store, transaction, open.Party, now), actor.Id, decision.Events, now);
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
        CommitAsync(caller, once, (store, transaction, now) =>
        {
            if (!MaySee(store, caller, id, transaction) || Load(store, id, transaction) is not { } file)
            {
                return new CaseOutcome(null, CaseRefusals.NotFound, false);
            }

            if (version is not null && version != file.State.Version)
            {
                return new CaseOutcome(null, CaseRefusals.VersionConflict, false);
            }

            var actor = CaseActor.Of(caller, ScopeOf(file.State.Party, file.State.Region));
            return Decide(store, transaction, file, actor, signal, now);
        }, cancellation);

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

    /// <summary>How many cases are not closed, over all parties.</summary>
    public long CountOpen() => database.Read(store => store.ExecuteScalar<long>("SELECT count(*) FROM case_row WHERE final = 0"));

    /// <summary>The cases whose deadline has passed and that are not marked yet, longest first.</summary>
    public IReadOnlyList<string> Overdue() => database.Read(store => store.Query<string>(
        "SELECT id FROM case_row WHERE late = 0 AND due <= @now ORDER BY due", new { now = CaseTime.Of(time.GetUtcNow()) }).AsList());

    /// <summary>The next deadline that has not been marked; null for none.</summary>
    public DateTimeOffset? NextDue() =>
        database.Read(store => store.ExecuteScalar<long?>("SELECT min(due) FROM case_row WHERE late = 0 AND due IS NOT NULL")) is { } due
            ? CaseTime.Of(due)
            : null;

    /// <summary>A case with its history; null when there is none or the caller may not see it.</summary>
    public CaseFile? Find(Caller caller, string id) =>
        database.Read(store => MaySee(store, caller, id) ? Load(store, id) : null);

    /// <summary>A page of the cases that the caller may see and that fit, newest first.</summary>
    /// <param name="party">Only this party's and those below it; null for all.</param>
    /// <param name="region">Only in this region and those below it; null for all.</param>
    public Page<CaseRow> List(Caller caller, CaseFilter filter, PageRequest page, string? party = null, string? region = null)
    {
        var seen = places.Keys.Where(place => Shows(ScopeOf(place.Party, place.Region))).ToList();
        var scopes = seen.Count == places.Count ? null : seen.Select(place => $"{place.Party}/{place.Region}").ToList();
        return database.Read(store => CaseList.Read(store, filter with { Scopes = scopes }, page));

        bool Shows(Scope scope) =>
            caller.May(Right.View, scope) &&
            (party is null || scope.PartyPath.Covers(party)) &&
            (region is null || scope.RegionPath.Covers(region));
    }

    /// <summary>What happened to any case behind a position of the history, in its order. Does not ask who may see it.</summary>
    public IReadOnlyList<CaseEventRow> EventsAfter(long position, int limit) => database.Read(store => store.Query<CaseEventRow>(
        $"SELECT {CaseHistory.Columns} FROM case_event WHERE position > @position ORDER BY position LIMIT @limit", new { position, limit }).AsList());

    /// <summary>The case that an alarm is linked to; null for none. Does not ask who may see it.</summary>
    public string? OfAlarm(string alarm) =>
        database.Read(store => store.ExecuteScalar<string?>("SELECT case_id FROM case_alarm WHERE alarm = @alarm", new { alarm }));

    // A step of the schema that changes the projection only has to drop its rows.
    private static void RebuildIfEmpty(SqliteConnection store, SqliteTransaction transaction)
    {
        if (store.ExecuteScalar<long>("SELECT NOT EXISTS (SELECT 1 FROM case_row)", transaction: transaction) != 0)
        {
            CaseProjection.Rebuild(store, transaction);
        }
    }

    private async Task<CaseOutcome> CommitAsync(
        Caller caller, Once? once, Func<SqliteConnection, SqliteTransaction, DateTimeOffset, CaseOutcome> work, CancellationToken cancellation)
    {
        var outcome = database.Write((store, transaction) =>
        {
            var now = CaseTime.Now(time);
            if (once is not null && CaseAnswers.Find(store, transaction, once, now) is { } answered)
            {
                // Rights may have gone since the first answer.
                return answered.Row is { } kept && !caller.May(Right.View, ScopeOf(kept.Party, kept.Region))
                    ? new CaseOutcome(null, CaseRefusals.NotFound, false)
                    : answered;
            }

            var result = work(store, transaction, now);
            if (once is not null && result.Row is not null)
            {
                CaseAnswers.Keep(store, transaction, once, result.Row, now);
            }

            return result;
        });
        if (outcome is { Changed: true, Row: { } row })
        {
            moved.Writer.TryWrite(true);
            places.TryAdd((row.Party, row.Region), true);
            await Changes.PublishAsync(row, cancellation);
        }

        return outcome;
    }

    private CaseOutcome Decide(
        SqliteConnection store, SqliteTransaction transaction, CaseFile file, CaseActor actor, CaseSignal signal, DateTimeOffset now)
    {
        var decision = CaseDecider.Decide(packs.Current.CaseType(file.State.Type), file.State, signal, actor, now);
        if (decision.Refusal is { } refusal)
        {
            return new CaseOutcome(null, refusal, false);
        }

        return decision.Events.IsEmpty
            ? new CaseOutcome(CaseRow.Of(file.State, file.Ordinal), null, false)
            : Append(store, transaction, file, file.State.Id, actor.Id, decision.Events, now);
    }

    private static CaseOutcome Append(
        SqliteConnection store, SqliteTransaction transaction, CaseFile? file, string id, string actor,
        ImmutableArray<CaseEvent> events, DateTimeOffset now)
    {
        var version = file?.State.Version ?? 0;
        var placed = events.Select((it, index) => new PlacedEvent(id, version + index + 1, now, actor, it)).ToList();
        var first = CaseHistory.Append(store, transaction, placed);
        var state = placed.Aggregate(file?.State, CaseFold.Apply)!;
        foreach (var erased in events.OfType<CaseErased>())
        {
            Erase(store, transaction, id, erased.Seq);
            state = Load(store, id, transaction)!.State;
        }

        return new CaseOutcome(CaseProjection.Save(store, transaction, state, file?.Ordinal ?? first), null, true);
    }

    private static void Erase(SqliteConnection store, SqliteTransaction transaction, string id, long seq)
    {
        // Freed bytes are overwritten, not left for whoever reads the file (sqlite.org/pragma.html#pragma_secure_delete).
        store.Execute("PRAGMA secure_delete = ON", transaction: transaction);
        store.Execute(
            "UPDATE case_event SET content = NULL, salt = NULL WHERE case_id = @id AND seq = @seq", new { id, seq }, transaction);
        CaseAnswers.Forget(store, transaction, id);
    }

    // The case that an alarm belongs to already, or the open one of its rule and thing.
    private static CaseFile? Standing(SqliteConnection store, SqliteTransaction transaction, OpenCase open)
    {
        if (open.Alarm is null)
        {
            return null;
        }

        var id = store.ExecuteScalar<string?>("SELECT case_id FROM case_alarm WHERE alarm = @Alarm", new { open.Alarm }, transaction)
            ?? store.ExecuteScalar<string?>(
                "SELECT id FROM case_row WHERE rule = @Rule AND thing = @Thing AND final = 0", new { open.Rule, open.Thing }, transaction);
        return id is null ? null : Load(store, id, transaction);
    }

    // Asked before the history is read, so that a hidden case takes as long as one that does not exist.
    private bool MaySee(SqliteConnection store, Caller caller, string id, SqliteTransaction? transaction = null) =>
        store.QuerySingleOrDefault<Place>("SELECT party, region FROM case_row WHERE id = @id", new { id }, transaction) is { } place &&
        caller.May(Right.View, ScopeOf(place.Party, place.Region));

    private static CaseFile? Load(SqliteConnection store, string id, SqliteTransaction? transaction = null)
    {
        var history = CaseHistory.Of(store, id, transaction);
        return CaseFold.Of(history.Select(row => row.Placed)) is { } state ? new CaseFile(state, history[0].Position, history) : null;
    }

    // The year is the party's own: people there know the case by it.
    private string NextNumber(SqliteConnection store, SqliteTransaction transaction, string party, DateTimeOffset now)
    {
        var year = TimeZoneInfo.ConvertTime(now, parties.ZoneOf(party)).Year;
        var last = store.ExecuteScalar<long>(
            "INSERT INTO case_number (year, last) VALUES (@year, 1) ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last",
            new { year },
            transaction);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{year:0000}-{last:000000}");
    }

    private sealed record Place(string Party, string Region);
}
