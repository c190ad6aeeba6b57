using Dapper;

namespace Jingwei.Server.Notifications.Sending;

/// <summary>A delivery as lists show it.</summary>
/// <param name="NextAt">When it is tried next; null once it is not.</param>
/// <param name="Error">What the last attempt came to; null when it was taken, or not tried.</param>
public sealed record DeliveryItem(
    string Id, string Message, string Channel, string Target, string TargetName, string Kind, string? Notice, DeliveryState State, long Attempts,
    DateTimeOffset CreatedAt, DateTimeOffset? NextAt, DateTimeOffset? FinishedAt, string? Error);

/// <summary>Reads deliveries for people.</summary>
internal sealed class DeliveryBook(NotificationTables tables)
{
    private const int Chunk = 200;

    private const string Columns = "id, message, target, notice, kind, state, attempts, next, created, finished, error";

    /// <summary>Newest first, of the targets that <paramref name="shows"/> lets through.</summary>
    public IReadOnlyList<DeliveryRow> List(DeliveryState? state, string? target, Func<string, bool> shows, long? before, int limit)
    {
        var found = new List<DeliveryRow>();
        for (var last = before; found.Count < limit;)
        {
            var rows = tables.Database.Read(store => store.Query<DeliveryRow>(
                $"""
                SELECT {Columns} FROM delivery
                WHERE (@last IS NULL OR id < @last) AND (@state IS NULL OR state = @state) AND (@target IS NULL OR target = @target)
                ORDER BY id DESC LIMIT {Chunk}
                """,
                new { last, state = (int?)state, target }).AsList());
            found.AddRange(rows.Where(row => shows(row.Target)).Take(limit - found.Count));
            if (rows.Count < Chunk)
            {
                break;
            }

            last = rows[^1].Id;
        }

        return found;
    }

    public DeliveryRow? Find(long id) => tables.Database.Read(store =>
        store.QuerySingleOrDefault<DeliveryRow>($"SELECT {Columns} FROM delivery WHERE id = @id", new { id }));

    /// <summary>How many there are in each state, and how many dead ones were dropped.</summary>
    public (long Waiting, long Delivered, long Dead, long Dropped) Count() => tables.Database.Read(store => store.QuerySingle<(long, long, long, long)>(
        """
        SELECT (SELECT count(*) FROM delivery WHERE state = 0), (SELECT count(*) FROM delivery WHERE state = 1), (SELECT count(*) FROM delivery WHERE state = 2),
            (SELECT coalesce(sum(count), 0) FROM delivery_dropped)
        """));
}

/// <summary>A row of deliveries.</summary>
internal sealed record DeliveryRow(
    long Id, string Message, string Target, long? Notice, string Kind, long State, long Attempts, long Next, long Created, long? Finished, string? Error);
