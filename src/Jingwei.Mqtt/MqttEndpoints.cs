using Jingwei.Mqtt.Connecting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jingwei.Mqtt;

/// <summary>MQTT over WebSocket (MQTT 5.0, chapter 6). The application calls <c>UseWebSockets</c> before.</summary>
public static class MqttEndpoints
{
    /// <summary>The subprotocol's name [MQTT-6.0.0-3].</summary>
    private const string SubProtocol = "mqtt";

    /// <summary>Takes MQTT connections at a path; a request that is no WebSocket, or does not offer <c>mqtt</c>, gets 400, one too many (<see cref="MqttServerLimits.MaxWaitingConnections"/>) 503.</summary>
    public static IEndpointConventionBuilder MapMqtt(this IEndpointRouteBuilder endpoints, MqttServer server, string path = "/mqtt") =>
        endpoints.Map(path, context => AcceptAsync(context, server));

    private static async Task AcceptAsync(HttpContext context, MqttServer server)
    {
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (!server.Admission.TryEnter() && !await server.Admission.EnterLaterAsync(context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(SubProtocol);
        var remote = context.Connection.RemoteIpAddress is { } address
            ? new System.Net.IPEndPoint(address, context.Connection.RemotePort)
            : null;
        await using var transport = new WebSocketTransport(socket, remote);
        await transport.ServeAsync(server);
    }
}
