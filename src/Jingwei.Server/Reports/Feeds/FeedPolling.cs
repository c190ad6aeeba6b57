using System.Threading.Channels;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Feeds;

/// <summary>Reads the feeds whose time has come, one after the other.</summary>
internal sealed partial class FeedPolling(FeedBook feeds, FeedTurns turns, TimeProvider time, ILogger<FeedPolling> logger) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    // One item says it all: look into the store.
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feeds.Changed += () => changed.Writer.TryWrite(true);
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = Instant.Of(time.GetUtcNow());
            foreach (var feed in feeds.Due(now))
            {
                await TurnAsync(feed, stoppingToken);
            }

            var left = feeds.NextDue() is { } next ? Instant.ToTime(next) - time.GetUtcNow() : Longest;
            var sleep = left < Shortest ? Shortest : left > Longest ? Longest : left;
            using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(Task.Delay(sleep, time, woken.Token), changed.Reader.WaitToReadAsync(woken.Token).AsTask());
            await woken.CancelAsync();
            changed.Reader.TryRead(out _);
        }
    }

    private async Task TurnAsync(ReportFeed feed, CancellationToken stopping)
    {
        var turn = await turns.ReadAsync(feed, stopping);
        feeds.Note(feed, turn);
        if (turn.Fault is { } fault)
        {
            LogFailed(feed.Id, fault);
        }
    }

    [LoggerMessage(EventId = 1710, Level = LogLevel.Warning, Message = "Feed {Feed} could not be read: {Fault}")]
    private partial void LogFailed(string feed, string fault);
}
