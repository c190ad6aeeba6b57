using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>
/// Keeps minutes and hours summed up: a bucket that gets a reading, late or not, is dirty until it is summed up anew, and
/// queries read dirty ones from the readings themselves; so figures are exact at any moment.
/// </summary>
internal sealed class Rollups(ReadingStore store, Database database, TelemetryOptions options, TimeProvider clock) : IDisposable
{
    // Buckets summed up in one query; bounds its memory.
    private const int BucketsAtOnce = 50_000;

    private readonly Checkpoint checkpoint = new(database);
    private readonly SemaphoreSlim one = new(1);
    private ulong seen;

    public DirtyBuckets Minutes { get; } = new(Instant.PerMinute);

    public DirtyBuckets Hours { get; } = new(Instant.PerHour);

    /// <summary>Why figures are not summed up any more; null while they are. Queries would read ever more readings one by one.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Marks again what was not summed up for certain when the server ended.</summary>
    public async Task StartAsync()
    {
        seen = checkpoint.Read(Checkpoint.RolledUp);
        foreach (var (bucket, lowest, highest) in await store.Rollups.TouchedAsync(store.Numbers.Name, seen))
        {
            Mark(bucket.Series, bucket.Start, lowest);
            // A version below one that was used before would lose against it.
            seen = Math.Max(seen, highest);
        }
    }

    /// <summary>Marks what rows that are in the engine now fall into; sums up at once when too much is dirty.</summary>
    public async Task MarkAsync(IReadOnlyList<StoredReading> rows)
    {
        foreach (var row in rows)
        {
            if (!ReadingTable.IsText(row.Value.Kind))
            {
                Mark(row.Series, row.Time, row.Sequence);
            }
        }

        if (IsFull)
        {
            await RollAsync();
        }
    }

    /// <summary>Sums up what is closed, and all of it when there is too much.</summary>
    public async Task RollAsync(CancellationToken cancellation = default)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var now = IsFull ? long.MaxValue : Instant.Of(clock.GetUtcNow());
            var version = Volatile.Read(ref seen);
            while (Minutes.Take(now, BucketsAtOnce) is { Count: > 0 } minutes)
            {
                await store.Rollups.RollMinutesAsync(minutes, store.Numbers.Name, version);
                Minutes.Rolled();
            }

            while (Hours.Take(now, BucketsAtOnce) is { Count: > 0 } hours)
            {
                await store.Rollups.RollHoursAsync(hours, version);
                Hours.Rolled();
            }

            var done = new[] { Minutes.Lowest - 1, Hours.Lowest - 1, version }.Min() ?? version;
            checkpoint.Advance(Checkpoint.RolledUp, done);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Sums up at intervals until it is told to end, or the outcome of a write is unknown: then <paramref name="failed"/> is told.</summary>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.RollupInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await RollAsync(cancellation);
                await store.Engine.TrimAsync();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Told to end; what is dirty is found again at the next start.
        }
        catch (Exception error) when (error is EngineException or SqliteException or IOException)
        {
            Fault = error;
            failed(error);
        }
    }

    public void Dispose() => one.Dispose();

    private bool IsFull => Minutes.Count >= options.DirtyMinutes;

    private void Mark(long series, long time, ulong sequence)
    {
        Minutes.Mark(series, time, sequence);
        Hours.Mark(series, time, sequence);
        if (sequence > seen)
        {
            Volatile.Write(ref seen, sequence);
        }
    }
}
