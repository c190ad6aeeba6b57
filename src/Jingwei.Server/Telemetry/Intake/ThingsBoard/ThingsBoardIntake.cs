using System.Buffers;
using System.Text.Json;
using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Devices.ThingsBoard;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Intake.ThingsBoard;

/// <summary>
/// Takes telemetry and attributes of ThingsBoard's devices and gateways in, as readings: an attribute is a property as any other, its time that
/// of its arrival. Nobody else gets these messages.
/// </summary>
public sealed class ThingsBoardIntake
{
    /// <summary>The protocol of channels, and the channel of what none names.</summary>
    public const string Protocol = "thingsboard";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    private readonly MessageIntake intake;
    private readonly ReadingCheck check;
    private readonly ForeignThings made;
    private readonly Things things;
    private readonly PackCatalog packs;
    private readonly Presence presence;
    private readonly TelemetryOptions options;

    public ThingsBoardIntake(
        MessageIntake intake, ReadingCheck check, ForeignThings made, Things things, PackCatalog packs, Presence presence, TelemetryOptions options, DeviceServer devices)
    {
        (this.intake, this.check, this.made, this.things, this.packs, this.presence, this.options) = (intake, check, made, things, packs, presence, options);
        foreach (var topic in (string[])[ThingsBoardTopics.Telemetry, ThingsBoardTopics.Attributes, ThingsBoardTopics.GatewayTelemetry, ThingsBoardTopics.GatewayAttributes])
        {
            devices.TakeForeign(topic, TakeAsync);
        }
    }

    /// <summary>The channel by which a device or gateway comes: the one of its pack.</summary>
    public static ChannelMapping? ChannelOf(Caller caller, Things things, PackSet packs) =>
        things.TryGet(caller.Id, out var thing) ? packs.Channel(Protocol, thing.Type) : null;

    private ValueTask TakeAsync(DeviceBatch messages, CancellationToken cancellation)
    {
        var channel = ChannelOf(messages.Caller, things, packs.Current)?.Id ?? Protocol;
        return intake.TakeAsync(messages, _ => channel, Read, MqttPublishOutcome.Consumed, null, cancellation);
    }

    private MqttPublishOutcome Read(in DeviceBatch messages, int index, IntakeBatch batch)
    {
        var (caller, message) = (messages.Caller, messages[index]);
        var about = message.Topic.Name.StartsWith(ThingsBoardTopics.Device, StringComparison.Ordinal) ? caller.Id : null;
        var payload = message.Payload;
        if (payload.Length > options.MessageBytes)
        {
            check.AddUnparsable(
                batch, about, payload.Slice(0, Math.Min(payload.Length, options.RejectPayloadBytes)).ToArray(), RejectReason.TooLarge,
                $"A message has at most {options.MessageBytes} bytes.");
            return default;
        }

        List<RawReading> readings = [];
        if (Parse(caller, message, readings) is { } fault)
        {
            check.AddUnparsable(batch, about, payload.ToArray(), RejectReason.Unparsable, fault);
            return default;
        }

        foreach (var reading in readings)
        {
            check.Add(batch, caller, reading);
        }

        // An empty object is what some devices send to say that they live.
        return MqttPublishOutcome.Consumed;
    }

    private string? Parse(Caller caller, in DeviceMessage message, List<RawReading> readings)
    {
        try
        {
            using var json = JsonDocument.Parse(message.Payload, Strict);
            var channel = ChannelOf(caller, things, packs.Current);
            return message.Topic.Name switch
            {
                ThingsBoardTopics.Telemetry => Of(caller.Id, channel).TryReadTelemetry(json.RootElement, readings) ? null : ThingsBoardJson.Expected,
                ThingsBoardTopics.Attributes => Of(caller.Id, channel).TryReadValues(json.RootElement, null, readings) ? null : "Expected an object of keys and values.",
                var topic => ParseDevices(caller, channel, json.RootElement, topic == ThingsBoardTopics.GatewayTelemetry, readings),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is no valid UTF-8 or has lone surrogates.
            return error.Message;
        }
    }

    private string? ParseDevices(Caller caller, ChannelMapping? channel, JsonElement devices, bool isTelemetry, List<RawReading> readings)
    {
        if (devices.ValueKind != JsonValueKind.Object)
        {
            return "Expected an object of devices.";
        }

        foreach (var device in devices.EnumerateObject())
        {
            var id = ForeignId.Of(device.Name);
            made.MakeBehind(caller, channel, device.Name);
            var json = Of(id, channel);
            if (!(isTelemetry ? json.TryReadTelemetry(device.Value, readings) : json.TryReadValues(device.Value, null, readings)))
            {
                return $"Device '{device.Name}': {ThingsBoardJson.Expected}";
            }

            if (things.TryGet(id, out var thing) && thing.Gateway == caller.Id)
            {
                presence.Seen(id);
            }
        }

        return null;
    }

    private ThingsBoardJson Of(string id, ChannelMapping? channel) =>
        new(id, things.TryGet(id, out var thing) ? packs.Current.Type(thing.Type) : null, channel);
}
