using System.Globalization;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

// How the store commits: who may, once, and what is told afterwards.
public sealed partial class CaseStore
{
    private Task<CaseOutcome> OnAsync(
        Caller caller, string id, long? version, Once? once, Func<CaseBatch, HeldCase, CaseActor, DateTimeOffset, CaseOutcome> work,
        CancellationToken cancellation) =>
        CommitAsync(caller, once, (batch, now) =>
        {
            if (Seen(batch, caller, id) is not { } seen)
            {
                return CaseOutcome.Refused(CaseRefusals.NotFound);
            }

            return version is not null && version != seen.State.Version
                ? CaseOutcome.Refused(CaseRefusals.VersionConflict)
                : work(batch, seen, CaseActor.Of(caller, ScopeOf(seen.State.Party, seen.State.Region)), now);
        }, cancellation);

    private async Task<CaseOutcome> CommitAsync(
        Caller caller, Once? once, Func<CaseBatch, DateTimeOffset, CaseOutcome> work, CancellationToken cancellation)
    {
        var outcome = await writer.WriteAsync(batch => Commit(batch, caller, once, work), cancellation);
        if (outcome is { Changed: true, Row: { } row })
        {
            if (outcome.Next is { } next && next.UtcTicks < Volatile.Read(ref watched))
            {
                moved.Writer.TryWrite(true);
            }

            FellBehind();
            places.TryAdd((row.Party, row.Region), true);
            await Changes.PublishAsync(row, cancellation);
            if (outcome.Other is { } other)
            {
                await Changes.PublishAsync(other, cancellation);
            }
        }

        return outcome;
    }

    private CaseOutcome Commit(CaseBatch batch, Caller caller, Once? once, Func<CaseBatch, DateTimeOffset, CaseOutcome> work)
    {
        var now = CaseTime.Now(time);
        if (once is not null && CaseAnswers.Find(batch.Store, batch.Transaction, once, now) is { } answered)
        {
            // Rights may have gone since the first answer.
            return answered.Row is { } kept && !caller.May(Right.View, ScopeOf(kept.Party, kept.Region))
                ? CaseOutcome.Refused(CaseRefusals.NotFound)
                : answered;
        }

        var result = work(batch, now);
        if (once is not null && result.Row is not null)
        {
            CaseAnswers.Keep(batch.Store, batch.Transaction, once, result.Row, now);
        }

        return result;
    }

    private CaseOutcome Decide(CaseBatch batch, HeldCase seen, CaseActor actor, CaseSignal signal, DateTimeOffset now) =>
        Settle(batch, seen, actor, Decision(seen, actor, signal, now), now);

    private Decision Decision(HeldCase seen, CaseActor actor, CaseSignal signal, DateTimeOffset now)
    {
        var type = definitions.Of(seen.State.Type, seen.State.Definition);
        return CaseDecider.Decide(type, seen.State, signal, actor, now, ClockOf(type, seen.State.Party, seen.State.Thing));
    }

    private WorkClock ClockOf(CaseType? type, string party, string? thing) =>
        type is null ? WorkClock.Of(parties.ZoneOf(party)) : calendars.ClockOf(type.Pack, party, thing);

    private static CaseOutcome Settle(CaseBatch batch, HeldCase seen, CaseActor actor, Decision decision, DateTimeOffset now)
    {
        if (decision.Refusal is { } refusal)
        {
            return CaseOutcome.Refused(refusal);
        }

        return decision.Events.IsEmpty
            ? new CaseOutcome(CaseRow.Of(seen.State, seen.Ordinal), null, false)
            : batch.Append(seen, seen.State.Id, actor.Id, decision.Events, now);
    }

    // Asked before the history is read, so that a hidden case takes as long as one that does not exist.
    private HeldCase? Seen(CaseBatch batch, Caller caller, string id)
    {
        if (batch.Held(id) is { } held)
        {
            return caller.May(Right.View, ScopeOf(held.State.Party, held.State.Region)) ? held : null;
        }

        return MaySee(batch.Store, caller, id, batch.Transaction) ? batch.Find(id) : null;
    }

    private bool MaySee(SqliteConnection store, Caller caller, string id, SqliteTransaction? transaction = null) =>
        store.QuerySingleOrDefault<Place>("SELECT party, region FROM case_row WHERE id = @id", new { id }, transaction) is { } place &&
        caller.May(Right.View, ScopeOf(place.Party, place.Region));

    // The case that an alarm belongs to already, or the open one of its rule and thing.
    private static HeldCase? Standing(CaseBatch batch, OpenCase open)
    {
        if (open.Alarm is null)
        {
            return null;
        }

        var id = batch.Store.ExecuteScalar<string?>("SELECT case_id FROM case_alarm WHERE alarm = @Alarm", new { open.Alarm }, batch.Transaction)
            ?? OpenOf(batch, open.Rule, open.Thing);
        return id is null ? null : batch.Find(id);
    }

    // Of a rule and thing one case is open at a time.
    private static bool IsTaken(CaseBatch batch, Case state) => state.Rule is not null && OpenOf(batch, state.Rule, state.Thing) is not null;

    private static string? OpenOf(CaseBatch batch, string? rule, string? thing) => batch.Store.ExecuteScalar<string?>(
        "SELECT id FROM case_row WHERE rule = @rule AND thing = @thing AND final = 0", new { rule, thing }, batch.Transaction);

    // The year is the party's own: people there know the case by it.
    private string NextNumber(CaseBatch batch, string party, DateTimeOffset now)
    {
        var year = TimeZoneInfo.ConvertTime(now, parties.ZoneOf(party)).Year;
        return string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{batch.NextNumber(year):000000}");
    }

    private sealed record Place(string Party, string Region);
}
