using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jingwei.Demo;

/// <summary>The server's HTTP API as any client sees it.</summary>
public sealed class Api : IDisposable
{
    private readonly HttpClient http;

    /// <param name="url">Its address, with a slash at the end.</param>
    /// <param name="token">An API token or a session's; empty: nobody in particular.</param>
    public Api(Uri url, string token)
    {
        http = new HttpClient { BaseAddress = url };
        if (token.Length > 0)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Asks <c>/health/ready</c> until it is, at most two minutes.</summary>
    /// <exception cref="HttpRequestException">It was not ready in time.</exception>
    public async Task WaitUntilReadyAsync(TimeProvider time, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await http.GetAsync("health/ready", stop);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (attempt < 240)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, stop);
            }
        }
    }

    /// <summary>Posts something that may exist already; true when it was new.</summary>
    public async Task<bool> CreateAsync(string path, JsonObject body, CancellationToken stop)
    {
        using var response = await http.PostAsJsonAsync(path, body, stop);
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            return false;
        }

        await EnsureAsync(response, stop);
        return true;
    }

    /// <summary>Signs a user in; his own view of the server.</summary>
    /// <exception cref="HttpRequestException">The server refused.</exception>
    public static async Task<Api> SignInAsync(Uri url, string user, string password, CancellationToken stop)
    {
        using var nobody = new Api(url, "");
        var session = await nobody.PostAsync("api/login", new JsonObject { ["user"] = user, ["password"] = password }, stop);
        return new Api(url, (string)session["token"]!);
    }

    /// <summary>Posts JSON; the answer.</summary>
    /// <exception cref="HttpRequestException">The server refused.</exception>
    public Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken stop) => PostAsync(path, JsonContent.Create(body), stop);

    /// <summary>Posts a body of whatever kind, which is disposed of; the answer.</summary>
    /// <exception cref="HttpRequestException">The server refused.</exception>
    public async Task<JsonNode> PostAsync(string path, HttpContent body, CancellationToken stop)
    {
        using (body)
        using (var response = await http.PostAsync(path, body, stop))
        {
            await EnsureAsync(response, stop);
            return await ReadAsync(response, stop);
        }
    }

    /// <summary>Asks for JSON.</summary>
    /// <exception cref="HttpRequestException">The server refused.</exception>
    public async Task<JsonNode> GetAsync(string path, CancellationToken stop, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await http.SendAsync(request, stop);
        await EnsureAsync(response, stop);
        return await ReadAsync(response, stop);
    }

    /// <summary>Puts JSON in place of what is there; the answer.</summary>
    /// <exception cref="HttpRequestException">The server refused.</exception>
    public async Task<JsonNode> PutAsync(string path, JsonNode body, CancellationToken stop)
    {
        using var response = await http.PutAsJsonAsync(path, body, stop);
        await EnsureAsync(response, stop);
        return await ReadAsync(response, stop);
    }

    /// <summary>Changes a part of what is there; the answer.</summary>
    /// <exception cref="HttpRequestException">The server refused.</exception>
    public async Task<JsonNode> PatchAsync(string path, JsonNode body, CancellationToken stop)
    {
        using var response = await http.PatchAsJsonAsync(path, body, stop);
        await EnsureAsync(response, stop);
        return await ReadAsync(response, stop);
    }

    /// <summary>Writes InfluxDB line protocol with times in milliseconds to a database's channel.</summary>
    public async Task WriteLinesAsync(string database, string lines, CancellationToken stop)
    {
        using var body = new StringContent(lines);
        using var response = await http.PostAsync($"write?db={database}&precision=ms", body, stop);
        await EnsureAsync(response, stop);
    }

    /// <summary>Posts an action on a version of something; false when somebody else was faster or it is not allowed now.</summary>
    public async Task<bool> ActAsync(string path, JsonObject body, string version, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        request.Headers.Add("Idempotency-Key", $"{path}@{version}");
        using var response = await http.SendAsync(request, stop);
        return response.IsSuccessStatusCode;
    }

    /// <summary>The server refused, went away, took too long or answered what is not JSON; not that the caller gave up.</summary>
    public static bool IsFailure(Exception e) =>
        e is HttpRequestException or IOException or JsonException or TaskCanceledException { InnerException: TimeoutException };

    public void Dispose() => http.Dispose();

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, CancellationToken stop) =>
        response.Content.Headers.ContentLength == 0 || response.StatusCode == HttpStatusCode.NoContent
            ? new JsonObject()
            : await response.Content.ReadFromJsonAsync<JsonNode>(stop) ?? new JsonObject();

    private static async Task EnsureAsync(HttpResponseMessage response, CancellationToken stop)
    {
        if (!response.IsSuccessStatusCode)
        {
            var request = response.RequestMessage!;
            var answer = await response.Content.ReadAsStringAsync(stop);
            throw new HttpRequestException(
                $"{request.Method} {request.RequestUri!.PathAndQuery} was answered {(int)response.StatusCode}: {answer}",
                null,
                response.StatusCode);
        }
    }
}
