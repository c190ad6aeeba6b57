using Dapper;
using Jingwei.Server.Access;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

// What the store can be asked.
public sealed partial class CaseStore
{
    /// <summary>How many cases are not closed, over all parties, without exercises.</summary>
    public long CountOpen() => ReadLists(store => store.ExecuteScalar<long>("SELECT count(*) FROM case_row WHERE final = 0 AND exercise = 0"));

    /// <summary>The cases to which something is due by itself, longest first, and no more than are dealt with in one turn.</summary>
    public IReadOnlyList<string> Overdue() => ReadLists(store => store.Query<string>(
        "SELECT DISTINCT case_id FROM (SELECT case_id FROM case_deadline WHERE fired = 0 AND at <= @now ORDER BY at LIMIT @Bulk)",
        new { now = CaseTime.Of(time.GetUtcNow()), CaseLimits.Bulk }).AsList());

    /// <summary>The next moment at which something is due; null for none. From now on <see cref="DeadlinesMoved"/> tells of earlier ones.</summary>
    public DateTimeOffset? NextDue()
    {
        // Until the answer is known anything may be earlier: what is committed while it is read is not missed.
        Volatile.Write(ref watched, long.MaxValue);
        var due = ReadLists(store => store.ExecuteScalar<long?>("SELECT min(at) FROM case_deadline WHERE fired = 0"));
        if (due is not { } at)
        {
            return null;
        }

        Volatile.Write(ref watched, CaseTime.Of(at).UtcTicks);
        return CaseTime.Of(at);
    }

    /// <summary>A case with its history; null when there is none or the caller may not see it.</summary>
    public CaseFile? Find(Caller caller, string id) => database.Read(store => MaySee(store, caller, id) ? Load(store, id) : null);

    /// <summary>Where a case belongs; null when there is none or the caller may not see it.</summary>
    public Scope? PlaceOf(Caller caller, string id) => database.Read(store =>
        store.QuerySingleOrDefault<Place>("SELECT party, region FROM case_row WHERE id = @id", new { id }) is { } place &&
        ScopeOf(place.Party, place.Region) is var scope && caller.May(Right.View, scope) ? scope : (Scope?)null);

    /// <summary>The open cases that wait for a user and that the caller may see.</summary>
    public IReadOnlyList<string> HeldBy(Caller caller, string user, string? party, string? region)
    {
        var ids = ReadLists(store => store.Query<(string Id, string Party, string Region)>(
            "SELECT id, party, region FROM case_row WHERE id IN (SELECT case_id FROM case_holder WHERE user = @user) ORDER BY ordinal", new { user }).AsList());
        return [.. ids.Where(each => Shows(caller, ScopeOf(each.Party, each.Region), party, region)).Select(each => each.Id)];
    }

    /// <summary>What would forbid a signal now; null when nothing would. The outcome itself is decided anew.</summary>
    public Refusal? Foresee(Caller caller, string id, CaseSignal signal) =>
        Find(caller, id) is { State: var state }
            ? CaseDecider.Decide(
                definitions.Of(state.Type, state.Definition), state, signal, CaseActor.Of(caller, ScopeOf(state.Party, state.Region)), CaseTime.Now(time)).Refusal
            : CaseRefusals.NotFound;

    /// <summary>The largest file of a kind that a case takes from this caller; a refusal where it takes none.</summary>
    public long MostBytes(Caller caller, string id, string kind, out Refusal? refusal)
    {
        var type = Find(caller, id) is { State: var state } ? definitions.Of(state.Type, state.Definition) : null;
        var declared = type?.Evidence.FirstOrDefault(each => each.Id == kind);
        // With a file that fits: what is refused then is refused for something else.
        refusal = Foresee(caller, id, new AddEvidence(new(kind, "", "", declared?.Types.FirstOrDefault() ?? "", 0, null)));
        return declared?.MaxBytes ?? 0;
    }

