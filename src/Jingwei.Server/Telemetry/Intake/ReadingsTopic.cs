using Jingwei.Mqtt;
using Jingwei.Sdk;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Intake.ThingsBoard;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Takes what is published on `jw/{thing}/readings`.</summary>
public sealed class ReadingsTopic
{
    /// <summary>The protocol of channels, and the channel of what none names.</summary>
    public const string Protocol = "mqtt";

    private readonly MessageIntake intake;
    private readonly JsonReadings json;
    private readonly DecodedPayloads decoded;
    private readonly ThingsBoardAttributes attributes;
    private readonly Things things;
    private readonly PackCatalog packs;
    private readonly Func<DeviceMessage, string> channelOf;
    private readonly MessageIntake.Reader read;

    public ReadingsTopic(MessageIntake intake, JsonReadings json, DecodedPayloads decoded, ThingsBoardAttributes attributes, Things things, PackCatalog packs)
    {
        (this.intake, this.json, this.decoded, this.attributes, this.things, this.packs) = (intake, json, decoded, attributes, things, packs);
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
        if (DecoderOf(packs.Current, message.Thing) is { } decoder)
        {
            decoded.Read(batch, messages.Caller, message.Thing, message.Payload, decoder);
        }
        else
        {
            json.Read(batch, messages.Caller, message.Thing, message.Payload);
        }

        return MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid);
    }

    private PayloadDecoder? DecoderOf(PackSet now, string thing) =>
        now.HasDecoders && Channel(now, thing) is { } channel ? now.Decoder(channel) : null;

    private string ChannelOf(DeviceMessage message) => Channel(packs.Current, message.Thing)?.Id ?? Protocol;

    private ChannelMapping? Channel(PackSet now, string thing) => things.TryGet(thing, out var found) ? now.Channel(Protocol, found.Type) : null;
}
