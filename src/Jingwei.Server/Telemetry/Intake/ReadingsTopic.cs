using System.Buffers;
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

    /// <summary>
    /// Takes one message in. Success when any value was accepted; 0x99 when none was, 0x87 when a thing publishes for another
    /// that it is no gateway of, 0x97 when intake is full, 0x83 when it stopped (MQTT 5.0, 3.4.2.1); with these two, 3.1.1 gets no
    /// acknowledgement but the end of its connection.
    /// </summary>
    public async ValueTask<MqttPublishOutcome> TakeAsync(DeviceMessage message, CancellationToken cancellation)
    {
        var batch = new IntakeBatch(ChannelOf(message.Topic.Thing), Instant.Of(clock.GetUtcNow())) { Origin = Origin.Of(message.Caller) };
        json.Read(batch, message.Caller, message.Topic.Thing, new ReadOnlySequence<byte>(message.Payload));
        var result = await readings.AcceptAsync(batch, cancellation);
        if (result.Accepted > 0)
        {
            presence.Seen(message.Topic.Thing);
        }

        return result.Status switch
        {
            IntakeStatus.Busy => MqttPublishOutcome.Later(MqttReasonCode.QuotaExceeded, "Intake is full; publish again later."),
            IntakeStatus.Stopped => MqttPublishOutcome.Later(MqttReasonCode.ImplementationSpecificError, "Intake has stopped."),
            _ => result.Accepted > 0 ? MqttPublishOutcome.Routed : Refusal(message.Caller, result.Rejected),
        };
    }

    // What a token may not see does not exist for it, so only things learn that it is the right they lack.
    private static MqttPublishOutcome Refusal(Caller caller, IReadOnlyList<Reject> rejected) =>
        rejected.Count == 0 || rejected[0].Reason != RejectReason.NotAllowed || caller.Kind != CallerKind.Thing
            ? MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, rejected.Count == 0 ? null : rejected[0].Answer)
            : MqttPublishOutcome.Refused(MqttReasonCode.NotAuthorized);

    private string ChannelOf(string id)
    {
        var pack = things.TryGet(id, out var thing) ? packs.Current.Type(thing.Type)?.Pack : null;
        return packs.Current.Channels.FirstOrDefault(channel => channel.Protocol == Protocol && channel.Pack == pack)?.Id ?? Protocol;
    }
}
