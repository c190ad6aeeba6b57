using System.Net;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server.Identifiers.Resolution;

namespace Jingwei.Server.Identifiers.Node;

/// <summary>How others reach this node, and what it tells of its prefixes.</summary>
internal sealed class NodeSite
{
    // As the Handle.Net servers number the values of prefixes; what somebody registered at it goes before.
    private const int SiteIndex = 3;

    /// <summary>This node's site; null while it does not listen.</summary>
    public HandleSite? Own { get; private set; }

    public void ListensAt(IPEndPoint address) => Own = NodeSites.At(address);

    public static HandleValue ValueOf(HandleSite site) => new() { Index = SiteIndex, Type = HandleTypes.Site, Data = site.ToBytes() };

    /// <summary>The values of a prefix's own handle, `0.NA/...`: what its party registered, and the site that has what is below it.</summary>
    public async ValueTask<HandleResponse> DescribeAsync(
        ResolvedPrefix prefix, ResolutionRequest request, IReadOnlyList<HandleValue> registered, CancellationToken cancellation)
    {
        var site = prefix.Delegation is { } delegation ? await NodeSites.OfAsync(delegation, cancellation) : Own;
        List<HandleValue> values = [.. registered];
        if (site is not null && !values.Exists(value => value.Index == SiteIndex))
        {
            values.Add(ValueOf(site));
        }

        var filter = ResolutionFilter.Of(request);
        values.RemoveAll(value => !filter.Wants(value));
        return values.Count > 0 ? new(HandleResponseCode.Success) { Handle = request.Handle, Values = values } : HandleResponse.Failed(HandleResponseCode.ValuesNotFound);
    }
}
