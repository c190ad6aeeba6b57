namespace Jingwei.Server.Telemetry.Keeping;

/// <summary>How much room there is on the disk of the data folder.</summary>
public enum DiskState
{
    Ok,

    /// <summary>Less than <see cref="TelemetryOptions.DiskLow"/> is free.</summary>
    Low,

    /// <summary>Less than <see cref="TelemetryOptions.DiskCritical"/> is free: soon writes fail, and then intake stops.</summary>
    Critical,
}

/// <summary>A table of the engine on disk.</summary>
/// <param name="BytesPerRow">Compressed; null while it is empty.</param>
public sealed record TableUse(string Table, long Rows, long Bytes, double? BytesPerRow);

/// <summary>What lies on the disk at a moment, in bytes.</summary>
/// <param name="Readings">The engine's tables of readings one by one; part of <paramref name="Engine"/>.</param>
/// <param name="Database">SQLite's files.</param>
/// <param name="Free">What this process may still write.</param>
public sealed record StorageSample(DateTimeOffset At, long Log, long Engine, long Readings, long Database, long Free)
{
    public long Used => Log + Engine + Database;
}

/// <summary>Measures what is on the disk.</summary>
public sealed class StorageUse(Readings readings, ServerOptions server, TelemetryOptions options, TimeProvider clock)
{
    private static readonly string[] Raw = ["readings", "states"];

    // SQLite's database, its write-ahead log and the index of that (sqlite.org/wal.html).
    private static readonly string[] DatabaseFiles = ["", "-wal", "-shm"];

    /// <summary>The disk of the data folder: bytes that are free for this process, and all.</summary>
    public (long Free, long Total) Disk
    {
        get
        {
            var disk = new DriveInfo(Path.GetFullPath(server.Data));
            return (disk.AvailableFreeSpace, disk.TotalSize);
        }
    }

    public DiskState State => StateOf(Disk, options);

    /// <summary>How much room an amount of free disk is.</summary>
    public static DiskState StateOf((long Free, long Total) disk, TelemetryOptions options) =>
        disk.Free < options.DiskCritical ? DiskState.Critical
        : disk.Free < disk.Total * options.DiskLow ? DiskState.Low
        : DiskState.Ok;

    /// <summary>The engine's tables, those of readings first, then the sums from the finest on.</summary>
    public Task<List<TableUse>> TablesAsync()
    {
        var store = readings.Store;
        return store.Engine.Reader.QueryAsync(
            $"""
            SELECT table, toInt64(sum(rows)), toInt64(sum(bytes_on_disk)) FROM system.parts WHERE active AND database = '{store.Database}'
            GROUP BY table ORDER BY indexOf(['readings', 'states', 'minutes', 'hours', 'days'], table)
            """,
            static answer =>
            {
                List<TableUse> tables = [];
                while (answer.More)
                {
                    var (table, rows, bytes) = (answer.Text(), answer.Int64(), answer.Int64());
                    tables.Add(new TableUse(table, rows, bytes, rows == 0 ? null : (double)bytes / rows));
                }

                return tables;
            });
    }

    /// <summary>The time of the oldest reading in the engine; null when there is none.</summary>
    public Task<long?> OldestAsync() => readings.Store.Engine.Reader.QueryAsync(
        $"SELECT toInt64(count()), min(time) FROM {readings.Store.Numbers.Name}", static answer => answer.Int64() == 0 ? (long?)null : answer.Int64());

    public StorageSample Measure(IReadOnlyList<TableUse> tables) => new(
        clock.GetUtcNow(), readings.LogSize.Bytes, tables.Sum(table => table.Bytes),
        tables.Where(table => Raw.Contains(table.Table)).Sum(table => table.Bytes),
        DatabaseFiles.Select(end => new FileInfo(server.DatabaseFile + end)).Where(file => file.Exists).Sum(file => file.Length),
        Disk.Free);
}
