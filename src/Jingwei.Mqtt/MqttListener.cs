using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Jingwei.Mqtt;

/// <summary>MQTT over TCP and TLS, on a listener of Kestrel.</summary>
public static class MqttListener
{
    /// <summary>Gives the listener's connections to the <see cref="MqttServer"/> that is registered as a singleton.</summary>
    /// <param name="listen">The listener.</param>
    /// <param name="tls">How each connection's handshake is made; null: no TLS.</param>
    public static ListenOptions UseMqtt(this ListenOptions listen, TlsHandshakeCallbackOptions? tls = null)
    {
        var server = listen.ApplicationServices.GetRequiredService<MqttServer>();
        // Before the handshake, which costs more than all that follows.
        listen.Use(next => connection => AdmitAsync(server, connection, next));
        if (tls is not null)
        {
            listen.UseHttps(tls);
        }

        listen.Run(server.ServeAsync);
        return listen;
    }

    private static Task AdmitAsync(MqttServer server, ConnectionContext connection, ConnectionDelegate next) =>
        server.Admission.TryEnter() ? next(connection) : AdmitLaterAsync(server, connection, next);

    private static async Task AdmitLaterAsync(MqttServer server, ConnectionContext connection, ConnectionDelegate next)
    {
        if (await server.Admission.EnterLaterAsync(connection.ConnectionClosed))
        {
            await next(connection);
        }
        else
        {
            connection.Abort();
        }
    }
}
