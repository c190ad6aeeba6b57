using System.Globalization;
using System.Text.Json.Nodes;

namespace Jingwei.Load.Servers;

/// <summary>A peer that speaks HTTP: a process of its own on a free loopback port, with a temporary data folder that goes with it.</summary>
public abstract class HttpPeer : IAsyncDisposable
{
    // Between two questions whether it answers yet.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jingwei-load-peer-");
    private readonly HttpClient client = new();
    private SubjectProcess? process;

    /// <summary>Its processor time and memory.</summary>
    /// <exception cref="InvalidOperationException">It does not run now.</exception>
    public SubjectProcess Process => process ?? throw new InvalidOperationException("The peer does not run.");

    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{SubjectProcess.FreePort()}"));

    /// <summary>Where it keeps its data, an absolute path.</summary>
    protected string Folder => folder.FullName;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        client.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>Starts it, and ends when it answers.</summary>
    /// <param name="health">A path that it answers with success once it takes requests.</param>
    protected async Task StartAsync(string program, IEnumerable<string> arguments, string readyLine, string health, CancellationToken cancellation)
    {
        var path = SubjectProcess.Find(program) ?? throw new InvalidOperationException($"{program} is not installed.");
        (process, _) = await SubjectProcess.StartAsync(path, arguments, line => line.Contains(readyLine, StringComparison.Ordinal), cancellation);
        // The line stands there when it begins to listen, which may be a moment before it does.
        while (!await AnswersAsync(health, cancellation))
        {
            await Task.Delay(AskAgain, TimeProvider.System, cancellation);
        }
    }

    /// <summary>The answer to a GET as JSON; null when it has no body.</summary>
    protected async Task<JsonNode?> GetAsync(string path, CancellationToken cancellation) => await ReadAsync(await client.GetAsync(new Uri(Address, path), cancellation), cancellation);

    /// <summary>The answer to a POST without body as JSON; null when it has none.</summary>
    protected async Task<JsonNode?> PostAsync(string path, CancellationToken cancellation) =>
        await ReadAsync(await client.PostAsync(new Uri(Address, path), null, cancellation), cancellation);

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using (answer)
        {
            var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation);
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
    }

    private async Task<bool> AnswersAsync(string health, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(Address, health), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException) when (!Process.HasEnded)
        {
            return false;
        }
    }
}
