using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Jingwei.Cel;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Notifications.Sources;

/// <summary>What happened to cases since the last look, out of their history, which only grows.</summary>
internal sealed partial class CaseSource(
    NotificationTables tables, CaseStore cases, CaseView view, CaseRecipients recipients, Directory.Things things, PackCatalog packs, ILogger<CaseSource> logger)
{
    private const string Name = "case";

    public SourceBatch Next()
    {
        var events = cases.EventsAfter(tables.CursorOf(Name), NotificationLimits.Batch);
        return new([.. events.Select(Of).OfType<Occurrence>()], events.Count, (store, transaction) => Advance(store, transaction, events));
    }

    private static void Advance(SqliteConnection store, SqliteTransaction transaction, IReadOnlyList<CaseEventRow> events)
    {
        if (events.Count > 0)
        {
            store.Execute("UPDATE notice_cursor SET position = @last WHERE source = @Name", new { last = events[^1].Position, Name }, transaction);
        }
    }

    private Occurrence? Of(CaseEventRow row)
    {
        try
        {
            return KindOf(row.Placed.Event) is { } kind && cases.Find(Caller.System, row.Case) is { } file ? Of(row, kind, file) : null;
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            // A history that was tampered with must not keep people from hearing of the others.
            LogDamaged(damage, row.Case);
            return null;
        }
    }

    private static NotificationKind? KindOf(CaseEvent it) => it switch
    {
        CaseOpened => NotificationKind.CaseOpened,
        CaseAssigned or CasePassed { To: not null } or CaseRestored => NotificationKind.CaseAssigned,
        CaseReminded => NotificationKind.CaseDue,
        CaseOverdue => NotificationKind.CaseOverdue,
        CaseEscalated => NotificationKind.CaseEscalated,
        CaseSupervised => NotificationKind.CaseSupervised,
        CaseSupervisionAnswered => NotificationKind.CaseAnswered,
        CaseAnswerOverdue => NotificationKind.CaseAnswerOverdue,
        CaseTransitioned { Final: true } => NotificationKind.CaseClosed,
        _ => null,
    };

    private Occurrence Of(CaseEventRow row, NotificationKind kind, CaseFile file)
    {
        var of = CaseRow.Of(file.State, file.Ordinal);
        var item = view.Item(of);
        var thing = item.Thing is { } id && things.TryGet(id, out var found) ? found : null;
        return new(
            $"{kind}/{row.Case}/{row.Seq}", kind, item.Severity, CaseTime.Of(row.At), item.Party, item.Region, item.Thing, thing?.Type, item.Alarm, item.Id, item.Type,
            Directed(row.Placed.Event, file, of), row.Actor == Caller.System.Id ? null : row.Actor)
        {
            Exercise = item.Exercise,
            ThingName = thing?.Name ?? "",
            TypeName = thing is null ? Label.Of("") : packs.Current.Type(thing.Type)?.Name ?? Label.Of(thing.Type),
            Seen = say => Seen(item, say),
        };
    }

    private ImmutableArray<string> Directed(CaseEvent it, CaseFile file, CaseRow row) => it switch
    {
        CaseAssigned assigned => [assigned.Assignee],
        CasePassed { To: { } to } => [to],
        CaseReminded { Task: { } task } when file.State.Task(task)?.Assignee is { } assignee => [assignee],
        CaseSupervised => [.. recipients.Responsible(row)],
        CaseSupervisionAnswered answered => [Asked(file, answered.Seq)],
        CaseAnswerOverdue overdue => [Asked(file, overdue.Seq), .. recipients.Responsible(row)],
        CaseEscalated escalated => [.. recipients.Of(escalated, row).Select(user => user.Id)],
        _ => row.Assignee is { } assignee ? [assignee] : [],
    };

    private static string Asked(CaseFile file, long seq) => file.History[(int)seq - 1].Actor;

    private static CelValue Seen(CaseItem item, Func<Label, string> say) => CelValue.Of(new CelObject(
        MessageScope.Case,
        item.Number, say(item.TypeName), say(item.TitleLabel), say(item.StateName), say(Words.SeverityWords.Of(item.Severity)), item.AssigneeName ?? "",
        CelValue.Of(item.OpenedAt), item.Due is { } due ? CelValue.Of(due) : default, item.Late));

    [LoggerMessage(EventId = 1500, Level = LogLevel.Error, Message = "Nobody is notified of an event of case {Case}: its history cannot be read; run verify")]
    private partial void LogDamaged(Exception damage, string @case);
}
