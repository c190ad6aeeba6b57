using Dapper;
using Jingwei.Server.Notifications.Sending;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Notifications;

/// <summary>Removes what is older than <see cref="NotificationLimits"/> say.</summary>
internal sealed partial class NotificationKeeping(NotificationTables tables, TimeProvider clock, ILogger<NotificationKeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    // Rows removed in one transaction: a large one holds up every other writer.
    private const int Piece = 1_000;

    public void Run()
    {
        var now = clock.GetUtcNow();
        while (RemovePiece("notice", "at", now - NotificationLimits.Age) == Piece || RemoveDelivered(now - NotificationLimits.DeliveredAge) == Piece)
        {
            // Piece by piece.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                Run();
            }
            catch (SqliteException fault)
            {
                LogStore(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private int RemovePiece(string table, string column, DateTimeOffset before) => tables.Database.Write((store, transaction) => store.Execute(
        $"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE {column} < @before LIMIT {Piece})", new { before = before.ToUnixTimeMilliseconds() }, transaction));

    private int RemoveDelivered(DateTimeOffset before) => tables.Database.Write((store, transaction) => store.Execute(
        $"DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE state = @state AND finished < @before LIMIT {Piece})",
        new { state = (int)DeliveryState.Delivered, before = before.ToUnixTimeMilliseconds() },
        transaction));

    [LoggerMessage(EventId = 1503, Level = LogLevel.Error, Message = "Old notifications could not be removed; it is tried again")]
    private partial void LogStore(Exception fault);
}
