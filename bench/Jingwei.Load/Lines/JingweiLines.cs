using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Lines;

/// <summary>
/// Our server with its defaults: every acknowledgement after the sync, rollups on, the things made by the channel when their first line
/// arrives. Counted by the operator's own SQL.
/// </summary>
public sealed class JingweiLines : ILineStore
{
    private readonly ServerUnderLoad server = new(Layout.Server, Layout.Packs);

    public SubjectProcess Process => server.Process;

    /// <summary>Signed in as administrator.</summary>
    public HttpClient Api => server.Api;

    public Uri Address => server.Api.BaseAddress!;

    public string WriteHead =>
        $"POST /write?db={CpuLines.Database} HTTP/1.1\r\nHost: jingwei\r\nAuthorization: {server.Api.DefaultRequestHeaders.Authorization}\r\n";

    public Task StartAsync(CancellationToken cancellation) => server.StartAsync(cancellation);

    // It follows by itself, within a second.
    public Task ShowAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<long> CountAsync(CancellationToken cancellation) => AskAsync("count()", cancellation);

    public Task<long> SumAsync(CancellationToken cancellation) => AskAsync("toInt64(sum(value))", cancellation);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<long> AskAsync(string function, CancellationToken cancellation)
    {
        var answer = await server.Api.PostAsJsonAsync("/api/query", new { sql = $"SELECT {function} FROM readings" }, cancellation);
        var found = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellation);
        return (long)found!["rows"]![0]![0]!;
    }
}
