using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Jingwei.Server.Facts.Subscriptions;

/// <summary>Posts what a subscription has to tell.</summary>
internal sealed class SubscriptionSender : IDisposable
{
    // What the sender of webhooks waits, too.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    // Connections are made anew after this, so that a name that moved is followed.
    private static readonly TimeSpan ConnectionAge = TimeSpan.FromMinutes(2);

    private readonly HttpClient http;

    public SubscriptionSender(WebhookAddress address) => http = new(address.Handler(ConnectionAge))
    {
        Timeout = TimeLimit,
    };

    /// <summary>Posts a document; null when the other side took it, else why it did not.</summary>
    public async Task<(string? Fault, bool IsTooLarge)> SendAsync(Subscription to, byte[] document, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to.Dest) { Content = new ByteArrayContent(document) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.TryAddWithoutValidation("user-agent", "Jingwei");
        request.Headers.TryAddWithoutValidation("GS1-EPCIS-Version", "2.0.0");
        request.Headers.TryAddWithoutValidation("GS1-CBV-Version", "2.0.0");
        if (to.SignatureToken is { } token)
        {
            request.Headers.TryAddWithoutValidation("GS1-Signature", Sign(token, document));
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode ? (null, false) : ($"It answered {(int)response.StatusCode}.", response.StatusCode == HttpStatusCode.RequestEntityTooLarge);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ($"No answer within {TimeLimit.TotalSeconds:0} s.", false);
        }
        catch (HttpRequestException fault)
        {
            return (fault.InnerException?.Message ?? fault.Message, false);
        }
    }

    /// <summary>HMAC with SHA-256 of the body under the subscriber's token, in hexadecimal digits (OpenAPI of EPCIS 2.0, GS1-Signature).</summary>
    public static string Sign(string token, byte[] document) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), document));

    public void Dispose() => http.Dispose();
}
