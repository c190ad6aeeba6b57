using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Takes messages of a connection in, all of a channel at once; their acknowledgements leave when the values are in the synced log.</summary>
public sealed class MessageIntake(Readings readings, Presence presence, TimeProvider clock)
{
    private readonly MessageTimes times = new();

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
    public async ValueTask TakeAsync(
        DeviceBatch messages, Func<DeviceMessage, string> channelOf, Reader read, MqttPublishOutcome taken, Action<DeviceMessage>? accepted,
        CancellationToken cancellation)
    {
        foreach (var (batch, parts) in Read(messages, channelOf, read))
        {
            var result = await readings.AcceptAsync(batch, cancellation);
            foreach (var part in parts)
            {
                messages.Decide(part.Index, Outcome(messages, part, result, taken));
                if (part.Accepted > 0 && result.Status == IntakeStatus.Durable)
                {
                    accepted?.Invoke(messages[part.Index]);
                }
            }
        }
    }

    /// <summary>What of a message is in the batch of its channel.</summary>
    private readonly record struct Part(int Index, int Accepted, int FirstRejected, int Rejected, MqttPublishOutcome Otherwise);

    private Dictionary<string, (IntakeBatch Batch, List<Part> Parts)>.ValueCollection Read(
        in DeviceBatch messages, Func<DeviceMessage, string> channelOf, Reader read)
    {
        var channels = new Dictionary<string, (IntakeBatch Batch, List<Part> Parts)>(StringComparer.Ordinal);
        var now = Instant.Of(clock.GetUtcNow());
        for (var index = 0; index < messages.Count; index++)
        {
            var channel = channelOf(messages[index]);
            if (!channels.TryGetValue(channel, out var intake))
            {
                intake = (new IntakeBatch(channel, now) { Origin = Origin.Of(messages.Caller) }, []);
                channels.Add(channel, intake);
            }

            var (accepted, rejected) = (intake.Batch.Accepted, intake.Batch.Rejected.Count);
            intake.Batch.BeginMessage(times.Next(now));
            var otherwise = read(messages, index, intake.Batch);
            intake.Parts.Add(new(index, intake.Batch.Accepted - accepted, rejected, intake.Batch.Rejected.Count - rejected, otherwise));
        }

        return channels.Values;
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
}
