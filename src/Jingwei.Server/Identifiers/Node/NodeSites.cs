using System.Net;
using Jingwei.Identifiers.Handle.Records;

namespace Jingwei.Server.Identifiers.Node;

/// <summary>Site information (RFC 3651, section 3.2.2) of this node and of those that it refers to.</summary>
internal static class NodeSites
{
    // One server a site; ids begin at 1.
    private const int OnlyServer = 1;

    /// <summary>The site at an address that speaks the Handle protocol by UDP and TCP.</summary>
    public static HandleSite At(IPEndPoint address) => Of(address.Address, address.Port);

    /// <summary>The site of a prefix that was delegated; null where its host's name is not known now.</summary>
    public static async ValueTask<HandleSite?> OfAsync(Prefixes.PrefixDelegation delegation, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(delegation.Host, out var address))
        {
            return Of(address, delegation.Port);
        }

        try
        {
            return await Dns.GetHostAddressesAsync(delegation.Host, cancellation) is [var first, ..] ? Of(first, delegation.Port) : null;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return null;
        }
    }

    private static HandleSite Of(IPAddress address, int port) => new()
    {
        Servers =
        [
            new(OnlyServer, address, default,
            [
                new(HandleServiceKinds.Both, HandleTransport.Udp, port),
                new(HandleServiceKinds.Both, HandleTransport.Tcp, port),
            ]),
        ],
    };
}
