using System.Net.Http.Headers;
using System.Net.Sockets;
using Jingwei.Ledger.Notes;

namespace Jingwei.Server.Transparency.Witnessing;

/// <summary>Sends requests to witnesses: to addresses that webhooks may reach, too, and to no others.</summary>
internal sealed class WitnessClient : IDisposable
{
    // A witness answers after one sync of its disk.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    // Connections stay open (tlog-witness, HTTP Interface), and are made anew after this, so that a name that moved is followed.
    private static readonly TimeSpan ConnectionAge = TimeSpan.FromMinutes(10);

    private readonly WebhookAddress address;
    private readonly HttpClient http;

    public WitnessClient(WebhookAddress address)
    {
        this.address = address;
        http = new(address.Handler(ConnectionAge))
        {
            Timeout = TimeLimit,
            MaxResponseContentBufferSize = NoteLimits.Default.Bytes,
        };
    }

    /// <summary>What is wrong with a submission prefix; null when nothing is.</summary>
    public string? Fault(string? url) => address.Fault(url);

    /// <summary>Posts a request once; the fault is for people.</summary>
    public async Task<(int Status, byte[] Body, string? Fault)> PostAsync(AskedWitness witness, byte[] request, CancellationToken cancellation)
    {
        try
        {
            using var content = new ByteArrayContent(request) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" } } };
            using var response = await http.PostAsync(new Uri(witness.Url.TrimEnd('/') + "/add-checkpoint"), content, cancellation);
            return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation), null);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (0, [], $"No answer within {TimeLimit.TotalSeconds:0} s.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return (0, [], fault.GetBaseException() switch
            {
                WebhookAddressException refused => refused.Message,
                SocketException refused => $"Not reachable: {refused.SocketErrorCode}.",
                var other => other.Message,
            });
        }
    }

    public void Dispose() => http.Dispose();
}
