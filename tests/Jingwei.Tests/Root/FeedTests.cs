using Jingwei.Server;

namespace Jingwei.Tests.Root;

public sealed class FeedTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_subscriber_gets_every_item_in_order()
    {
        var feed = new Feed<int>();
        var (one, two) = (feed.Subscribe(4), feed.Subscribe(4));
        for (var item = 0; item < 4; item++)
        {
            await feed.PublishAsync(item, Cancellation);
        }

        foreach (var reader in new[] { one, two })
        {
            for (var item = 0; item < 4; item++)
            {
                Assert.True(reader.TryRead(out var got));
                Assert.Equal(item, got);
            }
        }
    }

    [Fact]
    public async Task A_full_subscriber_makes_the_producer_wait()
    {
        var feed = new Feed<int>();
        var reader = feed.Subscribe(1);
        await feed.PublishAsync(1, Cancellation);
        var waiting = feed.PublishAsync(2, Cancellation).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, await reader.ReadAsync(Cancellation));
        await waiting;
        Assert.Equal(2, await reader.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task A_subscriber_that_leaves_lets_the_producer_go_on()
    {
        var feed = new Feed<int>();
        var (leaving, staying) = (feed.Subscribe(1), feed.Subscribe(4));
        await feed.PublishAsync(1, Cancellation);
        var waiting = feed.PublishAsync(2, Cancellation).AsTask();
        feed.Unsubscribe(leaving);
        await waiting;
        await feed.PublishAsync(3, Cancellation);
        Assert.Equal([1, 2, 3], await staying.ReadAllAsync(Cancellation).Take(3).ToListAsync(Cancellation));
        Assert.Equal([1], await leaving.ReadAllAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_producer_that_gives_up_stops_waiting()
    {
        var feed = new Feed<int>();
        feed.Subscribe(1);
        await feed.PublishAsync(1, Cancellation);
        using var patience = new CancellationTokenSource();
        var waiting = feed.PublishAsync(2, patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
