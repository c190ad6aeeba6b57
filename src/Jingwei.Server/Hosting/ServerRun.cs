using System.Net;
using System.Net.Sockets;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Node;

namespace Jingwei.Server.Hosting;

/// <summary>Where a running server listens.</summary>
/// <param name="Mqtts">MQTT over TLS; null: nowhere.</param>
/// <param name="Handle">The Handle protocol; null: nowhere.</param>
internal sealed record Listening(Uri Http, IPEndPoint Mqtt, IPEndPoint? Mqtts, IPEndPoint? Handle)
{
    /// <summary>The line that programs read by key.</summary>
    public string ReadyLine => $"ready http={Http.GetLeftPart(UriPartial.Authority)} mqtt={Mqtt}{(Mqtts is null ? "" : $" mqtts={Mqtts}")}{(Handle is null ? "" : $" handle={Handle}")}";
}

/// <summary>One run of the server: start, say that it is ready, wait for the end.</summary>
internal static class ServerRun
{
    private const int Fine = 0;
    private const int CannotStart = 1;
    private const int Failed = 3;

    /// <param name="whenReady">Called once it listens, and cancelled when it stops.</param>
    public static async Task<int> RunAsync(ServerOptions options, Func<WebApplication, Listening, Task> whenReady, CancellationToken cancellation)
    {
        try
        {
            System.IO.Directory.CreateDirectory(options.Data);
            using var claim = DataFolder.Claim(options.Data);
            await using var openings = new Openings(options);
            await using var app = ServerApp.Build(options, openings, out var listeners);
            var password = app.Services.AddFirstUser(options.AdminPassword);
            await app.StartAsync(cancellation);
            var listening = new Listening(new Uri($"http://{listeners.Http!.IPEndPoint}"), listeners.Mqtt!.IPEndPoint!, listeners.Mqtts?.IPEndPoint,
                app.Services.GetRequiredService<NodeListener>().Address);
            await System.Console.Out.WriteLineAsync(listening.ReadyLine);
            if (password is not null)
            {
                await System.Console.Out.WriteLineAsync($"The first user is \"{Users.First}\" with the password {password} (shown this once; change it after signing in).");
            }

            await whenReady(app, listening);
            await app.WaitForShutdownAsync(cancellation);
            return HasFailed(app) ? Failed : Fine;
        }
        catch (CannotStartException fault)
        {
            await System.Console.Error.WriteLineAsync(fault.Message);
            return CannotStart;
        }
        catch (IOException fault) when (fault.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await System.Console.Error.WriteLineAsync($"{fault.Message} Choose another with --http, --mqtt or --mqtts; port 0 picks a free one.");
            return CannotStart;
        }
        catch (SocketException fault)
        {
            await System.Console.Error.WriteLineAsync($"Cannot listen: {fault.Message}.");
            return CannotStart;
        }
    }

    // A loop that meets what it cannot answer ends the server; whoever started it must see that from the exit code.
    private static bool HasFailed(WebApplication app) =>
        app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(loop => loop.ExecuteTask is { IsFaulted: true });
}
