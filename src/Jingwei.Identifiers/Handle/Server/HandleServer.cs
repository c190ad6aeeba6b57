using System.Net;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>A server of the Handle System (RFC 3650 to 3652) by UDP and TCP; which handles there are its host says through a <see cref="HandleDoor"/>.</summary>
public sealed class HandleServer : IAsyncDisposable
{
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DatagramListener? datagrams;
    private readonly ConnectionListener? connections;

    /// <summary>Takes the ports; nothing is answered before <see cref="Start"/>.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    public HandleServer(HandleServerOptions options, HandleDoor door, TimeProvider clock)
    {
        var responder = new Responder(door, options, clock);
        var conversation = new Conversation(door, options, responder, clock);
        datagrams = options.Udp is null ? null : new(options, responder, conversation, Counters, clock, Fail);
        connections = options.Tcp is null ? null : new(options, responder, conversation, Counters, clock, Fail);
    }

    /// <summary>Where it listens for datagrams; null when it does not.</summary>
    public IPEndPoint? Udp => datagrams?.EndPoint;

    /// <summary>Where it listens for connections; null when it does not.</summary>
    public IPEndPoint? Tcp => connections?.EndPoint;

    public HandleServerCounters Counters { get; } = new();

    /// <summary>Ends when the server is disposed, and with the exception when its host has thrown one: then it answers no more as it should.</summary>
    public Task Completion => completion.Task;

    public void Start()
    {
        datagrams?.Start();
        connections?.Start();
    }

    /// <summary>Ends what is at work, and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (datagrams is not null)
        {
            await datagrams.DisposeAsync();
        }

        if (connections is not null)
        {
            await connections.DisposeAsync();
        }

        completion.TrySetResult();
    }

    private void Fail(Exception error) => completion.TrySetException(error);
}
