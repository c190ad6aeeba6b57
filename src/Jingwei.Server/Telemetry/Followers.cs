using System.Collections.Immutable;
using System.Threading.Channels;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Telemetry;

/// <summary>Who gets what is accepted, and of which things: so that what nobody follows costs nothing.</summary>
internal sealed class Followers
{
    // A bit each in a series' mask.
    private const int Limit = 32;

    private ImmutableArray<Follower> all = [];

    /// <summary>Those to whom anything is to be told now, a bit each.</summary>
    public uint Wanted
    {
        get
        {
            var wanted = 0u;
            foreach (var follower in all)
            {
                wanted |= follower.While is null || follower.While() ? follower.Bit : 0;
            }

            return wanted;
        }
    }

    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public ChannelReader<ReadingBatch> Add(int capacity, Func<Thing, bool>? wants, Func<bool>? @while)
    {
        var channel = Channel.CreateBounded<ReadingBatch>(new BoundedChannelOptions(capacity) { SingleReader = true });
        ImmutableInterlocked.Update(ref all, now => now.Add(new Follower(channel, Free(now), wants, @while)));
        return channel.Reader;
    }

    public void Remove(ChannelReader<ReadingBatch> reader)
    {
        var leaving = all.FirstOrDefault(each => each.Channel.Reader == reader);
        ImmutableInterlocked.Update(ref all, now => now.RemoveAll(each => each.Channel.Reader == reader));
        // Who waits for this follower's room goes on.
        leaving?.Channel.Writer.TryComplete();
    }

    /// <summary>Who follows the readings of a thing, a bit each.</summary>
    public uint Of(Thing thing)
    {
        var mask = 0u;
        foreach (var follower in all)
        {
            mask |= follower.Wants is null || follower.Wants(thing) ? follower.Bit : 0;
        }

        return mask;
    }

    /// <summary>Hands a message to all of them, waiting for those that are full.</summary>
    public async ValueTask TellAsync(ReadingBatch batch, CancellationToken cancellation)
    {
        foreach (var follower in all)
        {
            while (!follower.Channel.Writer.TryWrite(batch) && await follower.Channel.Writer.WaitToWriteAsync(cancellation))
            {
                // Its reader took one; there is room now.
            }
        }
    }

    private static uint Free(ImmutableArray<Follower> now)
    {
        var used = now.Aggregate(0u, (mask, follower) => mask | follower.Bit);
        return now.Length < Limit ? ~used & (used + 1) : throw new InvalidOperationException($"At most {Limit} can follow what is accepted.");
    }

    private sealed record Follower(Channel<ReadingBatch> Channel, uint Bit, Func<Thing, bool>? Wants, Func<bool>? While);
}
