using Dapper;
using Jingwei.Server.Cases;
using Jingwei.Server.Rules;

namespace Jingwei.Server.Notifications;

/// <summary>
/// The tables of this slice. Made after those of alarms and cases, so that the cursors of a store that has some begin behind them:
/// nobody is told of what is long past.
/// </summary>
internal sealed class NotificationTables
{
    private const string Notices =
        """
        CREATE TABLE notice (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, severity TEXT NOT NULL, at BIGINT NOT NULL, alarm TEXT, case_id TEXT,
            thing TEXT, party TEXT NOT NULL, region TEXT NOT NULL, subject_zh TEXT NOT NULL, subject_en TEXT NOT NULL, body_zh TEXT NOT NULL,
            body_en TEXT NOT NULL);
        CREATE INDEX notice_at ON notice (at);
        CREATE TABLE notification (
            id INTEGER PRIMARY KEY, notice INTEGER NOT NULL REFERENCES notice (id) ON DELETE CASCADE, recipient TEXT NOT NULL, reached BIGINT, read BIGINT,
            acknowledged BIGINT, UNIQUE (notice, recipient));
        CREATE INDEX notification_recipient ON notification (recipient, id);
        CREATE INDEX notification_unread ON notification (recipient) WHERE read IS NULL;
        CREATE TABLE notice_cursor (source TEXT PRIMARY KEY, position BIGINT NOT NULL);
        INSERT INTO notice_cursor (source, position) SELECT 'alarm', coalesce(max(id), 0) FROM alarm;
        INSERT INTO notice_cursor (source, position) SELECT 'case', coalesce(max(position), 0) FROM case_event;
        CREATE TABLE notice_alarm (alarm BIGINT PRIMARY KEY);
        """;

    private const string Deliveries =
        """
        CREATE TABLE delivery (
            id INTEGER PRIMARY KEY, message TEXT NOT NULL UNIQUE, target TEXT NOT NULL, notice INTEGER, kind TEXT NOT NULL, state INTEGER NOT NULL,
            attempts INTEGER NOT NULL, next BIGINT NOT NULL, created BIGINT NOT NULL, finished BIGINT, error TEXT, body TEXT NOT NULL);
        CREATE INDEX delivery_due ON delivery (target, next) WHERE state = 0;
        CREATE INDEX delivery_state ON delivery (state, target, id);
        CREATE TABLE delivery_dropped (target TEXT PRIMARY KEY, count BIGINT NOT NULL);
        CREATE TABLE webhook (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, party TEXT NOT NULL, region TEXT NOT NULL, interest TEXT NOT NULL,
            secret TEXT NOT NULL, former TEXT, former_until BIGINT, disabled INTEGER NOT NULL, version INTEGER NOT NULL, created BIGINT NOT NULL);
        """;

    private const string Settings =
        """
        CREATE TABLE notification_settings (person TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE TABLE rota (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE TABLE rota_change (
            id INTEGER PRIMARY KEY, rota TEXT NOT NULL REFERENCES rota (id) ON DELETE CASCADE, starts BIGINT NOT NULL, ends BIGINT NOT NULL,
            person TEXT NOT NULL, instead TEXT, made_by TEXT NOT NULL, made_at BIGINT NOT NULL);
        CREATE INDEX rota_change_of ON rota_change (rota, ends);
        """;

    // Alarms and cases are asked for to have their tables made first.
    public NotificationTables(Database database, Alarms alarms, CaseStore cases)
    {
        (_, _) = (alarms, cases);
        database.Migrate("notifications", Notices, Deliveries, Settings, Duty.DutyLog.Schema);
        Database = database;
    }

    public Database Database { get; }

    /// <summary>Where reading a source goes on.</summary>
    public long CursorOf(string source) => Database.Read(store =>
        store.ExecuteScalar<long>("SELECT position FROM notice_cursor WHERE source = @source", new { source }));
}
