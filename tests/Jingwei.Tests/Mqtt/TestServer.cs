using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jingwei.Tests.Mqtt;

/// <summary>A server on Kestrel and free ports, over TCP and WebSocket. Fails the test when the server logged an error that was not expected.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ErrorLog errors;

    private TestServer(WebApplication app, MqttServer server, ErrorLog errors)
    {
        this.app = app;
        this.errors = errors;
        Server = server;
    }

    public MqttServer Server { get; }

    public int Port { get; private set; }

    public int HttpPort { get; private set; }

    /// <summary>What every left connection was closed with.</summary>
    public Channel<(string ClientId, MqttReasonCode Reason)> Left { get; private init; } =
        Channel.CreateBounded<(string, MqttReasonCode)>(1000);

    public bool ExpectsErrors { get; set; }

    public static async Task<TestServer> StartAsync(
        Func<MqttServerOptions, MqttServerOptions>? configure = null, TimeProvider? time = null)
    {
        var left = Channel.CreateBounded<(string, MqttReasonCode)>(1000);
        var errors = new ErrorLog();
        var options = new MqttServerOptions
        {
            Time = time ?? TimeProvider.System,
            Logger = errors,
            Authenticate = static (request, _) => ValueTask.FromResult(
                request.UserName == "bad" ? MqttAuthentication.Refused() : MqttAuthentication.Accepted(request.UserName ?? "", request.UserName ?? "")),
            AuthorizePublish = static (_, topic) => !topic.StartsWith("forbidden", StringComparison.Ordinal),
            AuthorizeSubscribe = static (_, filter) => !filter.StartsWith("forbidden", StringComparison.Ordinal),
            Disconnected = (info, reason) => left.Writer.TryWrite((info.ClientId, reason)),
        };
        var server = new MqttServer(configure?.Invoke(options) ?? options);
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
        var ports = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address).Port).ToList();
        return new(app, server, errors) { Port = ports[0], HttpPort = ports[1], Left = left };
    }

    public Task<MqttClient> ConnectAsync(MqttClientOptions? options = null) =>
        MqttClient.ConnectAsync((options ?? new() { Host = "" }) with { Host = "127.0.0.1", Port = Port }, TestContext.Current.CancellationToken);

    public async Task<RawClient> OpenAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
        return new(socket.GetStream(), socket);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await app.DisposeAsync();
        if (!ExpectsErrors)
        {
            Assert.Empty(errors.Lines);
        }
    }

    private sealed class ErrorLog : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Lines.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
