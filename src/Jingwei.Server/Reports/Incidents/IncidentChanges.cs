using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Reports.Settling;
using Jingwei.Server.Reports.Structuring;
using Jingwei.Server.Reports.Warnings;
using Jingwei.Server.Telemetry;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>What comes of a change that a person made: the incident after it, or why it was refused.</summary>
internal readonly record struct IncidentOutcome(Incident? Incident, Refusal? Refusal)
{
    public static implicit operator IncidentOutcome(Incident incident) => new(incident, null);

    public static implicit operator IncidentOutcome(Refusal refusal) => new(null, refusal);
}

/// <summary>What persons change: facts that were read wrongly, reports that belong elsewhere, incidents that are one.</summary>
internal sealed class IncidentChanges(
    Database database, IncidentBook book, IncidentMatching matching, IncidentScoring scoring, IncidentTypes types, IncidentCases incidentCases, CaseStore cases, Proposals proposals,
    WarningBook warnings, TimeProvider time)
{
    /// <summary>Puts a fact in place of what was read in a report; the incident and its case follow.</summary>
    /// <param name="fact">Null: the report does not state it.</param>
    public async Task<IncidentOutcome> CorrectAsync(Caller caller, ReportRow report, string name, StatedFact? fact, CancellationToken cancellation)
    {
        await book.Changing.WaitAsync(cancellation);
        try
        {
            if (report.Incident is not { } id || Standing(id) is not { } incident)
            {
                return IncidentRefusals.NoIncident;
            }

            var structure = ReportStructure.Parse(report.Structure);
            var now = structure.With(name, fact is null ? null : fact with { By = caller.Actor, Confidence = 1 });
            var rows = Rows(incident.Id).Select(row => row.Seq == report.Seq ? row with { Structure = now.ToJson() } : row);
            var next = Rebuilt(incident, rows);
            await incidentCases.ReviseAsync(incident, next, $"{name}: {report.Id}", cancellation);
            await book.ChangeAsync([next], cancellation, (store, transaction) => WriteCorrection(store, transaction, caller, report, now, structure.Fact(name), name, fact));
            return next;
        }
        finally
        {
            book.Changing.Release();
        }
    }

    /// <summary>Moves a report to another incident, or to one of its own.</summary>
    /// <param name="into">Null: it begins an incident.</param>
    public async Task<IncidentOutcome> MoveAsync(Caller caller, ReportRow report, Incident? into, string reason, CancellationToken cancellation)
    {
        await book.Changing.WaitAsync(cancellation);
        try
        {
            if (report.Incident is not { } id || Standing(id) is not { } from)
            {
                return IncidentRefusals.NoIncident;
            }

            if (into is not null && Standing(into.Id) is var target && (target is null || target.Id == from.Id || target.Type != from.Type || target.Exercise != from.Exercise))
            {
                return IncidentRefusals.MoveRefused;
            }

            var left = Rows(from.Id).Where(row => row.Seq != report.Seq).ToList();
            if (left.Count == 0)
            {
                return IncidentRefusals.OnlyReport;
            }

            var before = Rebuilt(from, left);
            var (to, refusal) = into is null ? await BeginAsync(report, cancellation) : (Rebuilt(into, [.. Rows(into.Id), report]), null);
            if (to is null)
            {
                return refusal!;
            }

            await incidentCases.ReviseAsync(from, before, reason, cancellation);
            if (into is not null)
            {
                await incidentCases.ReviseAsync(into, to, reason, cancellation);
            }

            await book.ChangeAsync([before, to], cancellation, (store, transaction) => WriteMove(store, transaction, caller, [report.Seq], from.Id, to.Id, reason));
            Reindex(report, from, to);
            return to;
        }
        finally
        {
            book.Changing.Release();
        }
    }

    /// <summary>Makes an incident a part of another: all its reports are the other's, its case is closed.</summary>
    public async Task<IncidentOutcome> MergeAsync(Caller caller, Incident one, Incident into, string reason, CancellationToken cancellation)
    {
        await book.Changing.WaitAsync(cancellation);
        try
        {
            var outcome = await cases.MergeAsync(caller, one.Case, into.Case, reason, cancellation: cancellation);
            if (outcome.Refusal is { } refusal)
            {
                return refusal;
            }

            var moved = Rows(one.Id);
            var next = Rebuilt(into, [.. Rows(into.Id), .. moved]);
            await incidentCases.ReviseAsync(into, next, reason, cancellation);
            var at = Instant.Of(time.GetUtcNow());
            await book.ChangeAsync(
                [one with { Merged = into.Id, Closed = at }, next], cancellation,
                (store, transaction) => WriteMove(store, transaction, caller, moved.Select(row => row.Seq), one.Id, into.Id, reason));
            proposals.Decide(caller, one.Id, into.Id, true, reason);
            return next;
        }
        finally
        {
            book.Changing.Release();
        }
    }

    /// <summary>Undoes a merge: the incident has its reports again, and its case is open.</summary>
    public async Task<IncidentOutcome> RestoreAsync(Caller caller, Incident one, string reason, CancellationToken cancellation)
    {
        await book.Changing.WaitAsync(cancellation);
        try
        {
            if (one.Merged is not { } merged || book.Find(merged) is not { } into)
            {
                return IncidentRefusals.NotMerged;
            }

            var outcome = await cases.RestoreAsync(caller, one.Case, reason, cancellation: cancellation);
            if (outcome.Refusal is { } refusal)
            {
                return refusal;
            }

            var back = MovedBy(one.Id, into.Id);
            var theirs = Rows(into.Id);
            var restored = Rebuilt(one with { Merged = null, Closed = null }, theirs.Where(row => back.Contains(row.Seq)));
            var rest = Rebuilt(into, theirs.Where(row => !back.Contains(row.Seq)));
            await incidentCases.ReviseAsync(into, rest, reason, cancellation);
            await book.ChangeAsync([restored, rest], cancellation, (store, transaction) => WriteMove(store, transaction, caller, back, into.Id, one.Id, reason));
            return restored;
        }
        finally
        {
            book.Changing.Release();
        }
    }

    /// <summary>The reports of an incident, the oldest first.</summary>
    public IReadOnlyList<ReportRow> Rows(long incident) => database.Read(store =>
        store.Query<ReportRow>($"SELECT {ReportTables.Columns} FROM report WHERE incident = @incident ORDER BY seq", new { incident }).AsList());

    private Incident? Standing(long id) => book.Find(id) is { Merged: null } incident ? incident : null;

    // What its reports say now, from the first on. Number, case, and what persons decided stay.
    private Incident Rebuilt(Incident incident, IEnumerable<ReportRow> rows)
    {
        var type = types.Find(incident.Type)!.Type;
        Incident? next = null;
        foreach (var row in rows.OrderBy(row => row.Seq))
        {
            var evidence = ReportEvidence.Of(row, ReportStructure.Parse(row.Structure), type.SourceKind(row.SourceKind) ?? type.SourceKind(type.Source)!);
            next = next is null ? evidence.Begin() : evidence.Join(next);
        }

        var kept = (next ?? incident) with
        {
            Id = incident.Id,
            Case = incident.Case,
            Party = incident.Party,
            Title = incident.Title,
            Severity = incident.Severity,
            SeverityByHand = incident.SeverityByHand,
            Closed = incident.Closed,
            Merged = incident.Merged,
        };
        return Scored(kept);
    }

    private Incident Scored(Incident incident)
    {
        var at = Instant.Of(time.GetUtcNow());
        return scoring.Score(incident, warnings.GravestAt(incident.Region, at), at);
    }

    private async Task<(Incident? Incident, Refusal? Refusal)> BeginAsync(ReportRow report, CancellationToken cancellation)
    {
        var type = types.Find(report.Type)!.Type;
        var evidence = ReportEvidence.Of(report, ReportStructure.Parse(report.Structure), type.SourceKind(report.SourceKind) ?? type.SourceKind(type.Source)!);
        // Numbers of reports are positive; an incident that was split off is told from the one that its report began.
        var split = database.Read(store => store.ExecuteScalar<long>("SELECT coalesce(min(id), 0) FROM incident WHERE id < 0")) - 1;
        var begun = Scored(evidence.Begin() with { Id = split });
        var outcome = await incidentCases.OpenAsync(begun, $"{report.Id}{split}", cancellation);
        return outcome.Row is { } row ? (begun with { Case = row.Id }, null) : (null, outcome.Refusal);
    }

    private void Reindex(ReportRow report, Incident from, Incident to)
    {
        if (database.Read(store => store.ExecuteScalar<byte[]?>("SELECT profile FROM report_profile WHERE seq = @Seq", report)) is { } bytes && IncidentMatching.Read(bytes) is { } profile)
        {
            matching.Remove(from, report.Seq);
            matching.Add(to, report.Seq, profile);
        }
    }

    private void WriteCorrection(
        SqliteConnection store, SqliteTransaction transaction, Caller caller, ReportRow report, ReportStructure structure, StatedFact? was, string name, StatedFact? now)
    {
        store.Execute(
            "UPDATE report SET structure = @structure, about = @about, scope = coalesce(@about, scope) WHERE seq = @Seq",
            new { structure = structure.ToJson(), about = structure.Fact("region")?.Text, report.Seq },
            transaction);
        store.Execute(
            """
            INSERT INTO report_correction (at, actor, report, fact, was, now, start, "end", in_title) VALUES (@at, @Actor, @Seq, @name, @was, @now, @Start, @End, @inTitle)
            """,
            new { at = Instant.Of(time.GetUtcNow()), caller.Actor, report.Seq, name, was = ValueOf(was), now = ValueOf(now), now?.Start, now?.End, inTitle = now?.InTitle ?? false },
            transaction);
    }

    private void WriteMove(SqliteConnection store, SqliteTransaction transaction, Caller caller, IEnumerable<long> reports, long from, long to, string reason)
    {
        foreach (var report in reports)
        {
            store.Execute("UPDATE report SET incident = @to, how = @how WHERE seq = @report", new { to, how = (int)Joining.Moved, report }, transaction);
            store.Execute(
                """INSERT INTO report_decision (at, actor, report, "from", "to", how, reason) VALUES (@at, @Actor, @report, @from, @to, @how, @reason)""",
                new { at = Instant.Of(time.GetUtcNow()), caller.Actor, report, from, to, how = (int)Joining.Moved, reason },
                transaction);
        }
    }

    // The reports that came from one incident to another, and were not moved since.
    private HashSet<long> MovedBy(long from, long to) => database.Read(store => store.Query<long>(
        """
        SELECT report FROM report_decision AS decision WHERE "from" = @from AND "to" = @to
            AND position = (SELECT max(position) FROM report_decision WHERE report = decision.report)
        """,
        new { from, to }).ToHashSet());

    private static string? ValueOf(StatedFact? fact) => fact?.Text ?? fact?.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
