using System.Runtime.CompilerServices;
using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;
using Microsoft.Extensions.ObjectPool;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Takes messages of a connection in, all of a channel at once; their acknowledgements leave when the values are in the synced log.</summary>
public sealed class MessageIntake(Readings readings, Presence presence, TimeProvider clock)
{
    // As many connections as may wait for one commit; a few hundred bytes each.
    private const int MaxIdleGatherings = 4_096;

    private readonly MessageTimes times = new();
    private readonly DefaultObjectPool<Gathering> gatherings = new(new DefaultPooledObjectPolicy<Gathering>(), MaxIdleGatherings);

    /// <summary>Puts what a message holds into the batch of its channel.</summary>
    /// <param name="messages">All of them.</param>
    /// <param name="index">The one.</param>
    /// <param name="batch">To be filled.</param>
    /// <returns>What the publisher is told when there was nothing to count in it.</returns>
    public delegate MqttPublishOutcome Reader(in DeviceBatch messages, int index, IntakeBatch batch);

    /// <summary>
    /// Takes messages in. Success for one of which any value was accepted; 0x99 when none was, 0x87 when a thing publishes for another that it
    /// is no gateway of, 0x97 when intake is full, 0x83 when it stopped (MQTT 5.0, 3.4.2.1); with these two, 3.1.1 gets no
    /// acknowledgement but the end of its connection.
    /// </summary>
    /// <param name="messages">Of one connection.</param>
    /// <param name="channelOf">Id of the channel of a message.</param>
    /// <param name="read">Reads one message, in the order of arrival, before the first one waits for anything.</param>
    /// <param name="taken">What becomes of a message that was accepted.</param>
    /// <param name="accepted">Told each message of which a value was accepted; null: nobody wants to know.</param>
    /// <param name="cancellation">Gives up before a batch was taken.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask TakeAsync(
        DeviceBatch messages, Func<DeviceMessage, string> channelOf, Reader read, MqttPublishOutcome taken, Action<DeviceMessage>? accepted,
        CancellationToken cancellation)
    {
        var gathered = gatherings.Get();
        Read(messages, channelOf, read, gathered);
        for (var channel = 0; channel < gathered.Batches.Count; channel++)
        {
            var result = await readings.AcceptAsync(gathered.Batches[channel], cancellation);
            foreach (var part in gathered.Parts)
            {
                if (part.Channel == channel)
                {
                    Decide(messages, part, result, taken, accepted);
                }
            }
        }

        gatherings.Return(gathered);
    }

    private void Decide(in DeviceBatch messages, in Part part, in IntakeResult result, in MqttPublishOutcome taken, Action<DeviceMessage>? accepted)
    {
        messages.Decide(part.Index, Outcome(messages, part, result, taken));
        if (part.Accepted > 0 && result.Status == IntakeStatus.Durable)
        {
            accepted?.Invoke(messages[part.Index]);
        }
    }

    private void Read(in DeviceBatch messages, Func<DeviceMessage, string> channelOf, Reader read, Gathering gathered)
    {
        var now = Instant.Of(clock.GetUtcNow());
        DeviceTopic? topic = null;
        var channel = 0;
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            if (!ReferenceEquals(topic, message.Topic))
            {
                topic = message.Topic;
                channel = gathered.Of(channelOf(message), messages.Caller, now);
            }

            var batch = gathered.Batches[channel];
            var (accepted, rejected) = (batch.Accepted, batch.Rejected.Count);
            batch.BeginMessage(times.Next(now));
            var otherwise = read(messages, index, batch);
            gathered.Parts.Add(new(index, channel, batch.Accepted - accepted, rejected, batch.Rejected.Count - rejected, otherwise));
        }
    }

    private MqttPublishOutcome Outcome(in DeviceBatch messages, in Part part, in IntakeResult result, in MqttPublishOutcome taken)
    {
        switch (result.Status)
        {
            case IntakeStatus.Busy:
                return MqttPublishOutcome.Later(MqttReasonCode.QuotaExceeded, "Intake is full; publish again later.");
            case IntakeStatus.Stopped:
                return MqttPublishOutcome.Later(MqttReasonCode.ImplementationSpecificError, "Intake has stopped.");
            case IntakeStatus.Durable when part.Accepted > 0:
                if (messages[part.Index].Thing is { Length: > 0 } thing)
                {
                    presence.Seen(thing);
                }

                return taken;
            default:
                return part.Rejected == 0 ? part.Otherwise : Refusal(messages.Caller, result.Rejected[part.FirstRejected]);
        }
    }

    // What a token may not see does not exist for it, so only things learn that it is the right they lack.
    private static MqttPublishOutcome Refusal(Caller caller, Reject first) =>
        first.Reason != RejectReason.NotAllowed || caller.Kind != CallerKind.Thing
            ? MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, first.Answer)
            : MqttPublishOutcome.Refused(MqttReasonCode.NotAuthorized);

    /// <summary>What of a message is in the batch of its channel.</summary>
    private readonly record struct Part(int Index, int Channel, int Accepted, int FirstRejected, int Rejected, MqttPublishOutcome Otherwise);

    /// <summary>The messages of a connection by channel. Used again.</summary>
    private sealed class Gathering : IResettable
    {
        /// <summary>One for each channel; a connection has seldom more than one.</summary>
        public List<IntakeBatch> Batches { get; } = [];

        /// <summary>One for each message.</summary>
        public List<Part> Parts { get; } = [];

        /// <summary>The index of a channel's batch.</summary>
        public int Of(string channel, Caller caller, long now)
        {
            for (var index = 0; index < Batches.Count; index++)
            {
                if (Batches[index].Channel == channel)
                {
                    return index;
                }
            }

            Batches.Add(new IntakeBatch(channel, now) { Origin = Origin.Of(caller) });
            return Batches.Count - 1;
        }

        public bool TryReset()
        {
            Batches.Clear();
            Parts.Clear();
            return true;
        }
    }
}
