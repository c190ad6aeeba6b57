namespace Jingwei.Server.Telemetry.Engine;

/// <summary>
/// The analytic engine in this process: two connections that write and a few that read. One data path a process,
/// and one process a data path.
/// </summary>
internal sealed class AnalyticEngine : IDisposable
{
    /// <summary>
    /// Settings of every table: parts are synced, because the log that could repeat them is deleted; and merged some thirty at a time instead of
    /// five, so that a row is written again less often: merging was 40 % of all work at full intake.
    /// </summary>
    public const string TableSettings =
        "fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, merge_selector_base = 32, auto_statistics_types = ''";

    // Inserts come sorted and in one piece: they are written as they are, by one thread.
    private static readonly string[] WriterSettings = ["max_threads = 1", "max_block_size = 1048449", "optimize_on_insert = 0"];

    // Two queries run beside the writer; each may use all cores, so more would only queue inside the engine.
    private const int Readers = 2;

    // Queries that may wait for a connection before the caller's thread waits too.
    private const int WaitingQueries = 256;

    private readonly string path;
    private readonly EngineConnection[] readers;
    private int next;

    private AnalyticEngine(string path, EngineConnection writer, EngineConnection rollupWriter, EngineConnection[] readers) =>
        (this.path, Writer, RollupWriter, this.readers) = (path, writer, rollupWriter, readers);

    /// <summary>Writes readings.</summary>
    public EngineConnection Writer { get; }

    /// <summary>Writes what is summed up of them, so that readings need not wait for it.</summary>
    public EngineConnection RollupWriter { get; }

    /// <summary>The reading connection whose turn it is.</summary>
    public EngineConnection Reader => readers[(uint)Interlocked.Increment(ref next) % Readers];

    /// <summary>Opens the engine's data folder, making it where there is none.</summary>
    /// <exception cref="EngineException">The library or the folder cannot be opened.</exception>
    public static async Task<AnalyticEngine> OpenAsync(string path, EngineOptions options)
    {
        System.IO.Directory.CreateDirectory(path);
        var writer = await EngineConnection.OpenAsync(path, "engine writer", WaitingQueries);
        var rollupWriter = await EngineConnection.OpenAsync(path, "rollup writer", WaitingQueries);
        var readers = new EngineConnection[Readers];
        for (var index = 0; index < Readers; index++)
        {
            readers[index] = await EngineConnection.OpenAsync(path, $"engine reader {index}", WaitingQueries);
        }

        foreach (var connection in readers.Append(writer).Append(rollupWriter))
        {
            await connection.ExecuteAsync($"SET max_memory_usage = {options.QueryMemoryBytes}");
            await connection.ExecuteAsync($"SET max_block_size = {options.BlockRows}");
        }

        foreach (var setting in WriterSettings)
        {
            await writer.ExecuteAsync($"SET {setting}");
            await rollupWriter.ExecuteAsync($"SET {setting}");
        }

        return new AnalyticEngine(path, writer, rollupWriter, readers);
    }

    /// <summary>A further connection, with settings of its own; the caller closes it before the engine.</summary>
    public Task<EngineConnection> OpenAnotherAsync(string name) => EngineConnection.OpenAsync(path, name, WaitingQueries);

    /// <summary>Gives memory back to the system that the engine's allocator keeps for later.</summary>
    public Task TrimAsync() => Writer.ExecuteAsync("SYSTEM JEMALLOC PURGE");

    public void Dispose()
    {
        foreach (var reader in readers)
        {
            reader.Dispose();
        }

        RollupWriter.Dispose();
        Writer.Dispose();
    }
}

/// <summary>Limits of the analytic engine.</summary>
/// <param name="QueryMemoryBytes">Memory a query may take before the engine refuses it. Default 1 GiB: an eighth of a small server.</param>
/// <param name="BlockRows">Rows the engine works on at once; a quarter of its own default keeps its idle memory small.</param>
public sealed record EngineOptions(long QueryMemoryBytes = 1L << 30, int BlockRows = 16_384);
