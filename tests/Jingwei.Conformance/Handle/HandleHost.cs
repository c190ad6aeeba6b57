using System.Net;
using System.Security.Cryptography;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Client;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Server;

namespace Jingwei.Conformance.Handle;

/// <summary>A server on free ports of the loopback address, with a key pair and a secret of its administrators.</summary>
internal sealed class HandleHost : IAsyncDisposable
{
    /// <summary>Where the administrators' keys are: 300 an RSA key, 301 a secret.</summary>
    public const string Admin = "0.NA/88.111";

    public const string Secret = "correct horse battery staple";

    private readonly HandleServer server;

    private HandleHost(DatagramPath path, HandleServerLimits limits)
    {
        Door.Put(
            Admin,
            new HandleValue { Index = 300, Type = HandleTypes.PublicKey, Data = HandlePublicKey.FromRsa(Key).ToBytes() },
            HandleValue.OfText(301, HandleTypes.SecretKey, Secret) with { Permissions = HandlePermissions.AdminRead | HandlePermissions.AdminWrite });
        Door.Admins.UnionWith([new(HandleName.Parse(Admin), 300), new(HandleName.Parse(Admin), 301)]);
        server = new(
            new()
            {
                Udp = new(IPAddress.Loopback, 0),
                Tcp = new(IPAddress.Loopback, 0),
                ReceiveLoops = 2,
                DatagramPath = path,
                SigningKey = Key,
                Limits = limits,
            },
            Door,
            TimeProvider.System);
        Door.OwnSite = new()
        {
            Attributes = [new("desc", "节点")],
            Servers =
            [
                new(1, IPAddress.Loopback, HandlePublicKey.FromRsa(Key).ToBytes(),
                [
                    new(HandleServiceKinds.Resolution, HandleTransport.Udp, server.Udp!.Port),
                    new(HandleServiceKinds.Both, HandleTransport.Tcp, server.Tcp!.Port),
                ]),
            ],
        };
        server.Start();
    }

    public MemoryDoor Door { get; } = new();

    public RSA Key { get; } = RSA.Create(2048);

    public int Udp => server.Udp!.Port;

    public int Tcp => server.Tcp!.Port;

    public HandleServerAddress Address => new(IPAddress.Loopback, Udp, Tcp);

    public HandleServerCounters Counters => server.Counters;

    public static HandleHost Start(DatagramPath path = DatagramPath.Fastest, HandleServerLimits? limits = null) => new(path, limits ?? new());

    /// <summary>Ends the server; whatever its door threw comes out here.</summary>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Key.Dispose();
        await server.Completion;
    }
}
