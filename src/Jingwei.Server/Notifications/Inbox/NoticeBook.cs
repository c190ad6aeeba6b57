using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Notifications.Inbox;

/// <summary>What people were notified of, and how far it came: told, reached, read, acknowledged.</summary>
internal sealed class NoticeBook(NotificationTables tables, NotificationBook notifications, Things things, Users users)
{
    private const int Chunk = 200;

    private const string Counted =
        $"""
        SELECT 0 AS id, count(p.id) AS told, count(p.reached) AS reached, count(p.read) AS read, count(p.acknowledged) AS acknowledged, {NoticeRow.Columns}
        FROM notice n LEFT JOIN notification p ON p.notice = n.id
        """;

    /// <summary>Those of what the caller may see, newest first.</summary>
    public IReadOnlyList<CountedNotice> List(Caller caller, string? alarm, string? @case, long? before, int limit)
    {
        var found = new List<CountedNotice>();
        for (var last = before; found.Count < limit;)
        {
            var rows = tables.Database.Read(store => store.Query<NoticeRow>(
                $"""
                {Counted} WHERE (@last IS NULL OR n.id < @last) AND (@alarm IS NULL OR n.alarm = @alarm) AND (@case IS NULL OR n.case_id = @case)
                GROUP BY n.id ORDER BY n.id DESC LIMIT {Chunk}
                """,
                new { last, alarm, @case }).AsList());
            found.AddRange(rows.Where(row => notifications.MaySee(Right.Operate, caller, row.Party, row.Region)).Take(limit - found.Count).Select(row => row.ToCounted(things)));
            if (rows.Count < Chunk)
            {
                break;
            }

            last = rows[^1].Notice;
        }

        return found;
    }

    public CountedNotice? Find(Caller caller, long id) => tables.Database.Read(store =>
        store.QuerySingleOrDefault<NoticeRow>($"{Counted} WHERE n.id = @id GROUP BY n.id", new { id })) is { } row && notifications.MaySee(Right.Operate, caller, row.Party, row.Region)
            ? row.ToCounted(things)
            : null;

    /// <summary>Whom a notice went to.</summary>
    public IReadOnlyList<NoticeRecipient> Recipients(long id) => tables.Database.Read(store => store.Query<Row>(
        """
        SELECT p.recipient, p.reached, p.read, p.acknowledged,
            EXISTS (SELECT 1 FROM delivery d WHERE d.notice = p.notice AND d.target = 'mail:' || p.recipient AND d.state = 1) AS mailed
        FROM notification p WHERE p.notice = @id ORDER BY p.recipient
        """,
        new { id })).Select(row => new NoticeRecipient(
            row.Recipient, users.Find(row.Recipient)?.Name ?? row.Recipient, NoticeRow.Time(row.Reached), NoticeRow.Time(row.Read), NoticeRow.Time(row.Acknowledged), row.Mailed != 0))
        .ToList();

    private sealed record Row(string Recipient, long? Reached, long? Read, long? Acknowledged, long Mailed);
}
