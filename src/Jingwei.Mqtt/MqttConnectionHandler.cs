using Microsoft.AspNetCore.Connections;

namespace Jingwei.Mqtt;

/// <summary>
/// Gives Kestrel's connections to the server. With an <see cref="MqttServer"/> registered as a singleton:
/// <c>kestrel.Listen(endPoint, listen => listen.UseConnectionHandler&lt;MqttConnectionHandler&gt;())</c>, after <c>UseHttps</c> for TLS.
/// </summary>
public sealed class MqttConnectionHandler(MqttServer server) : ConnectionHandler
{
    /// <inheritdoc/>
    public override Task OnConnectedAsync(ConnectionContext connection) =>
        server.ServeAsync(connection);
}
