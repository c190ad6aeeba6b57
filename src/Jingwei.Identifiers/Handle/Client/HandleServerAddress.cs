using System.Net;
using Jingwei.Identifiers.Handle.Records;

namespace Jingwei.Identifiers.Handle.Client;

/// <summary>How a server is reached.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Udp">Its UDP port; null for none.</param>
/// <param name="Tcp">Its TCP port; null for none.</param>
public sealed record HandleServerAddress(IPAddress Address, int? Udp, int? Tcp)
{
    /// <summary>The doors of a server that are for something; null when there is none by UDP or TCP.</summary>
    public static HandleServerAddress? Of(HandleServerRecord server, HandleServiceKinds kind)
    {
        int? Port(HandleTransport transport) =>
            server.Interfaces.Where(each => each.Transport == transport && (each.Kinds & kind) != 0 && each.Port is > 0 and <= IPEndPoint.MaxPort).Select(each => (int?)each.Port).FirstOrDefault();

        var found = new HandleServerAddress(server.Address, Port(HandleTransport.Udp), Port(HandleTransport.Tcp));
        return found is { Udp: null, Tcp: null } ? null : found;
    }
}
