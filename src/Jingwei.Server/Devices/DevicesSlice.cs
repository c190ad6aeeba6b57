using System.Net;
using Jingwei.Mqtt;
using Jingwei.Server.Devices.Commanding;
using Jingwei.Server.Devices.ThingsBoard;
using Jingwei.Server.Devices.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Jingwei.Server.Devices;

/// <summary>Secrets, MQTT sessions, commands.</summary>
public static class DevicesSlice
{
    public static IServiceCollection AddDevices(this IServiceCollection services, ServerOptions options)
    {
        if (options.Mqtts is { } mqtts)
        {
            services
                .AddSingleton(provider => new TlsCertificates(mqtts, provider.GetRequiredService<ILogger<TlsCertificates>>()))
                .AddHostedService<TlsRenewal>();
        }

        return services.AddDevices();
    }

    private static IServiceCollection AddDevices(this IServiceCollection services) => services
        .AddSingleton<Credentials>()
        .AddSingleton<TopicRights>()
        .AddSingleton<SessionOwners>()
        .AddSingleton<DeviceServer>()
        .AddSingleton(provider => provider.GetRequiredService<DeviceServer>().Mqtt)
        .AddSingleton<CommandStore>()
        .AddSingleton<Commands>()
        .AddHostedService<CommandLoop>()
        .AddSingleton<ThingsBoardRpc>()
        .AddHostedService<SessionCheck>();

    /// <summary>Opens the MQTT port; returns the listener, which knows the port once the server runs.</summary>
    public static ListenOptions ListenMqtt(this KestrelServerOptions kestrel, IPEndPoint address)
    {
        ListenOptions? listener = null;
        kestrel.Listen(address, listen => listener = listen.UseMqtt());
        return listener!;
    }

    /// <summary>Opens the MQTT port over TLS.</summary>
    /// <exception cref="CannotStartException">The certificates are not good.</exception>
    public static ListenOptions ListenMqtts(this KestrelServerOptions kestrel, MqttsOptions options)
    {
        ListenOptions? listener = null;
        kestrel.Listen(options.Address, listen => listener = listen.UseMqtt(listen.ApplicationServices.GetRequiredService<TlsCertificates>().Handshakes));
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
        routes.MapCommandRoutes();
        routes.MapCommandBatchRoutes();
        routes.MapSessionRoutes();
        // Open to HTTP, because MQTT signs in by its own CONNECT.
        routes.MapMqtt(mqtt).AllowAnonymous().ExcludeFromDescription();
    }
}
