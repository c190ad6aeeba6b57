using System.Globalization;
using Jingwei.Load.Disk;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Lines;

/// <summary>
/// InfluxDB 1.x with the index on disk (tsi1) that its documentation recommends, and without what only describes itself: logs of queries and requests, its
/// own statistics, reports home. Caches and compactions stay at the defaults that its documentation gives, and so does the write-ahead
/// log: synced before each acknowledgement, which is what we promise too (docs.influxdata.com/influxdb/v1, "Configure InfluxDB OSS").
/// </summary>
public sealed class InfluxDb : HttpPeer, ILineStore
{
    public const string Program = "influxd";

    /// <summary>Whether it compacts fully as soon as nothing is written, instead of after four hours.</summary>
    public bool CompactsSoon { get; init; }

    public string WriteHead { get; } = $"POST /write?db={CpuLines.Database} HTTP/1.1\r\nHost: influxdb\r\n";

    public async Task StartAsync(CancellationToken cancellation)
    {
        var settings = Path.Combine(Folder, "influxdb.conf");
        await File.WriteAllTextAsync(
            settings,
            $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{SubjectProcess.FreePort().ToString(CultureInfo.InvariantCulture)}"
            [meta]
              dir = "{Folder}/meta"
              logging-enabled = false
            [data]
              dir = "{Folder}/data"
              wal-dir = "{Folder}/wal"
              index-version = "tsi1"
              query-log-enabled = false
              {(CompactsSoon ? "cache-snapshot-write-cold-duration = \"1s\"\n  compact-full-write-cold-duration = \"2s\"" : "")}
            [monitor]
              store-enabled = false
            [http]
              bind-address = "{Address.Authority}"
              log-enabled = false
            """,
            cancellation);
        await StartAsync(Program, ["-config", settings], "Listening on HTTP", "/ping", cancellation);
        await PostAsync("/query?q=" + Uri.EscapeDataString($"CREATE DATABASE {CpuLines.Database}"), cancellation);
    }

    // What it acknowledged is visible at once.
    public Task ShowAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<long> CountAsync(CancellationToken cancellation) => AskAsync("COUNT", cancellation);

    public Task<long> SumAsync(CancellationToken cancellation) => AskAsync("SUM", cancellation);

    public async Task<IReadOnlyDictionary<string, long>> MergedBytesAsync(CancellationToken cancellation)
    {
        await Folders.SettleAsync(() => Task.FromResult(Folders.Bytes(Folder)), cancellation);
        return new Dictionary<string, long>
        {
            ["values"] = new DirectoryInfo(Folder).EnumerateFiles("*.tsm", SearchOption.AllDirectories).Sum(file => file.Length),
            ["all"] = Folders.Bytes(Folder),
        };
    }

    private async Task<long> AskAsync(string function, CancellationToken cancellation)
    {
        var query = Uri.EscapeDataString($"SELECT {function}(*) FROM {CpuLines.Measurement}");
        var answer = await GetAsync($"/query?db={CpuLines.Database}&q={query}", cancellation);
        // One row: a time, and then a figure for each field.
        return answer!["results"]![0]!["series"]?[0]!["values"]![0]!.AsArray().Skip(1).Sum(field => (long)field!) ?? 0;
    }
}
