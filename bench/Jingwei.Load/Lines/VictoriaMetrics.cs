using System.Globalization;
using Jingwei.Load.Disk;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Lines;

/// <summary>
/// VictoriaMetrics, single node. Its documentation asks for no tuning: the defaults follow the processors and the memory
/// (docs.victoriametrics.com, "Tuning" and "Best practices"); retention alone is set, so that the data is not too old for it.
/// An acknowledged value is in memory and reaches the disk within seconds: less than what we promise.
/// </summary>
public sealed class VictoriaMetrics(TimeSpan span) : HttpPeer, ILineStore
{
    public const string Program = "victoria-metrics";

    public string WriteHead { get; } = $"POST /write?db={CpuLines.Database} HTTP/1.1\r\nHost: victoria-metrics\r\n";

    public Task StartAsync(CancellationToken cancellation) => StartAsync(
        Program,
        ["-storageDataPath=" + Folder, "-httpListenAddr=" + Address.Authority, "-retentionPeriod=100y"],
        "starting http server",
        "/health",
        cancellation);

    // Its own handler for that (app/vmstorage); by itself it moves new values to where queries look once a second.
    public Task ShowAsync(CancellationToken cancellation) => GetAsync("/internal/force_flush", cancellation);

    public Task<long> CountAsync(CancellationToken cancellation) => AskAsync("count_over_time", cancellation);

    public Task<long> SumAsync(CancellationToken cancellation) => AskAsync("sum_over_time", cancellation);

    public async Task<IReadOnlyDictionary<string, long>> MergedBytesAsync(CancellationToken cancellation)
    {
        // It answers at once and merges afterwards.
        await GetAsync("/internal/force_merge", cancellation);
        await Folders.SettleAsync(() => Task.FromResult(Folders.Bytes(Folder)), cancellation);
        return new Dictionary<string, long>
        {
            ["values"] = Folders.Bytes(Path.Combine(Folder, "data")), ["all"] = Folders.Bytes(Folder),
        };
    }

    private async Task<long> AskAsync(string function, CancellationToken cancellation)
    {
        // The window is (time - width, time]: a second after the last line and one before the first.
        var width = (long)span.TotalSeconds + 2;
        var time = CpuLines.First.Add(span).AddSeconds(1).ToUnixTimeSeconds();
        var query = string.Create(CultureInfo.InvariantCulture, $"sum({function}({{db=\"{CpuLines.Database}\"}}[{width}s]))");
        var answer = await GetAsync($"/api/v1/query?nocache=1&time={time}&query={Uri.EscapeDataString(query)}", cancellation);
        var result = answer!["data"]!["result"]!.AsArray();
        return result.Count == 0 ? 0 : (long)double.Parse((string)result[0]!["value"]![1]!, CultureInfo.InvariantCulture);
    }
}
