using System.Collections.Concurrent;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Client;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server.Identifiers.Prefixes;

namespace Jingwei.Server.Identifiers.Node;

/// <summary>
/// Identifiers of other nodes: asked for from the roots on, and kept as long as their values say. What is not found is kept a minute; what
/// nobody could answer is not kept.
/// </summary>
internal sealed class ForeignHandles
{
    /// <summary>Most identifiers that are kept: those of a day's goods received.</summary>
    private const int Most = 100_000;

    // RFC 2308, section 5: what is not there is remembered for a short time only.
    private static readonly TimeSpan Missing = TimeSpan.FromMinutes(1);

    private readonly HandleClient client;
    private readonly HandleResolver? resolver;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<HandleName, Kept> kept = new(HandleComparer.CaseSensitiveSuffix);

    public ForeignHandles(NodeOptions options, TimeProvider clock)
    {
        this.clock = clock;
        var asking = new HandleClientOptions();
        client = new(asking, clock);
        resolver = options.Roots.IsEmpty ? null : new(client, [.. options.Roots.Select(NodeSites.At)], asking);
    }

    /// <summary>Whether there is anybody to ask.</summary>
    public bool CanAsk => resolver is not null;

    /// <summary>The values that anybody may read.</summary>
    public async ValueTask<HandleResponse> ResolveAsync(HandleName handle, bool authoritative, CancellationToken cancellation)
    {
        if (!authoritative && kept.TryGetValue(handle, out var known) && known.Until > clock.GetUtcNow())
        {
            return known.Response;
        }

        return resolver is null
            ? HandleResponse.Failed(HandleResponseCode.ServerNotResponsible)
            : await AskAsync(handle, () => resolver.ResolveAsync(handle, cancellation: cancellation));
    }

    /// <summary>The values that anybody may read, from the node that has what is below a prefix.</summary>
    public async ValueTask<HandleResponse> ResolveAsync(HandleName handle, PrefixDelegation delegation, CancellationToken cancellation)
    {
        if (kept.TryGetValue(handle, out var known) && known.Until > clock.GetUtcNow())
        {
            return known.Response;
        }

        return await NodeSites.OfAsync(delegation, cancellation) is { } site && HandleServerAddress.Of(site.Servers[0], HandleServiceKinds.Resolution) is { } server
            ? await AskAsync(handle, () => client.ResolveAsync(server, handle, cancellation: cancellation))
            : HandleResponse.Failed(HandleResponseCode.Error, $"The name {delegation.Host} of the node that has it is not known.");
    }

    private async ValueTask<HandleResponse> AskAsync(HandleName handle, Func<ValueTask<HandleResponse>> ask)
    {
        try
        {
            var response = await ask();
            Keep(handle, response, clock.GetUtcNow());
            return response;
        }
        catch (HandleException fault)
        {
            return HandleResponse.Failed(HandleResponseCode.Error, fault.Message);
        }
    }

    private void Keep(HandleName handle, HandleResponse response, DateTimeOffset now)
    {
        TimeSpan? span = response.Code switch
        {
            HandleResponseCode.Success => response.Values.Min(value => value.Ttl.Left(now)),
            HandleResponseCode.HandleNotFound => Missing,
            _ => null,
        };
        if (span is not { } lasts || lasts <= TimeSpan.Zero)
        {
            return;
        }

        if (kept.Count >= Most)
        {
            // Those whose time is over; where there are none, this one is not kept.
            foreach (var (name, each) in kept)
            {
                if (each.Until <= now)
                {
                    kept.TryRemove(name, out _);
                }
            }
        }

        if (kept.Count < Most)
        {
            kept[handle] = new(response, now + lasts);
        }
    }

    private sealed record Kept(HandleResponse Response, DateTimeOffset Until);
}
