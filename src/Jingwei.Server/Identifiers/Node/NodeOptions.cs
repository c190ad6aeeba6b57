using System.Collections.Immutable;
using System.Net;

namespace Jingwei.Server.Identifiers.Node;

/// <summary>How this node speaks the Handle protocol.</summary>
/// <param name="Listen">Address of the server, UDP and TCP; port 0 picks a free one. Null: there is none.</param>
/// <param name="Public">The address that other nodes are told; null: the one that it listens on.</param>
/// <param name="Roots">Nodes that know the prefixes which this one does not; none: foreign identifiers are not resolved.</param>
public sealed record NodeOptions(IPEndPoint? Listen, IPEndPoint? Public, ImmutableArray<IPEndPoint> Roots)
{
    public static NodeOptions None { get; } = new(null, null, []);
}
