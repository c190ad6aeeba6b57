using System.Collections.Immutable;
using System.Threading.Channels;

namespace Jingwei.Server;

/// <summary>
/// What one slice tells the slices below it. Every subscriber has a bounded channel of its own and gets every item;
/// a full one makes the producer wait (back-pressure), so a subscriber must keep draining.
/// </summary>
public sealed class Feed<T>
{
    private ImmutableArray<Channel<T>> subscribers = [];

    /// <summary>Starts to receive what is published from now on.</summary>
    /// <param name="capacity">Items held for this subscriber before the producer waits; at least 1.</param>
    public ChannelReader<T> Subscribe(int capacity)
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
        });
        ImmutableInterlocked.Update(ref subscribers, (all, added) => all.Add(added), channel);
        return channel.Reader;
    }

    /// <summary>Stops a subscription; items still in it may be read.</summary>
    public void Unsubscribe(ChannelReader<T> reader)
    {
        var leaving = subscribers.FirstOrDefault(each => each.Reader == reader);
        ImmutableInterlocked.Update(ref subscribers, (all, gone) => all.RemoveAll(each => each.Reader == gone), reader);
        // A producer that waits for this subscriber's room goes on.
        leaving?.Writer.TryComplete();
    }

    /// <summary>Hands <paramref name="item"/> to every subscriber, waiting for those that are full.</summary>
    public async ValueTask PublishAsync(T item, CancellationToken cancellation = default)
    {
        foreach (var subscriber in subscribers)
        {
            while (!subscriber.Writer.TryWrite(item) && await subscriber.Writer.WaitToWriteAsync(cancellation))
            {
                // There was room, and another producer took it.
            }
        }
    }
}
