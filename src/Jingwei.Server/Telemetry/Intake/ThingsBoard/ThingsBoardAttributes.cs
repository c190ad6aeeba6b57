using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Devices.ThingsBoard;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Intake.ThingsBoard;

/// <summary>
/// Answers requests for attributes with the newest readings (`v1/devices/me/attributes/request/{id}`, `v1/gateway/attributes/request`), and tells a thing, or
/// its gateway, what somebody else says of it (`v1/devices/me/attributes`, `v1/gateway/attributes`). Client and shared attributes are the same here: a property.
/// </summary>
public sealed class ThingsBoardAttributes
{
    private const string Expected = "Expected {\"clientKeys\": \"a,b\", \"sharedKeys\": \"c\"}, or of a gateway {\"id\", \"device\", \"client\": [\"a\"], \"shared\": [\"b\"]}.";

    private readonly DeviceServer devices;
    private readonly Things things;
    private readonly PackCatalog packs;
    private readonly Readings readings;

    public ThingsBoardAttributes(DeviceServer devices, Things things, PackCatalog packs, Readings readings)
    {
        (this.devices, this.things, this.packs, this.readings) = (devices, things, packs, readings);
        devices.TakeForeign(ThingsBoardTopics.AttributeRequests, TakeAsync);
        devices.TakeForeign(ThingsBoardTopics.GatewayAttributeRequest, TakeAsync);
    }

    /// <summary>Tells the thing the properties that an accepted message of somebody else names, as they are now.</summary>
    internal async ValueTask TellAsync(DeviceMessage message)
    {
        var gateway = things.TryGet(message.Thing, out var thing) ? thing.Gateway : null;
        var (direct, through) = (devices.Listens(message.Thing, ThingsBoardTopics.Attributes), gateway is not null && devices.Listens(gateway, ThingsBoardTopics.GatewayAttributes));
        if (thing is null || (!direct && !through) || Newest(message.Thing, Properties(message), property => property) is not { Count: > 0 } values)
        {
            return;
        }

        if (direct)
        {
            await devices.PublishToAsync(thing.Id, ThingsBoardTopics.Attributes, JsonSerializer.SerializeToUtf8Bytes(values));
        }

        if (through)
        {
            var update = new JsonObject { ["device"] = ThingsBoardRpc.NameOf(thing), ["data"] = values };
            await devices.PublishToAsync(gateway!, ThingsBoardTopics.GatewayAttributes, JsonSerializer.SerializeToUtf8Bytes(update));
        }
    }

    // Of a message that was accepted, so it is one.
    private static string[] Properties(in DeviceMessage message)
    {
        using var json = JsonDocument.Parse(message.Payload);
        IEnumerable<JsonElement> messages = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray() : [json.RootElement];
        return [.. messages.SelectMany(each => each.GetProperty("values").EnumerateObject()).Select(value => value.Name).Distinct()];
    }

    private async ValueTask TakeAsync(DeviceBatch batch, CancellationToken cancellation)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            var topic = batch[index].Topic.Name;
            batch.Decide(index, Parse(batch[index]) is not { } request
                ? MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, Expected)
                : topic == ThingsBoardTopics.GatewayAttributeRequest
                    ? await AnswerGatewayAsync(batch, request)
                    : await AnswerAsync(batch, topic[ThingsBoardTopics.AttributeRequests.Length..], request));
        }
    }

    private async ValueTask<MqttPublishOutcome> AnswerAsync(DeviceBatch batch, string id, Request request)
    {
        var topic = ThingsBoardTopics.AttributeResponses + id;
        if (!MqttTopicFilter.IsTopicName(topic))
        {
            return MqttPublishOutcome.Refused(MqttReasonCode.TopicNameInvalid, "The topic ends with the number of the request.");
        }

        var answer = new JsonObject();
        Add(answer, "client", Keys(request.ClientKeys));
        Add(answer, "shared", Keys(request.SharedKeys));
        await devices.PublishToAsync(batch.Caller.Id, topic, JsonSerializer.SerializeToUtf8Bytes(answer));
        return MqttPublishOutcome.Consumed;

        void Add(JsonObject to, string kind, string[] keys)
        {
            if (keys.Length > 0 && Newest(batch.Caller.Id, keys, NamesOf(batch.Caller, batch.Caller.Id)) is { Count: > 0 } values)
            {
                to[kind] = values;
            }
        }
    }

    private async ValueTask<MqttPublishOutcome> AnswerGatewayAsync(DeviceBatch batch, Request request)
    {
        var thing = ForeignId.Of(request.Device ?? "");
        if (!things.TryGet(thing, out var device) || device.Gateway != batch.Caller.Id)
        {
            return MqttPublishOutcome.Refused(MqttReasonCode.NotAuthorized, "This is no gateway of that device.");
        }

        string[] keys = [.. request.Client ?? [], .. request.Shared ?? []];
        var values = Newest(thing, keys, NamesOf(batch.Caller, thing));
        var answer = new JsonObject { ["id"] = request.Id, ["device"] = request.Device };
        // One value goes by itself, several as an object; so ThingsBoard does.
        answer[keys.Length == 1 ? "value" : "values"] = keys.Length == 1 ? values.FirstOrDefault().Value?.DeepClone() : values;
        await devices.PublishToAsync(batch.Caller.Id, ThingsBoardTopics.GatewayAttributeResponse, JsonSerializer.SerializeToUtf8Bytes(answer));
        return MqttPublishOutcome.Consumed;
    }

    private Func<string, string> NamesOf(Caller caller, string id)
    {
        var type = things.TryGet(id, out var thing) ? packs.Current.Type(thing.Type) : null;
        var channel = ThingsBoardIntake.ChannelOf(caller, things, packs.Current);
        return key => ForeignNames.Property(type, channel, key);
    }

    private JsonObject Newest(string thing, string[] keys, Func<string, string> propertyOf)
    {
        var values = new JsonObject();
        foreach (var key in keys)
        {
            if (readings.Latest(thing, propertyOf(key)) is { } newest)
            {
                values[key] = Json(newest.Value);
            }
        }

        return values;
    }

    private static JsonValue? Json(in ReadingValue value) => value.Kind switch
    {
        PropertyKind.Number => JsonValue.Create(value.Number),
        PropertyKind.Boolean => JsonValue.Create(value.Number != 0),
        _ => JsonValue.Create(value.Text),
    };

    private static string[] Keys(string? list) =>
        list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static Request? Parse(in DeviceMessage message)
    {
        try
        {
            var reader = new Utf8JsonReader(message.Payload);
            return JsonSerializer.Deserialize<Request>(ref reader, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Request(string? ClientKeys, string? SharedKeys, long Id, string? Device, string[]? Client, string[]? Shared);
}
