using System.Collections.Immutable;
using System.Globalization;
using Dapper;
using Jingwei.Cel;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Notifications.Sources;

/// <summary>
/// Alarms that were raised and cleared since the last look, out of the store: an alarm is raised when its id is behind the cursor, and cleared
/// when it was told as raised and is open no more.
/// </summary>
internal sealed class AlarmSource(NotificationTables tables, Alarms alarms, Things things, PackCatalog packs)
{
    private const string Name = "alarm";

    public SourceBatch Next()
    {
        var raised = alarms.After(tables.CursorOf(Name), NotificationLimits.Batch);
        var cleared = raised.Count > 0 ? [] : Cleared();
        return new(
            [.. raised.Select(alarm => Of(alarm, NotificationKind.AlarmRaised)).OfType<Occurrence>(), .. cleared.Select(alarm => Of(alarm, NotificationKind.AlarmCleared)).OfType<Occurrence>()],
            raised.Count + cleared.Count,
            (store, transaction) => Advance(store, transaction, raised, cleared));
    }

    private List<Alarm> Cleared()
    {
        var open = alarms.Open.Select(alarm => alarm.Id).ToHashSet();
        var told = tables.Database.Read(store => store.Query<long>("SELECT alarm FROM notice_alarm ORDER BY alarm").AsList());
        // The memory of open alarms is a little ahead of the store; what counts is what the store says.
        return [.. told.Where(id => !open.Contains(id)).Select(alarms.Find).OfType<Alarm>().Where(alarm => alarm.State == AlarmState.Cleared).Take(NotificationLimits.Batch)];
    }

    private static void Advance(SqliteConnection store, SqliteTransaction transaction, IReadOnlyList<Alarm> raised, List<Alarm> cleared)
    {
        store.Execute("INSERT INTO notice_alarm (alarm) VALUES (@Id) ON CONFLICT DO NOTHING", raised, transaction);
        store.Execute("DELETE FROM notice_alarm WHERE alarm = @Id", cleared, transaction);
        if (raised.Count > 0)
        {
            store.Execute("UPDATE notice_cursor SET position = @last WHERE source = @Name", new { last = raised[^1].Id, Name }, transaction);
        }
    }

    // An alarm of a thing that is gone concerns nobody.
    private Occurrence? Of(Alarm alarm, NotificationKind kind)
    {
        if (!things.TryGet(alarm.Thing, out var thing))
        {
            return null;
        }

        var id = alarm.Id.ToString(CultureInfo.InvariantCulture);
        return new($"{kind}/{id}", kind, alarm.Severity, kind == NotificationKind.AlarmCleared ? alarm.ClearedAt ?? alarm.RaisedAt : alarm.RaisedAt,
            thing.Party, thing.Region, thing.Id, thing.Type, id, alarm.Case, alarm.Rule, ImmutableArray<string>.Empty, null)
        {
            ThingName = thing.Name,
            TypeName = packs.Current.Type(thing.Type)?.Name ?? Label.Of(thing.Type),
            Seen = say => Seen(alarm, say),
        };
    }

    private static CelValue Seen(Alarm alarm, Func<Label, string> say) => CelValue.Of(new CelObject(
        MessageScope.Alarm,
        alarm.Id.ToString(CultureInfo.InvariantCulture), alarm.Rule, say(alarm.RuleName), say(Words.SeverityWords.Of(alarm.Severity)), say(alarm.Explanation),
        say(alarm.Advice), CelValue.Of(alarm.RaisedAt), alarm.ClearedAt is { } cleared ? CelValue.Of(cleared) : default,
        CelValue.Of(CelMap.FromText(alarm.Cause.Values.Select(value => KeyValuePair.Create(value.Property, CelValue.Of(say(value.Shown))))))));
}
