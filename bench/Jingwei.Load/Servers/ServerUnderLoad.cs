using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Jingwei.Load.Servers;

/// <summary>The server that is loaded: a process of its own on free loopback ports, started, killed and started again by the run.</summary>
public sealed partial class ServerUnderLoad : IAsyncDisposable
{
    private const string Password = "a password for loads only";

    // Requests at once while things are made: enough that the disk is shared by several.
    private const int MadeTogether = 16;

    private readonly string program;
    private readonly string packs;
    private readonly bool keeps;
    private SubjectProcess? process;

    /// <param name="data">Its data folder, which stays when the run ends; null for one that goes.</param>
    public ServerUnderLoad(string program, string packs, string? data = null)
    {
        (this.program, this.packs, keeps) = (program, packs, data is not null);
        Data = data ?? Directory.CreateTempSubdirectory("jingwei-load-").FullName;
    }

    public string Data { get; }

    public HttpClient Api { get; private set; } = new();

    /// <summary>Its processor time and memory.</summary>
    /// <exception cref="InvalidOperationException">It does not run now.</exception>
    public SubjectProcess Process => process ?? throw new InvalidOperationException("The server does not run.");

    public string MqttHost { get; private set; } = "";

    public int MqttPort { get; private set; }

    /// <summary>The Handle protocol's port; 0 when there is none.</summary>
    public int HandlePort { get; private set; }

    /// <summary>From the start of the process to its ready line.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <param name="more">Arguments of the server beside its folders and addresses.</param>
    public async Task StartAsync(CancellationToken cancellation = default, params string[] more)
    {
        var started = Stopwatch.GetTimestamp();
        (process, var line) = await SubjectProcess.StartAsync(
            "dotnet",
            [program, "serve", "--data", Data, "--packs", packs, "--http", "http://127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--admin-password", Password, .. more],
            ReadyLine().IsMatch,
            cancellation);
        ReadyAfter = Stopwatch.GetElapsedTime(started);
        await SignInAsync(ReadyLine().Match(line), cancellation);
    }

    /// <summary>SIGKILL: no last words.</summary>
    public async Task KillAsync()
    {
        await Process.DisposeAsync();
        process = null;
    }

    /// <summary>Makes meters with secrets of their own; returns id and secret.</summary>
    public async Task<IReadOnlyList<(string Id, string Secret)>> AddMetersAsync(int count, CancellationToken cancellation = default)
    {
        var meters = new (string, string)[count];
        var some = new ParallelOptions { MaxDegreeOfParallelism = MadeTogether, CancellationToken = cancellation };
        await Parallel.ForAsync(0, count, some, async (index, stop) =>
        {
            var id = $"meter-{index:d4}";
            (await Api.PostAsJsonAsync("/api/things", new { id, type = "meter", name = id }, stop)).EnsureSuccessStatusCode();
            var answer = await Api.PostAsync(new Uri($"/api/things/{id}/credentials", UriKind.Relative), null, stop);
            meters[index] = (id, (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(stop))!["secret"]!);
        });
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
        if (!keeps)
        {
            Directory.Delete(Data, recursive: true);
        }
    }

    private async Task SignInAsync(Match ready, CancellationToken cancellation)
    {
        MqttHost = ready.Groups["host"].Value;
        MqttPort = int.Parse(ready.Groups["port"].Value, CultureInfo.InvariantCulture);
        HandlePort = ready.Groups["handle"] is { Success: true } handle ? int.Parse(handle.Value, CultureInfo.InvariantCulture) : 0;
        Api.Dispose();
        Api = new HttpClient { BaseAddress = new Uri(ready.Groups["http"].Value) };
        var answer = await Api.PostAsJsonAsync("/api/login", new { user = "admin", password = Password }, cancellation);
        var token = (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellation))!["token"]!;
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    [GeneratedRegex(@"^ready .*http=(?<http>\S+) .*mqtt=(?<host>[^:\s]+):(?<port>\d+)( handle=[^:\s]+:(?<handle>\d+))?")]
    private static partial Regex ReadyLine();
}
