using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Server.Devices.Commanding;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Devices.ThingsBoard;

/// <summary>
/// Commands as ThingsBoard's server-side RPC: `{"method", "params"}` on `v1/devices/me/rpc/request/{number}`, for a thing behind a gateway also within
/// `v1/gateway/rpc`, and the answers to both. Client-side RPC, by which a device asks the server, is not offered.
/// </summary>
internal sealed class ThingsBoardRpc
{
    private const string NotOffered = "Client-side RPC is not offered.";

    private readonly Commands commands;
    private readonly DeviceServer devices;
    private readonly Things things;

    public ThingsBoardRpc(Commands commands, DeviceServer devices, Things things)
    {
        (this.commands, this.devices, this.things) = (commands, devices, things);
        commands.AlsoSend(SendAsync);
        devices.TakeForeign(ThingsBoardTopics.RpcResponses, TakeResponses);
        devices.TakeForeign(ThingsBoardTopics.RpcRequests, RefuseAsync);
        devices.TakeForeign(ThingsBoardTopics.GatewayRpc, TakeGatewayResponses);
    }

    /// <summary>The name by which a gateway knows a thing.</summary>
    public static string NameOf(Thing thing) => ForeignId.Of(thing.Name) == thing.Id ? thing.Name : thing.Id;

    private async ValueTask SendAsync(SentCommand command)
    {
        var call = new JsonObject { ["method"] = command.Command, ["params"] = command.Parameters?.DeepClone() ?? new JsonObject() };
        await devices.PublishToAsync(
            command.Thing, string.Create(CultureInfo.InvariantCulture, $"{ThingsBoardTopics.RpcRequests}{command.Number}"), JsonSerializer.SerializeToUtf8Bytes(call), Commands.Fresh(command));
        if (things.TryGet(command.Thing, out var thing) && thing.Gateway is { } gateway)
        {
            call["id"] = command.Number;
            var through = new JsonObject { ["device"] = NameOf(thing), ["data"] = call };
            await devices.PublishToAsync(gateway, ThingsBoardTopics.GatewayRpc, JsonSerializer.SerializeToUtf8Bytes(through), Commands.Fresh(command));
        }
    }

    private ValueTask TakeResponses(DeviceBatch batch, CancellationToken cancellation)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            var message = batch[index];
            batch.Decide(index, long.TryParse(message.Topic.Name.AsSpan(ThingsBoardTopics.RpcResponses.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? commands.Answer(batch.Caller.Id, number, message.Payload)
                : MqttPublishOutcome.Refused(MqttReasonCode.TopicNameInvalid, "The topic ends with the number of a request."));
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask TakeGatewayResponses(DeviceBatch batch, CancellationToken cancellation)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            batch.Decide(index, Answer(batch.Caller.Id, batch[index].Payload));
        }

        return ValueTask.CompletedTask;
    }

    private MqttPublishOutcome Answer(string gateway, in ReadOnlySequence<byte> payload)
    {
        var response = Parse(payload);
        return response is null ? MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, "Expected {\"device\", \"id\", \"data\"}.")
            : !things.TryGet(ForeignId.Of(response.Device), out var thing) || thing.Gateway != gateway
                ? MqttPublishOutcome.Refused(MqttReasonCode.NotAuthorized, "This is no gateway of that device.")
            : commands.Answer(thing.Id, response.Id, new ReadOnlySequence<byte>(JsonSerializer.SerializeToUtf8Bytes(response.Data)));
    }

    private static GatewayResponse? Parse(in ReadOnlySequence<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            var response = JsonSerializer.Deserialize<GatewayResponse>(ref reader, JsonSerializerOptions.Web);
            return response is { Device: not null } ? response : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The answer says so too, since MQTT 3.1.1 has no word for a refusal.
    private async ValueTask RefuseAsync(DeviceBatch batch, CancellationToken cancellation)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            var topic = ThingsBoardTopics.RpcResponses + batch[index].Topic.Name[ThingsBoardTopics.RpcRequests.Length..];
            if (MqttTopicFilter.IsTopicName(topic))
            {
                await devices.PublishToAsync(batch.Caller.Id, topic, JsonSerializer.SerializeToUtf8Bytes(new { error = NotOffered }));
            }

            batch.Decide(index, MqttPublishOutcome.Refused(MqttReasonCode.ImplementationSpecificError, NotOffered));
        }
    }

    private sealed record GatewayResponse(string Device, long Id, JsonNode? Data);
}
