using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Jingwei.Server;

/// <summary>
/// Which addresses webhooks may reach: those of the Internet, and private ones that the operator names. Otherwise whoever makes a webhook could
/// have the server call what only it can reach (OWASP: server-side request forgery). Asked for the very address that is connected to, after the
/// name was resolved.
/// </summary>
internal sealed class WebhookAddress(ImmutableArray<IPNetwork> allowed)
{
    /// <summary>Longest address, as browsers take it.</summary>
    public const int MaximumLength = 2048;

    // More than this of an answer's head is no answer.
    private const int MaximumHeadKibibytes = 16;

    // The registries of special-purpose addresses (IANA; RFC 6890), and multicast. IPv6 is closed outside 2000::/3, which holds all of the Internet's.
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Internet6 = IPNetwork.Parse("2000::/3");

    /// <summary>What is wrong with an address that a person gave; null when nothing is.</summary>
    public string? Fault(string? url)
    {
        if (url is not { Length: > 0 and <= MaximumLength } || !Uri.TryCreate(url, UriKind.Absolute, out var address) ||
            (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) || address.Host.Length == 0)
        {
            return $"The address is an http or https URL of at most {MaximumLength} characters.";
        }

        if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            return "The address holds no user, password or fragment.";
        }

        return IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var literal) && !Allows(literal) ? Refusal : null;
    }

    public const string Refusal = "The address is private or of this machine; the operator can allow it with --webhook-networks.";

    public bool Allows(IPAddress given)
    {
        var address = given.IsIPv4MappedToIPv6 ? given.MapToIPv4() : given;
        return allowed.Any(network => network.Contains(address)) ||
            (!Closed.Any(network => network.Contains(address)) && (address.AddressFamily == AddressFamily.InterNetwork || Internet6.Contains(address)));
    }

    /// <summary>What requests to addresses that others gave go through: it connects to none but those that are allowed.</summary>
    /// <param name="connectionAge">Connections are made anew after this, so that a name that moved is followed.</param>
    public SocketsHttpHandler Handler(TimeSpan connectionAge) => new()
    {
        // No redirects: they lead where nobody looked. No proxy of the environment: it would reach what is closed.
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = connectionAge,
        MaxResponseHeadersLength = MaximumHeadKibibytes,
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, cancellation),
    };

    /// <summary>Connects to the first address of the host that answers and is allowed.</summary>
    /// <exception cref="WebhookAddressException">None is allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellation);
        var open = addresses.Where(Allows).ToArray();
        if (open.Length == 0)
        {
            throw new WebhookAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, host.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A webhook's host has no address that may be reached.</summary>
internal sealed class WebhookAddressException() : Exception(WebhookAddress.Refusal);
