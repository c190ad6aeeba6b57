using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Takes what is published on `jw/{thing}/readings`; the acknowledgement leaves when the values are in the synced log.</summary>
public sealed class ReadingsTopic(
    Readings readings, JsonReadings json, Things things, PackCatalog packs, Presence presence, TimeProvider clock)
{
    private const string Protocol = "mqtt";

    // The last time that was given to a message, microseconds.
    private long lastTime;

    /// <summary>
    /// Takes messages in, all of a channel at once. Success for one of which any value was accepted; 0x99 when none was, 0x87 when a
    /// thing publishes for another that it is no gateway of, 0x97 when intake is full, 0x83 when it stopped (MQTT 5.0, 3.4.2.1); with
    /// these two, 3.1.1 gets no acknowledgement but the end of its connection.
    /// </summary>
    public async ValueTask TakeAsync(DeviceBatch messages, CancellationToken cancellation)
    {
        foreach (var (batch, parts) in Read(messages))
        {
            var result = await readings.AcceptAsync(batch, cancellation);
            foreach (var part in parts)
            {
                messages.Decide(part.Index, Outcome(messages, part, result));
            }
        }
    }

    /// <summary>What of a message is in the batch of its channel.</summary>
    private readonly record struct Part(int Index, int Accepted, int FirstRejected, int Rejected);

    private Dictionary<string, (IntakeBatch Batch, List<Part> Parts)>.ValueCollection Read(in DeviceBatch messages)
    {
        var channels = new Dictionary<string, (IntakeBatch Batch, List<Part> Parts)>(StringComparer.Ordinal);
        var now = Instant.Of(clock.GetUtcNow());
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            var channel = ChannelOf(message.Thing);
            if (!channels.TryGetValue(channel, out var intake))
            {
                intake = (new IntakeBatch(channel, now) { Origin = Origin.Of(messages.Caller) }, []);
                channels.Add(channel, intake);
            }

            var (accepted, rejected) = (intake.Batch.Accepted, intake.Batch.Rejected.Count);
            intake.Batch.BeginMessage(NextTime(now));
            json.Read(intake.Batch, messages.Caller, message.Thing, message.Payload);
            intake.Parts.Add(new(index, intake.Batch.Accepted - accepted, rejected, intake.Batch.Rejected.Count - rejected));
        }

        return channels.Values;
    }

    private MqttPublishOutcome Outcome(in DeviceBatch messages, in Part part, in IntakeResult result)
    {
        switch (result.Status)
        {
            case IntakeStatus.Busy:
                return MqttPublishOutcome.Later(MqttReasonCode.QuotaExceeded, "Intake is full; publish again later.");
            case IntakeStatus.Stopped:
                return MqttPublishOutcome.Later(MqttReasonCode.ImplementationSpecificError, "Intake has stopped.");
            case IntakeStatus.Durable when part.Accepted > 0:
                presence.Seen(messages[part.Index].Thing);
                return MqttPublishOutcome.Routed;
            default:
                return Refusal(messages.Caller, part.Rejected == 0 ? null : result.Rejected[part.FirstRejected]);
        }
    }

    /// <summary>Now, or a microsecond after the last one if that is later: no two messages get the same.</summary>
    private long NextTime(long now)
    {
        while (true)
        {
            var last = Interlocked.Read(ref lastTime);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref lastTime, next, last) == last)
            {
                return next;
            }
        }
    }

    // What a token may not see does not exist for it, so only things learn that it is the right they lack.
    private static MqttPublishOutcome Refusal(Caller caller, Reject? first) =>
        first?.Reason != RejectReason.NotAllowed || caller.Kind != CallerKind.Thing
            ? MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, first?.Answer)
            : MqttPublishOutcome.Refused(MqttReasonCode.NotAuthorized);

    private string ChannelOf(string id)
    {
        var pack = things.TryGet(id, out var thing) ? packs.Current.Type(thing.Type)?.Pack : null;
        return packs.Current.Channels.FirstOrDefault(channel => channel.Protocol == Protocol && channel.Pack == pack)?.Id ?? Protocol;
    }
}
