using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Notifications.Inbox;

/// <summary>What each user was notified of, and what he did with it.</summary>
internal sealed class NotificationBook(NotificationTables tables, Things things, Parties parties, Regions regions, TimeProvider clock)
{
    // Read at a time while looking for those that the caller may still see.
    private const int Chunk = 200;

    private const string Selected =
        $"""
        SELECT p.id, p.reached, p.read, p.acknowledged, 0 AS told, {NoticeRow.Columns}
        FROM notification p JOIN notice n ON n.id = p.notice WHERE p.recipient = @user
        """;

    /// <summary>Notifications that are new or that their user has dealt with, once that is on disk.</summary>
    public Feed<UserNotification> Changes { get; } = new();

    /// <summary>Writes a notice and whom it goes to; null when it is there already.</summary>
    public static (long Notice, IReadOnlyList<long> Ids)? Add(
        SqliteConnection store, SqliteTransaction transaction, Occurrence what, (Label Subject, Label Body) words, IEnumerable<string> users)
    {
        var notice = store.ExecuteScalar<long?>(
            """
            INSERT INTO notice (key, kind, severity, at, alarm, case_id, thing, party, region, subject_zh, subject_en, body_zh, body_en)
            VALUES (@Key, @kind, @severity, @at, @Alarm, @Case, @Thing, @Party, @Region, @subjectZh, @subjectEn, @bodyZh, @bodyEn)
            ON CONFLICT (key) DO NOTHING RETURNING id
            """,
            new
            {
                what.Key,
                kind = what.Kind.ToString(),
                severity = what.Severity.ToString(),
                at = what.At.ToUnixTimeMilliseconds(),
                what.Alarm,
                what.Case,
                what.Thing,
                what.Party,
                what.Region,
                subjectZh = words.Subject.Zh,
                subjectEn = words.Subject.En,
                bodyZh = words.Body.Zh,
                bodyEn = words.Body.En,
            },
            transaction);
        return notice is { } id ? (id, [.. users.Select(user => Add(store, transaction, id, user))]) : null;
    }

    /// <summary>A user's own, newest first, without those that he may not see any more.</summary>
    public IReadOnlyList<Notification> List(Caller caller, bool unread, long? before, int limit)
    {
        var found = new List<Notification>();
        for (var last = before; found.Count < limit;)
        {
            var rows = tables.Database.Read(store => store.Query<NoticeRow>(
                $"{Selected} AND (@last IS NULL OR p.id < @last) AND (@unread = 0 OR p.read IS NULL) ORDER BY p.id DESC LIMIT {Chunk}",
                new { user = UserOf(caller), last, unread = unread ? 1 : 0 }).AsList());
            found.AddRange(rows.Where(row => MaySee(Right.View, caller, row.Party, row.Region)).Take(limit - found.Count).Select(row => row.ToNotification(things)));
            if (rows.Count < Chunk)
            {
                break;
            }

            last = rows[^1].Id;
        }

        return found;
    }

    /// <summary>How many a user has not read.</summary>
    public long CountUnread(Caller caller) => tables.Database.Read(store => store.Query<(string Party, string Region, long Count)>(
        """
        SELECT n.party, n.region, count(*) FROM notification p JOIN notice n ON n.id = p.notice
        WHERE p.recipient = @user AND p.read IS NULL GROUP BY n.party, n.region
        """,
        new { user = UserOf(caller) })).Where(row => MaySee(Right.View, caller, row.Party, row.Region)).Sum(row => row.Count);

    public Notification? Find(string user, long id) => tables.Database.Read(store =>
        store.QuerySingleOrDefault<NoticeRow>($"{Selected} AND p.id = @id", new { user, id }))?.ToNotification(things);

    /// <summary>Marks a user's own; what was marked stays as it was. Who acknowledges has read, and who has read was reached.</summary>
    /// <returns>Null when it is not his, or he may not see it any more.</returns>
    public async Task<Notification?> MarkAsync(Caller caller, long id, bool acknowledge, CancellationToken cancellation)
    {
        if (Find(UserOf(caller), id) is not { } before || !MaySee(Right.View, caller, before.Party, before.Region))
        {
            return null;
        }

        tables.Database.Write((store, transaction) => store.Execute(
            """
            UPDATE notification SET reached = coalesce(reached, @now), read = coalesce(read, @now),
                acknowledged = CASE WHEN @acknowledge = 1 THEN coalesce(acknowledged, @now) ELSE acknowledged END
            WHERE id = @id AND recipient = @user
            """,
            new { now = Now, id, user = UserOf(caller), acknowledge = acknowledge ? 1 : 0 },
            transaction));
        var after = Find(UserOf(caller), id);
        if (after is not null)
        {
            await Changes.PublishAsync(new(UserOf(caller), after), cancellation);
        }

        return after;
    }

    /// <summary>Marks all of a user's up to one as read, or only as reached.</summary>
    public void MarkUpTo(Caller caller, long last, bool read) => tables.Database.Write((store, transaction) => store.Execute(
        read
            ? "UPDATE notification SET reached = coalesce(reached, @now), read = @now WHERE recipient = @user AND id <= @last AND read IS NULL"
            : "UPDATE notification SET reached = @now WHERE recipient = @user AND id <= @last AND read IS NULL AND reached IS NULL",
        new { now = Now, user = UserOf(caller), last },
        transaction));

    /// <summary>His mail server took it.</summary>
    public static void Reached(SqliteConnection store, SqliteTransaction transaction, long notice, string user, long now) => store.Execute(
        "UPDATE notification SET reached = coalesce(reached, @now) WHERE notice = @notice AND recipient = @user", new { now, notice, user }, transaction);

    // Only people are notified; a token that has the id of a user is not he.
    private static string UserOf(Caller caller) => caller.Kind == CallerKind.User ? caller.Id : "";

    public bool MaySee(Right right, Caller caller, string party, string region) => caller.May(right, new(parties.PathOf(party), regions.PathOf(region)));

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static long Add(SqliteConnection store, SqliteTransaction transaction, long notice, string user)
    {
        var id = store.ExecuteScalar<long>(
            "INSERT INTO notification (notice, recipient) VALUES (@notice, @user) RETURNING id", new { notice, user }, transaction);
        store.Execute(
            """
            DELETE FROM notification WHERE recipient = @user AND id <=
                (SELECT id FROM notification WHERE recipient = @user ORDER BY id DESC LIMIT 1 OFFSET @most)
            """,
            new { user, most = NotificationLimits.PerUser },
            transaction);
        return id;
    }
}
