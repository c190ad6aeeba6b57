using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Load.Disk;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Lines;

/// <summary>
/// Our server with its defaults: every acknowledgement after the sync, rollups on, the things made by the channel when their first line
/// arrives. Counted by the operator's own SQL.
/// </summary>
/// <param name="data">Its data folder, which stays when the run ends; null for one that goes.</param>
public sealed class JingweiLines(string? data = null) : ILineStore
{
    // Longer than the minute within which it brings its rollups up to date.
    private static readonly TimeSpan RolledUp = TimeSpan.FromSeconds(65);

    private readonly ServerUnderLoad server = new(Layout.Server, Layout.Packs, data);

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

    // Merges run by themselves; rollups follow within a minute.
    public async Task<IReadOnlyDictionary<string, long>> MergedBytesAsync(CancellationToken cancellation)
    {
        await Task.Delay(RolledUp, TimeProvider.System, cancellation);
        await Folders.SettleAsync(async () => (await PartsAsync()).Sum(table => (long)table![2]!), cancellation);
        var tables = await PartsAsync();
        long Of(Func<string, bool> name) => tables.Where(table => name((string)table![0]!)).Sum(table => (long)table![1]!);
        return new Dictionary<string, long>
        {
            ["values"] = Of(name => name == "readings"),
            ["rollups"] = Of(name => name is "minutes" or "hours" or "days"),
            ["all"] = Folders.Bytes(server.Data),
        };

        async Task<JsonArray> PartsAsync() => (await RowsAsync(
            "SELECT table, sum(bytes_on_disk), count() FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table", cancellation)).AsArray();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<long> AskAsync(string function, CancellationToken cancellation) =>
        (long)(await RowsAsync($"SELECT {function} FROM readings", cancellation))[0]![0]!;

    private async Task<JsonNode> RowsAsync(string sql, CancellationToken cancellation)
    {
        var answer = await server.Api.PostAsJsonAsync("/api/query", new { sql }, cancellation);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["rows"]!
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellation));
    }
}
