using System.Net;
using Jingwei.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jingwei.Conformance.Mqtt;

/// <summary>Our server on free ports, for foreign clients; user "u" with password "p" comes in.</summary>
internal sealed class MqttHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private MqttHost(WebApplication app, MqttServer server)
    {
        this.app = app;
        Server = server;
        var ports = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address).Port).ToList();
        (Port, HttpPort) = (ports[0], ports[1]);
    }

    public MqttServer Server { get; }

    public int Port { get; }

    public int HttpPort { get; }

    public static async Task<MqttHost> StartAsync()
    {
        var server = new MqttServer(new()
        {
            Authenticate = (request, _) => ValueTask.FromResult(
                request.UserName == "u" && request.Password.Span.SequenceEqual("p"u8)
                    ? MqttAuthentication.Accepted("u")
                    : MqttAuthentication.Refused(MqttReasonCode.BadUserNameOrPassword)),
            AuthorizePublish = (_, _) => true,
            AuthorizeSubscribe = (_, _) => true,
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(server);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqtt());
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.MapMqtt(server);
        await app.StartAsync();
        return new(app, server);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await app.DisposeAsync();
    }
}
