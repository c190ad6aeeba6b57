using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry.Intake.ThingsBoard;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Takes what is published on `jw/{thing}/readings`.</summary>
public sealed class ReadingsTopic
{
    private const string Protocol = "mqtt";

    private readonly MessageIntake intake;
    private readonly JsonReadings json;
    private readonly ThingsBoardAttributes attributes;
    private readonly Things things;
    private readonly PackCatalog packs;
    private readonly Func<DeviceMessage, string> channelOf;
    private readonly MessageIntake.Reader read;

    public ReadingsTopic(MessageIntake intake, JsonReadings json, ThingsBoardAttributes attributes, Things things, PackCatalog packs)
    {
        (this.intake, this.json, this.attributes, this.things, this.packs) = (intake, json, attributes, things, packs);
        (channelOf, read) = (ChannelOf, Read);
    }

    /// <inheritdoc cref="MessageIntake.TakeAsync"/>
    public ValueTask TakeAsync(DeviceBatch messages, CancellationToken cancellation) => messages.Caller.Kind == CallerKind.Thing
        ? intake.TakeAsync(messages, channelOf, read, MqttPublishOutcome.Routed, null, cancellation)
        : TakeSettingsAsync(messages, cancellation);

    // What somebody else says of a thing may be news to the thing itself.
    private async ValueTask TakeSettingsAsync(DeviceBatch messages, CancellationToken cancellation)
    {
        List<DeviceMessage> accepted = [];
        await intake.TakeAsync(messages, channelOf, read, MqttPublishOutcome.Routed, accepted.Add, cancellation);
        foreach (var message in accepted)
        {
            await attributes.TellAsync(message);
        }
    }

    private MqttPublishOutcome Read(in DeviceBatch messages, int index, IntakeBatch batch)
    {
        var message = messages[index];
        json.Read(batch, messages.Caller, message.Thing, message.Payload);
        return MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid);
    }

    private string ChannelOf(DeviceMessage message)
    {
        var pack = things.TryGet(message.Thing, out var thing) ? packs.Current.Type(thing.Type)?.Pack : null;
        return packs.Current.Channel(Protocol, pack)?.Id ?? Protocol;
    }
}
