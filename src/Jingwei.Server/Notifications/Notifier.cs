using System.Threading.Channels;
using Jingwei.Server.Cases;
using Jingwei.Server.Notifications.Deciding;
using Jingwei.Server.Notifications.Inbox;
using Jingwei.Server.Notifications.Mail;
using Jingwei.Server.Notifications.Sending;
using Jingwei.Server.Notifications.Sources;
using Jingwei.Server.Notifications.Webhooks;
using Jingwei.Server.Notifications.Words;
using Jingwei.Server.Rules;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Notifications;

/// <summary>
/// Turns what happened into notifications and deliveries. Reads from the store what is behind its cursor, and writes all that comes of it
/// together with the new cursor: what a stop left undone is done at the next start, and once.
/// </summary>
internal sealed partial class Notifier(
    NotificationTables tables, Alarms alarms, CaseStore cases, AlarmSource alarmSource, CaseSource caseSource, Recipients recipients, Wording wording,
    WebhookBook webhooks, Outbox outbox, NotificationBook notifications, TimeProvider clock, ILogger<Notifier> logger)
    : BackgroundService
{
    // The feeds only wake; a burst of more is one waking.
    private const int Burst = 64;

    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(5);

    /// <summary>Takes the next events of every source; false when there were none.</summary>
    public async Task<bool> TellNextAsync(CancellationToken cancellation)
    {
        var read = 0;
        foreach (var batch in new[] { alarmSource.Next(), caseSource.Next() }.Where(batch => batch.Read > 0))
        {
            read += batch.Read;
            await TellAsync(batch, cancellation);
        }

        return read > 0;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        wake.Writer.TryWrite(true);
        return Task.WhenAll(
            WatchAsync(alarms.Changes.Subscribe(Burst), wake.Writer, stoppingToken),
            WatchAsync(cases.Changes.Subscribe(Burst), wake.Writer, stoppingToken),
            WorkAsync(wake, stoppingToken));
    }

    private static async Task WatchAsync<T>(ChannelReader<T> changes, ChannelWriter<bool> wake, CancellationToken stopping)
    {
        await foreach (var _ in changes.ReadAllAsync(stopping))
        {
            wake.TryWrite(true);
        }
    }

    private async Task WorkAsync(Channel<bool> wake, CancellationToken stopping)
    {
        await foreach (var _ in wake.Reader.ReadAllAsync(stopping))
        {
            try
            {
                while (await TellNextAsync(stopping))
                {
                    // As long as there is something behind the cursors.
                }
            }
            catch (SqliteException fault)
            {
                // Nothing of the batch is there, and the cursor stands before it.
                LogStore(fault);
                await Task.Delay(StorePause, clock, stopping);
                wake.Writer.TryWrite(true);
            }
        }
    }

    private async Task TellAsync(SourceBatch batch, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var planned = batch.Items.Select(what => (What: what, Words: wording.Of(what), Told: recipients.Of(what, now))).ToList();
        var written = tables.Database.Write((store, transaction) =>
        {
            var made = planned.SelectMany(each => Write(store, transaction, each.What, each.Words, each.Told, now)).ToList();
            batch.Advance(store, transaction);
            KillPoint.Reach("notices-written");
            return made;
        });
        KillPoint.Reach("notices-committed");
        outbox.Wake();
        foreach (var (user, id) in written)
        {
            if (notifications.Find(user, id) is { } notification)
            {
                await notifications.Changes.PublishAsync(new(user, notification), cancellation);
            }
        }
    }

    private List<(string User, long Id)> Write(
        SqliteConnection store, SqliteTransaction transaction, Occurrence what, (Label Subject, Label Body) words, IReadOnlyList<Told> told, DateTimeOffset now)
    {
        if (NotificationBook.Add(store, transaction, what, words, told.Select(each => each.User.Id)) is not { } added)
        {
            return [];
        }

        var kind = WebhookMessage.NameOf(what.Kind);
        foreach (var each in told.Where(each => outbox.Mails && each.MailTo is not null))
        {
            outbox.Add(store, transaction, Delivery.Mail + each.User.Id, added.Notice, kind, MailMessage.Of(each, words).Write(), each.MailFrom);
        }

        foreach (var webhook in webhooks.For(what))
        {
            outbox.Add(store, transaction, Delivery.Webhook + webhook.Id, added.Notice, kind, WebhookMessage.Of(what, words), now);
        }

        return [.. told.Zip(added.Ids, (each, id) => (each.User.Id, id))];
    }

    [LoggerMessage(EventId = 1502, Level = LogLevel.Error, Message = "The store of notifications failed; what happened is told when it works again")]
    private partial void LogStore(Exception fault);
}
