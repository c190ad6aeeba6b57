using System.Net;
using Jingwei.Mqtt;
using Jingwei.Server.Devices.ThingsBoard;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Jingwei.Server.Devices;

/// <summary>Secrets, MQTT sessions, commands.</summary>
public static class DevicesSlice
{
    public static IServiceCollection AddDevices(this IServiceCollection services) => services
        .AddSingleton<Credentials>()
        .AddSingleton<TopicRights>()
        .AddSingleton<SessionOwners>()
        .AddSingleton<DeviceServer>()
        .AddSingleton(provider => provider.GetRequiredService<DeviceServer>().Mqtt)
        .AddSingleton<Commands>()
        .AddSingleton<ThingsBoardRpc>()
        .AddHostedService<SessionCheck>();

    /// <summary>Opens the MQTT port; returns the listener, which knows the port once the server runs.</summary>
    public static ListenOptions ListenMqtt(this KestrelServerOptions kestrel, IPEndPoint address)
    {
        ListenOptions? listener = null;
        kestrel.Listen(address, listen =>
        {
            listen.UseConnectionHandler<MqttConnectionHandler>();
            listener = listen;
        });
        return listener!;
    }

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        // Made now, so that things can sign in from the first connection on.
        routes.ServiceProvider.GetRequiredService<Credentials>();
        routes.ServiceProvider.GetRequiredService<Commands>();
        routes.ServiceProvider.GetRequiredService<ThingsBoardRpc>();
        // Devices are told that the server goes before the listener waits for them to leave.
        var mqtt = routes.ServiceProvider.GetRequiredService<MqttServer>();
        routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(mqtt.CloseConnections);
        routes.MapDeviceRoutes();
        routes.MapSessionRoutes();
        // Open to HTTP, because MQTT signs in by its own CONNECT.
        routes.MapMqtt(mqtt).AllowAnonymous().ExcludeFromDescription();
    }
}