    /// <summary>A page of the cases that the caller may see and that fit, newest first.</summary>
    /// <param name="party">Only this party's and those below it; null for all.</param>
    /// <param name="region">Only in this region and those below it; null for all.</param>
    public Page<CaseRow> List(Caller caller, CaseFilter filter, PageRequest page, string? party = null, string? region = null) =>
        ReadLists(store => CaseList.Read(store, filter with { Scopes = ScopesOf(caller, party, region) }, page));

    /// <summary>How many cases that the caller may see stand in each state.</summary>
    /// <inheritdoc cref="List"/>
    public IReadOnlyList<CaseCount> Count(Caller caller, CaseFilter filter, string? party = null, string? region = null) =>
        ReadLists(store => CaseList.Count(store, filter with { Scopes = ScopesOf(caller, party, region) }));

    /// <summary>The cases of a type that are open, or were closed since. Does not ask who may see them.</summary>
    public IReadOnlyList<CaseRow> RowsOf(string type, DateTimeOffset since) => ReadLists(store => store.Query<CaseRow>(
        $"SELECT {CaseProjection.Columns} FROM case_row WHERE type = @type AND (final = 0 OR closed_at >= @since)", new { type, since = CaseTime.Of(since) }).AsList());

    /// <summary>How many of the cases that the caller may see have each value of a field, and for how long they were open.</summary>
    internal IReadOnlyList<ParetoRow> ByField(Caller caller, ParetoQuery query, string field, DateTimeOffset from, DateTimeOffset to) => ReadLists(store =>
        CasePareto.Read(store, query, field, CaseTime.Of(from), CaseTime.Of(to), CaseTime.Of(time.GetUtcNow()), ScopesOf(caller, query.Party, query.Region)));

    /// <summary>The case that an alarm is linked to; null for none. Does not ask who may see it.</summary>
    public string? OfAlarm(string alarm) =>
        database.Read(store => store.ExecuteScalar<string?>("SELECT case_id FROM case_alarm WHERE alarm = @alarm", new { alarm }));

    /// <summary>Where the history of all cases ends; 0 when it is empty.</summary>
    public long LastPosition => database.Read(store => store.ExecuteScalar<long>("SELECT coalesce(max(position), 0) FROM case_event"));

    /// <summary>What happened to any case behind a position of the history, in its order. Does not ask who may see it.</summary>
    public IReadOnlyList<CaseEventRow> EventsAfter(long position, int limit) => database.Read(store => store.Query<CaseEventRow>(
        $"SELECT {CaseHistory.Columns} FROM case_event WHERE position > @position ORDER BY position LIMIT @limit", new { position, limit }).AsList());

    /// <summary>The place in the history of all cases of a case's newest event, or of event <paramref name="seq"/>; null when there is none or the caller may not see it.</summary>
    public long? PositionOf(Caller caller, string id, long? seq) => PlaceOf(caller, id) is null
        ? null
        : database.Read(store => store.ExecuteScalar<long?>(
            "SELECT position FROM case_event WHERE case_id = @id AND (@seq IS NULL OR seq = @seq) ORDER BY seq DESC LIMIT 1", new { id, seq }));

    private List<string>? ScopesOf(Caller caller, string? party, string? region)
    {
        var seen = places.Keys.Where(place => Shows(caller, ScopeOf(place.Party, place.Region), party, region)).ToList();
        return seen.Count == places.Count ? null : seen.ConvertAll(place => $"{place.Party}/{place.Region}");
    }

    private static bool Shows(Caller caller, Scope scope, string? party, string? region) =>
        caller.May(Right.View, scope) &&
        (party is null || scope.PartyPath.Covers(party)) &&
        (region is null || scope.RegionPath.Covers(region));

    private static CaseFile? Load(SqliteConnection store, string id)
    {
        var history = CaseHistory.Of(store, id);
        return CaseFold.Of(history.Select(row => row.Placed)) is { } state ? new CaseFile(state, history[0].Position, history) : null;
    }
}
