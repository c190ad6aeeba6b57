using System.Net;
using Jingwei.Civic;

namespace Jingwei.Server.Reports.Feeds;

/// <summary>A document as a server gave it.</summary>
/// <param name="Body">Null where it did not change.</param>
/// <param name="Charset">As the server said.</param>
internal sealed record Fetched(byte[]? Body, string? Charset, string? Tag, string? Modified);

/// <summary>A document that could not be had.</summary>
internal sealed class FetchException(string message) : Exception(message);

/// <summary>Fetches feeds and the alerts that they link to: only from addresses that webhooks may reach, too, and no more than a feed may have.</summary>
internal sealed class FeedFetch : IDisposable
{
    private const int MostRedirects = 5;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly WebhookAddress address;
    private readonly HttpClient http;

    public FeedFetch(WebhookAddress address)
    {
        this.address = address;
        // The address is looked at after the name was resolved, at every redirect anew. No proxy of the environment: it would reach what is closed.
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = true,
            MaxAutomaticRedirections = MostRedirects,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellation) => address.ConnectAsync(context.DnsEndPoint, cancellation),
        })
        {
            Timeout = TimeLimit,
        };
    }

    /// <summary>What is wrong with an address; null when nothing is.</summary>
    public string? Fault(string? url) => address.Fault(url);

    /// <exception cref="FetchException">It cannot be had, and why.</exception>
    public async Task<Fetched> GetAsync(string url, string? tag, string? modified, CancellationToken cancellation)
    {
        if (address.Fault(url) is { } fault)
        {
            throw new FetchException(fault);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("user-agent", "Jingwei");
        request.Headers.TryAddWithoutValidation("accept", "application/atom+xml, application/rss+xml, application/cap+xml, application/xml;q=0.9, text/xml;q=0.8");
        request.Headers.TryAddWithoutValidation("if-none-match", tag);
        request.Headers.TryAddWithoutValidation("if-modified-since", modified);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                return new(null, null, tag, modified);
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new FetchException($"The server answers {(int)response.StatusCode}.");
            }

            var body = await ReadAsync(response.Content, cancellation);
            return new(body, response.Content.Headers.ContentType?.CharSet, response.Headers.ETag?.ToString(), response.Content.Headers.LastModified?.ToString("R"));
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new FetchException($"No answer within {TimeLimit.TotalSeconds:0} s.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException)
        {
            throw new FetchException(failure.InnerException is WebhookAddressException closed ? closed.Message : Why(failure));
        }
    }

    public void Dispose() => http.Dispose();

    // In words of ours: a person reads them on the page of the feed.
    private static string Why(Exception failure) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The name of the server is not known.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "The server cannot be reached.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "The server's certificate is not trusted, or it speaks no TLS.",
        InvalidDataException => "The answer cannot be unpacked.",
        HttpIOException or IOException => "The answer broke off.",
        _ => failure.Message,
    };

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            await body.WriteAsync(buffer.AsMemory(0, read), cancellation);
            if (body.Length > DocumentLimits.Feed.Bytes)
            {
                throw new FetchException($"The document has more than {DocumentLimits.Feed.Bytes} bytes.");
            }
        }

        return body.ToArray();
    }
}
