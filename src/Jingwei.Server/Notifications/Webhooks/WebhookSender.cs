using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Jingwei.Server.Notifications.Sending;

namespace Jingwei.Server.Notifications.Webhooks;

/// <summary>Posts a delivery to its webhook, signed.</summary>
internal sealed class WebhookSender : IDisposable
{
    // Standard Webhooks recommends 15 to 30 s.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    // Connections are made anew after this, so that a name that moved is followed.
    private static readonly TimeSpan ConnectionAge = TimeSpan.FromMinutes(2);

    private readonly WebhookBook webhooks;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public WebhookSender(WebhookBook webhooks, WebhookAddress address, TimeProvider clock)
    {
        (this.webhooks, this.clock) = (webhooks, clock);
        http = new(address.Handler(ConnectionAge))
        {
            Timeout = TimeLimit,
        };
    }

    public Task<DeliveryOutcome> SendAsync(Delivery delivery, CancellationToken cancellation) =>
        webhooks.Find(delivery.TargetId) is { } webhook
            ? webhook.Disabled
                ? Task.FromResult(new DeliveryOutcome("The webhook is switched off.", IsFinal: true))
                : SendAsync(webhook, delivery.Message, delivery.Body, cancellation)
            : Task.FromResult(new DeliveryOutcome("The webhook is gone.", IsFinal: true));

    /// <summary>Posts a message once.</summary>
    public async Task<DeliveryOutcome> SendAsync(Webhook webhook, string message, string body, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.TryAddWithoutValidation("user-agent", "Jingwei");
        request.Headers.TryAddWithoutValidation(WebhookSignature.IdHeader, message);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Sign(message, now, body, webhook.SecretsAt(now)));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return Outcome(response, now);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new($"No answer within {TimeLimit.TotalSeconds:0} s.");
        }
        catch (HttpRequestException fault)
        {
            return new(Words(fault));
        }
    }

    public void Dispose() => http.Dispose();

    // 410: the other side asks that nothing be sent any more (Standard Webhooks).
    private static DeliveryOutcome Outcome(HttpResponseMessage response, DateTimeOffset now) =>
        response.IsSuccessStatusCode ? DeliveryOutcome.Done
        : new($"HTTP {(int)response.StatusCode}", RetryAfter(response.Headers.RetryAfter, now), response.StatusCode == HttpStatusCode.Gone);

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now) => header?.Delta ?? (header?.Date - now);

    // The innermost reason is the one that tells.
    private static string Words(HttpRequestException fault) => fault.GetBaseException() switch
    {
        WebhookAddressException refused => refused.Message,
        SocketException refused => $"Not reachable: {refused.SocketErrorCode}.",
        var other => other.Message,
    };
}
