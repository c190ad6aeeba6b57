using System.Text.Json;
using System.Threading.Channels;
using Dapper;
using Jingwei.Server.Notifications.Inbox;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Notifications.Sending;

/// <summary>What is to leave the platform: rows that are there before anything is sent, and stay until it is known what came of them.</summary>
internal sealed class Outbox(NotificationTables tables, DeliveryOptions options, TimeProvider clock, Random random)
{
    // One item says it all: look again.
    private readonly Channel<bool> wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private const string Columns = "id, message, target, notice, kind, attempts, body";

    private readonly Lock drawing = new();

    /// <summary>There is a mail server to hand mail to.</summary>
    public bool Mails => options.Smtp is not null;

    public ChannelReader<bool> Woken => wake.Reader;

    public void Wake() => wake.Writer.TryWrite(true);

    /// <summary>Writes a delivery. Where too many wait for its target it is dead at once, to be sent again by a person.</summary>
    public void Add(SqliteConnection store, SqliteTransaction transaction, string target, long? notice, string kind, string body, DateTimeOffset from)
    {
        var waiting = store.ExecuteScalar<long>("SELECT count(*) FROM delivery WHERE target = @target AND state = 0", new { target }, transaction);
        var full = waiting >= NotificationLimits.Waiting;
        store.Execute(
            """
            INSERT INTO delivery (message, target, notice, kind, state, attempts, next, created, finished, error, body)
            VALUES (@message, @target, @notice, @kind, @state, 0, @next, @now, @finished, @error, @body)
            """,
            new
            {
                message = NewMessage(),
                target,
                notice,
                kind,
                state = full ? DeliveryState.Dead : DeliveryState.Waiting,
                next = from.ToUnixTimeMilliseconds(),
                now = Now,
                finished = full ? Now : (long?)null,
                error = full ? $"{NotificationLimits.Waiting} others were waiting" : null,
                body,
            },
            transaction);
        if (full)
        {
            DropOldest(store, transaction, target);
        }
    }

    /// <summary>The delivery of each target that is due first; one a target, so that a slow one holds up nobody else.</summary>
    /// <param name="busy">Targets that something is being sent to.</param>
    public IReadOnlyList<Delivery> Due(IReadOnlyCollection<string> busy, int limit) => tables.Database.Read(store => store.Query<Delivery>(
        $"""
        SELECT {Columns} FROM delivery WHERE id IN (
            SELECT (SELECT id FROM delivery d WHERE d.state = 0 AND d.target = t.target ORDER BY d.next, d.id LIMIT 1)
            FROM (SELECT target, min(next) AS first FROM delivery WHERE state = 0 GROUP BY target) t WHERE t.first <= @now AND t.target NOT IN (SELECT value FROM json_each(@busy)))
        ORDER BY next, id LIMIT @limit
        """,
        new { now = Now, busy = JsonSerializer.Serialize(busy), limit }).AsList());

    /// <summary>When the next delivery to a target that is not busy falls due; null for none.</summary>
    public DateTimeOffset? NextDue(IReadOnlyCollection<string> busy) => tables.Database.Read(store =>
        store.ExecuteScalar<long?>("SELECT min(next) FROM delivery WHERE state = 0 AND target NOT IN (SELECT value FROM json_each(@busy))", new { busy = JsonSerializer.Serialize(busy) })) is { } next
            ? DateTimeOffset.FromUnixTimeMilliseconds(next)
            : null;

    /// <summary>Writes what came of an attempt. What is not written here is sent again after a stop, with the same id.</summary>
    public void Finish(Delivery delivery, DeliveryOutcome outcome) => tables.Database.Write((store, transaction) =>
    {
        var attempts = delivery.Attempts + 1;
        var state = outcome.Error is null ? DeliveryState.Delivered : outcome.IsFinal || attempts >= options.Attempts ? DeliveryState.Dead : DeliveryState.Waiting;
        store.Execute(
            "UPDATE delivery SET state = @state, attempts = @attempts, next = @next, finished = @finished, error = @Error WHERE id = @Id AND state = 0",
            new
            {
                state,
                attempts,
                next = Now + (long)Pause(attempts, outcome).TotalMilliseconds,
                finished = state == DeliveryState.Waiting ? (long?)null : Now,
                outcome.Error,
                delivery.Id,
            },
            transaction);
        if (state == DeliveryState.Dead)
        {
            DropOldest(store, transaction, delivery.Target);
        }

        if (state == DeliveryState.Delivered && delivery is { IsMail: true, Notice: { } notice })
        {
            NotificationBook.Reached(store, transaction, notice, delivery.TargetId, Now);
        }

        KillPoint.Reach("delivery-noted");
    });

    /// <summary>Sends a dead one again, with the same id; false when it is not dead.</summary>
    public bool Replay(long id)
    {
        var done = tables.Database.Write((store, transaction) => store.Execute(
            "UPDATE delivery SET state = 0, attempts = 0, next = @now, finished = NULL WHERE id = @id AND state = 2", new { now = Now, id }, transaction)) == 1;
        Wake();
        return done;
    }

    /// <summary>As Standard Webhooks has it: a prefix, and no full stop, which parts what is signed.</summary>
    public string NewMessage() => $"msg_{Guid.CreateVersion7(clock.GetUtcNow()):N}";

    private TimeSpan Pause(long attempts, DeliveryOutcome outcome)
    {
        lock (drawing)
        {
            var own = options.Pause(attempts, random);
            var asked = outcome.RetryAfter is { } after && after < options.LongestPause ? after : TimeSpan.Zero;
            return own > asked ? own : asked;
        }
    }

    private static void DropOldest(SqliteConnection store, SqliteTransaction transaction, string target)
    {
        var over = store.Execute(
            "DELETE FROM delivery WHERE state = 2 AND target = @target AND id <= (SELECT id FROM delivery WHERE state = 2 AND target = @target ORDER BY id DESC LIMIT 1 OFFSET @most)",
            new { target, most = NotificationLimits.Dead },
            transaction);
        if (over > 0)
        {
            store.Execute(
                "INSERT INTO delivery_dropped (target, count) VALUES (@target, @over) ON CONFLICT (target) DO UPDATE SET count = count + @over", new { target, over }, transaction);
        }
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
