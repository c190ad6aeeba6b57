using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Jingwei.Tests;

namespace Jingwei.Acceptance;

/// <summary>The real server as a process of its own on free loopback ports, with a data folder that outlives a kill.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    public const string AdminPassword = "correct horse battery";

    // A busy machine starts slowly; what is waited for is the ready line, and this only bounds a server that never says it.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateBounded<string>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });

    private ServerProcess(Process process, string data) => (this.process, Data) = (process, data);

    public string Data { get; }

    public int Id => process.Id;

    public Uri Http { get; private set; } = null!;

    public string MqttHost { get; private set; } = null!;

    public int MqttPort { get; private set; }

    /// <summary>MQTT over TLS; 0 when there is none.</summary>
    public int MqttsPort { get; private set; }

    /// <summary>A client without any sign-in.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    /// <summary>A client signed in as the first user.</summary>
    public HttpClient Admin { get; private set; } = null!;

    /// <summary>Everything the server wrote to standard output and error so far.</summary>
    public List<string> Output { get; } = [];

    /// <summary>Starts `serve` (or another verb) and returns when it is ready and the first user is signed in.</summary>
    public static async Task<ServerProcess> StartAsync(string? data = null, string verb = "serve", params string[] more)
    {
        var folder = data ?? System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        string[] arguments =
            [Program, verb, "--data", folder, "--http", "http://127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--admin-password", AdminPassword, .. more];
        return await StartAsync("dotnet", arguments, folder);
    }

    /// <summary>Starts the server through another program, such as a tracer, whose last arguments are the server's.</summary>
    public static async Task<ServerProcess> StartAsync(string program, string[] arguments, string data)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var server = new ServerProcess(new Process { StartInfo = start }, data);
        server.process.OutputDataReceived += (_, line) => server.Take(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Take(line.Data);
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>The server's program, built beside the tests in the same configuration.</summary>
    public static string Program { get; } = Path.Combine(
        SourceTree.Root, "artifacts", "bin", "Jingwei.Server", new DirectoryInfo(AppContext.BaseDirectory).Name, "Jingwei.Server.dll");

    public static string[] ServeArguments(string data) =>
        [Program, "serve", "--data", data, "--http", "http://127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--admin-password", AdminPassword];

    /// <summary>Signs in with a token.</summary>
    public HttpClient ClientOf(string token)
    {
        var client = new HttpClient { BaseAddress = Http };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async Task<HttpClient> SignInAsync(string user, string password)
    {
        var answer = await Anonymous.PostAsJsonAsync("/api/login", new { user, password });
        answer.EnsureSuccessStatusCode();
        return ClientOf((string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["token"]!);
    }

    /// <summary>Makes a thing and its secret.</summary>
    public async Task<string> AddThingAsync(string id, string type, string? parent = null)
    {
        (await Admin.PostAsJsonAsync("/api/things", new { id, type, name = id, parent })).EnsureSuccessStatusCode();
        var answer = await Admin.PostAsync(new Uri($"/api/things/{id}/credentials", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["secret"]!;
    }

    public async Task<JsonNode> GetAsync(string path) => (await Admin.GetFromJsonAsync<JsonNode>(path))!;

    /// <summary>Asks again until the answer is as wanted; fails with the last answer when it never is.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> wanted)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var last = await GetAsync(path);
        while (!wanted(last))
        {
            Assert.False(limit.IsCancellationRequested, $"{path} never came to be as wanted; the last answer was {last}");
            await pause.WaitForNextTickAsync(CancellationToken.None);
            last = await GetAsync(path);
        }

        return last;
    }

    /// <summary>Waits until the server has written a line with this text; fails when it never does.</summary>
    public async Task SaysAsync(string text)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!HasSaid(text))
        {
            Assert.False(limit.IsCancellationRequested, $"The server never said '{text}' but: {string.Join('\n', Output)}");
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Ends the process at once, as a power cut of the process would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Sends a request at which the process is killed. A client that is just connecting says so in the words of its socket.</summary>
    public static async Task CutOffAsync(Func<Task> request)
    {
        var seen = await Record.ExceptionAsync(request);
        Assert.True(seen is HttpRequestException or System.Net.Sockets.SocketException, $"Not cut off: {seen}");
    }

    /// <summary>Waits until the process has ended by itself; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        Anonymous?.Dispose();
        Admin?.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(limit.Token))
            {
                if (Ready().Match(line) is { Success: true } ready)
                {
                    await SignInAsync(ready);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what the server said.
        }

        process.Kill(entireProcessTree: true);
        // With all that it said to the end.
        await process.WaitForExitAsync();
        throw new InvalidOperationException("The server did not become ready:\n" + string.Join('\n', Output));
    }

    private async Task SignInAsync(Match ready)
    {
        Http = new Uri(ready.Groups["http"].Value);
        MqttHost = ready.Groups["host"].Value;
        MqttPort = int.Parse(ready.Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture);
        MqttsPort = ready.Groups["tls"] is { Success: true } tls ? int.Parse(tls.Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
        Anonymous = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Http };
        Admin = await SignInAsync("admin", AdminPassword);
    }

    private bool HasSaid(string text)
    {
        lock (Output)
        {
            return Output.Exists(line => line.Contains(text, StringComparison.Ordinal));
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            // It has ended: nobody needs to wait for more.
            lines.Writer.TryComplete();
            return;
        }

        lock (Output)
        {
            Output.Add(line);
        }

        lines.Writer.TryWrite(line);
    }

    [GeneratedRegex(@"^ready .*http=(?<http>\S+) .*mqtt=(?<host>[^:\s]+):(?<port>\d+)( .*mqtts=\S+:(?<tls>\d+))?")]
    private static partial Regex Ready();
}
