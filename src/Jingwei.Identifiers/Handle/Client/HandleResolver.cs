using Jingwei.Identifiers.Handle.Keys;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Client;

/// <summary>
/// Finds the servers of a handle and asks them (RFC 3650, 4; RFC 3652, 3.1): the root's sites say which sites a prefix has, by
/// HS_SITE or through HS_SERV; these answer, or refer to others (302, 303). Keeps nothing: what is to be remembered is the host's to say.
/// </summary>
/// <param name="client">Asks single servers.</param>
/// <param name="roots">The sites that know all prefixes: of the Global Handle Registry, or of one's own root.</param>
/// <param name="options">The client's; bounds what is followed.</param>
public sealed class HandleResolver(HandleClient client, IReadOnlyList<HandleSite> roots, HandleClientOptions options)
{
    // What tells where a prefix or service is served, and the same for what is derived from a prefix.
    private static readonly string[] SiteTypes = [HandleTypes.Site, "HS_SITE.6", HandleTypes.Serv];
    private static readonly string[] PrefixSiteTypes = [HandleTypes.SitePrefix, HandleTypes.NaDelegate, HandleTypes.ServPrefix];

    /// <summary>Resolves a handle: the values that anybody may read, or with a signer all.</summary>
    /// <param name="handle">What.</param>
    /// <param name="types">Which types; none for all.</param>
    /// <param name="signer">Who asks for what only administrators read.</param>
    /// <exception cref="HandleException">Its servers cannot be found, do not answer, or refer in circles.</exception>
    public ValueTask<HandleResponse> ResolveAsync(HandleName handle, IReadOnlyList<string>? types = null, HandleSigner? signer = null, CancellationToken cancellation = default) =>
        AskAsync(new ResolutionRequest(handle, [], types ?? []) { Flags = signer is null ? MessageOptions.PublicOnly : MessageOptions.None }, signer, cancellation);

    /// <summary>Asks whoever is responsible; what changes something goes to a primary site.</summary>
    /// <exception cref="HandleException">As with resolving.</exception>
    public async ValueTask<HandleResponse> AskAsync(HandleRequest request, HandleSigner? signer = null, CancellationToken cancellation = default) =>
        await AskAsync(request, signer, new Journey(options.Referrals), cancellation);

    private async ValueTask<HandleResponse> AskAsync(HandleRequest request, HandleSigner? signer, Journey journey, CancellationToken cancellation)
    {
        var sites = IsPrefixHandle(request.Handle) ? roots : await FindSitesAsync(request.Handle.ToPrefixHandle(), SiteTypes, journey, cancellation);
        return await AskSitesAsync(sites, request, signer, journey, cancellation);
    }

    // Prefixes themselves are the root's: `0.NA/10.5`, and `10.5` alone.
    private static bool IsPrefixHandle(HandleName handle) => HandleComparer.EqualFolded(handle.Prefix, "0.NA"u8) || handle.Suffix.IsEmpty;

    private async ValueTask<HandleResponse> AskSitesAsync(IReadOnlyList<HandleSite> sites, HandleRequest request, HandleSigner? signer, Journey journey, CancellationToken cancellation)
    {
        while (true)
        {
            journey.Step(request.Handle);
            var response = await AskAnyAsync(sites, request, signer, cancellation);
            var isPrefixReferral = response.Code == HandleResponseCode.PrefixReferral && IsPrefixHandle(request.Handle);
            if (!isPrefixReferral && response.Code != HandleResponseCode.ServiceReferral)
            {
                return response;
            }

            var types = isPrefixReferral ? PrefixSiteTypes : SiteTypes;
            IReadOnlyList<HandleSite> next = await SitesOfAsync(response.Values, types, journey, cancellation);
            if (next.Count == 0 && !response.Handle.IsEmpty)
            {
                next = await FindSitesAsync(response.Handle, types, journey, cancellation);
            }

            if (next.Count == 0)
            {
                throw new HandleException($"{request.Handle} is referred to sites that there are not.");
            }

            sites = next;
            request = request with { RecursionCount = (byte)Math.Min(byte.MaxValue, request.RecursionCount + 1) };
        }
    }

    private async ValueTask<HandleResponse> AskAnyAsync(IReadOnlyList<HandleSite> sites, HandleRequest request, HandleSigner? signer, CancellationToken cancellation)
    {
        var kind = request.IsAdministrative ? HandleServiceKinds.Administration : HandleServiceKinds.Resolution;
        HandleException? last = null;
        foreach (var site in sites.Where(site => site.IsPrimary || !request.IsAdministrative))
        {
            if (site.ServerOf(request.Handle) is not { } server || HandleServerAddress.Of(server, kind) is not { } address)
            {
                continue;
            }

            try
            {
                return await client.AskAsync(address, request, signer, null, cancellation);
            }
            catch (HandleException error)
            {
                // The next site may answer.
                last = error;
            }
        }

        throw new HandleException($"No site of {request.Handle} answers.{(last is null ? "" : " " + last.Message)}", last ?? new HandleException("There is none."));
    }

    // The sites that a handle names: of a prefix, a service, or what a referral leads to.
    private async ValueTask<IReadOnlyList<HandleSite>> FindSitesAsync(HandleName handle, string[] types, Journey journey, CancellationToken cancellation)
    {
        journey.Enter(handle);
        var request = new ResolutionRequest(handle, [], types) { Flags = MessageOptions.PublicOnly };
        var response = await AskAsync(request, null, journey, cancellation);
        var sites = response.IsSuccess
            ? await SitesOfAsync(response.Values, types, journey, cancellation)
            : throw new HandleException($"{handle} names no sites: {response.Code} {response.Message}".TrimEnd());
        journey.Leave(handle);
        return sites;
    }

    private async ValueTask<List<HandleSite>> SitesOfAsync(IReadOnlyList<HandleValue> values, string[] types, Journey journey, CancellationToken cancellation)
    {
        var sites = new List<HandleSite>();
        foreach (var value in values.Where(value => types.Contains(value.Type, StringComparer.OrdinalIgnoreCase)))
        {
            var isService = value.Type.StartsWith(HandleTypes.Serv, StringComparison.OrdinalIgnoreCase);
            if (isService && HandleName.TryParse(value.Data.Span, out var service))
            {
                sites.AddRange(await FindSitesAsync(service, SiteTypes, journey, cancellation));
            }
            else if (!isService && HandleSite.TryRead(value.Data.Span, out var site, out _))
            {
                sites.Add(site!);
            }
        }

        return sites;
    }

    /// <summary>How far one resolution has gone: no handle is asked for while it is asked for, and no more steps than the limit are made.</summary>
    private sealed class Journey(int limit)
    {
        private readonly HashSet<HandleName> asked = new(HandleComparer.CaseInsensitive);
        private int steps;

        public void Step(HandleName handle)
        {
            if (++steps > limit)
            {
                throw new HandleException($"{handle} leads over more than {limit} sites and services.");
            }
        }

        public void Enter(HandleName handle)
        {
            if (!asked.Add(handle))
            {
                throw new HandleException($"{handle} leads back to itself.");
            }
        }

        public void Leave(HandleName handle) => asked.Remove(handle);
    }
}
