namespace Jingwei.Server.Devices.ThingsBoard;

/// <summary>
/// The topics of ThingsBoard's MQTT device and gateway APIs (thingsboard.io/docs/reference/mqtt-api and gateway-mqtt-api). They name no device: each
/// means the one that is connected, so what the server publishes on them goes to one thing alone (<see cref="DeviceServer.PublishToAsync"/>).
/// </summary>
public static class ThingsBoardTopics
{
    public const string Device = "v1/devices/me/";
    public const string Telemetry = Device + "telemetry";
    public const string Attributes = Device + "attributes";
    public const string AttributeRequests = Attributes + "/request/";
    public const string AttributeResponses = Attributes + "/response/";
    public const string RpcRequests = Device + "rpc/request/";
    public const string RpcResponses = Device + "rpc/response/";

    public const string Gateway = "v1/gateway/";
    public const string GatewayConnect = Gateway + "connect";
    public const string GatewayDisconnect = Gateway + "disconnect";
    public const string GatewayTelemetry = Gateway + "telemetry";
    public const string GatewayAttributes = Gateway + "attributes";
    public const string GatewayAttributeRequest = GatewayAttributes + "/request";
    public const string GatewayAttributeResponse = GatewayAttributes + "/response";
    public const string GatewayRpc = Gateway + "rpc";

    private static readonly string[] Published =
    [
        Telemetry, Attributes, GatewayConnect, GatewayDisconnect, GatewayTelemetry, GatewayAttributes, GatewayAttributeRequest, GatewayRpc,
    ];

    private static readonly string[] PublishedBelow = [AttributeRequests, RpcRequests, RpcResponses];

    /// <summary>True for a topic or filter of these APIs.</summary>
    public static bool Are(string topic) =>
        topic.StartsWith(Device, StringComparison.Ordinal) || topic.StartsWith(Gateway, StringComparison.Ordinal);

    /// <summary>True for a topic that devices and gateways publish to.</summary>
    public static bool IsPublished(string topic) =>
        Published.Contains(topic) || PublishedBelow.Any(start => topic.StartsWith(start, StringComparison.Ordinal) && topic.Length > start.Length);
}
