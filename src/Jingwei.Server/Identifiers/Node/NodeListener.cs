using System.Net;
using System.Net.Sockets;
using Jingwei.Identifiers.Handle.Server;

namespace Jingwei.Server.Identifiers.Node;

/// <summary>Listens for the Handle protocol, where the operator wants it; ends the server when it fails.</summary>
internal sealed class NodeListener(NodeOptions options, NodeDoor door, NodeSite site, TimeProvider clock) : BackgroundService
{
    private HandleServer? server;

    /// <summary>Where it listens; null where it does not.</summary>
    public IPEndPoint? Address { get; private set; }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Listen is { } listen)
        {
            var address = listen.Port == 0 ? new(listen.Address, FreePort(listen.Address)) : listen;
            server = new(new() { Udp = address, Tcp = address }, door, clock);
            Address = server.Udp;
            site.ListensAt(options.Public ?? Address!);
            server.Start();
        }

        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The base waits for the server's end, which this brings about.
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => server?.Completion ?? Task.CompletedTask;

    // One port for both: the one that TCP is given.
    private static int FreePort(IPAddress address)
    {
        using var probe = new TcpListener(address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
