using System.Text.Json;
using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Devices.ThingsBoard;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Telemetry.Intake.ThingsBoard;

/// <summary>Devices that come and go behind ThingsBoard gateways: `v1/gateway/connect` and `disconnect`; all go when their gateway does.</summary>
public sealed class ThingsBoardGateways
{
    // Guarded by itself: the devices that are connected behind each gateway.
    private readonly Dictionary<string, HashSet<string>> connected = new(StringComparer.Ordinal);

    private readonly ForeignThings made;
    private readonly Things things;
    private readonly PackCatalog packs;
    private readonly Presence presence;

    public ThingsBoardGateways(ForeignThings made, Things things, PackCatalog packs, Presence presence, DeviceServer devices)
    {
        (this.made, this.things, this.packs, this.presence) = (made, things, packs, presence);
        devices.TakeForeign(ThingsBoardTopics.GatewayConnect, (batch, _) => Take(batch, Connect));
        devices.TakeForeign(ThingsBoardTopics.GatewayDisconnect, (batch, _) => Take(batch, Disconnect));
        presence.Changed += Forget;
    }

    private static ValueTask Take(DeviceBatch batch, Func<Caller, Message, MqttPublishOutcome> act)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            batch.Decide(index, Parse(batch[index]) is { } message
                ? act(batch.Caller, message)
                : MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, "Expected {\"device\": name}."));
        }

        return ValueTask.CompletedTask;
    }

    private MqttPublishOutcome Connect(Caller gateway, Message message)
    {
        var id = ForeignId.Of(message.Device!);
        made.MakeBehind(gateway, ThingsBoardIntake.ChannelOf(gateway, things, packs.Current), message.Device!, message.Type);
        if (!things.TryGet(id, out var thing) || thing.Gateway != gateway.Id)
        {
            return MqttPublishOutcome.Refused(MqttReasonCode.NotAuthorized, "This is no gateway of that device.");
        }

        lock (connected)
        {
            if (!connected.TryGetValue(gateway.Id, out var behind))
            {
                connected.Add(gateway.Id, behind = new(StringComparer.Ordinal));
            }

            if (!behind.Add(id))
            {
                return MqttPublishOutcome.Consumed;
            }
        }

        presence.Connected(id);
        return MqttPublishOutcome.Consumed;
    }

    // Of a device that is not connected nothing is said, as ThingsBoard does.
    private MqttPublishOutcome Disconnect(Caller gateway, Message message)
    {
        var id = ForeignId.Of(message.Device!);
        bool was;
        lock (connected)
        {
            was = connected.TryGetValue(gateway.Id, out var behind) && behind.Remove(id);
        }

        if (was)
        {
            presence.Disconnected(id);
        }

        return MqttPublishOutcome.Consumed;
    }

    private void Forget(string thing)
    {
        if (presence.IsConnected(thing))
        {
            return;
        }

        HashSet<string>? behind;
        lock (connected)
        {
            connected.Remove(thing, out behind);
        }

        foreach (var id in behind ?? [])
        {
            presence.Disconnected(id);
        }
    }

    private static Message? Parse(in DeviceMessage message)
    {
        try
        {
            var reader = new Utf8JsonReader(message.Payload);
            return JsonSerializer.Deserialize<Message>(ref reader, JsonSerializerOptions.Web) is { Device.Length: > 0 } parsed ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="Type">Its device profile there; here a thing type, if there is one of that id.</param>
    private sealed record Message(string? Device, string? Type);
}
