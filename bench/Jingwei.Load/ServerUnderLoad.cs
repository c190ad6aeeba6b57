using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Jingwei.Load;

/// <summary>The server that is loaded: a process of its own on free loopback ports, started, killed and started again by the run.</summary>
public sealed partial class ServerUnderLoad : IAsyncDisposable
{
    private const string Password = "a password for loads only";

    private readonly string program;
    private readonly string packs;
    private Process? process;
    private Task<string> output = Task.FromResult("");
    private Task<string> errors = Task.FromResult("");

    public ServerUnderLoad(string program, string packs, string? data = null)
    {
        (this.program, this.packs) = (program, packs);
        Data = data ?? Directory.CreateTempSubdirectory("jingwei-load-").FullName;
    }

    public string Data { get; }

    public HttpClient Api { get; private set; } = new();

    public string MqttHost { get; private set; } = "";

    public int MqttPort { get; private set; }

    /// <summary>From the start of the process to its ready line.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Resident memory in bytes.</summary>
    public long Memory
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    public async Task StartAsync(CancellationToken cancellation = default)
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(
            "dotnet",
            [program, "serve", "--data", Data, "--packs", packs, "--http", "http://127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--admin-password", Password])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        // A full pipe would stop the server at its next line.
        errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (ReadyLine().Match(line) is { Success: true } ready)
            {
                ReadyAfter = Stopwatch.GetElapsedTime(started);
                output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                await SignInAsync(ready, cancellation);
                return;
            }
        }

        throw new InvalidOperationException("The server ended before it was ready: " + await errors);
    }

    /// <summary>SIGKILL: no last words.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await Task.WhenAll(output, errors);
        process.Dispose();
        process = null;
    }

    /// <summary>Makes meters with secrets of their own; returns id and secret.</summary>
    public async Task<IReadOnlyList<(string Id, string Secret)>> AddMetersAsync(int count, CancellationToken cancellation = default)
    {
        var meters = new List<(string, string)>(count);
        for (var index = 0; index < count; index++)
        {
            var id = $"meter-{index:d4}";
            (await Api.PostAsJsonAsync("/api/things", new { id, type = "meter", name = id }, cancellation)).EnsureSuccessStatusCode();
            var answer = await Api.PostAsync(new Uri($"/api/things/{id}/credentials", UriKind.Relative), null, cancellation);
            meters.Add((id, (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["secret"]!));
        }

        return meters;
    }

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellation = default) =>
        (await Api.GetFromJsonAsync<JsonNode>(path, cancellation))!;

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }

        Api.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private async Task SignInAsync(Match ready, CancellationToken cancellation)
    {
        MqttHost = ready.Groups["host"].Value;
        MqttPort = int.Parse(ready.Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture);
        Api.Dispose();
        Api = new HttpClient { BaseAddress = new Uri(ready.Groups["http"].Value) };
        var answer = await Api.PostAsJsonAsync("/api/login", new { user = "admin", password = Password }, cancellation);
        var token = (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellation))!["token"]!;
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    [GeneratedRegex(@"^ready .*http=(?<http>\S+) .*mqtt=(?<host>[^:\s]+):(?<port>\d+)")]
    private static partial Regex ReadyLine();
}
