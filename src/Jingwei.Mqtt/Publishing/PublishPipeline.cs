using System.Threading.Channels;
using Jingwei.Mqtt.Packets;

namespace Jingwei.Mqtt.Publishing;

/// <summary>
/// Runs the hooks of one connection side by side and completes them in arrival order, so that acknowledgements leave in order
/// [MQTT-4.6.0-2] and subscribers see the publisher's order. Full: reading waits.
/// </summary>
internal sealed class PublishPipeline(int limit, Func<PublishPacket, MqttPublishOutcome, ValueTask> complete)
{
    private readonly Channel<Pending> pending = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(limit) { SingleReader = true, SingleWriter = true });

    private int count;

    /// <summary>Takes a message whose hook was started; an outcome that is there with nothing before it is completed at once.</summary>
    public async ValueTask AddAsync(PublishPacket packet, ValueTask<MqttPublishOutcome> outcome)
    {
        if (outcome.IsCompletedSuccessfully && Volatile.Read(ref count) == 0)
        {
            await complete(packet, await outcome);
            return;
        }

        Interlocked.Increment(ref count);
        await pending.Writer.WriteAsync(new(packet, outcome.AsTask()));
    }

    /// <summary>No more messages will come; <see cref="RunAsync"/> ends when the last hook has.</summary>
    public void Complete() => pending.Writer.TryComplete();

    public async Task RunAsync()
    {
        while (await pending.Reader.WaitToReadAsync())
        {
            while (pending.Reader.TryRead(out var next))
            {
                await complete(next.Packet, await next.Outcome);
                Interlocked.Decrement(ref count);
            }
        }
    }

    private readonly record struct Pending(PublishPacket Packet, Task<MqttPublishOutcome> Outcome);
}
